#include "tests/core/store/postgrescluster.h"
#include "tests/core/store/storefixture.h"

#include "core/store/historyreader.h"

#include <QCoreApplication>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// The history on a real server.
class PostgresPlace final : public StorePlace
{
public:
    explicit PostgresPlace(PostgresCluster &cluster)
        : m_cluster(cluster)
    {
        m_cluster.run(u"CREATE DATABASE history"_s);
    }

    void makeEmpty() override
    {
        QVERIFY(m_cluster.run(u"DROP SCHEMA public CASCADE; CREATE SCHEMA public"_s, u"history"_s));
    }
    QString location() const override { return m_cluster.url(u"history"_s); }

private:
    PostgresCluster &m_cluster;
};

} // namespace

/// What only a server can do: go away and come back.
class TestStorePostgres final : public StoreFixture
{
    Q_OBJECT

public:
    TestStorePostgres(StorePlace &place, PostgresCluster &cluster)
        : StoreFixture(place)
        , m_cluster(cluster)
    { }

private Q_SLOTS:
    void init() { start(); }
    void cleanup() { stop(); }

    void aRestartOfTheServerIsNotNoticed()
    {
        CommitMaker maker(1, clock().now());
        const auto before = maker.some(3);
        AC_VERIFY(store().recordCommits(before));
        HistoryReader reader(place().location(), clock());
        QCOMPARE(shasIn(reader), shasOf(before));
        QVERIFY(m_cluster.stop() && m_cluster.start());

        const auto after = maker.some(3);
        AC_VERIFY(store().recordCommits(after, PushNeed::NeedsPush));
        QCOMPARE(store().pending(), 0);
        QCOMPARE(shasIn(reader), shasOf(before + after));
        QCOMPARE(store().needsPush(u"apricot"_s)->size(), 1);
    }

    void rowsWaitWhileTheServerIsAway()
    {
        CommitMaker maker(2, clock().now());
        const auto before = maker.some(2);
        AC_VERIFY(store().recordCommits(before));
        QVERIFY(m_cluster.stop());

        const auto during = maker.some(5);
        for (const CommitRecord &commit : during) {
            QCOMPARE(store().recordCommits({commit}, PushNeed::NeedsPush).error().kind, ErrorKind::Unreachable);
            QCOMPARE(store().commits().error().kind, ErrorKind::Unreachable);
            clock().pass(400ms);
        }
        QCOMPARE(store().pending(), 5);
        QVERIFY(store().problem());
        QVERIFY(m_cluster.start());
        AC_VERIFY(store().flush());
        QCOMPARE(store().pending(), 0);
        QVERIFY(!store().problem());
        QCOMPARE(shasIn(store()), shasOf(before + during));
    }

    void whatWaitedWhenTheProgramEndedIsTakenFromTheLog()
    {
        CommitMaker maker(3, clock().now());
        AC_VERIFY(store().recordCommits(maker.some(1)));
        QVERIFY(m_cluster.stop());
        const auto during = maker.some(4);
        QVERIFY(!store().recordCommits(during));
        stop();
        QVERIFY(m_cluster.start());
        reopen();
        QVERIFY(shasIn(store()).contains(shasOf(during)));
    }

    void aCrashOfTheServerLosesNothingThatWasReported()
    {
        CommitMaker maker(4, clock().now());
        const auto commits = maker.some(50);
        for (const CommitRecord &commit : commits)
            AC_VERIFY(store().recordCommits({commit}));
        QVERIFY(m_cluster.stop(u"immediate"_s) && m_cluster.start());
        QCOMPARE(shasIn(store()), shasOf(commits));
    }

    void aMissingDatabaseAndAWrongRoleAreNamed()
    {
        StoreOptions wrong = options();
        wrong.location = m_cluster.url(u"nowhere"_s);
        Store missing(wrong, clock());
        QCOMPARE(missing.open().error().kind, ErrorKind::Config);
        wrong.location = place().location().replace(u"admin@"_s, u"nobody@"_s);
        Store stranger(wrong, clock());
        QCOMPARE(stranger.open().error().kind, ErrorKind::AuthFailed);
        QVERIFY(!stranger.open().error().message.contains(u"nobody"_s));
    }

private:
    PostgresCluster &m_cluster;
};

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    PostgresCluster cluster;
    if (!cluster.problem().isEmpty()) {
        qWarning("SKIP: %s", qPrintable(cluster.problem()));
        return 77; // ctest shows it as skipped
    }
    PostgresPlace place(cluster);
    TestStorePostgres server(place, cluster);
    return runStoreContracts(place, argc, argv) + QTest::qExec(&server, argc, argv);
}

#include "tst_storepostgres.moc"
