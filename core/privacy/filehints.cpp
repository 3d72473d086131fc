#include "core/privacy/filehints.h"

#include <QByteArrayList>

#include <algorithm>
#include <array>

namespace AutoCommit {

namespace {

template <std::size_t N> bool endsWithOneOf(const QByteArray &name, const std::array<const char *, N> &ends)
{
    return std::any_of(ends.begin(), ends.end(), [&](const char *end) { return name.endsWith(end); });
}

constexpr std::array configurationEnds{".env",    ".ini",       ".properties", ".conf",       ".cfg",    ".cnf",
                                       ".yml",    ".yaml",      ".toml",       ".npmrc",      ".pypirc", ".netrc",
                                       ".envrc",  ".tfvars",    ".config",     "credentials", ".prefs",  ".http",
                                       ".dotenv", "dockerfile", ".service"};
constexpr std::array textEnds{".txt", ".text", ".log", ".sh", ".bash", ".zsh", ".bat", ".cmd"};
constexpr std::array lockNames{"package-lock.json",
                               "yarn.lock",
                               "pnpm-lock.yaml",
                               "cargo.lock",
                               "go.sum",
                               "composer.lock",
                               "gemfile.lock",
                               "poetry.lock",
                               "pipfile.lock",
                               "uv.lock",
                               "npm-shrinkwrap.json",
                               "flake.lock",
                               "packages.lock.json",
                               "podfile.lock",
                               "pubspec.lock",
                               "mix.lock",
                               "bun.lock",
                               "deno.lock",
                               "sha256sums",
                               "checksums.txt",
                               ".sha256",
                               ".md5",
                               "sha512sums",
                               "conan.lock"};
/// Directories of tests and of what only tests use. Names with one of them at an end are like them: `api-tests`.
constexpr std::array testDirectories{"test",      "tests",      "testing",       "testdata",  "testsuite",
                                     "unittests", "spec",       "specs",         "fixture",   "fixtures",
                                     "mock",      "mocks",      "stub",          "stubs",     "e2e",
                                     "__tests__", "__mocks__",  "__fixtures__",  "testutil",  "test_data",
                                     "test-data", ".snapshots", "__snapshots__", "benchmark", "benchmarks"};
constexpr std::array explainingDirectories{"doc",      "docs",      "documentation", "example", "examples",
                                           "sample",   "samples",   "demo",          "demos",   "guides",
                                           "tutorial", "tutorials", "openapi",       "swagger"};
constexpr std::array explainingNames{"example", "sample", "readme",  "changelog", "mock",      "stub",
                                     "fixture", "demo.",  "openapi", "swagger",   ".template", "template."};
constexpr std::array manualNames{"contribut", "security", "install", "usage", "guide", "upgrad", "migrat", "release"};
constexpr std::array explainingEnds{".md", ".rst", ".adoc", ".mdx", ".markdown"};
constexpr std::array oldEnds{".bak", ".old", ".orig", ".backup", ".save"};

/// `tests`, `api-tests`, `test_api`, `App.Tests`
bool isTestWord(QByteArrayView part)
{
    const auto is = [&](const char *word) { return part == QByteArrayView(word); };
    if (std::any_of(testDirectories.begin(), testDirectories.end(), is))
        return true;
    const auto parted = [](char c) { return c == '-' || c == '_' || c == '.'; };
    for (const QByteArrayView word : {QByteArrayView("test"), QByteArrayView("tests"), QByteArrayView("spec")}) {
        const qsizetype rest = part.size() - word.size();
        if (rest > 0
            && ((part.endsWith(word) && parted(part[rest - 1]))
                || (part.startsWith(word) && parted(part[word.size()]))))
            return true;
    }
    return false;
}

/// `test_api.py`, `api_test.go`, `api.spec.ts`, `ApiTest.java`, `phpunit.xml.dist`, `page.test.ts.snap`
bool isTestName(QByteArrayView name)
{
    const qsizetype dot = name.lastIndexOf('.');
    const QByteArrayView stem = dot > 0 ? name.first(dot) : name;
    return name.startsWith("phpunit.") || name.endsWith(".snap") || isTestWord(stem.toByteArray().toLower())
        || stem.endsWith("Test") || stem.endsWith("Tests");
}

template <std::size_t N> bool isOneOf(const QByteArray &part, const std::array<const char *, N> &words)
{
    return std::any_of(words.begin(), words.end(), [&](const char *word) { return part == word; });
}

bool isInManual(const QByteArray &path)
{
    const QByteArrayList parts = path.split('/');
    return std::any_of(parts.begin(), parts.end() - 1,
                       [](const QByteArray &part) { return isOneOf(part, explainingDirectories); });
}

template <std::size_t N> bool hasOneOf(const QByteArray &name, const std::array<const char *, N> &parts)
{
    return std::any_of(parts.begin(), parts.end(), [&](const char *part) { return name.contains(part); });
}

bool isDeployment(const QByteArray &name)
{
    static constexpr std::array ends{".env", ".ini", ".properties", ".tfvars", ".npmrc", ".pypirc", ".netrc", ".envrc"};
    return name.startsWith(".env") || endsWithOneOf(name, ends);
}

/// `settings.ini.bak` is read like `settings.ini`.
QByteArray withoutOldEnd(QByteArray name)
{
    for (const char *end : oldEnds) {
        if (name.endsWith(end))
            name.chop(static_cast<qsizetype>(qstrlen(end)));
    }
    return name;
}

} // namespace

FileHints fileHintsOf(QByteArrayView path)
{
    const QByteArray lower = path.toByteArray().toLower();
    const qsizetype slash = lower.lastIndexOf('/');
    const QByteArray name = withoutOldEnd(lower.mid(slash + 1));
    FileHints hints{.configuration = name.startsWith(".env") || endsWithOneOf(name, configurationEnds),
                    .text = endsWithOneOf(name, textEnds),
                    .test = hasOneOf(name, explainingNames) || endsWithOneOf(name, explainingEnds),
                    .fixture = isTestName(path.sliced(slash + 1)),
                    .inlineTests = name.endsWith(".rs"),
                    .lock = endsWithOneOf(name, lockNames) || lower.endsWith(".dist-info/record")};
    // Where a checkout lies says nothing; inside of one paths are relative.
    if (slash > 0 && !lower.startsWith('/')) {
        for (const QByteArray &part : lower.left(slash).split('/')) {
            hints.fixture = hints.fixture || isTestWord(part);
            hints.test = hints.test || isOneOf(part, explainingDirectories);
        }
        // A manual shows made-up values; what lies beside it is read as strictly as anything.
        if (hints.test && endsWithOneOf(name, explainingEnds))
            hints.fixture = hints.fixture || isInManual(lower);
    }
    hints.test = hints.test || hints.fixture;
    hints.notes = endsWithOneOf(name, explainingEnds) && !hints.fixture && !hasOneOf(name, explainingNames)
        && !hasOneOf(name, manualNames) && !isInManual(lower);
    hints.fixture = hints.fixture && !isDeployment(name); // what a test is run against may be real
    return hints;
}

} // namespace AutoCommit
