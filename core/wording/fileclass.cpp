#include "core/wording/fileclass.h"

#include <QByteArrayView>
#include <QSet>

#include <algorithm>
#include <initializer_list>

namespace AutoCommit {

namespace {

QByteArray nameOf(const QByteArray &path)
{
    return path.mid(path.lastIndexOf('/') + 1);
}

bool endsWithAny(const QByteArray &text, std::initializer_list<const char *> ends)
{
    return std::ranges::any_of(ends, [&](const char *end) { return text.endsWith(end); });
}

/// Is one of these a directory of the path?
bool isUnder(const QByteArray &lower, std::initializer_list<const char *> directories)
{
    const QByteArray rooted = '/' + lower;
    return std::ranges::any_of(
        directories, [&](const char *directory) { return rooted.contains('/' + QByteArray(directory) + '/'); });
}

bool isLock(const QByteArray &name)
{
    static const QSet<QByteArray> names{
        "package-lock.json",  "npm-shrinkwrap.json", "pnpm-lock.yaml", "bun.lockb",    "go.sum",     "gradle.lockfile",
        "packages.lock.json", "flake.lock",          "composer.lock",  "podfile.lock", "cargo.lock", "deno.lock"};
    return names.contains(name) || name.endsWith(".lock");
}

bool isGenerated(const QByteArray &lower, const QByteArray &name)
{
    return endsWithAny(name,
                       {".min.js", ".min.css", ".map", ".snap", ".pb.go", ".pb.h", ".pb.cc", "_pb2.py", ".g.dart",
                        ".freezed.dart", ".designer.cs", ".generated.ts", ".generated.go"})
        || isUnder(lower, {"__snapshots__", "generated", "__generated__"}) || name.startsWith("zz_generated");
}

bool isManifest(const QByteArray &name)
{
    static const QSet<QByteArray> names{"package.json",     "cargo.toml",    "pyproject.toml",   "setup.py",
                                        "setup.cfg",        "go.mod",        "pom.xml",          "build.gradle",
                                        "build.gradle.kts", "composer.json", "gemfile",          "pubspec.yaml",
                                        "cmakelists.txt",   "meson.build",   "requirements.txt", "mix.exs",
                                        "package.swift",    "dockerfile",    "makefile"};
    return names.contains(name) || endsWithAny(name, {".proto", ".graphql", ".sql", ".gemspec", ".csproj", ".cabal"});
}

bool isTest(const QByteArray &lower, const QByteArray &name)
{
    return isUnder(lower, {"test", "tests", "__tests__", "spec", "specs", "testdata", "fixtures", "e2e"})
        || name.startsWith("test_") || name.startsWith("tst_") || name.contains("_test.") || name.contains(".test.")
        || name.contains(".spec.") || name.contains("_spec.") || name.contains("-test.")
        || endsWithAny(name, {"test.java", "tests.cs", "test.kt", "test.php", "tests.swift"});
}

bool isDocs(const QByteArray &lower, const QByteArray &name)
{
    return endsWithAny(name, {".md", ".mdx", ".rst", ".adoc", ".txt", ".tex", ".po"})
        || isUnder(lower, {"docs", "doc", "documentation", "man"}) || name.startsWith("license")
        || name.startsWith("changelog");
}

bool isCi(const QByteArray &lower, const QByteArray &name)
{
    return isUnder(lower, {".github", ".gitlab", ".circleci", ".forgejo", ".gitea", ".buildkite", ".azure-pipelines"})
        || name == ".gitlab-ci.yml" || name == ".travis.yml" || name == "jenkinsfile" || name == "azure-pipelines.yml";
}

/// The parser cuts lines at 2000 bytes; nobody writes such.
bool isMinified(const FileChange &file)
{
    return std::ranges::any_of(file.hunks, [](const Hunk &hunk) {
        const auto isLong = [](const QByteArray &line) { return line.size() >= 2000; };
        return std::ranges::any_of(hunk.added, isLong) || std::ranges::any_of(hunk.removed, isLong);
    });
}

} // namespace

FileClass classOf(const FileChange &file)
{
    const QByteArray lower = file.path.toLower();
    const QByteArray name = nameOf(lower);
    if (file.binary)
        return FileClass::Binary;
    if (isLock(name))
        return FileClass::Lock;
    if (isUnder(lower,
                {"vendor", "node_modules", "third_party", "third-party", "thirdparty", "dist", "bower_components"}))
        return FileClass::Vendored;
    if (isGenerated(lower, name))
        return FileClass::Generated;
    if (isCi(lower, name))
        return FileClass::Ci;
    if (isManifest(name))
        return FileClass::Manifest;
    if (isTest(lower, name))
        return isMinified(file) ? FileClass::Minified : FileClass::Test;
    if (isDocs(lower, name))
        return FileClass::Docs;
    return isMinified(file) ? FileClass::Minified : FileClass::Source;
}

bool isReadable(FileClass fileClass)
{
    switch (fileClass) {
    case FileClass::Lock:
    case FileClass::Generated:
    case FileClass::Vendored:
    case FileClass::Minified:
    case FileClass::Binary:
        return false;
    default:
        return true;
    }
}

} // namespace AutoCommit
