#include "tests/support/fakeworld.h"
#include "tray/model/repowords.h"
#include "tray/model/statewords.h"

#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

namespace {

DaemonPicture pictureOf(const FakeWorld &world)
{
    DaemonPicture picture{.link = LinkState::Online, .address = u"127.0.0.1:8200"_s, .loaded = true};
    picture.lastHeard = world.now;
    picture.status = parseStatus(world.status);
    for (const QJsonObject &repo : world.repos)
        picture.repos.append(parseRepo(repo));
    return picture;
}

} // namespace

class TestStateWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void greenNamesTheOldestEvidence()
    {
        FakeWorld world = normalWorld();
        world.repos[20].insert(u"looked_at"_s, world.ago(77));
        const StateSummary summary = StateWords::summarise(pictureOf(world), world.now);
        QCOMPARE(summary.state, TrayState::Idle);
        QCOMPARE(summary.sentence, u"All 68 repositories are safe on the hub, checked 1 min ago"_s);
    }

    void greenNeverOutlivesItsEvidence()
    {
        const FakeWorld world = normalWorld();
        const StateSummary later = StateWords::summarise(pictureOf(world), world.now.addSecs(3600));
        QCOMPARE(later.state, TrayState::Attention);
        QVERIFY(!later.sentence.contains(u"safe"_s));
    }

    void aLongIntervalMakesEvidenceLastLonger()
    {
        FakeWorld world = normalWorld();
        QJsonObject cycle = world.status.value(u"cycle"_s).toObject();
        cycle.insert(u"next_at"_s, world.ago(-3590));
        world.status.insert(u"cycle"_s, cycle);
        QCOMPARE(StateWords::summarise(pictureOf(world), world.now.addSecs(3600)).state, TrayState::Idle);
    }

    void agesAreCountedByTheDaemonsClock()
    {
        const FakeWorld world = normalWorld();
        DaemonPicture picture = pictureOf(world);
        picture.skewMs = -3600 * 1000;
        QCOMPARE(StateWords::summarise(picture, world.now.addSecs(3600)).state, TrayState::Idle);
    }

    void whatIsNotSafeIsNamed_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QJsonValue>("value");
        QTest::addColumn<QString>("words");
        QTest::newRow("to be pushed") << u"needs_push"_s << QJsonValue(true) << u"1 wait to be pushed"_s;
        QTest::newRow("ahead") << u"ahead"_s << QJsonValue(2) << u"1 wait to be pushed"_s;
        QTest::newRow("no hub") << u"upstream"_s << QJsonValue(QString()) << u"without a hub"_s;
        QTest::newRow("paused") << u"pause"_s << QJsonValue(QJsonObject()) << u"1 are paused"_s;
        QTest::newRow("skipped") << u"state"_s << QJsonValue(u"skipped"_s) << u"1 were skipped"_s;
        QTest::newRow("never looked at") << u"looked_at"_s << QJsonValue() << u"1 were skipped"_s;
    }

    void whatIsNotSafeIsNamed()
    {
        QFETCH(QString, key);
        QFETCH(QJsonValue, value);
        QFETCH(QString, words);
        FakeWorld world = normalWorld();
        world.repos[3].insert(key, value);
        const StateSummary summary = StateWords::summarise(pictureOf(world), world.now);
        QVERIFY2(summary.sentence.contains(u"67 of 68"_s), qPrintable(summary.sentence));
        QVERIFY2(summary.sentence.contains(words), qPrintable(summary.sentence));
        QVERIFY(summary.title != u"All is safe"_s);
    }

    void troubleComesBeforeEverythingElse()
    {
        FakeWorld world = troubleWorld();
        QCOMPARE(StateWords::summarise(pictureOf(world), world.now).sentence, u"5 repositories need you"_s);
        world.setState(u"idle"_s);
        QCOMPARE(StateWords::summarise(pictureOf(world), world.now).state, TrayState::Attention);
    }

    void offlineIsNeverGreen()
    {
        const FakeWorld world = normalWorld();
        DaemonPicture picture = pictureOf(world);
        picture.link = LinkState::Offline;
        const StateSummary summary = StateWords::summarise(picture, world.now.addSecs(300));
        QCOMPARE(summary.state, TrayState::Offline);
        QCOMPARE(summary.sentence, u"No daemon answers at 127.0.0.1:8200, last heard 5 min ago"_s);
        picture.linkError.kind = ErrorKind::AuthFailed;
        QVERIFY(StateWords::summarise(picture, world.now).sentence.contains(u"token"_s));
    }

    void troubleOnThisMachineIsNeverGreen()
    {
        const FakeWorld world = normalWorld();
        DaemonPicture picture = pictureOf(world);
        picture.local = {.present = true,
                         .problems = {{.id = u"local:/c/pear#conflict"_s,
                                       .name = u"pear"_s,
                                       .kind = u"conflict"_s,
                                       .message = u"two hosts changed notes.txt"_s,
                                       .advice = u"Merge by hand."_s}}};
        const StateSummary summary = StateWords::summarise(picture, world.now);
        QCOMPARE(summary.state, TrayState::Attention);
        QCOMPARE(summary.sentence, u"pear on this machine: two hosts changed notes.txt. Merge by hand."_s);
        picture.link = LinkState::Offline;
        QCOMPARE(StateWords::summarise(picture, world.now).state, TrayState::Attention);
        QVERIFY(StateWords::summarise(picture, world.now).sentence.contains(u"No daemon answers"_s));
    }

    void aPauseIsSaidOfWhomItHolds()
    {
        FakeWorld world = normalWorld();
        DaemonPicture picture = pictureOf(world);
        picture.local = {.present = true, .pause = ApiPause{}};
        StateSummary summary = StateWords::summarise(picture, world.now);
        QCOMPARE(summary.state, TrayState::Paused);
        QVERIFY2(summary.sentence.startsWith(u"This machine is paused"_s), qPrintable(summary.sentence));
        picture.local.pause->until = world.now.addSecs(-1);
        QCOMPARE(StateWords::summarise(picture, world.now).state, TrayState::Idle);
        world.setState(u"paused"_s);
        world.status.insert(u"pause"_s, QJsonObject{{u"until"_s, QJsonValue()}});
        DaemonPicture other = pictureOf(world);
        other.local = {.present = true};
        summary = StateWords::summarise(other, world.now);
        QVERIFY2(summary.state != TrayState::Paused, "what this machine edits is committed");
        QVERIFY2(summary.sentence.startsWith(u"This machine's checkouts are committed"_s),
                 qPrintable(summary.sentence));
    }

    void aTokenFileThatCannotBeReadIsNamed()
    {
        DaemonPicture picture{.link = LinkState::Offline, .address = u"127.0.0.1:8200"_s};
        picture.linkError.kind = ErrorKind::AuthFailed;
        picture.tokenTrouble = u"the token file /home/ada/t cannot be read: No such file or directory"_s;
        const QString sentence = StateWords::summarise(picture, QDateTime::currentDateTimeUtc()).sentence;
        QVERIFY2(sentence.contains(u"/home/ada/t cannot be read"_s), qPrintable(sentence));
    }

    void aRepositoryWithoutACommitIsNotCalledCommitted()
    {
        const ApiRepo repo{.state = u"clean"_s, .lookedAt = QDateTime::currentDateTimeUtc()};
        QCOMPARE(RepoWords::label(repo), u"No commit yet"_s);
    }

    void aPauseSaysUntilWhenAndWhy()
    {
        FakeWorld world = normalWorld();
        world.setState(u"paused"_s);
        world.status.insert(u"pause"_s, QJsonObject{{u"reason"_s, u"travelling"_s}, {u"until"_s, QJsonValue()}});
        QCOMPARE(StateWords::summarise(pictureOf(world), world.now).sentence, u"Paused until you resume: travelling"_s);
    }

    void quietHoursAreNoAlarmHoweverLongTheyLast()
    {
        FakeWorld world = normalWorld();
        const auto hold = [](const QString &kind, const QString &text) {
            return QJsonArray{QJsonObject{{u"kind"_s, kind}, {u"text"_s, text}, {u"until"_s, QJsonValue()}}};
        };
        world.status.insert(u"holds"_s, hold(u"quiet_hours"_s, u"quiet until 07:00"_s));
        const StateSummary quiet = StateWords::summarise(pictureOf(world), world.now.addSecs(7 * 3600));
        QCOMPARE(quiet.state, TrayState::Paused);
        QCOMPARE(quiet.sentence, u"quiet until 07:00"_s);
        world.status.insert(u"holds"_s, hold(u"metered"_s, u"the network is metered"_s));
        world.repos[3].insert(u"needs_push"_s, true);
        const StateSummary metered = StateWords::summarise(pictureOf(world), world.now);
        QCOMPARE(metered.state, TrayState::Idle);
        QVERIFY2(metered.sentence.endsWith(u"the network is metered"_s), qPrintable(metered.sentence));
    }

    void aNewDaemonIsNotCalledSafe()
    {
        QCOMPARE(StateWords::summarise(pictureOf(emptyWorld()), QDateTime::currentDateTimeUtc()).title,
                 u"Nothing to do"_s);
        FakeWorld world = normalWorld(3);
        for (QJsonObject &repo : world.repos)
            repo.insert(u"looked_at"_s, QJsonValue());
        QCOMPARE(StateWords::summarise(pictureOf(world), world.now).title, u"Waiting"_s);
    }

    void aStaleWindowOrDaemonIsSaidSo()
    {
        FakeWorld world = normalWorld();
        QCOMPARE(StateWords::drift(pictureOf(world)), QString());
        world.status.insert(u"version"_s, u"9.9"_s);
        QVERIFY(StateWords::drift(pictureOf(world)).contains(u"9.9"_s));
        world.status.insert(u"protocol"_s, 2);
        QVERIFY(StateWords::drift(pictureOf(world)).contains(u"protocol"_s));
    }

    void agesAreShort_data()
    {
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("now") << qint64{0} << u"just now"_s;
        QTest::newRow("future") << qint64{-20} << u"just now"_s;
        QTest::newRow("s") << qint64{40} << u"40 s ago"_s;
        QTest::newRow("last s") << qint64{59} << u"59 s ago"_s;
        QTest::newRow("first min") << qint64{60} << u"1 min ago"_s;
        QTest::newRow("last min") << qint64{3599} << u"59 min ago"_s;
        QTest::newRow("first h") << qint64{3600} << u"1 h ago"_s;
        QTest::newRow("last h") << qint64{86399} << u"23 h ago"_s;
        QTest::newRow("first day") << qint64{86400} << u"1 days ago"_s; // without a translation there is no singular
        QTest::newRow("min") << qint64{600} << u"10 min ago"_s;
        QTest::newRow("h") << qint64{7300} << u"2 h ago"_s;
        QTest::newRow("days") << qint64{3 * 86400} << u"3 days ago"_s;
    }

    void agesAreShort()
    {
        QFETCH(qint64, seconds);
        QFETCH(QString, text);
        QCOMPARE(StateWords::age(seconds), text);
    }
};

QTEST_GUILESS_MAIN(TestStateWords)
#include "tst_statewords.moc"
