#include "core/change/patchparser.h"

#include <QTest>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

class TestPatchParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aModifiedFileGivesItsHunks()
    {
        const auto files = parsePatch("diff --git a/src/a b.cpp b/src/a b.cpp\n"
                                      "index 1..2 100644\n"
                                      "--- a/src/a b.cpp\t\n"
                                      "+++ b/src/a b.cpp\t\n"
                                      "@@ -3,2 +3,3 @@ int main()\n"
                                      " same\n"
                                      "-old\n"
                                      "+new\n"
                                      "+--- not a header\n"
                                      "@@ -9 +10 @@\n"
                                      "-x\n"
                                      "+y\n"
                                      "\\ No newline at end of file\n");
        QCOMPARE(files.size(), 1);
        QCOMPARE(files[0].path, "src/a b.cpp");
        QCOMPARE(files[0].hunks.size(), 2);
        QCOMPARE(files[0].hunks[0].context, "int main()");
        QCOMPARE(files[0].hunks[0].added, (QList<QByteArray>{"new", "--- not a header"}));
        QCOMPARE(files[0].hunks[1].newStart, 10);
        QCOMPARE(files[0].addedLines, 3);
        QCOMPARE(files[0].removedLines, 2);
    }

    void aHunkWithUnchangedLinesInsideIsSeveralRuns()
    {
        const auto files = parsePatch("diff --git a/x b/x\n--- a/x\n+++ b/x\n"
                                      "@@ -10,10 +10,10 @@ f\n"
                                      " 1\n 2\n 3\n-four\n+FOUR\n 5\n 6\n+six and a half\n 7\n 8\n 9\n-ten\n"
                                      "@@ -40,2 +40,3 @@ f\n a\n+b\n c\n");
        const QList<Hunk> &hunks = files.at(0).hunks;
        QCOMPARE(hunks.size(), 4);
        QCOMPARE(hunks[0].before, (QList<QByteArray>{"1", "2", "3"}));
        QCOMPARE(hunks[0].oldStart, 13);
        QCOMPARE(hunks[0].after, (QList<QByteArray>{"5", "6"}));
        QCOMPARE(hunks[1].before, (QList<QByteArray>{"5", "6"}));
        QCOMPARE(hunks[1].newStart, 16);
        QCOMPARE(hunks[1].after, (QList<QByteArray>{"7", "8", "9"}));
        QCOMPARE(hunks[2].before, (QList<QByteArray>{"7", "8", "9"}));
        QCOMPARE(hunks[2].removed, QList<QByteArray>{"ten"});
        QVERIFY(hunks[2].after.isEmpty());
        QCOMPARE(hunks[3].before, QList<QByteArray>{"a"});
        QCOMPARE(hunks[3].newStart, 41);
        QCOMPARE(hunks[3].context, "f");
    }

    void renamesBinariesAndQuotedNamesAreRead()
    {
        const auto files = parsePatch("diff --git a/old b/new\nsimilarity index 90%\nrename from old\nrename to new\n"
                                      "diff --git a/i.png b/i.png\nnew file mode 100644\nindex 0..1\n"
                                      "Binary files /dev/null and b/i.png differ\n"
                                      "diff --git \"a/t\\tb\\303\\251\" \"b/t\\tb\\303\\251\"\n"
                                      "deleted file mode 100644\n--- \"a/t\\tb\\303\\251\"\n+++ /dev/null\n"
                                      "@@ -1 +0,0 @@\n-x\n");
        QCOMPARE(files.size(), 3);
        QCOMPARE(files[0].kind, ChangeKind::Renamed);
        QCOMPARE(files[0].oldPath, "old");
        QCOMPARE(files[0].path, "new");
        QVERIFY(files[1].binary);
        QCOMPARE(files[1].kind, ChangeKind::Added);
        QCOMPARE(files[2].path, "t\tb\xc3\xa9");
        QCOMPARE(files[2].kind, ChangeKind::Deleted);
    }

    void piecesMayBreakAnywhere()
    {
        const QByteArray text = "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@ f\n-a\n+b\n c\n";
        for (qsizetype cut = 0; cut <= text.size(); ++cut) {
            QList<FileChange> files;
            PatchParser parser([&](FileChange &&file) { files.append(std::move(file)); });
            parser.feed(text.left(cut));
            parser.feed(text.mid(cut));
            parser.finish();
            QCOMPARE(files.size(), 1);
            QCOMPARE(files[0].hunks[0].added, QList<QByteArray>{"b"});
        }
    }

    void longDiffsAreCountedButNotKept()
    {
        QByteArray text = "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -0,0 +1,10 @@\n";
        for (int i = 0; i < 10; ++i)
            text += "+" + QByteArray(50, 'a') + "\n";
        const auto files = parsePatch(text, {.linesPerFile = 4, .bytesPerLine = 7});
        QCOMPARE(files[0].addedLines, 10);
        QVERIFY(files[0].hunksCut);
        QCOMPARE(files[0].hunks[0].added.size(), 4);
        QCOMPARE(files[0].hunks[0].added[0].size(), 7);
    }

    void modesAreRead()
    {
        const auto files = parsePatch("diff --git a/x b/x\nold mode 100644\nnew mode 100755\n"
                                      "diff --git a/l b/l\nnew file mode 120000\n");
        QCOMPARE(files[0].oldMode, 0100644U);
        QCOMPARE(files[0].newMode, 0100755U);
        QCOMPARE(files[1].newMode, 0120000U);
    }

    void linesAndCountsBeyondAnyFileDoNoHarm()
    {
        const auto files = parsePatch("diff --git a/x b/x\n@@ -2147483647,99999999999 +2147483647,2147483647 @@\n"
                                      "-a\n+b\n+c\n");
        QCOMPARE(files.size(), 1);
        QCOMPARE(files[0].addedLines, 2);
        QVERIFY(files[0].hunks[0].newStart > 0);
        QVERIFY(parsePatch("diff --git a/x b/x\n@@ --5,-5 +-1,-7 @@\n-a\n")[0].hunks.isEmpty());
    }

    void whatIsNoPatchIsPassedOver()
    {
        QVERIFY(parsePatch("hello\n@@ -1 +1 @@\n+x\n").isEmpty());
        QCOMPARE(parsePatch("diff --git a/x b/x\n@@ nonsense\n@@ -\n").size(), 1);
    }
};

QTEST_APPLESS_MAIN(TestPatchParser)
#include "tst_patchparser.moc"
