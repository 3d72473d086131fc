#include "core/git/statusparser.h"

#include <QTest>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

namespace {

const QByteArray a(40, 'a');
const QByteArray zeros(40, '0');

QByteArray records(const QList<QByteArray> &lines)
{
    QByteArray text;
    for (const QByteArray &line : lines)
        text += line + '\0';
    return text;
}

} // namespace

class TestStatusParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void headerAndEntriesAreRead()
    {
        const auto status = parseStatus(records(
            {"# branch.oid " + a, "# branch.head topic/x", "# branch.upstream origin/topic/x", "# branch.ab +2 -3",
             "1 .M N... 100644 100644 100755 " + a + ' ' + a + " with blank.txt",
             "1 M. N... 100644 100644 100644 " + a + ' ' + a + " staged",
             "1 .D S..U 160000 160000 000000 " + a + ' ' + a + " sub",
             "u UU N... 100644 100644 100644 100644 " + a + ' ' + a + ' ' + a + " both", "? new\nline", "? nested/"}));
        QVERIFY(status.ok());
        QCOMPARE(status->branch, "topic/x");
        QCOMPARE(status->upstream, "origin/topic/x");
        QCOMPARE(status->ahead, 2);
        QCOMPARE(status->behind, 3);
        QCOMPARE(status->entries.size(), 6);
        QCOMPARE(status->entries[0].path, "with blank.txt");
        QCOMPARE(status->entries[0].workTreeMode, 0100755U);
        QVERIFY(!status->entries[0].isStaged());
        QVERIFY(status->entries[1].isStaged());
        QVERIFY(status->entries[2].submodule && status->entries[2].isDeleted());
        QCOMPARE(status->entries[3].kind, StatusEntry::Kind::Unmerged);
        QCOMPARE(status->entries[4].path, "new\nline");
        QCOMPARE(status->entries[5].path, "nested/");
    }

    void anUnbornBranchHasNoHeadAndADetachedHeadNoBranch()
    {
        const auto unborn = parseStatus(records({"# branch.oid (initial)", "# branch.head main"}));
        QVERIFY(unborn->head.isEmpty() && !unborn->isDetached() && unborn->isClean());
        QVERIFY(parseStatus(records({"# branch.oid " + a, "# branch.head (detached)"}))->isDetached());
    }

    void aGoneUpstreamHasNoCounts()
    {
        const auto status
            = parseStatus(records({"# branch.oid " + a, "# branch.head main", "# branch.upstream origin/main"}));
        QVERIFY(!status->ahead.has_value());
    }

    void anythingElseIsAnError_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("cut off") << QByteArray("? no end");
        QTest::newRow("unknown record") << records({"2 R. N... 1 1 1 a b R100 x", "y"});
        QTest::newRow("too few fields") << records({"1 .M N... 100644"});
        QTest::newRow("no path") << records({"? "});
        QTest::newRow("empty record") << records({""});
        QTest::newRow("error text") << QByteArray("fatal: not a git repository\n");
    }
    void anythingElseIsAnError()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!parseStatus(text).ok());
    }
};

QTEST_APPLESS_MAIN(TestStatusParser)
#include "tst_statusparser.moc"
