#include "tests/tray/livedaemon.h"
#include "tray/model/daemonactions.h"
#include "tray/model/statewords.h"

#include <QSignalSpy>
#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

TrayState stateOf(const DaemonModel &daemon)
{
    return StateWords::summarise(daemon.picture(), QDateTime::currentDateTimeUtc()).state;
}

} // namespace

class TestDaemonModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onePictureComesFromOneFetch()
    {
        LiveDaemon live(troubleWorld());
        QTRY_VERIFY(live.isUp());
        QTRY_COMPARE(live.daemon.picture().parity.size(), 68);
        QCOMPARE(live.daemon.picture().repos.size(), 68);
        QCOMPARE(live.daemon.picture().problems.size(), 5);
        QCOMPARE(live.daemon.picture().recent.size(), 30);
        for (const QString &path : {u"/status"_s, u"/repos"_s, u"/errors"_s, u"/commits"_s})
            QVERIFY2(live.server.count("GET", path) <= 2, qPrintable(path));
    }

    void theLimitAfterAWrongTokenIsStillAboutTheToken()
    {
        LiveDaemon live;
        QTRY_VERIFY(live.isUp());
        int asked = 0;
        live.server.intercept = [&asked](const FakeRequest &request) -> std::optional<FakeReply> {
            if (request.path != u"/events"_s)
                return std::nullopt;
            return FakeReply{.status = ++asked == 1 ? 401 : 429, .body = "{}"};
        };
        live.server.cutStreams();
        QTRY_VERIFY(asked > 3);
        QTRY_COMPARE(live.daemon.picture().link, LinkState::Offline);
        QCOMPARE(live.daemon.picture().linkError.kind, ErrorKind::AuthFailed);
    }

    void eventsKeepThePictureLiveWithoutAnyRequest()
    {
        LiveDaemon live;
        QTRY_VERIFY(live.isUp());
        QTRY_COMPARE(live.daemon.picture().recent.size(), 30);
        const auto isQuiet = [&] { // a second fetch, if one was due, has been asked for and read by now
            const qsizetype asked = live.server.requests().size();
            QTest::qWait(300);
            return live.server.requests().size() == asked;
        };
        QTRY_VERIFY(isQuiet());
        const qsizetype before = live.server.requests().size();
        QJsonObject repo = live.server.world.repos.at(5);
        repo.insert(u"ahead"_s, 4);
        QSignalSpy repoChanged(&live.daemon, &DaemonModel::repoChanged);
        live.server.send(u"repo"_s, repo);
        live.server.send(u"commit"_s, {{u"id"_s, u"new"_s}, {u"sha"_s, u"abc"_s}, {u"subject"_s, u"fix: x"_s}});
        live.server.world.setState(u"working"_s);
        live.server.send(u"status"_s, live.server.world.status);
        QTRY_COMPARE(stateOf(live.daemon), TrayState::Working);
        QCOMPARE(repoChanged.size(), 1);
        QCOMPARE(live.daemon.repo(repo.value(u"id"_s).toString())->ahead, 4);
        QCOMPARE(live.daemon.picture().recent.first().subject, u"fix: x"_s);
        QCOMPARE(live.server.requests().size(), before);
    }

    void aProblemComesAndGoes()
    {
        LiveDaemon live;
        QTRY_VERIFY(live.isUp());
        QJsonObject problem{{u"id"_s, u"9"_s}, {u"kind"_s, u"conflict"_s}, {u"name"_s, u"notes"_s}};
        live.server.send(u"error"_s, problem);
        QTRY_COMPARE(live.daemon.picture().problems.size(), 1);
        problem.insert(u"count"_s, 2);
        live.server.send(u"error"_s, problem);
        problem.insert(u"resolved_at"_s, live.server.world.ago(0));
        live.server.send(u"error"_s, problem);
        QTRY_COMPARE(live.daemon.picture().problems.size(), 0);
    }

    void aRepositoryThatIsWellAgainHasNoProblems()
    {
        LiveDaemon live;
        QTRY_VERIFY(live.isUp());
        QJsonObject repo = live.server.world.repos.at(5);
        live.server.send(u"error"_s, {{u"id"_s, u"9"_s}, {u"kind"_s, u"conflict"_s}, {u"repo"_s, repo.value(u"id"_s)}});
        QTRY_COMPARE(live.daemon.picture().problems.size(), 1);
        repo.insert(u"error"_s, QJsonValue());
        live.server.send(u"repo"_s, repo);
        QTRY_COMPARE(live.daemon.picture().problems.size(), 0);
    }

    void commitsAreToldApartByTheirHash()
    {
        LiveDaemon live(emptyWorld());
        QSignalSpy told(&live.daemon, &DaemonModel::recentChanged);
        QTRY_VERIFY(live.isUp());
        for (const QString &sha : {u"aaa"_s, u"bbb"_s, u"aaa"_s})
            live.server.send(u"commit"_s, {{u"id"_s, u"0"_s}, {u"sha"_s, sha}, {u"repo"_s, u"r"_s}});
        QTRY_VERIFY(told.size() >= 4); // three events and the answer of the first fetch, which may be older than they
        QTRY_COMPARE(live.daemon.picture().recent.size(), 2);
    }

    void aShortBreakIsNoAlarmAndALongOneIs()
    {
        LiveDaemon live;
        QTRY_VERIFY(live.isUp());
        bool wasOffline = false;
        connect(&live.daemon, &DaemonModel::changed, this,
                [&] { wasOffline = wasOffline || live.daemon.picture().link == LinkState::Offline; });
        live.server.cutStreams();
        QTRY_COMPARE(live.server.streams(), 0);
        QTRY_COMPARE(live.server.streams(), 1);
        QTRY_COMPARE(live.daemon.picture().link, LinkState::Online);
        QVERIFY(!wasOffline);

        live.server.stop();
        QTRY_COMPARE(stateOf(live.daemon), TrayState::Offline);
        const StateSummary summary = StateWords::summarise(live.daemon.picture(), QDateTime::currentDateTimeUtc());
        QVERIFY2(summary.sentence.contains(u"last heard"_s), qPrintable(summary.sentence));

        live.server.world.setState(u"working"_s);
        QVERIFY(live.server.listen());
        QTRY_COMPARE(stateOf(live.daemon), TrayState::Working);
    }

    void anotherDaemonTakesThePlaceOfTheFirst()
    {
        LiveDaemon live;
        QTRY_VERIFY(live.isUp());
        FakeApi other(emptyWorld());
        live.daemon.connectTo(other.endpoint());
        QCOMPARE(live.daemon.picture().repos.size(), 0);
        QVERIFY(!live.daemon.picture().loaded);
        QTRY_VERIFY(live.daemon.picture().loaded);
        QCOMPARE(live.daemon.picture().status.counts.repos, 0);
        QTRY_COMPARE(live.server.streams(), 0);
    }

    void actionsAreSentAndAnswered()
    {
        LiveDaemon live;
        QTRY_VERIFY(live.isUp());
        DaemonActions actions(live.daemon);
        QSignalSpy good(&actions, &DaemonActions::succeeded);
        QSignalSpy bad(&actions, &DaemonActions::failed);
        actions.pauseFor(15min);
        QTRY_COMPARE(good.size(), 1);
        QTRY_COMPARE(stateOf(live.daemon), TrayState::Paused);
        QCOMPARE(live.server.requests().last().body.value(u"seconds"_s).toInteger(), 900);
        actions.resume();
        QTRY_COMPARE(stateOf(live.daemon), TrayState::Idle);
        live.server.intercept = [](const FakeRequest &) {
            return FakeReply{.status = 409,
                             .body = R"({"error":{"kind":"lock-held","message":"A sweep is running.","advice":""}})"};
        };
        actions.syncNow();
        QTRY_COMPARE(bad.size(), 1);
        QCOMPARE(bad.first().first().toString(), u"A sweep is running."_s);
    }

    void pausingUntilTomorrowEndsInTheMorning()
    {
        LiveDaemon live;
        QTRY_VERIFY(live.isUp());
        DaemonActions actions(live.daemon);
        actions.pauseUntilTomorrow();
        QTRY_COMPARE(live.server.count("POST", u"/pause"_s), 1);
        const auto until
            = QDateTime::fromString(live.server.requests().last().body.value(u"until"_s).toString(), Qt::ISODateWithMs);
        QCOMPARE(until.toLocalTime().date(), QDate::currentDate().addDays(1));
        QCOMPARE(until.toLocalTime().time(), QTime(6, 0));
    }
};

QTEST_GUILESS_MAIN(TestDaemonModel)
#include "tst_daemonmodel.moc"
