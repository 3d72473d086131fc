#include "tests/core/message/messagesupport.h"

#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Test;
using namespace Qt::StringLiterals;

/// A subject never says more than the diff does: each row once was a wrong one.
class TestMessageClaims : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noMoreIsSaidThanTheDiffDoes_data()
    {
        QTest::addColumn<QByteArray>("change");
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("subject");
        const auto row = [](const char *name, const char *type, const char *change, const char *subject) {
            QTest::newRow(name) << QByteArray(change) << QString::fromLatin1(type) << QString::fromUtf8(subject);
        };
        row("a topic and half a sentence", "fix",
            "== src/a.rs\n fn f() {\n-    g();\n+    h();\n== CHANGELOG.md\n ## Added\n+- Submodules: innermost first, "
            "and others.\n",
            "fix: use h instead of g in f()");
        row("a change log alone", "docs",
            "== CHANGELOG.md\n ## Unreleased\n \n+- Add support for zstd archives (#12, @bob)\n",
            "docs: add entry \"Add support for zstd archives\" to CHANGELOG.md");
        row("an entry put differently", "docs",
            "== CHANGELOG.md\n-- Implement `--wrap`, see #12\n+- Implement `--wrap`, see #13\n",
            "docs: replace 12 with 13 in CHANGELOG.md");
        row("credits of an entry", "fix",
            "== src/a.rs\n fn f() {\n-    g();\n+    h();\n== CHANGELOG.md\n ## Bugfixes\n+- Send all errors to stderr "
            "by default, see #12 (@bob)\n",
            "fix: send all errors to stderr by default");
        row("a long entry is not cut within a thought", "fix",
            "== src/a.rs\n fn f() {\n-    g();\n+    h();\n== CHANGELOG.md\n ## Bugfixes\n+- Execute the help and the "
            "version and the diagnostic commands even when the configuration file is broken\n",
            "fix: execute the help and the version and the diagnostic commands");
        row("a noun that is also a verb", "fix",
            "== src/a.rs\n fn f() {\n-    g();\n+    h();\n== CHANGELOG.md\n ## Features\n+- Add Torrent Link dialog "
            "allows multiple links\n",
            "fix: use h instead of g in f()");
        row("a test named by what it tests", "fix",
            "== src/a.go\n func f() {\n-\tg()\n+\th()\n== src/a_test.go\n+func TestImportReplacementInJSON(t "
            "*testing.T) {\n+}\n",
            "fix: use h instead of g in f()");
        row("an entry at another place of its list", "refactor",
            "== a/b.py\n __all__ = [\n-    \"get\",\n     \"head\",\n== a/c.py\n-x = 1\n+names = [\"get\", \"put\"]\n",
            "refactor: add names");
        row("two files of a folder", "refactor", "== lib/a.c|R src/a.c\n== lib/b.c|R src/b.c\n",
            "refactor: move a.c and b.c to lib");
        row("words of a command line are no classes", "fix",
            "== tests/run.rs\n fn run_it() {\n-    cmd.args(\"--paging=always --theme dark\")\n+    "
            "cmd.args(\"--paging=never --theme dark\")\n",
            "fix: change arguments of args() in run_it()");
        row("a keyword is no function", "fix",
            "== tty-keys.c\n@@ int tty_keys_next(struct tty *tty)\n-\treturn (1);\n+\treturn (2);\n",
            "fix: return 2 instead of 1 from tty_keys_next()");
        row("what is imported is not added", "feat",
            "== src/Init.java\n+import app.MetadataUtil;\n@@ void first() {\n+    MetadataUtil.mark(account);\n"
            "@@ void second() {\n+    MetadataUtil.mark(role);\n== src/InitTest.java\n@@ void tests() {\n"
            "+    verify(MetadataUtil.marks(account));\n",
            "feat: use MetadataUtil");
        row("an exception of the language is not added", "fix",
            "== lib/records.py\n@@ def fromstring(data):\n+    if data.refs:\n+        raise ValueError(\"refs\")\n"
            "@@ def fromfile(data):\n+    if data.refs:\n+        raise ValueError(\"refs\")\n"
            "== tests/test_records.py\n@@ def test_it():\n+    raises(ValueError, fromfile, x)\n",
            "fix: check data.refs in fromstring()");
        row("sentences of a doc string are no code", "docs",
            "== lib/system.ex\n@@ def otp_release do\n   Returns the release.\n-  It is a number.\n"
            "+  The number of the release that is running, as the emulator reports it.\n  \n",
            "docs: reword comment in otp_release()");
        row("an emoji of a change log entry", "fix",
            "== src/sse.py\n def f():\n-    g()\n+    h()\n== docs/release-notes.md\n ### Fixes\n+* 🐛 Split lines of "
            "events as the standard says. PR [#1](https://x/1) by [@bob](https://x).\n",
            "fix: split lines of events as the standard says");
        row("one page more", "docs",
            "== docs/a.md|A\n+# A long title of a page\n== docs/b.md|A\n+# The second title\n"
            "== docs/c.md|A\n+# Yet another title\n",
            "docs: add \"A long title of a page\", \"The second title\" and 1 more page");
        row("a condition is no version", "build",
            "== Gemfile\n-gem 'rdoc', '>= 4'\n+gem 'rdoc', RUBY_VERSION < '1.9' ? '~> 3.12' : '>= 4'\n",
            "build: bump rdoc");
        row("part of a name", "docs",
            "== src/a.rs\n fn run_it() {\n-    show(\"BAT_THEME is set\");\n+    show(\"BAT_THEME_DARK is set\");\n",
            "docs: reword message in run_it()");
        row("tests of a file that says tests", "test",
            "== tests/integration_tests.rs\n+#[test]\n+fn first_one() {\n+}\n+#[test]\n+fn second_one() "
            "{\n+}\n+#[test]\n+fn "
            "third_one() {\n+}\n",
            "test: add tests to integration_tests.rs");
        row("opposite words", "docs", "== README.md\n-Hidden files are included.\n+Hidden files are excluded.\n",
            "docs: reword README.md");
        row("a remark on the next line", "feat",
            "== src/a.ts\n function f() {\n+  // remove this div from the box layout\n+  place(x)\n }\n",
            "feat: call place() in f()");
        row("another kind of file with a capital", "feat", "== ui/Main.qss\n-width 1\n+width 2\n",
            "feat: adjust Main.qss");
    }
    void noMoreIsSaidThanTheDiffDoes()
    {
        QFETCH(QByteArray, change);
        QFETCH(QString, type);
        QFETCH(QString, subject);
        QCOMPARE(describeAll(changeOf(change), type).subject, subject);
    }

    void namesAreListedOnce()
    {
        const ChangeSet change = changeOf("== docs/a.md\n text\n-Use it.\n+Use `local_address` with local_address.\n== "
                                          "docs/b.md\n text\n-Use it.\n+Use `local_address` with local_address.\n");
        const QString subject = describeAll(change, u"docs"_s).subject;
        QVERIFY2(subject.count("local_address"_L1) == 1, qPrintable(subject));
    }

    void aLabelGivenOnceIsNoHabit()
    {
        QList<PastCommit> history;
        for (int i = 0; i < 6; ++i)
            history.append(
                PastCommit{.subject = "tls: change step " + QByteArray::number(i), .paths = {"modules/a.go"}});
        history.append(PastCommit{.subject = "tls: change step 9", .paths = {"modules/a.go", "net/dial.go"}});
        const StyleProfile style = learnStyle(history);
        QCOMPARE(style.labelOfPath.value("modules/a.go"), u"tls"_s);
        QVERIFY(!style.labelOfPath.contains("net/dial.go"));
    }
};

QTEST_APPLESS_MAIN(TestMessageClaims)
#include "tst_messageclaims.moc"
