#include "core/privacy/conflictmarkers.h"

#include <QTest>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

class TestConflictMarkers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyAFullConflictCounts_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("line");
        const QByteArray ours = "<<<<<<<", middle = "=======", theirs = ">>>>>>>", base = "|||||||";
        QTest::newRow("conflict") << "a\n" + ours + " HEAD\nx\n" + middle + "\ny\n" + theirs + " b\n" << 2;
        QTest::newRow("diff3") << ours + " HEAD\nx\n" + base + " m\nz\n" + middle + "\ny\n" + theirs + " b\n" << 1;
        QTest::newRow("CR LF") << ours + " HEAD\r\nx\r\n" + middle + "\r\ny\r\n" + theirs + " b\r\n" << 1;
        QTest::newRow("without names") << ours + "\nx\n" + middle + "\ny\n" + theirs + "\n" << 1;
        QTest::newRow("no end of line") << ours + " HEAD\n" + middle + "\n" + theirs + " b" << 1;
        QTest::newRow("second one") << ours + " quoted\n\ntext\n" + ours + " HEAD\n" + middle + "\n" + theirs + " b"
                                    << 4;
        QTest::newRow("underline") << "Title\n" + middle + "\n\ntext\n" << 0;
        QTest::newRow("one marker") << "a line with\n" + ours + " HEAD\nin it\n" << 0;
        QTest::newRow("indented") << "  " + ours + " HEAD\n  " + middle + "\n  " + theirs + " b\n" << 0;
        QTest::newRow("quoted") << "> " + ours + " HEAD\n> " + middle + "\n> " + theirs + " b\n" << 0;
        QTest::newRow("longer signs") << ours + "<< HEAD\n" + middle + "==\n" + theirs + ">> b\n" << 0;
        QTest::newRow("wrong order") << theirs + " b\n" + middle + "\n" + ours + " HEAD\n" << 0;
        QTest::newRow("empty") << QByteArray() << 0;
    }
    void onlyAFullConflictCounts()
    {
        QFETCH(QByteArray, text);
        QTEST(firstConflictLine(text), "line");
    }
};

QTEST_APPLESS_MAIN(TestConflictMarkers)
#include "tst_conflictmarkers.moc"
