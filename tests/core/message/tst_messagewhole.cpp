#include "core/message/facts.h"
#include "core/message/subject.h"
#include "tests/core/message/messagesupport.h"

#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Test;
using namespace Qt::StringLiterals;

namespace {

StyleProfile withBodies()
{
    StyleProfile style;
    style.subjects = 20;
    style.bodyShare = 1;
    return style;
}

const char *const mixedChange
    = "== core/service/scheduler.cpp\n@@ void scheduler::run()\n     step();\n-    wait(1);\n+    wait(5);\n+    "
      "flushScheduler();\n== core/service/lane.cpp\n@@ void lane::run()\n     step();\n-    wait(2);\n+    wait(6);\n+ "
      "   flushLane();\n== core/service/queue.cpp\n@@ void queue::run()\n     step();\n-    wait(3);\n+    wait(7);\n+ "
      "   flushQueue();\n== core/service/scheduler.h\n class Scheduler\n {\n public:\n+    void pause(const QString "
      "&reason);\n+    void resume();\n };\n== README.md\n text\n+\n+## Pausing\n+\n+Use pause.\n== CMakeLists.txt\n "
      "set(SOURCES\n+    core/service/pauser.cpp\n )\n== core/service/pauser.cpp|A\n+#include "
      "\"pauser.h\"\n+\n+Pauser::Pauser()\n+{\n+}\n== core/service/pauser.h|A\n+class Pauser\n+{\n+};\n== "
      "tests/tst_pauser.cpp|A\n+class TestPauser : public QObject\n+{\n+};\n== resources/icon.png\n== "
      ".clang-format\n-ColumnLimit: 100\n+ColumnLimit: 120\n== docs/old.md|D\n-# Old\n== app/main.cpp\n-    Scheduler "
      "s;\n+    Scheduler s(settings.interval);\n== packaging/unit.service\n-Restart=no\n+Restart=on-failure\n== "
      "scripts/run.sh\n-make\n+make -j2\n";

/// `count` files alike: "%1" is the number of each.
ChangeSet manyOf(int count, const QString &one)
{
    QByteArray text;
    for (int i = 0; i < count; ++i)
        text += one.arg(i).toUtf8();
    return changeOf(text);
}

qsizetype factsIn(const ChangeSet &changes)
{
    using namespace Wording;
    QList<qsizetype> files(changes.files.size());
    std::iota(files.begin(), files.end(), 0);
    const ChangeView view(changes, files);
    const WordIndex words(view);
    return factsOf({view, words, {}}).size();
}

} // namespace

/// Whole commits as they happen in small repositories, without a type given, and very large ones.
class TestMessageWhole : public QObject
{
    Q_OBJECT

private:
    static void columns()
    {
        QTest::addColumn<QByteArray>("change");
        QTest::addColumn<QString>("subject");
    }

    static void row(const char *name, const char *change, const char *subject)
    {
        QTest::newRow(name) << QByteArray(change) << QString::fromUtf8(subject);
    }

    /// Binary by its name, as git would say.
    static ChangeSet read(const QByteArray &text)
    {
        ChangeSet changes = changeOf(text);
        for (FileChange &file : changes.files)
            file.binary = file.path.endsWith(".png");
        return changes;
    }

    static void check()
    {
        QFETCH(QByteArray, change);
        QFETCH(QString, subject);
        QCOMPARE(describeAll(read(change)).subject, subject);
    }

private Q_SLOTS:
    void aProjectThatBeginsIsNamed_data()
    {
        columns();
        row("initial commit 11 files",
            "== .gitignore|A\n+build/\n== CMakeLists.txt|A\n+cmake_minimum_required(VERSION 3.20)\n+project(tide "
            "VERSION 0.1.0)\n+add_executable(tide main.cpp)\n== LICENSE|A\n+MIT License\n== README.md|A\n+# "
            "tide\n+\n+Shows the tides.\n== src/main.cpp|A\n+int main()\n+{\n+    return 0;\n+}\n== "
            "src/table.h|A\n+class Table\n+{\n+};\n== src/table.cpp|A\n+#include "
            "\"table.h\"\n+\n+Table::Table()\n+{\n+}\n== src/station.h|A\n+class Station\n+{\n+};\n== "
            "src/station.cpp|A\n+#include \"station.h\"\n+void Station::load()\n+{\n+}\n== "
            "tests/test_table.cpp|A\n+TEST(Table, Loads)\n+{\n+}\n== .github/workflows/ci.yml|A\n+name: CI\n+on: "
            "push\n",
            "feat: add tide project");
        row("initial commit js",
            "== .gitignore|A\n+node_modules\n== README.md|A\n+# my-app\n== index.html|A\n+<html></html>\n== "
            "package.json|A\n+{\n+  \"name\": \"my-app\",\n+  \"version\": \"0.0.0\"\n+}\n== "
            "package-lock.json|A\n+{}\n== src/App.tsx|A\n+export default function App() {\n+  return <div />\n+}\n== "
            "src/main.tsx|A\n+import App from './App'\n== src/components/Header.tsx|A\n+export function Header() {\n+  "
            "return <h1 />\n+}\n== src/components/Footer.tsx|A\n+export function Footer() {\n+  return <p />\n+}\n== "
            "tsconfig.json|A\n+{}\n== vite.config.ts|A\n+export default {}\n",
            "feat: add my-app project");
    }
    void aProjectThatBeginsIsNamed() { check(); }

    void newFilesAreNamedByWhatTheyHold_data()
    {
        columns();
        row("one new file", "== notes.md|A\n+# Shopping list\n+\n+- milk\n", "docs: add \"Shopping list\" page");
        row("one new source",
            "== src/clock.py|A\n+import time\n+\n+class Clock:\n+    def now(self):\n+        return time.time()\n",
            "feat: add Clock");
        row("two new docs", "== docs/setup.md|A\n+# Setup\n+\n+Text.\n== docs/usage.md|A\n+# Usage\n+\n+Text.\n",
            "docs: add \"Setup\" and \"Usage\" pages");
        row("sql", "== db/migrations/0007_add_tags.sql|A\n+CREATE TABLE tags (\n+  id integer primary key\n+);\n",
            "feat: add tags");
        row("images new 6",
            "== img/a.png|A\n== img/b.png|A\n== img/c.png|A\n== img/d.png|A\n== img/e.png|A\n== img/f.png|A\n",
            "chore: add a.png, b.png, c.png and 3 more");
        row("image new", "== assets/logo.png|A\n", "chore: add logo.png");
    }
    void newFilesAreNamedByWhatTheyHold() { check(); }

    void smallEditsAreNamedByTheirPlace_data()
    {
        columns();
        row("config value", "== config/app.yaml\n server:\n-  port: 8080\n+  port: 9090\n",
            "chore: set port to 9090 in app.yaml");
        row("config bool json",
            "== settings.json\n-  \"editor.formatOnSave\": false,\n+  \"editor.formatOnSave\": true,\n",
            "chore: set editor.formatOnSave to true in settings.json");
        row("readme para",
            "== README.md\n ## Install\n \n-Run make and copy the binary somewhere.\n+Run `make install` as root. It "
            "needs Qt 6.4.\n+On macOS use Homebrew.\n",
            "docs: reword \"Install\" section of README.md");
        row("readme typo", "== README.md\n-This progam is free.\n+This program is free.\n",
            "docs: fix typo in README.md");
        row("ci",
            "== .github/workflows/ci.yml\n     runs-on: ${{ matrix.os }}\n     strategy:\n       matrix:\n-        os: "
            "[ubuntu-22.04]\n+        os: [ubuntu-22.04, macos-14]\n",
            "ci: add macos-14 to os");
        row("ci timeout",
            "== .github/workflows/ci.yml\n   test:\n     runs-on: ubuntu-latest\n+    timeout-minutes: 20\n     "
            "steps:\n",
            "ci: set timeout-minutes to 20 in ci.yml");
        row("qml", "== ui/Main.qml\n Rectangle {\n-    width: 100\n+    width: 240\n",
            "fix: raise width from 100 to 240");
        row("css", "== style.css\n .button {\n-  color: red;\n+  color: blue;\n }\n",
            "refactor: use blue instead of red in .button");
        row("env example", "== .env.example\n+API_TOKEN=\n+LOG_LEVEL=info\n", "chore: add API_TOKEN to .env.example");
        row("dockerfile",
            "== Dockerfile\n RUN apt-get update\n-RUN apt-get install -y curl\n+RUN apt-get install -y curl git\n",
            "build: adjust Dockerfile");
        row("json data", "== data/stations.json\n+  {\"id\": 7, \"name\": \"Cuxhaven\"},\n",
            "chore: extend stations.json");
    }
    void smallEditsAreNamedByTheirPlace() { check(); }

    void filesThatWentOrMovedAreCounted_data()
    {
        columns();
        row("deleted 1", "== src/old.py|D\n-x = 1\n", "refactor: remove old.py");
        row("deleted 4",
            "== src/legacy/a.py|D\n-x = 1\n== src/legacy/b.py|D\n-x = 1\n== src/legacy/c.py|D\n-x = 1\n== "
            "src/legacy/d.py|D\n-x = 1\n",
            "refactor: remove 4 files from src/legacy");
        row("deleted many scattered",
            "== a.py|D\n-x = 1\n== b/c.py|D\n-x = 1\n== d/e.py|D\n-x = 1\n== f.py|D\n-x=1\n== g/h.py|D\n-y=2\n",
            "refactor: remove a.py, c.py, e.py and 2 more");
        row("rename", "== src/helpers.py|R src/utils.py\n", "refactor: rename utils.py to helpers.py");
        row("rename with edit", "== src/helpers.py|R src/utils.py\n-import a\n+import b\n def f():\n",
            "refactor: rename utils.py to helpers.py");
        row("move 3", "== lib/x/a.py|R src/a.py\n== lib/x/b.py|R src/b.py\n== lib/x/c.py|R src/c.py\n",
            "refactor: move a.py, b.py and c.py to lib/x");
    }
    void filesThatWentOrMovedAreCounted() { check(); }

    void binariesAreReplaced_data()
    {
        columns();
        row("image mod 2", "== assets/logo.png\n== assets/icon.png\n", "chore: replace logo.png and icon.png");
    }
    void binariesAreReplaced() { check(); }

    void packagesGoBeforeTheirLocks_data()
    {
        columns();
        row("lock+manifest",
            "== package.json\n   \"dependencies\": {\n-    \"react\": \"^18.2.0\",\n+    \"react\": \"^18.3.1\",\n== "
            "package-lock.json\n-      \"version\": \"18.2.0\",\n+      \"version\": \"18.3.1\",\n",
            "chore: bump react from 18.2.0 to 18.3.1");
        row("lock+manifest new",
            "== Cargo.toml\n [dependencies]\n+anyhow = \"1.0\"\n== Cargo.lock\n+[[package]]\n+name = \"anyhow\"\n",
            "build: add anyhow dependency");
        row("version", "== pyproject.toml\n [project]\n name = \"tide\"\n-version = \"0.3.1\"\n+version = \"0.4.0\"\n",
            "chore: bump version to 0.4.0");
    }
    void packagesGoBeforeTheirLocks() { check(); }

    void changesThatDoNothingSaySo_data()
    {
        columns();
        row("comment only",
            "== src/a.cpp\n int size() const;\n-// Old remark about it\n+// The number of entries, without the "
            "tombstones\n int count() const;\n",
            "docs: reword comment in a.cpp");
        row("comment todo",
            "== src/a.py\n@@ def load(path):\n     x = 1\n+    # TODO: handle symlinks\n     return x\n",
            "docs: add comment in load()");
        row("whitespace only",
            "== src/a.cpp\n void f()\n {\n-  int a = 1;\n-  g(a);\n+    int a = 1;\n+    g(a);\n }\n",
            "style: reformat a.cpp");
        row("trailing ws", "== src/a.py\n-x = 1  \n+x = 1\n-y = 2 \n+y = 2\n", "style: reformat a.py");
        row("blank lines", "== src/a.py\n import os\n+\n+\n def f():\n", "style: reformat a.py");
    }
    void changesThatDoNothingSaySo() { check(); }

    void anotherMeaningIsNoTypo_data()
    {
        columns();
        row("enabled not typo", "== README.md\n-The cache is disabled by default.\n+The cache is enabled by default.\n",
            "docs: reword README.md");
        row("now/not", "== docs/a.md\n-It is now possible to write.\n+It is not possible to write.\n",
            "docs: reword a.md");
    }
    void anotherMeaningIsNoTypo() { check(); }

    void aMixedCommitNamesTheMainThingAndListsOthers()
    {
        const CommitMessage message = describeAll(read(mixedChange), {}, {}, withBodies());
        QCOMPARE(message.subject, u"feat: add Pauser"_s);
        QVERIFY2(message.body.contains("- add pause() and resume() to Scheduler"_L1), qPrintable(message.body));
        QVERIFY2(!message.body.contains("- add Pauser\n"_L1), qPrintable(message.body));
        QVERIFY(message.body.count(u'\n') < 7);
    }

    void theBodyDoesNotRepeatTheSubject()
    {
        QByteArray text;
        for (const char *name : {"Alpha", "Bravo", "Charlie", "Delta", "Echo"})
            text += QByteArray("== src/") + name + ".py|A\n+class " + name + ":\n+    pass\n";
        text += "== src/limits.py\n-RETRY_LIMIT = 3\n+RETRY_LIMIT = 5\n== README.md\n text\n+\n+## Limits\n+\n+More.\n";
        const CommitMessage message = describeAll(read(text), u"feat"_s, {}, withBodies());
        QCOMPARE(message.subject, u"feat: add Alpha, Bravo, Charlie and 2 more"_s);
        QVERIFY2(message.body.contains("RETRY_LIMIT"_L1), qPrintable(message.body));
        QVERIFY2(!message.body.contains("Alpha"_L1), qPrintable(message.body));
    }

    void theAreaIsThatOfTheFileTheTextIsAbout()
    {
        StyleProfile style;
        style.convention = Convention::AreaColon;
        style.labelOfPath = {{"modules/tls", u"tls"_s}, {"go.mod", u"go.mod"_s}};
        const ChangeSet change
            = changeOf("== go.mod\n+\ta.example/x v1.0.0 // indirect\n+\ta.example/y v1.0.0 // "
                       "indirect\n+\ta.example/z v1.0.0 // indirect\n== modules/tls/a.go\n }\n+\n+func "
                       "ParseAll(in string) error {\n+\treturn nil\n+}\n");
        QCOMPARE(describeAll(change, u"feat"_s, {}, style).subject, u"tls: add ParseAll()"_s);
        const ChangeSet workflow = changeOf("== .github/workflows/ci.yml\n     steps:\n+      - name: Lint\n");
        QCOMPARE(describeAll(workflow, u"ci"_s, {}, style).subject, u"ci: add \"Lint\" step to ci.yml"_s);
    }

    void aSubjectDoesNotHideOtherFiles_data()
    {
        columns();
        row("removed and added", "== README.md|D\n-# X\n== z.gz|A\n", "refactor: remove README.md and add z.gz");
        row("three kinds of new files",
            "== w/i.html|A\n+<html></html>\n== w/i.css|A\n+.a { color: red; }\n== w/i.png|A\n",
            "feat: add i.html, i.css and i.png");
        row("prototype", "== a.c\n int f(void);\n+int g(void);\n", "feat: add g()");
    }
    void aSubjectDoesNotHideOtherFiles() { check(); }

    void linksBesideADocumentAreNotAll()
    {
        ChangeSet changes = read("== doc.rst|A\n+Doc\n+===\n+\n+Text.\n== ln|A\n+nowhere\n== loop|A\n+loop\n");
        changes.files[1].newMode = changes.files[2].newMode = 0120000;
        const CommitMessage message = describeAll(changes, u"feat"_s);
        QVERIFY2((message.subject + message.body).contains("doc"_L1, Qt::CaseInsensitive), qPrintable(message.subject));
    }

    void everyOddNameIsCounted()
    {
        QByteArray text;
        for (const char *name : {"$(x)", "'", "*", "--", "--force", "-n", ";", "a b", "q\"x", "t\tx", "x.c", "y.md"})
            text += QByteArray("== ") + name + "|A\n+x\n";
        const CommitMessage message = describeAll(read(text), u"feat"_s);
        QVERIFY2(message.subject.endsWith("and 9 more"_L1) || message.body.contains("- add "_L1),
                 qPrintable(message.subject));
    }

    void manyFilesOfAFolderAreCounted()
    {
        QByteArray text;
        for (int i = 0; i < 40; ++i)
            text += "== data/part" + QByteArray::number(i % 2) + "/f" + QByteArray::number(i) + ".txt|A\n+x\n";
        QCOMPARE(describeAll(read(text), u"feat"_s).subject, u"feat: add 40 files to data"_s);
    }

    void filesThatFollowAreNotListed()
    {
        const CommitMessage message = describeAll(
            read("== src/clock.py\n+def tick(now):\n+    return now\n== tests/test_clock.py\n+def test_tick():\n+    "
                 "assert tick(1)\n"),
            u"feat"_s);
        QCOMPARE(message.subject, u"feat: add tick()"_s);
        QCOMPARE(message.body, QString());
    }

    void otherFilesOfACodeChangeAreInTheBody()
    {
        StyleProfile noBodies;
        noBodies.subjects = 20;
        const CommitMessage message
            = describeAll(read("== src/clock.py\n+def tick(now):\n+    return now\n== notes.md\n text\n+more\n"),
                          u"feat"_s, {}, noBodies);
        QCOMPARE(message.subject, u"feat: add tick()"_s);
        QCOMPARE(message.body, u"- change notes.md"_s);
    }

    void subjectsAreNeverVague_data()
    {
        QTest::addColumn<QByteArray>("change");
        QTest::newRow("one line of data") << QByteArray("== data/a.csv\n+1,2,3\n");
        QTest::newRow("unknown kind of file") << QByteArray("== x/y.zzz\n-a\n+b\n");
        QTest::newRow("nothing but a mark") << QByteArray("== a.js\n-}\n+};\n");
        QTest::newRow("scattered") << QByteArray("== a/one.py\n@@ def f():\n-    x = g(1)\n+    x = h(1, 2)\n== "
                                                 "b/two.js\n@@ function z() {\n-  return q\n+  return q + 1\n");
        QTest::newRow("mixed") << QByteArray(mixedChange);
    }
    void subjectsAreNeverVague()
    {
        QFETCH(QByteArray, change);
        const ChangeSet changes = read(change);
        const QString subject = describeAll(changes).subject;
        for (const char *vague : {"files", "some", "various", "stuff", "changes", "misc", "minor", "code", "things"})
            QVERIFY2(!subject.split(u' ').contains(QLatin1String(vague)), qPrintable(subject));
        const QString text = subject.mid(subject.indexOf(": "_L1) + 2);
        const auto verb = readVerb(text.left(text.indexOf(u' ')));
        QVERIFY2(verb && verb->form == VerbForm::Imperative, qPrintable(subject));
    }

    void theSameChangeGetsTheSameWords()
    {
        const CommitMessage first = describeAll(read(mixedChange), {}, {}, withBodies());
        for (int i = 0; i < 5; ++i) {
            const CommitMessage again = describeAll(read(mixedChange), {}, {}, withBodies());
            QCOMPARE(again.subject, first.subject);
            QCOMPARE(again.body, first.body);
        }
    }

    void manyFilesAreCountedNotListed_data()
    {
        QTest::addColumn<QString>("one");
        QTest::addColumn<QString>("subject");
        QTest::newRow("removed") << u"== src/m/f%1.py|D\n-x = 1\n"_s << u"refactor: remove 1500 files from src/m"_s;
        QTest::newRow("moved") << u"== lib/m/f%1.cpp|R src/m/f%1.cpp\n"_s
                               << u"refactor: move 1500 files from src to lib"_s;
    }
    void manyFilesAreCountedNotListed()
    {
        QFETCH(QString, one);
        QFETCH(QString, subject);
        QCOMPARE(describeAll(manyOf(1500, one)).subject, subject);
    }

    /// Ten times the files bring about ten times the facts, by which all later work is measured.
    void factsGrowNoFasterThanTheChange_data()
    {
        QTest::addColumn<QString>("one");
        QTest::newRow("code")
            << u"== src/f%1.cpp\n@@ void f%1()\n-    call%1(1);\n+    call%1(1, x%1);\n+    log%1();\n"_s;
        QTest::newRow("new") << u"== src/f%1.py|A\n+class C%1:\n+    def go(self):\n+        return 1\n"_s;
        QTest::newRow("settings") << u"== conf/f%1.yaml\n-key%1: 1\n+key%1: 2\n"_s;
        QTest::newRow("documents") << u"== docs/f%1.md\n ## H %1\n-word%1 is old\n+word%1 is New here\n"_s;
    }
    void factsGrowNoFasterThanTheChange()
    {
        QFETCH(QString, one);
        const qsizetype few = factsIn(manyOf(100, one));
        const qsizetype many = factsIn(manyOf(1000, one));
        QVERIFY2(many <= few * 11, qPrintable(u"%1 and %2"_s.arg(few).arg(many)));
    }

    void onlySoManyLinesAreReadClosely()
    {
        using namespace Wording;
        const ChangeSet changes = manyOf(3000, u"== src/f%1.py|A\n+a%1 = 1\n+b%1 = 2\n+c%1 = 3\n+d%1 = 4\n"_s);
        QList<qsizetype> files(changes.files.size());
        std::iota(files.begin(), files.end(), 0);
        const ChangeView view(changes, files);
        qsizetype lines = 0;
        for (const Block &block : view.blocks())
            lines += block.added.size() + block.removed.size();
        QVERIFY(lines <= ChangeView::mostLines);
        QVERIFY(view.wasCut());
        QCOMPARE(view.changedLines(), 12000); // counted all the same
    }
};

QTEST_APPLESS_MAIN(TestMessageWhole)
#include "tst_messagewhole.moc"
