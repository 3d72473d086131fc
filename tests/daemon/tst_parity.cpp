#include "core/service/parity.h"

#include <QTest>

using namespace AutoCommit;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const Timestamp now{1'000h};

RepoHead head(const QString &host, const QString &tip, qint64 ahead = 0, qint64 behind = 0,
              const QString &branch = u"main"_s, std::chrono::minutes age = 1min)
{
    return {.host = host,
            .repo = u"id"_s,
            .origin = u"forge.example.org/dev/x"_s,
            .branch = branch,
            .head = tip,
            .ahead = ahead,
            .behind = behind,
            .reportedAt = now - age};
}

} // namespace

class TestParity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aStateIsClaimedOnlyWithEvidence_data()
    {
        QTest::addColumn<QList<RepoHead>>("heads");
        QTest::addColumn<QString>("state");
        QTest::newRow("one host") << QList{head(u"a"_s, u"1"_s)} << u"single"_s;
        QTest::newRow("same") << QList{head(u"a"_s, u"1"_s), head(u"b"_s, u"1"_s)} << u"same"_s;
        QTest::newRow("behind the hub") << QList{head(u"a"_s, u"2"_s), head(u"b"_s, u"1"_s, 0, 1)} << u"behind"_s;
        QTest::newRow("not pushed") << QList{head(u"a"_s, u"2"_s, 1), head(u"b"_s, u"1"_s)} << u"behind"_s;
        QTest::newRow("both with their own")
            << QList{head(u"a"_s, u"2"_s, 1), head(u"b"_s, u"3"_s, 1)} << u"diverged"_s;
        QTest::newRow("forked from the hub")
            << QList{head(u"a"_s, u"2"_s, 1, 1), head(u"b"_s, u"3"_s)} << u"diverged"_s;
        QTest::newRow("other branch") << QList{head(u"a"_s, u"1"_s), head(u"b"_s, u"1"_s, 0, 0, u"dev"_s)}
                                      << u"branch-mismatch"_s;
        QTest::newRow("old news") << QList{head(u"a"_s, u"1"_s), head(u"b"_s, u"1"_s, 0, 0, u"main"_s, 61min)}
                                  << u"stale"_s;
    }
    void aStateIsClaimedOnlyWithEvidence()
    {
        QFETCH(QList<RepoHead>, heads);
        const QList<Parity> parity = parityOf(heads, now, 60min);
        QCOMPARE(parity.size(), 1);
        QTEST(parity.front().state, "state");
        QCOMPARE(parity.front().hosts.size(), heads.size());
    }

    void originsAreKeptApart()
    {
        RepoHead other = head(u"a"_s, u"1"_s);
        other.origin = u"forge.example.org/dev/y"_s;
        RepoHead local = head(u"a"_s, u"1"_s);
        local.origin.clear();
        QCOMPARE(parityOf({head(u"a"_s, u"1"_s), other, local}, now, 60min).size(), 2);
    }

    void namesOfOneHubAreOne()
    {
        RepoHead other = head(u"b"_s, u"1"_s);
        other.origin = u"forge.example.net:2222"_s + other.origin.sliced(other.origin.indexOf(u'/'));
        QCOMPARE(parityOf({head(u"a"_s, u"1"_s), other}, now, 60min).size(), 2);
        const QStringList aliases{u"forge.example.net:2222=forge.example.org"_s};
        QCOMPARE(parityOf({head(u"a"_s, u"1"_s), other}, now, 60min, aliases).size(), 1);
    }
};

QTEST_APPLESS_MAIN(TestParity)
#include "tst_parity.moc"
