#include "tests/core/message/messagesupport.h"

#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Test;
using namespace Qt::StringLiterals;

/// What is said of manifests, settings, workflows, documents, tests and of files as such.
class TestMessageData : public QObject, SubjectTable
{
    Q_OBJECT

private Q_SLOTS:
    void dependenciesAreNamedWithBothVersions_data()
    {
        columns();
        row("npm", "chore", "== package.json\n-    \"vite\": \"^5.1.0\",\n+    \"vite\": \"^5.2.0\",\n",
            "chore: bump vite from 5.1.0 to 5.2.0");
        row("npm with lock", "chore",
            "== package.json\n-    \"vite\": \"^5.1.0\",\n+    \"vite\": \"^5.2.0\",\n== package-lock.json\n-      "
            "\"version\": \"5.1.0\",\n+      \"version\": \"5.2.0\",\n",
            "chore: bump vite from 5.1.0 to 5.2.0");
        row("npm added", "build", "== package.json\n   \"dependencies\": {\n+    \"h3\": \"^1.9.0\",\n",
            "build: add h3 dependency");
        row("npm dropped", "build", "== package.json\n   \"dependencies\": {\n-    \"h3\": \"^1.9.0\",\n",
            "build: drop h3 dependency");
        row("npm replaced", "build",
            "== package.json\n   \"dependencies\": {\n-    \"upath\": \"^2.0.0\",\n+    \"pathe\": \"^1.0.0\",\n",
            "build: replace upath with pathe");
        row("catalogue of Gradle", "chore",
            "== gradle/libs.versions.toml\n-pf4j = \"org.pf4j:pf4j:3.14.1\"\n+pf4j = \"org.pf4j:pf4j:3.15.0\"\n",
            "chore: bump pf4j from 3.14.1 to 3.15.0");
        row("Cargo", "chore", "== Cargo.toml\n-serde = \"1.0.190\"\n+serde = \"1.0.200\"\n",
            "chore: bump serde from 1.0.190 to 1.0.200");
        row("Cargo table", "chore",
            "== Cargo.toml\n-clap = { version = \"4.0\", features = [\"derive\"] }\n+clap = { version = \"4.1\", "
            "features = [\"derive\"] }\n",
            "chore: bump clap from 4.0 to 4.1");
        row("package-lock.json alone", "chore",
            "== package-lock.json\n     \"node_modules/a/node_modules/@x/js-yaml\": {\n-      \"version\": \"4.1.1\",\n"
            "-      \"resolved\": \"https://r/4.1.1.tgz\",\n+      \"version\": \"4.3.0\",\n"
            "+      \"resolved\": \"https://r/4.3.0.tgz\",\n       \"dev\": true,\n",
            "chore: bump @x/js-yaml from 4.1.1 to 4.3.0");
        row("composer.lock alone", "chore",
            "== composer.lock\n             \"name\": \"guzzle/psr7\",\n-            \"version\": \"2.6.0\",\n"
            "+            \"version\": \"2.6.2\",\n",
            "chore: bump guzzle/psr7 from 2.6.0 to 2.6.2");
        row("yarn.lock alone", "chore",
            "== yarn.lock\n \"@babel/core@^7.1.0\":\n-  version \"7.23.0\"\n+  version \"7.24.1\"\n",
            "chore: bump @babel/core from 7.23.0 to 7.24.1");
        row("Cargo.lock alone", "chore",
            "== Cargo.lock\n name = \"clap\"\n-version = \"2.14.0\"\n+version = \"2.15.0\"\n",
            "chore: bump clap from 2.14.0 to 2.15.0");
        row("requirements", "chore", "== requirements.txt\n-requests==2.30.0\n+requests==2.31.0\n",
            "chore: bump requests from 2.30.0 to 2.31.0");
        row("pyproject", "chore",
            "== pyproject.toml\n dependencies = [\n-    \"httpx>=0.24\",\n+    \"httpx>=0.25\",\n",
            "chore: bump httpx from 0.24 to 0.25");
        row("go.mod", "chore", "== go.mod\n-\tgithub.com/spf13/cobra v1.7.0\n+\tgithub.com/spf13/cobra v1.8.0\n",
            "chore: bump github.com/spf13/cobra from v1.7.0 to v1.8.0");
        row("go major version", "chore",
            "== go.mod\n-\tgithub.com/google/go-github/v60 v60.0.0\n+\tgithub.com/google/go-github/v61 v61.0.0\n",
            "chore: bump github.com/google/go-github from v60.0.0 to v61.0.0");
        row("Maven", "chore",
            "== pom.xml\n     <artifactId>libraries-bom</artifactId>\n-    <version>10.1.0</version>\n+    "
            "<version>11.1.0</version>\n",
            "chore: bump libraries-bom from 10.1.0 to 11.1.0");
        row("Gradle", "chore",
            "== app/build.gradle.kts\n-    implementation(\"io.ktor:ktor-server:2.3.0\")\n+    "
            "implementation(\"io.ktor:ktor-server:2.3.1\")\n",
            "chore: bump ktor-server from 2.3.0 to 2.3.1");
        row("Gemfile", "chore", "== Gemfile\n-gem 'rack', '~> 2.0'\n+gem 'rack', '~> 3.0'\n",
            "chore: bump rack from 2.0 to 3.0");
        row("Docker", "build", "== Dockerfile\n-FROM rust:1.70 AS build\n+FROM rust:1.71 AS build\n",
            "build: bump rust from 1.70 to 1.71");
        row("action", "ci",
            "== .github/workflows/ci.yml\n-      - uses: actions/checkout@v3\n+      - uses: actions/checkout@v4\n",
            "ci: bump actions/checkout from v3 to v4");
        row(".NET", "chore",
            "== Directory.Packages.props\n-    <PackageVersion Include=\"xunit\" Version=\"2.4.0\" />\n+    "
            "<PackageVersion Include=\"xunit\" Version=\"2.5.0\" />\n",
            "chore: bump xunit from 2.4.0 to 2.5.0");
        row("several at once", "chore",
            "== package.json\n-    \"a-one\": \"1.0.0\",\n-    \"b-two\": \"1.0.0\",\n+    \"a-one\": \"1.1.0\",\n+    "
            "\"b-two\": \"1.1.0\",\n",
            "chore: bump a-one and b-two from 1.0.0 to 1.1.0");
        row("lock alone", "chore", "== yarn.lock\n-x\n+y\n", "chore: update yarn.lock");
    }
    void dependenciesAreNamedWithBothVersions() { check(); }

    void aNewVersionOfTheProjectIsARelease_data()
    {
        columns();
        row("npm", "chore",
            "== package.json\n   \"name\": \"x\",\n-  \"version\": \"1.3.9\",\n+  \"version\": \"1.4.0\",\n",
            "chore: bump version to 1.4.0");
        row("with its log", "chore",
            "== Cargo.toml\n name = \"x\"\n-version = \"1.3.9\"\n+version = \"1.4.0\"\n== CHANGELOG.md\n+## [1.4.0] - "
            "2024-05-01\n+\n+- Fixed a crash on empty input\n",
            "chore: bump version to 1.4.0");
        row("Python", "chore", "== pkg/__init__.py\n-__version__ = \"1.0.0\"\n+__version__ = \"1.1.0\"\n",
            "chore: bump version to 1.1.0");
        row("the log beside code", "fix",
            "== CHANGELOG.md\n+## 2.0.0\n+\n+- a\n+- b\n== src/app.ts\n-  const limit = 1;\n+  const limit = 2;\n",
            "fix: raise limit from 1 to 2");
        row("the log alone", "docs", "== CHANGELOG.md\n+## 2.0.0\n+\n+- a\n+- b\n", "docs: add changelog for 2.0.0");
    }
    void aNewVersionOfTheProjectIsARelease() { check(); }

    void settingsAreNamedByTheirKeys_data()
    {
        columns();
        row("JSON", "chore",
            "== tsconfig.json\n   \"compilerOptions\": {\n-    \"strict\": false,\n+    \"strict\": true,\n",
            "chore: set strict to true in tsconfig.json");
        row("YAML", "chore", "== config.yaml\n-timeout: 30\n+timeout: 60\n", "chore: set timeout to 60 in config.yaml");
        row("TOML added", "chore", "== rustfmt.toml\n+max_width = 120\n",
            "chore: set max_width to 120 in rustfmt.toml");
        row("removed", "chore", "== config.yaml\n server:\n-  legacy_mode: true\n   port: 1\n",
            "chore: remove legacy_mode from config.yaml");
        row("a list on one line", "ci",
            "== .github/workflows/ci.yml\n-        python: [3.10, 3.11]\n+        python: [3.10, 3.11, 3.12]\n",
            "ci: add 3.12 to python");
        row("an entry", "chore", "== mkdocs.yml\n plugins:\n   - search\n+  - redirects\n",
            "chore: add redirects to plugins");
        row("renamed key", "chore",
            "== package.json\n-    \"version\": \"node bump.js\",\n+    \"release\": \"node bump.js\",\n",
            "chore: rename version to release");
        row("ignored", "chore", "== .gitignore\n+/build/\n", "chore: ignore build/");
        row("CMake", "build",
            "== CMakeLists.txt\n-set(FEED_URL \"https://a.example/x/y/z/appcast.xml\")\n+set(FEED_URL "
            "\"https://b.example/x/y/z/appcast.xml\")\n",
            "build: change FEED_URL in CMakeLists.txt");
        row("translation", "chore", "== i18n/de.json\n-  \"a\": \"b\"\n+  \"a\": \"c\"\n",
            "chore: update German translation");
        row("step", "ci",
            "== .github/workflows/ci.yml\n     steps:\n+      - name: Check the lints\n+        run: make lint\n",
            "ci: add \"Check the lints\" step to ci.yml");
        row("job", "ci",
            "== .github/workflows/ci.yml\n jobs:\n+  coverage:\n+    runs-on: ubuntu-latest\n+    steps:\n+      - "
            "run: make\n",
            "ci: add coverage job to ci.yml");
        row("flag of a command", "ci",
            "== .github/workflows/ci.yml\n-        run: cargo test\n+        run: cargo test --workspace\n",
            "ci: pass --workspace in ci.yml");
    }
    void settingsAreNamedByTheirKeys() { check(); }

    void documentsAreNamedByWhatWasWritten_data()
    {
        columns();
        row("section", "docs", "== README.md\n text\n+\n+## Compilation\n+\n+Run make.\n",
            "docs: add \"Compilation\" section to README.md");
        row("section removed", "docs", "== README.md\n-## Old way\n-\n-Do not.\n text\n",
            "docs: remove \"Old way\" section from README.md");
        row("typo", "docs", "== docs/usage.md\n-The parser recieves a line.\n+The parser receives a line.\n",
            "docs: fix typo in usage.md");
        row("typo in a comment", "docs", "== src/a.cpp\n-// the curent line\n+// the current line\n int x;\n",
            "docs: fix typo in comment of a.cpp");
        row("entry", "docs", "== README.md\n - [Aa](https://aa.example)\n+- [Bee](https://bee.example): a thing\n",
            "docs: add Bee to README.md");
        row("link", "docs",
            "== README.md\n-See [Discord](https://a.example/x).\n+See [Discord](https://b.example/y).\n",
            "docs: update Discord link in README.md");
        row("badge", "docs", "== README.md\n # x\n+[![Slack](https://img.example/s.svg)](https://slack.example)\n",
            "docs: add Slack badge to README.md");
        row("code", "docs", "== README.md\n-Use it.\n+Use `loadAll` for that.\n", "docs: mention loadAll in README.md");
        row("new page", "docs", "== docs/ssr.md|A\n+# Server-Side Rendering\n+\n+Text.\n",
            "docs: add \"Server-Side Rendering\" page");
        row("reworded", "docs", "== README.md\n ## Usage\n-Start it and wait a while.\n+Wait for it after the start.\n",
            "docs: reword \"Usage\" section of README.md");
        row("doc comment", "docs", "== src/a.rs\n+/// Walks the tree.\n pub fn walk_tree(x: u8) {\n",
            "docs: document walk_tree()");
        row("licence header", "chore", "== src/a.cpp\n+// SPDX-License-Identifier: MIT\n #include \"a.h\"\n",
            "chore: add license header to a.cpp");
    }
    void documentsAreNamedByWhatWasWritten() { check(); }

    void testsAreNamed_data()
    {
        columns();
        row("JavaScript", "test",
            "== src/a.test.ts\n describe('x', () => {\n+  it('handles an empty list', () => {\n+    "
            "expect(1).toBe(1)\n+  })\n",
            "test: add test \"handles an empty list\"");
        row("Python", "test", "== tests/test_a.py\n+def test_rejects_bad_input():\n+    assert True\n",
            "test: add test_rejects_bad_input");
        row("Go", "test", "== pkg/a_test.go\n+func TestCompact(t *testing.T) {\n+}\n", "test: add TestCompact");
        row("Rust", "test",
            "== src/a.rs\n mod tests {\n+    #[test]\n+    fn folds_twice() {\n+        assert!(true);\n+    }\n",
            "test: add test folds_twice");
        row("C++", "test", "== tests/a_test.cpp\n+TEST(Parser, StopsAtTheEnd)\n+{\n+}\n",
            "test: add test StopsAtTheEnd");
        row("many", "test",
            "== tests/test_parser.py\n+def test_one_thing():\n+    pass\n+def test_two_things():\n+    pass\n+def "
            "test_three_things():\n+    pass\n",
            "test: add tests for parser");
        row("skipped", "test", "== tests/test_a.py\n+@pytest.mark.skip(reason='x')\n def test_slow_thing():\n",
            "test: skip test_slow_thing");
        row("a new file of tests", "test", "== tests/test_parser.py|A\n+def test_one_thing():\n+    pass\n",
            "test: add tests for parser");
        row("title says what a fix does", "fix",
            "== src/a.ts\n function f(a) {\n-  return a.b\n+  return a?.b\n== src/a.test.ts\n+  it('should not throw "
            "when options are undefined', () => {\n+    f()\n+  })\n",
            "fix: do not throw when options are undefined");
        row("so does a change log", "fix",
            "== src/a.ts\n function f(a) {\n-  return a.b\n+  return a?.b\n== CHANGELOG.md\n ## Unreleased\n+- Fixed "
            "the crash when options are undefined (#12)\n",
            "fix: fix the crash when options are undefined");
    }
    void testsAreNamed() { check(); }

    void filesAreNamed_data()
    {
        columns();
        row("moved", "refactor", "== core/parser/a.cpp|R core/a.cpp\n", "refactor: move a.cpp to core/parser");
        row("renamed", "refactor", "== core/b.cpp|R core/a.cpp\n", "refactor: rename a.cpp to b.cpp");
        row("folder moved", "refactor", "== new/lib/a.cpp|R old/lib/a.cpp\n== new/lib/b.cpp|R old/lib/b.cpp\n",
            "refactor: move a.cpp and b.cpp to new");
        row("several moved", "refactor", "== lib/a.c|R src/a.c\n== lib/b.c|R src/b.c\n",
            "refactor: move a.c and b.c to lib");
        row("removed", "chore", "== src/old.py|D\n-x = 1\n", "chore: remove old.py");
        row("class", "feat",
            "== src/retrypolicy.h|A\n+#pragma once\n+\n+class RetryPolicy\n+{\n+};\n== "
            "src/retrypolicy.cpp|A\n+#include \"retrypolicy.h\"\n+\n+RetryPolicy::RetryPolicy()\n+{\n+}\n",
            "feat: add RetryPolicy");
        row("component", "feat", "== src/components/UserCard.vue|A\n+<template>\n+  <div />\n+</template>\n",
            "feat: add UserCard component");
        row("module", "feat", "== src/walker.js|A\n+export const a = 1\n+export const b = 2\n",
            "feat: add walker module");
        row("workflow", "ci", "== .github/workflows/release.yml|A\n+name: Release\n+on: push\n",
            "ci: add \"Release\" workflow");
        row("package", "feat",
            "== packages/cli/package.json|A\n+{\n+  \"name\": \"@acme/cli\",\n+  \"version\": \"0.0.1\"\n+}\n== "
            "packages/cli/index.js|A\n+export default 1\n",
            "feat: add @acme/cli package");
        row("extracted", "refactor",
            "== src/a.rs\n-pub enum EventType {\n-    Started,\n-    Stopped,\n-    Failed,\n-}\n== "
            "src/payload.rs|A\n+pub enum EventType {\n+    Started,\n+    Stopped,\n+    Failed,\n+}\n",
            "refactor: move EventType to payload.rs");
        row("reformatted", "style", "== src/a.js\n-const a = call( 'x', 1 )\n+const a = call(\"x\", 1);\n",
            "style: reformat a.js");
        row("reordered", "style", "== src/a.py\n-import beta_module\n import alpha_module\n+import beta_module\n",
            "style: reorder imports in a.py");
    }
    void filesAreNamed() { check(); }

    void modesBinariesAndLinksAreTold()
    {
        ChangeSet changes = changeOf("== run.sh\n");
        changes.files[0].newMode = 0100755;
        QCOMPARE(describeAll(changes, u"chore"_s).subject, u"chore: make run.sh executable"_s);
        changes = changeOf("== logo.png\n");
        changes.files[0].binary = true;
        QCOMPARE(describeAll(changes, u"docs"_s).subject, u"docs: replace logo.png"_s);
        changes = changeOf("== current|A\n+releases/1\n");
        changes.files[0].newMode = 0120000;
        QCOMPARE(describeAll(changes, u"chore"_s).subject, u"chore: add current symlink"_s);
        changes = changeOf("== vendor/lib\n-Subproject commit 1\n+Subproject commit 2\n");
        changes.files[0].oldMode = changes.files[0].newMode = 0160000;
        QCOMPARE(describeAll(changes, u"chore"_s).subject, u"chore: update vendor/lib submodule"_s);
    }
};

QTEST_APPLESS_MAIN(TestMessageData)
#include "tst_messagedata.moc"
