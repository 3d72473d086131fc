#include "core/message/requirement.h"

#include "core/message/manifest.h"

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

/// `uses: actions/checkout@v4`, `uses: x/y@<hash> # v1.2`, `image: postgres:15`, `FROM rust:1.70 AS build`
std::optional<Requirement> imageRequirement(ByteView text)
{
    Scanner at(text);
    at.accept("-");
    const bool action = at.accept("uses:");
    if (!action && !at.accept("FROM ") && !at.accept("from ") && !at.accept("image:"))
        return {};
    if (at.rest().startsWith("--platform"))
        at.skip(std::max<qsizetype>(0, at.rest().indexOf(' ')));
    ByteView reference = unquoted(at.rest());
    const qsizetype blank = reference.indexOf(' ');
    const ByteView behind = blank < 0 ? ByteView() : reference.sliced(blank + 1).trimmed();
    if (blank >= 0)
        reference = reference.first(blank);
    reference = unquoted(reference);
    const qsizetype split = action ? reference.indexOf('@') : reference.lastIndexOf(':');
    if (split <= 0 || reference.contains('$'))
        return {};
    Requirement found{.name = reference.first(split), .version = reference.sliced(split + 1)};
    if (behind.startsWith("# ") && isVersion(behind.sliced(2).trimmed()))
        found.version = behind.sliced(2).trimmed();
    return isPackageName(found.name) ? std::optional(found) : std::nullopt;
}

/// `rev: v1.2` below `- repo: https://…/name`
std::optional<Requirement> hookRequirement(ByteView text, const QList<ByteView> &above)
{
    Scanner at(text);
    if (!at.accept("rev:"))
        return {};
    const qsizetype hash = at.rest().indexOf(" #");
    const ByteView version = unquoted((hash < 0 ? at.rest() : at.rest().first(hash)).trimmed());
    for (qsizetype i = above.size() - 1; i >= 0; --i) {
        if (above[i].contains("repo:"))
            return Requirement{.name = above[i].sliced(above[i].lastIndexOf('/') + 1), .version = version};
    }
    return {};
}

/// `__version__ = "1.2"`, `project(x VERSION 1.2`, a VERSION file, `version: 1.2.3+4`
std::optional<Requirement> ownVersion(const ChangedFile &file, ByteView text)
{
    if (isOneOf(file.name, "VERSION version.txt VERSION.txt .version version") && isVersion(text))
        return Requirement{.version = text, .own = true};
    if (isOneOf(file.name, ".nvmrc .node-version .python-version .ruby-version rust-toolchain"))
        return Requirement{.name = file.name, .version = text};
    if (file.lang == Lang::CMake) {
        const qsizetype at = text.indexOf("VERSION ");
        if (!text.startsWith("project(") && !text.startsWith("VERSION "))
            return {};
        Scanner behind(at < 0 ? ByteView() : text.sliced(at + 8));
        const ByteView version = behind.looseWord(".-");
        return isVersion(version) ? std::optional(Requirement{.version = version, .own = true}) : std::nullopt;
    }
    Scanner at(text);
    for (const char *word :
         {"export", "public", "static", "final", "pub", "const", "let", "var", "string", "String", "#define", "s."})
        at.accept(word);
    const ByteView key = at.looseWord("");
    if (!isOneOf(key, "__version__ VERSION version Version __VERSION__ appVersion"))
        return {};
    at.accept(":");
    at.accept("&str");
    at.accept("string");
    at.accept("=");
    ByteView value = at.peek() == '"' || at.peek() == '\'' ? quotedText(at) : at.looseWord(".-+");
    return value.contains('.') && isVersion(value) ? std::optional(Requirement{.version = value, .own = true})
                                                   : std::nullopt;
}

std::optional<Requirement> cmakeRequirement(ByteView text, const QList<ByteView> &above)
{
    Scanner at(text);
    if (at.accept("find_package(") || at.accept("FetchContent_Declare(")) {
        const ByteView name = at.looseWord("-");
        const ByteView version = at.looseWord(".");
        return name.isEmpty()
            ? std::nullopt
            : std::optional(Requirement{
                .name = name, .version = isDigit(version.isEmpty() ? 'x' : version[0]) ? version : ByteView()});
    }
    if (!at.accept("GIT_TAG"))
        return {};
    const ByteView version = at.looseWord(".-/");
    for (qsizetype i = above.size() - 1; i >= 0; --i) {
        const ByteView url = above[i];
        if (url.contains("GIT_REPOSITORY")) {
            ByteView name = url.sliced(url.lastIndexOf('/') + 1);
            if (name.endsWith(".git"))
                name.chop(4);
            return Requirement{.name = name, .version = version};
        }
    }
    return {};
}

} // namespace

std::optional<Requirement> requirementOf(const ChangedFile &file, ByteView line, const QList<ByteView> &above)
{
    ByteView text = line.trimmed();
    if (text.isEmpty() || text.size() > 300 || startsComment(file.lang, text))
        return {};
    const ByteView name = file.name;
    if (name == ByteView("go.mod") || name == ByteView("go.work"))
        return goRequirement(text);
    if (name == ByteView(".pre-commit-config.yaml"))
        return hookRequirement(text, above);
    if (file.lang == Lang::Docker || file.lang == Lang::Yaml) {
        if (auto found = imageRequirement(text))
            return found;
        if (name != ByteView("pubspec.yaml"))
            return name.startsWith("Chart") ? ownVersion(file, text) : std::nullopt;
        if (text.startsWith("version:"))
            return ownVersion(file, text);
        const qsizetype colon = text.indexOf(':');
        const ByteView version = colon < 0 ? ByteView() : text.sliced(colon + 1).trimmed();
        return colon > 0 && isPackageName(text.first(colon)) && isVersionSpec(version)
            ? std::optional(Requirement{.name = text.first(colon), .version = version})
            : std::nullopt;
    }
    if (file.lang == Lang::CMake) {
        if (auto found = cmakeRequirement(text, above))
            return found;
        return ownVersion(file, text);
    }
    if (file.lang == Lang::Html)
        return file.role == Role::Manifest || file.role == Role::Build ? xmlRequirement(text, above) : std::nullopt;
    if (file.role == Role::Manifest || name.endsWith(".gradle") || name.endsWith(".gradle.kts")) {
        if (name == ByteView("global.json") && text.startsWith("\"version\""))
            return Requirement{.name = ByteView("sdk"),
                               .version = unquoted(text.sliced(text.indexOf(':') + 1).trimmed())};
        if (file.lang == Lang::Json)
            return jsonRequirement(text);
        if (file.lang == Lang::Toml || name == ByteView("Pipfile"))
            return tomlRequirement(text, above);
        if (name.endsWith(".txt"))
            return plainRequirement(text);
        if (auto found = scriptRequirement(text))
            return found;
        if (name == ByteView("setup.py") || name == ByteView("setup.cfg")) {
            ByteView bare = text.endsWith(',') ? text.first(text.size() - 1) : text;
            if (const auto found = plainRequirement(unquoted(bare)); found && !found->version.isEmpty())
                return found;
        }
    }
    return ownVersion(file, text);
}

} // namespace AutoCommit::Wording
