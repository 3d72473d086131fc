#include "core/agent/patchtext.h"

#include "core/change/patchparser.h"
#include "tests/core/privacy/samples.h"
#include "tests/support/changes.h"

#include <QTest>

using namespace AutoCommit;

/// A change on its way to another machine, as a patch.
class TestPatchText : public QObject
{
    Q_OBJECT

    const SecretScanner m_scanner;
    static constexpr qsizetype plenty = 1 << 20;

    RedactedText text(const ChangeSet &change, qsizetype perFile = plenty, qsizetype total = plenty) const
    {
        QList<QByteArray> names;
        for (const FileChange &file : change.files)
            names += file.path;
        return patchText(change, names, m_scanner, perFile, total);
    }

private Q_SLOTS:
    void theParserReadsTheSameChange_data()
    {
        QTest::addColumn<FileChange>("file");
        QTest::newRow("edited") << edited("src/a.cpp", {"one", "two"}, {"drei"});
        QTest::newRow("added") << added("new.txt", {"a", "", "c"});
        QTest::newRow("odd name") << edited("a\tb\n\"c\"\\ \xc3\xa9 d", {"x"}, {"y"});
        QTest::newRow("name of bytes") << edited("\xff\xfe/x", {"x"}, {"y"});
        FileChange file = edited("a", {"-- x", "++ y"}, {"@@ -1 +1 @@", "diff --git a/x b/x"});
        file.hunks[0].before = {" b1", "b2", "b3"};
        file.hunks[0].after = {"", "a2"};
        file.hunks += {.oldStart = 40, .newStart = 39, .added = {"last"}};
        file.addedLines = 3;
        QTest::newRow("lines like marks") << file;
        file = edited("new/name.c", {"x"}, {"y"});
        file.kind = ChangeKind::Renamed;
        file.oldPath = "old name.c";
        QTest::newRow("renamed") << file;
        file = edited("gone.c", {"x", "y"}, {});
        file.kind = ChangeKind::Deleted;
        QTest::newRow("deleted") << file;
        QTest::newRow("binary") << FileChange{.path = "i.png", .oldMode = 0100644, .newMode = 0100644, .binary = true};
        QTest::newRow("mode") << FileChange{
            .path = "tool.sh", .kind = ChangeKind::ModeChanged, .oldMode = 0100644, .newMode = 0100755};
    }
    void theParserReadsTheSameChange()
    {
        QFETCH(FileChange, file);
        const QList<FileChange> read = parsePatch(text({{file}}).bytes());
        QCOMPARE(read.size(), 1);
        QCOMPARE(read[0].path, file.path);
        QCOMPARE(read[0].oldPath, file.oldPath);
        QCOMPARE(read[0].binary, file.binary);
        QCOMPARE(read[0].addedLines, file.addedLines);
        QCOMPARE(read[0].removedLines, file.removedLines);
        QCOMPARE(read[0].hunks.size(), file.hunks.size());
        for (qsizetype i = 0; i < file.hunks.size(); ++i) {
            QCOMPARE(read[0].hunks[i].removed, file.hunks[i].removed);
            QCOMPARE(read[0].hunks[i].added, file.hunks[i].added);
            QCOMPARE(read[0].hunks[i].before, file.hunks[i].before);
            QCOMPARE(read[0].hunks[i].after, file.hunks[i].after);
            QCOMPARE(read[0].hunks[i].oldStart, file.hunks[i].oldStart);
            QCOMPARE(read[0].hunks[i].newStart, file.hunks[i].newStart);
        }
        if (file.kind == ChangeKind::ModeChanged)
            QCOMPARE(read[0].newMode, file.newMode);
        else if (file.kind != ChangeKind::Modified)
            QCOMPARE(read[0].kind, file.kind);
    }

    void noSecretOfTheOldTextLeaves()
    {
        QRandomGenerator random{3};
        const QByteArray token = QByteArray("gl") + "pat-" + Samples::randomText(random, Samples::alnum, 20);
        FileChange file = edited("conf.py", {"token = '" + token + "'"}, {"token = read()"});
        file.hunks[0].before = {"# " + token};
        file.hunks[0].context = token;
        const QByteArray sent = text({{file}}).bytes();
        QVERIFY(!sent.contains(token));
        QVERIFY(sent.contains("token = read()"));
        QCOMPARE(parsePatch(sent).size(), 1);
        QVERIFY(m_scanner.scan(sent).isEmpty());
    }

    void whatIsTooLongStaysOutWhole()
    {
        const ChangeSet change{{edited("a", {"x"}, manyLines(100)), edited("b", {"x"}, {"y"})}};
        QList<FileChange> read = parsePatch(text(change, 500).bytes());
        QCOMPARE(read.size(), 1);
        QCOMPARE(read[0].path, QByteArray("b"));
        read = parsePatch(text(change, plenty, 0).bytes());
        QVERIFY(read.isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestPatchText)
#include "tst_patchtext.moc"
