#include "core/release/manifest.h"

#include <QTest>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

class TestManifest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void versionsAreRead_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("expected"); // "name version registry", empty = nothing
        const auto row = [](const char *tag, const QByteArray &path, const QByteArray &content,
                            const QString &expected) { QTest::newRow(tag) << path << content << expected; };
        row("npm", "web/package.json", R"({"name": "@me/x", "version": "1.2.3", "dependencies": {"version": "9"}})",
            u"@me/x 1.2.3 npm"_s);
        row("private npm package", "package.json", R"({"name": "x", "version": "1.0.0", "private": true})",
            u"x 1.0.0 "_s);
        row("npm without version", "package.json", R"({"name": "x"})", {});
        row("npm in the middle of an edit", "package.json", R"({"name": "x", "version": )", {});
        row("cargo", "Cargo.toml",
            "[dependencies]\nserde = { version = \"9\" }\n[package]\nname = \"x\"\nversion = \"0.3.0-rc.1\"\n",
            u"x 0.3.0-rc.1 crates.io"_s);
        row("cargo, version of the workspace", "Cargo.toml", "[package]\nname = \"x\"\nversion.workspace = true\n", {});
        row("pyproject", "pyproject.toml", "[project]\nname = \"x\"\nversion = \"2024.1\"\n", u"x 2024.1 pypi"_s);
        row("poetry", "pyproject.toml", "[tool.poetry]\nname = \"x\"\nversion = \"1.0\"\n", u"x 1.0 pypi"_s);
        row("dynamic pyproject", "pyproject.toml", "[project]\nname = \"x\"\ndynamic = [\"version\"]\n", {});
        row("broken TOML", "pyproject.toml", "[project\nversion = \"1\"\n", {});
        row("cmake", "CMakeLists.txt",
            "cmake_minimum_required(VERSION 3.25)\nproject(x\n  VERSION 4.5.6\n  LANGUAGES CXX)\n", u"x 4.5.6 "_s);
        row("cmake without version", "CMakeLists.txt", "cmake_minimum_required(VERSION 3.25)\nproject(x)\n", {});
        row("maven", "pom.xml",
            "<project><parent><version>9</version></parent><groupId>g</groupId><artifactId>a</artifactId><version>1.1</"
            "version>"
            "<dependencies><dependency><version>8</version></dependency></dependencies></project>",
            u"g:a 1.1 maven"_s);
        row("maven property", "pom.xml", "<project><artifactId>a</artifactId><version>${revision}</version></project>",
            {});
        row("pub", "pubspec.yaml", "name: x\nversion: 1.0.0+4\ndependencies:\n  version: 3\n", u"x 1.0.0+4 pub.dev"_s);
        row("gem", "x.gemspec", "Gem::Specification.new do |s|\n  s.name = 'x'\n  s.version = '0.1'\n",
            u"x 0.1 rubygems"_s);
        row("gem, computed", "x.gemspec", "  s.version = X::VERSION\n", {});
        row("gradle", "build.gradle.kts", "plugins { id(\"x\") version \"9\" }\nversion = \"1.4\"\n", u" 1.4 maven"_s);
        row("VERSION", "VERSION", "1.2.3\n", u" 1.2.3 "_s);
        row("VERSION with prose", "VERSION", "see git tags\n", {});
        row("no manifest", "src/main.c", "version = 1", {});
    }
    void versionsAreRead()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, content);
        const auto found = readManifest(path, content);
        QTEST(found ? found->name + u' ' + found->version + u' ' + found->registry : QString(), "expected");
    }
};

QTEST_APPLESS_MAIN(TestManifest)
#include "tst_manifest.moc"
