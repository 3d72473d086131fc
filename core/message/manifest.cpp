#include "core/message/manifest.h"

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

ByteView between(ByteView text, const char *open, char close)
{
    const qsizetype start = text.indexOf(open);
    if (start < 0)
        return {};
    const qsizetype from = start + ByteView(open).size();
    const qsizetype end = text.indexOf(close, from);
    return end < 0 ? ByteView() : text.sliced(from, end - from);
}

/// Do only a comma and blanks stand between two strings of the line?
bool isNextArgument(ByteView text, ByteView first, ByteView second)
{
    const qsizetype from = first.end() - text.begin() + 1;
    const qsizetype to = second.begin() - text.begin() - 1;
    return from < to && text.sliced(from, to - from).trimmed() == ByteView(",");
}

} // namespace

bool isPackageName(ByteView name)
{
    if (name.isEmpty() || name.size() > 100 || (!isLetter(name[0]) && name[0] != '@' && name[0] != '_'))
        return false;
    return std::all_of(name.begin(), name.end(), [](char c) {
        return isWordChar(c) || c == '-' || c == '.' || c == '/' || c == '@' || c == ':';
    });
}

bool isVersionSpec(ByteView text)
{
    if (text.isEmpty() || text.size() > 60)
        return false;
    for (const char *scheme : {"workspace:", "catalog:", "npm:", "file:", "link:", "git+", "github:", "portal:"}) {
        if (text.startsWith(scheme))
            return true;
    }
    if (isOneOf(text, "* latest next"))
        return true;
    qsizetype i = 0;
    while (i < text.size()
           && (text[i] == '^' || text[i] == '~' || text[i] == '>' || text[i] == '<' || text[i] == '=' || text[i] == '!'
               || text[i] == ' ' || text[i] == 'v'))
        ++i;
    return i < text.size() && isDigit(text[i]) && std::all_of(text.begin(), text.end(), [](char c) {
               return isWordChar(c) || c == '.' || c == '-' || c == '+' || c == '^' || c == '~' || c == '>' || c == '<'
                   || c == '=' || c == ' ' || c == ',' || c == '|' || c == '*' || c == '!';
           });
}

ByteView quotedText(Scanner &at)
{
    const char quote = at.peek();
    if (quote != '"' && quote != '\'')
        return {};
    const ByteView text = at.rest();
    const qsizetype end = text.indexOf(quote, 1);
    if (end < 0)
        return {};
    at.skip(end + 1);
    return text.sliced(1, end - 1);
}

/// `"name": "spec"`
std::optional<Requirement> jsonRequirement(ByteView text)
{
    Scanner at(text);
    const ByteView key = quotedText(at);
    if (key.isEmpty() || !at.accept(":"))
        return {};
    ByteView value = quotedText(at);
    if (key == ByteView("version"))
        return isVersion(value) ? std::optional(Requirement{.version = value, .own = true}) : std::nullopt;
    if (key.startsWith("dev-") && value.endsWith("-dev")) // Composer's branch-alias
        return Requirement{.version = value, .own = true};
    if (key == ByteView("packageManager") && value.contains('@')) {
        const qsizetype split = value.indexOf('@');
        const qsizetype hash = value.indexOf('+');
        return Requirement{.name = value.first(split),
                           .version
                           = hash > split ? value.sliced(split + 1, hash - split - 1) : value.sliced(split + 1)};
    }
    if (!isPackageName(key) || !isVersionSpec(value))
        return {};
    return Requirement{.name = key, .version = value};
}

/// `name = "spec"`, `name = { version = "spec" }`, `name.workspace = true`, `"name>=1",`
std::optional<Requirement> tomlRequirement(ByteView text, const QList<ByteView> &above)
{
    Scanner at(text);
    if (at.peek() == '"' || at.peek() == '\'') {
        const ByteView inner = quotedText(at);
        if (at.peek() != '=' || at.atEnd()) { // an entry of a list: PEP 508
            qsizetype end = 0;
            while (end < inner.size() && (isWordChar(inner[end]) || inner[end] == '-' || inner[end] == '.'))
                ++end;
            qsizetype spec = inner.indexOf('[') == end && inner.contains(']') ? inner.indexOf(']') + 1 : end;
            const qsizetype stop = inner.indexOf(';');
            const ByteView version
                = inner.sliced(spec, (stop < 0 ? inner.size() : std::max(stop, spec)) - spec).trimmed();
            if (!isPackageName(inner.first(end)) || !isVersionSpec(version))
                return {};
            return Requirement{.name = inner.first(end), .version = version};
        }
    }
    const ByteView key = at.looseWord("-.@/");
    if (key.isEmpty() || !at.accept("="))
        return {};
    if (isOneOf(key, "edition name description license rust-version target-version py-version line-length"))
        return {};
    ByteView value;
    if (at.peek() == '"' || at.peek() == '\'') {
        value = quotedText(at);
    } else {
        const qsizetype version = at.rest().indexOf("version = ");
        if (at.peek() == '{' && version > 0) {
            Scanner inside(at.rest().sliced(version + 10));
            value = quotedText(inside);
        } else if (at.peek() == '{' || at.rest().startsWith("true")) {
            const bool depends
                = text.contains("git = ") || text.contains("path = ") || text.contains("workspace = true");
            const ByteView name = key.endsWith(".workspace") ? key.first(key.size() - 10) : key;
            return depends && isPackageName(name) ? std::optional(Requirement{.name = name}) : std::nullopt;
        }
    }
    if (key == ByteView("version") && isVersion(value)) {
        for (qsizetype i = above.size() - 1; i >= 0; --i) {
            if (!above[i].startsWith("[") || !above[i].contains("dependencies."))
                continue;
            const qsizetype dot = above[i].lastIndexOf('.');
            return Requirement{.name = above[i].sliced(dot + 1, above[i].size() - dot - 2), .version = value};
        }
        return Requirement{.version = value, .own = true};
    }
    if (const qsizetype split = value.lastIndexOf(':'); value.count(':') == 2 && isVersion(value.sliced(split + 1)))
        return Requirement{.name = key, .version = value.sliced(split + 1)}; // Gradle's catalogue: "group:name:1.2"
    return isPackageName(key) && isVersionSpec(value) ? std::optional(Requirement{.name = key, .version = value})
                                                      : std::nullopt;
}

/// `name==1.2`, `name>=1 ; marker`
std::optional<Requirement> plainRequirement(ByteView text)
{
    Scanner at(text);
    const ByteView name = at.looseWord("-.");
    at.skipGroup();
    const qsizetype end = at.rest().indexOf(';');
    const qsizetype hash = at.rest().indexOf(" \\");
    ByteView version = at.rest().first(end >= 0 ? end : hash >= 0 ? hash : at.rest().size()).trimmed();
    if (!isPackageName(name) || (!version.isEmpty() && !isVersionSpec(version)))
        return {};
    return Requirement{.name = name, .version = version};
}

/// `github.com/x/y v1.2.3 // indirect`, `go 1.22`
std::optional<Requirement> goRequirement(ByteView text)
{
    Scanner at(text);
    at.accept("require ");
    const bool language = at.accept("go ");
    if (language || at.accept("toolchain "))
        return Requirement{.name = language ? ByteView("go") : ByteView("toolchain"), .version = at.rest()};
    const ByteView path = at.looseWord("-./~");
    const ByteView version = at.looseWord("-.+/");
    if (!path.contains('.') || !path.contains('/') || !isVersion(version))
        return {};
    return Requirement{.name = path, .version = version, .transitive = at.rest().contains("indirect")};
}

/// pom.xml and the project files of .NET
std::optional<Requirement> xmlRequirement(ByteView text, const QList<ByteView> &above)
{
    const ByteView include = between(text, "Include=\"", '"');
    if (!include.isEmpty() && (text.startsWith("<Package") || text.startsWith("<GlobalPackage")))
        return Requirement{.name = include, .version = between(text, "Version=\"", '"')};
    if (text.startsWith("<version>")) {
        const ByteView version = between(text, "<version>", '<');
        for (qsizetype i = above.size() - 1; i >= 0; --i) {
            const ByteView artifact = between(above[i], "<artifactId>", '<');
            if (!artifact.isEmpty())
                return Requirement{.name = artifact, .version = version, .own = version.contains("SNAPSHOT")};
        }
        return {};
    }
    const ByteView tag = between(text, "<", '>');
    for (const char *ending : {".version", "Version", "VersionPrefix"}) {
        if (!tag.endsWith(ending) || tag.contains(' '))
            continue;
        const ByteView name = tag.first(tag.size() - ByteView(ending).size());
        const ByteView version = between(text, ">", '<');
        if (isVersion(version))
            return Requirement{.name = name, .version = version, .own = name.isEmpty()};
    }
    return {};
}

/// `implementation("group:name:1.2")`, `id("x") version "1.2"`, `gem "x", "~> 1"`, `{:x, "~> 1"}`
std::optional<Requirement> scriptRequirement(ByteView text)
{
    const ByteView wrapper = between(text, "gradle-", '-');
    if (text.startsWith("distributionUrl") && isVersion(wrapper))
        return Requirement{.name = ByteView("gradle"), .version = wrapper};
    QList<ByteView> strings;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] != '"' && text[i] != '\'')
            continue;
        const qsizetype end = text.indexOf(text[i], i + 1);
        if (end < 0)
            break;
        strings.append(text.sliced(i + 1, end - i - 1));
        i = end;
    }
    if (text.startsWith("{:")) {
        Scanner at(text.sliced(2));
        const ByteView name = at.word();
        return strings.isEmpty() ? std::nullopt : std::optional(Requirement{.name = name, .version = strings.first()});
    }
    if (strings.isEmpty())
        return {};
    const ByteView first = strings.first();
    if (first.count(':') == 2 && !first.contains(' ')) {
        const qsizetype split = first.lastIndexOf(':');
        return Requirement{.name = first.sliced(first.indexOf(':') + 1, split - first.indexOf(':') - 1),
                           .version = first.sliced(split + 1)};
    }
    const bool gem = text.startsWith("gem ") || text.contains("add_dependency")
        || text.contains("add_development_dependency") || text.contains("add_runtime_dependency");
    const bool plugin = text.contains(") version ") || text.contains(" version \"") || text.contains(" version '");
    if ((gem || plugin) && isPackageName(first)) {
        const bool spec = strings.size() > 1
            && isVersionSpec(strings[1]) // in gem "x", RUBY < "1.9" ? … it is a condition
            && (plugin || isNextArgument(text, first, strings[1]));
        return Requirement{.name = first, .version = spec ? strings[1] : ByteView()};
    }
    const ByteView from = strings.size() > 1 && isVersion(strings.last()) ? strings.last() : ByteView();
    const auto url = std::find_if(strings.begin(), strings.end(), [](ByteView s) { return s.contains("://"); });
    if (text.startsWith(".package(") && url != strings.end()) {
        ByteView name = url->sliced(url->lastIndexOf('/') + 1);
        if (name.endsWith(".git"))
            name.chop(4);
        return Requirement{.name = name, .version = from};
    }
    return {};
}

} // namespace AutoCommit::Wording
