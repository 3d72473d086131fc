#include "core/privacy/filehints.h"

#include <QByteArray>

#include <algorithm>
#include <array>

namespace AutoCommit {

namespace {

template <std::size_t N> bool endsWithOneOf(const QByteArray &name, const std::array<const char *, N> &ends)
{
    return std::any_of(ends.begin(), ends.end(), [&](const char *end) { return name.endsWith(end); });
}

constexpr std::array configurationEnds{".env",        ".ini",   ".properties", ".conf",      ".cfg",
                                       ".cnf",        ".yml",   ".yaml",       ".toml",      ".npmrc",
                                       ".pypirc",     ".netrc", ".envrc",      ".tfvars",    ".config",
                                       "credentials", ".prefs", ".dotenv",     "dockerfile", ".service"};
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
constexpr std::array testParts{"test",  "spec/",    "fixture", "example", "sample", "mock", "docs/", "/doc/",
                               "demo/", "testdata", "e2e",     "stub",    "readme", ".md",  ".rst",  "changelog"};

} // namespace

FileHints fileHintsOf(QByteArrayView path)
{
    const QByteArray lower = path.toByteArray().toLower();
    const QByteArray name = lower.mid(lower.lastIndexOf('/') + 1);
    return {.configuration = name.startsWith(".env") || endsWithOneOf(name, configurationEnds),
            .text = endsWithOneOf(name, textEnds),
            .test
            = std::any_of(testParts.begin(), testParts.end(), [&](const char *part) { return lower.contains(part); }),
            .lock = endsWithOneOf(name, lockNames)};
}

} // namespace AutoCommit
