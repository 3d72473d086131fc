#include "core/engine/pathfacts.h"

#include "core/engine/words.h"

#include <QList>

#include <algorithm>
#include <array>
#include <string_view>

namespace AutoCommit {

namespace {

using View = std::string_view;

template <std::size_t N> bool isOneOf(View text, const std::array<View, N> &list)
{
    return std::find(list.begin(), list.end(), text) != list.end();
}

template <std::size_t N> bool hasAnyEnd(View text, const std::array<View, N> &list)
{
    return std::any_of(list.begin(), list.end(), [&](View end) { return text.ends_with(end); });
}

template <std::size_t N> bool hasAnyStart(View text, const std::array<View, N> &list)
{
    return std::any_of(list.begin(), list.end(), [&](View start) { return text.starts_with(start); });
}

constexpr std::array<View, 12> ciFolders{".circleci", ".buildkite", ".woodpecker", ".azure-pipelines",
                                         ".azure",    ".tekton",    ".semaphore",  ".teamcity",
                                         ".gitlab",   ".kokoro",    ".travis",     ".ci"};
constexpr std::array<View, 9> ciNames{".gitlab-ci", ".travis", "azure-pipelines", "jenkinsfile", "appveyor",
                                      ".appveyor",  ".drone",  ".cirrus",         ".woodpecker"};
constexpr std::array<View, 22> testFolders{
    "test",        "tests",     "__tests__",         "spec",       "specs",      "e2e",          "testing",
    "testdata",    "__mocks__", "cypress",           "playwright", "fixtures",   "__fixtures__", "integration",
    "unittests",   "mocks",     "integration-tests", "test-d",     "type-tests", "acceptance",   "androidtest",
    "testfixtures"};
constexpr std::array<View, 10> docsFolders{"docs", "doc", "website", "documentation", "man",
                                           "site", "www", "wiki",    "docusaurus",    "guides"};
constexpr std::array<View, 8> docsEnds{".md", ".mdx", ".rst", ".adoc", ".markdown", ".txt", ".tex", ".1"};
constexpr std::array<View, 9> docsNames{"readme",   "contributing", "license",     "authors", "code_of_conduct",
                                        "security", "copying",      "maintainers", "notice"};
constexpr std::array<View, 6> changelogNames{"changelog", "changes", "history", "news", "release-notes", "releases"};
constexpr std::array<View, 6> changelogFolders{".changeset", ".changes",  "newsfragments",
                                               "changelogs", "changelog", ".chronus"};
constexpr std::array<View, 19> lockNames{
    "package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml",  "yarn.lock",  "go.sum",    "cargo.lock",
    "poetry.lock",       "composer.lock",       "gemfile.lock",    "flake.lock", "uv.lock",   "pdm.lock",
    "pipfile.lock",      "packages.lock.json",  "gradle.lockfile", "bun.lock",   "bun.lockb", "deno.lock",
    "package.resolved"};
constexpr std::array<View, 21> manifestNames{"package.json",
                                             "cargo.toml",
                                             "go.mod",
                                             "pyproject.toml",
                                             "setup.py",
                                             "setup.cfg",
                                             "pipfile",
                                             "composer.json",
                                             "gemfile",
                                             "pom.xml",
                                             "build.gradle",
                                             "build.gradle.kts",
                                             "pubspec.yaml",
                                             "mix.exs",
                                             "package.swift",
                                             "vcpkg.json",
                                             "conanfile.py",
                                             "conanfile.txt",
                                             "directory.packages.props",
                                             "libs.versions.toml",
                                             "go.work"};
constexpr std::array<View, 5> manifestEnds{".csproj", ".gemspec", ".podspec", ".cabal", ".nuspec"};
constexpr std::array<View, 20> buildNames{
    "makefile",     "cmakelists.txt", "meson.build",     "build.bazel",       "workspace",           "justfile",
    "rakefile",     "taskfile.yml",   "taskfile.yaml",   "build.rs",          "turbo.json",          "nx.json",
    "build.xml",    "gradlew",        "settings.gradle", "gradle.properties", "pnpm-workspace.yaml", "module.bazel",
    "configure.ac", "lerna.json"};
constexpr std::array<View, 10> buildStarts{"dockerfile",  "docker-compose", "tsconfig",  "webpack.",    "rollup.",
                                           "vite.config", "gulpfile",       "gruntfile", ".goreleaser", "cmakepresets"};
constexpr std::array<View, 8> buildEnds{".cmake", ".bzl", ".bazel", ".mk", ".gradle", ".props", ".targets", ".nix"};
constexpr std::array<View, 8> translationFolders{"locales",      "locale", "i18n",        "l10n",
                                                 "translations", "lang",   "translation", "languages"};
constexpr std::array<View, 6> translationEnds{".po", ".pot", ".xlf", ".xliff", ".arb", ".strings"};
constexpr std::array<View, 5> sheetEnds{".css", ".scss", ".less", ".sass", ".styl"};
constexpr std::array<View, 22> assetEnds{".png",  ".jpg",   ".jpeg", ".gif",  ".svg", ".ico", ".webp", ".ttf",
                                         ".woff", ".woff2", ".otf",  ".mp3",  ".mp4", ".wav", ".pdf",  ".zip",
                                         ".gz",   ".bin",   ".icns", ".avif", ".eot", ".webm"};
constexpr std::array<View, 14> dataEnds{".json", ".yaml", ".yml",  ".toml", ".xml",   ".csv",   ".sql",
                                        ".ini",  ".cfg",  ".conf", ".tsv",  ".jsonc", ".json5", ".env"};
constexpr std::array<View, 6> snapshotEnds{".snap", ".golden", ".approved.txt", ".verified.txt", ".stdout", ".stderr"};
constexpr std::array<View, 6> snapshotFolders{"__snapshots__", "snapshots", "__snaps__",
                                              "golden",        "goldens",   "expected"};
constexpr std::array<View, 12> testMarks{".test", ".spec", "_test", "_spec", "-test", "-spec",
                                         "test_", "tst_",  "spec_", ".e2e",  ".cy",   "_unittest"};

struct Name
{
    View whole; ///< lower case
    View stem; ///< up to the first dot that is not the first byte
    std::vector<View> folders;
};

Name taken(View lower)
{
    Name name;
    std::size_t start = 0;
    for (std::size_t slash = lower.find('/'); slash != View::npos; slash = lower.find('/', start)) {
        name.folders.push_back(lower.substr(start, slash - start));
        start = slash + 1;
    }
    name.whole = lower.substr(start);
    const std::size_t dot = name.whole.find('.', 1);
    name.stem = name.whole.substr(0, dot);
    return name;
}

template <std::size_t N> bool inFolder(const Name &name, const std::array<View, N> &list)
{
    return std::any_of(name.folders.begin(), name.folders.end(), [&](View part) { return isOneOf(part, list); });
}

bool saysTest(View base)
{
    return std::any_of(testMarks.begin(), testMarks.end(), [&](View mark) {
        const std::size_t at = base.find(mark);
        if (at == View::npos)
            return false;
        return mark.back() == '_' ? at == 0 : true;
    });
}

/// FooTest.java, FooTests.cs, FooSpec.scala: the mark is a word of its own in the name as written.
bool endsInTestWord(View asWritten)
{
    const View stem = asWritten.substr(0, asWritten.find('.', 1));
    constexpr std::array<View, 6> ends{"Test", "Tests", "Spec", "TestCase", "IT", "Specs"};
    return stem.size() > 4 && hasAnyEnd(stem, ends);
}

bool isCi(const Name &n)
{
    for (std::size_t i = 0; i + 1 < n.folders.size(); ++i)
        if ((n.folders[i] == ".github" || n.folders[i] == ".forgejo" || n.folders[i] == ".gitea")
            && (n.folders[i + 1] == "workflows" || n.folders[i + 1] == "actions" || n.folders[i + 1] == "scripts"))
            return true;
    return inFolder(n, ciFolders) || hasAnyStart(n.whole, ciNames);
}

bool isTest(const Name &n, View asWritten)
{
    if (saysTest(n.whole) || endsInTestWord(asWritten) || inFolder(n, testFolders))
        return true;
    return std::any_of(n.folders.begin(), n.folders.end(), [](View part) {
        constexpr std::array<View, 5> ends{"-tests", ".tests", "_tests", "-test", ".test"};
        return hasAnyEnd(part, ends);
    });
}

bool isManifest(const Name &n)
{
    return isOneOf(n.whole, manifestNames) || hasAnyEnd(n.whole, manifestEnds)
        || (n.whole.starts_with("requirements") && n.whole.ends_with(".txt"));
}

bool isLock(const Name &n)
{
    return isOneOf(n.whole, lockNames) || n.whole.ends_with(".lock");
}

bool isBuild(const Name &n)
{
    return isOneOf(n.whole, buildNames) || hasAnyStart(n.whole, buildStarts) || hasAnyEnd(n.whole, buildEnds)
        || n.whole.starts_with("makefile");
}

bool isDocs(const Name &n)
{
    const bool prose = hasAnyEnd(n.whole, docsEnds) || isOneOf(n.stem, docsNames);
    if (!n.folders.empty() && isOneOf(n.folders.front(), docsFolders))
        return true;
    return prose;
}

bool isConfig(const Name &n)
{
    if (n.whole.starts_with('.') || (!n.folders.empty() && n.folders.front().starts_with('.')))
        return true;
    constexpr std::array<View, 8> names{"renovate.json", "codecov.yml",  "biome.json",           "deno.json",
                                        "clippy.toml",   "rustfmt.toml", "commitlint.config.js", "netlify.toml"};
    return isOneOf(n.whole, names) || n.whole.find(".config.") != View::npos || n.whole.find("rc.") != View::npos;
}

PathClass classOf(const Name &n, View asWritten)
{
    if (isLock(n))
        return PathClass::Lock;
    if (isCi(n))
        return PathClass::Ci;
    if (hasAnyEnd(n.whole, snapshotEnds) || inFolder(n, snapshotFolders))
        return PathClass::Snapshot;
    if (isOneOf(n.stem, changelogNames) || inFolder(n, changelogFolders))
        return PathClass::Changelog;
    if (isTest(n, asWritten))
        return PathClass::Test;
    if (isManifest(n))
        return PathClass::Manifest;
    if (isBuild(n))
        return PathClass::Build;
    if (hasAnyEnd(n.whole, assetEnds))
        return PathClass::Asset;
    if (inFolder(n, translationFolders) || hasAnyEnd(n.whole, translationEnds))
        return PathClass::Translation;
    if (isDocs(n))
        return PathClass::Docs;
    if (isConfig(n))
        return PathClass::Config;
    if (hasAnyEnd(n.whole, sheetEnds))
        return PathClass::Sheet;
    return hasAnyEnd(n.whole, dataEnds) ? PathClass::Data : PathClass::Source;
}

View viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

/// The name without endings, test marks and separators: "Foo_bar.test.ts" and "foo-bar.ts" agree.
QByteArray levelledStem(View base)
{
    std::size_t dot = base.find('.', 1);
    QByteArray stem(base.data(), static_cast<qsizetype>(dot == View::npos ? base.size() : dot));
    for (const View mark : testMarks) {
        const QByteArrayView view(mark.data(), static_cast<qsizetype>(mark.size()));
        if (mark.back() == '_' ? stem.startsWith(view) : stem.endsWith(view)) {
            if (mark.back() == '_')
                stem.remove(0, view.size());
            else
                stem.chop(view.size());
        }
    }
    for (const char *end : {"tests", "test", "spec"})
        if (stem.size() > 7 && stem.endsWith(end))
            stem.chop(qstrlen(end));
    stem.replace("_", "").replace("-", "").replace(".", "");
    return stem;
}

} // namespace

quint32 stableHash(QByteArrayView text)
{
    quint32 hash = 2166136261U;
    for (const char c : text)
        hash = (hash ^ static_cast<quint8>(c)) * 16777619U;
    // FNV's low bits are weak; one round of mixing lets tables use them directly
    hash ^= hash >> 15;
    hash *= 2246822519U;
    hash ^= hash >> 13;
    return hash == 0 ? 1 : hash;
}

PathClass classOfPath(QByteArrayView path)
{
    const QByteArray lower = path.toByteArray().toLower();
    const qsizetype slash = path.lastIndexOf('/');
    const QByteArrayView base = path.sliced(slash + 1);
    return classOf(taken(viewOf(lower)), {base.data(), static_cast<std::size_t>(base.size())});
}

PathFacts pathFacts(QByteArrayView path)
{
    PathFacts facts;
    facts.pathClass = classOfPath(path);
    facts.path = stableHash(path);
    const QByteArray lower = path.toByteArray().toLower();
    const Name name = taken(viewOf(lower));
    facts.base = stableHash(QByteArrayView(name.whole.data(), static_cast<qsizetype>(name.whole.size())));
    const QByteArray stem = levelledStem(name.whole);
    facts.stem = stem.isEmpty() ? 0 : stableHash(stem);
    facts.stemLength = stem.size();
    facts.testMark = saysTest(name.whole);
    const std::size_t dot = name.whole.rfind('.');
    if (dot != View::npos && dot > 0)
        facts.ext = stableHash(QByteArrayView(name.whole).sliced(static_cast<qsizetype>(dot)));
    for (qsizetype i = path.indexOf('/'); i >= 0; i = path.indexOf('/', i + 1))
        facts.folders.push_back(stableHash(path.first(i)));
    for (const View part : name.folders)
        facts.parts.push_back(stableHash(QByteArrayView(part.data(), static_cast<qsizetype>(part.size()))));
    std::vector<WordHit> hits;
    readWords(path, hits);
    for (const WordHit &hit : hits)
        facts.words.push_back(hit.hash);
    std::sort(facts.words.begin(), facts.words.end());
    facts.words.erase(std::unique(facts.words.begin(), facts.words.end()), facts.words.end());
    return facts;
}

} // namespace AutoCommit
