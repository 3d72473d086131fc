#include "core/api/apihistory.h"
#include "core/api/apihosts.h"
#include "core/api/apirepo.h"
#include "core/api/apisettings.h"
#include "core/api/apistatus.h"
#include "tests/support/fakeworld.h"

#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

class TestApiParsers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aStatusIsReadWhole()
    {
        FakeWorld world = troubleWorld();
        world.status.insert(u"pause"_s,
                            QJsonObject{{u"reason"_s, u"r"_s}, {u"until"_s, u"2026-08-22T10:11:12.345Z"_s}});
        const ApiStatus status = parseStatus(world.status);
        QCOMPARE(status.host, u"apricot"_s);
        QCOMPARE(status.protocol, 1);
        QCOMPARE(status.state, u"attention"_s);
        QVERIFY(status.pause);
        QCOMPARE(status.pause->until, QDateTime(QDate(2026, 8, 22), QTime(10, 11, 12, 345), Qt::UTC));
        QVERIFY(!status.pause->since.isValid());
        QCOMPARE(status.cycle.number, 481);
        QCOMPARE(status.cycle.total, 68);
        QCOMPARE(status.counts.repos, 68);
        QCOMPARE(status.counts.attention, 5);
        QCOMPARE(status.counts.unpushed, 3);
        QCOMPARE(status.counts.commitsToday, 23);
        QVERIFY(status.watchesFiles);
        QCOMPARE(status.coordinatorState, u"down"_s);
        QCOMPARE(status.attention.size(), 5);
        QCOMPARE(status.attention.first().kind, u"auth-failed"_s);
        QVERIFY(status.attention.first().since.isValid());
        QCOMPARE(status.notes.size(), 1);
    }

    void aRepositoryIsReadWhole()
    {
        const FakeWorld world = troubleWorld();
        const ApiRepo conflict = parseRepo(world.repos.at(6));
        QCOMPARE(conflict.name, u"notes"_s);
        QCOMPARE(conflict.ahead, 1);
        QCOMPARE(conflict.behind, 3);
        QVERIFY(conflict.error);
        QCOMPARE(conflict.error->kind, u"conflict"_s);
        QVERIFY(conflict.lookedAt.isValid());
        QVERIFY(!conflict.changedAt.isValid());
        QVERIFY(parseRepo(world.repos.at(8)).needsPush);
        QVERIFY(parseRepo(world.repos.at(9)).pause);
        QCOMPARE(parseRepo(world.repos.at(1)).stage, u"analyze"_s);
    }

    void theOtherSubjectsAreReadWhole()
    {
        const FakeWorld world = troubleWorld();
        const ApiCommit commit = parseCommit(world.commitAt(3));
        QCOMPARE(commit.sha.size(), 40);
        QVERIFY(commit.body.contains(u"line feed"_s));
        QCOMPARE(commit.paths.size(), commit.pathCount);
        QCOMPARE(commit.source, u"llm-repaired"_s);
        QVERIFY(commit.verifiedAt.isValid());

        const ApiProblem problem = parseProblem(world.errors.at(0));
        QCOMPARE(problem.count, 6);
        QVERIFY(!problem.resolvedAt.isValid());

        const ApiParity parity = parseParity(world.parity.at(6));
        QCOMPARE(parity.state, u"branch-mismatch"_s);
        QCOMPARE(parity.hosts.size(), 2);
        QCOMPARE(parity.hosts.at(1).branch, u"spring"_s);
        QVERIFY(!parseHost(world.hosts.at(1)).drift.isEmpty());

        const ApiStats stats = parseStats(world.stats);
        QVERIFY(!stats.perDay.isEmpty());
        QVERIFY(stats.perDay.first().day.isValid());
        QCOMPARE(stats.bySource.size(), 3);

        const ApiSettings settings = parseSettings(world.config);
        QVERIFY(settings.settings.size() > 30);
        QVERIFY(!settings.settings.first().help.isEmpty());
    }

    void whatIsMissingOrOfAnotherTypeReadsAsEmpty()
    {
        const QJsonObject odd{{u"repos"_s, u"many"_s},     {u"ahead"_s, u"x"_s}, {u"name"_s, 7},
                              {u"looked_at"_s, u"soon"_s}, {u"pause"_s, 3},      {u"items"_s, false}};
        QCOMPARE(parseRepo(odd).ahead, 0);
        QCOMPARE(parseRepo(odd).name, QString());
        QVERIFY(!parseRepo(odd).lookedAt.isValid());
        QVERIFY(!parseRepo(odd).pause);
        QCOMPARE(parseStatus(QJsonObject()).counts.repos, 0);
    }

    void onlyWebAddressesAreHandedToTheDesktop_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("good");
        QTest::newRow("https") << u"https://forge.example.org/a/b"_s << true;
        QTest::newRow("http") << u"http://forge.local/a"_s << true;
        QTest::newRow("file") << u"file:///etc/passwd"_s << false;
        QTest::newRow("script") << u"javascript:alert(1)"_s << false;
        QTest::newRow("ssh") << u"ssh://host/x"_s << false;
        QTest::newRow("nothing") << QString() << false;
    }

    void onlyWebAddressesAreHandedToTheDesktop()
    {
        QFETCH(QString, text);
        QFETCH(bool, good);
        QCOMPARE(webUrlFrom(text).isValid(), good);
    }
};

QTEST_GUILESS_MAIN(TestApiParsers)
#include "tst_apiparsers.moc"
