#include "core/message/file.h"

#include <algorithm>
#include <iterator>

namespace AutoCommit::Wording {

namespace {

constexpr const char *lockNames
    = "package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml bun.lock bun.lockb "
      "Cargo.lock poetry.lock Pipfile.lock uv.lock pdm.lock go.sum go.work.sum Gemfile.lock "
      "composer.lock mix.lock flake.lock pubspec.lock Package.resolved packages.lock.json "
      "gradle.lockfile Podfile.lock deno.lock conan.lock MODULE.bazel.lock";
constexpr const char *manifestNames
    = "package.json Cargo.toml pyproject.toml setup.py setup.cfg Pipfile go.mod go.work pom.xml build.gradle "
      "build.gradle.kts settings.gradle settings.gradle.kts libs.versions.toml gradle-wrapper.properties Gemfile "
      "composer.json mix.exs pubspec.yaml Package.swift conanfile.txt conanfile.py vcpkg.json requirements.txt "
      "environment.yml pnpm-workspace.yaml bower.json deno.json Podfile Brewfile Directory.Packages.props lerna.json "
      "flake.nix shard.yml rust-toolchain.toml rust-toolchain .nvmrc .node-version .python-version .ruby-version "
      ".tool-versions global.json";
constexpr const char *configNames
    = "biome.json tsconfig.json jsconfig.json tslint.json renovate.json renovate.json5 codecov.yml .codecov.yml "
      "dependabot.yml turbo.json nx.json babel.config.js jest.config.js rollup.config.js webpack.config.js "
      "vite.config.ts vite.config.js vitest.config.ts eslint.config.js eslint.config.mjs eslint.config.ts deny.toml "
      "rustfmt.toml clippy.toml tox.ini mypy.ini pytest.ini ruff.toml netlify.toml vercel.json lychee.toml cliff.toml "
      "typos.toml cog.toml cspell.json mkdocs.yml mkdocs.yaml";
constexpr const char *assetExtensions
    = "png jpg jpeg gif webp avif ico icns bmp tiff psd ai sketch fig woff woff2 ttf otf eot mp3 ogg wav flac mp4 webm "
      "mov pdf zip gz tar tgz 7z jar wasm exe dll so dylib a lib bin dat db sqlite onnx gguf svg xcf blend glb";

bool inFolder(ByteView path, const char *folders)
{
    for (qsizetype start = 0;;) {
        const qsizetype slash = path.indexOf('/', start);
        if (slash < 0)
            return false;
        if (isOneOf(path.sliced(start, slash - start).toByteArray().toLower(), folders))
            return true;
        start = slash + 1;
    }
}

bool isTestName(ByteView name, ByteView stem)
{
    return stem.startsWith("test_") || stem.startsWith("tst_") || stem.endsWith("_test") || stem.endsWith("_tests")
        || stem.endsWith("_spec") || stem.endsWith("-test") || stem.endsWith("-spec") || stem.endsWith("Test")
        || stem.endsWith("Tests") || stem.endsWith("Spec") || stem == ByteView("tests") || stem == ByteView("test")
        || stem == ByteView("conftest") || stem.endsWith("TestCase") || name.contains(".test.")
        || name.contains(".spec.") || name.contains(".cy.") || name.endsWith(".bats") || name.endsWith(".t");
}

/// "Polly.Specs", "ktor-client-tests", "UnitTests": projects whose folder says that they hold tests.
bool inTestProject(ByteView path)
{
    for (qsizetype start = 0;;) {
        const qsizetype slash = path.indexOf('/', start);
        if (slash < 0)
            return false;
        const ByteView folder = path.sliced(start, slash - start);
        for (const char *ending :
             {"Tests", "Specs", ".Test", ".Spec", "-tests", "_tests", "-test", "_test", "-specs"}) {
            if (folder.endsWith(ending))
                return true;
        }
        start = slash + 1;
    }
}

bool isFixture(ByteView path, ByteView name, Lang lang)
{
    if (name.endsWith(".snap") || name.endsWith(".golden") || inFolder(path, "__snapshots__ snapshots .snapshots"))
        return true;
    if (inFolder(path, "fixtures fixture testdata test-data test_data test-resources __fixtures__ golden goldens"))
        return true;
    const bool script = lang == Lang::None && extensionOf(name).isEmpty();
    return inFolder(path, "test tests spec __tests__") && !isCode(lang) && !script;
}

Role proseRole(ByteView path, ByteView name, ByteView stem)
{
    if (stem.startsWith("LICENSE") || stem.startsWith("LICENCE") || stem == ByteView("COPYING")
        || stem == ByteView("NOTICE") || path.startsWith("LICENSES/"))
        return Role::License;
    const QByteArray folded = foldedName(stem);
    if (folded == "changelog" || folded == "changes" || folded == "news" || folded == "history"
        || folded == "releasenotes" || folded.startsWith("changelog") || folded.startsWith("releasenotes"))
        return Role::Changelog;
    if (inFolder(path, ".changeset .changes changelog.d newsfragments .unreleased changelogs news")
        && folded != "readme")
        return Role::Changelog;
    if (name == ByteView("CMakeLists.txt") || name.endsWith(".cmake"))
        return Role::Build;
    return Role::Docs;
}

bool isBuildFile(ByteView path, ByteView name)
{
    return isOneOf(name,
                   "Makefile makefile GNUmakefile CMakeLists.txt CMakePresets.json meson.build meson_options.txt "
                   "configure.ac configure.in Makefile.am BUILD BUILD.bazel WORKSPACE MODULE.bazel Dockerfile "
                   "Containerfile docker-compose.yml docker-compose.yaml compose.yaml compose.yml Justfile justfile "
                   "Rakefile build.rs build.zig build.sbt Taskfile.yml Earthfile gulpfile.js Gruntfile.js Jakefile "
                   "default.nix shell.nix .dockerignore .goreleaser.yaml .goreleaser.yml snapcraft.yaml gradlew")
        || name.endsWith(".cmake") || name.startsWith("Dockerfile.") || name.endsWith(".Dockerfile")
        || name.endsWith(".mk") || name.endsWith(".gradle") || name.endsWith(".gradle.kts") || name.endsWith(".csproj")
        || name.endsWith(".vcxproj") || name.endsWith(".spec.in") || name.endsWith(".bzl") || name.endsWith(".pro")
        || path.startsWith("packaging/") || path.startsWith("cmake/");
}

bool isCiFile(ByteView path, ByteView name)
{
    return path.startsWith(".github/workflows/") || path.startsWith(".github/actions/") || path.startsWith(".circleci/")
        || path.startsWith(".gitlab/ci") || path.startsWith(".forgejo/") || path.startsWith(".gitea/workflows")
        || path.startsWith(".buildkite/") || path.startsWith("ci/") || path.startsWith(".ci/")
        || isOneOf(name,
                   ".gitlab-ci.yml .travis.yml appveyor.yml .appveyor.yml azure-pipelines.yml Jenkinsfile .cirrus.yml "
                   "bitbucket-pipelines.yml .drone.yml .woodpecker.yml cloudbuild.yaml action.yml");
}

bool isTranslation(ByteView path, ByteView name)
{
    const ByteView extension = extensionOf(name);
    if (isOneOf(extension, "po pot xlf xliff arb") || (extension == ByteView("ts") && path.contains("translations/")))
        return true;
    if (extension == ByteView("strings") || name == ByteView("strings.xml"))
        return true;
    return inFolder(path, "locales locale i18n translations lang langs l10n language languages")
        && isOneOf(extension, "json yml yaml properties ini toml php js ts ftl resx");
}

bool isGenerated(ByteView path, ByteView name)
{
    return inFolder(path, "dist vendor node_modules third_party generated __generated__ gen target")
        || name.endsWith(".min.js") || name.endsWith(".min.css") || name.endsWith(".pb.go") || name.endsWith("_pb2.py")
        || name.endsWith(".pb.cc") || name.endsWith(".pb.h") || name.contains(".generated.") || name.endsWith(".map")
        || name.endsWith(".g.dart") || name.endsWith(".Designer.cs") || name.startsWith("zz_generated");
}

Role configRole(ByteView path, ByteView name, Lang lang)
{
    if (isOneOf(name,
                ".gitignore .npmignore .dockerignore .eslintignore .prettierignore .helmignore .hgignore "
                ".git-blame-ignore-revs"))
        return Role::Ignore;
    if (isOneOf(name, configNames) || name.startsWith(".") || path.startsWith(".github/") || path.startsWith(".vscode/")
        || path.startsWith(".devcontainer/") || path.startsWith(".idea/") || name.contains("tsconfig")
        || name.contains(".config."))
        return Role::Config;
    const bool data = lang == Lang::Yaml || lang == Lang::Json || lang == Lang::Toml || lang == Lang::Ini;
    return data ? Role::Config : Role::Source;
}

} // namespace

Role roleOf(ByteView path)
{
    const ByteView name = nameOf(path);
    const Lang lang = langOf(path);
    const ByteView extension = extensionOf(name);
    const ByteView stem = extension.isEmpty() ? name : name.first(name.size() - extension.size() - 1);
    if (isOneOf(name, lockNames))
        return Role::Lock;
    if (isCiFile(path, name))
        return Role::Ci;
    if (isGenerated(path, name))
        return Role::Generated;
    if (isFixture(path, name, lang))
        return Role::Fixture;
    if (isTestName(name, stem) || (isCode(lang) && inTestProject(path))
        || ((isCode(lang) || (lang == Lang::None && extension.isEmpty()))
            && inFolder(path, "test tests spec specs __tests__ e2e integration_tests testing Tests")))
        return Role::Test;
    if (isOneOf(name, manifestNames) || (name.startsWith("requirements") && name.endsWith(".txt"))
        || name.endsWith(".gemspec") || name.endsWith(".podspec"))
        return Role::Manifest;
    if (isTranslation(path, name))
        return Role::Translation;
    if (isOneOf(extension, assetExtensions))
        return Role::Asset;
    if (isBuildFile(path, name))
        return Role::Build;
    if (lang == Lang::Markdown || lang == Lang::Rst || (lang == Lang::None && isUpper(name.isEmpty() ? 'a' : name[0])))
        return proseRole(path, name, stem);
    if (inFolder(path, "examples example samples sample demo demos playground"))
        return Role::Example;
    if (inFolder(path, "docs doc documentation website"))
        return Role::Docs;
    return configRole(path, name, lang);
}

} // namespace AutoCommit::Wording
