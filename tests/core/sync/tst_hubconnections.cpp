#include "core/git/giterrors.h"
#include "core/sync/hubconnections.h"

#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace AutoCommit;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

class HandClock final : public Clock
{
public:
    Wall wall() const override { return {}; }
    Monotonic monotonic() const override { return m_now; }
    void sleepFor(std::chrono::milliseconds) const override { }
    void advance(std::chrono::seconds time) { m_now += time; }

private:
    Monotonic m_now{1h};
};

} // namespace

class TestHubConnections : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aChangedHostKeyIsSaidInWords()
    {
        const QByteArray said = "@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@\n"
                                "@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\n"
                                "@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@\n"
                                "IT IS POSSIBLE THAT SOMEONE IS DOING SOMETHING NASTY!\n";
        const QByteArray end = "fatal: Could not read from remote repository.\n";
        const Error known = classifyGitFailure(
            u"fetch"_s,
            {.exitCode = 128,
             .output = {},
             .errors = said + "Host key for [hub.example]:2222 has changed and you have requested strict checking.\n"
                 + "Host key verification failed.\n" + end});
        QCOMPARE(known.kind, ErrorKind::HostKey);
        QVERIFY2(known.message.startsWith(u"fetch: the host key of [hub.example]:2222 changed"_s),
                 qPrintable(known.message));
        const Error other = classifyGitFailure(u"fetch"_s, {.exitCode = 128, .output = {}, .errors = said + end});
        QVERIFY2(!other.message.contains(u'@'), qPrintable(other.message));
    }

    void aSilentHostIsLeftAloneForLongerEachTime()
    {
        HandClock clock;
        HubConnections hubs({}, clock);
        for (const auto pause : {60s, 120s, 240s, 480s, 900s, 900s}) {
            QVERIFY(hubs.enter(u"hub"_s, {}));
            hubs.leave(u"hub"_s, false);
            clock.advance(pause - 1s);
            QCOMPARE(hubs.enter(u"hub"_s, {}).error().kind, ErrorKind::Unreachable);
            clock.advance(1s);
        }
    }

    void anAnswerEndsThePatience()
    {
        HandClock clock;
        HubConnections hubs({}, clock);
        QVERIFY(hubs.enter(u"hub"_s, {}));
        hubs.leave(u"hub"_s, false);
        clock.advance(60s);
        QVERIFY(hubs.enter(u"hub"_s, {}));
        hubs.leave(u"hub"_s, true);
        QVERIFY(hubs.enter(u"hub"_s, {}));
        hubs.leave(u"hub"_s, false);
        clock.advance(60s);
        QVERIFY(hubs.enter(u"hub"_s, {}));
    }

    void aFailureWhereOthersSucceedIsNotBelieved()
    {
        HandClock clock;
        HubConnections hubs({}, clock);
        QVERIFY(hubs.enter(u"hub"_s, {}));
        hubs.leave(u"hub"_s, true);
        QVERIFY(hubs.enter(u"hub"_s, {}));
        hubs.leave(u"hub"_s, false);
        QVERIFY(hubs.enter(u"hub"_s, {})); // asked anew ...
        hubs.leave(u"hub"_s, false);
        QVERIFY(!hubs.enter(u"hub"_s, {})); // ... and now it is
    }

    void oneRepositorysTroubleIsNotItsServers_data()
    {
        QTest::addColumn<QByteArray>("said");
        QTest::addColumn<bool>("noConnection");
        QTest::newRow("refused") << QByteArray("ssh: connect to host hub port 22: Connection refused\nfatal: Could not "
                                               "read from remote repository.\n")
                                 << true;
        QTest::newRow("no such host") << QByteArray("ssh: Could not resolve hostname hub: Name or service not known\n")
                                      << true;
        QTest::newRow("banner") << QByteArray("Connection timed out during banner exchange\n") << true;
        QTest::newRow("https") << QByteArray("fatal: unable to access 'https://hub/x/': Failed to connect to hub port "
                                             "443 after 5 ms: Couldn't connect to server\n")
                               << true;
        QTest::newRow("died there") << QByteArray("fatal: the remote end hung up unexpectedly\nfatal: early EOF\n")
                                    << false;
        QTest::newRow("502") << QByteArray(
            "error: RPC failed; HTTP 502 curl 22 The requested URL returned error: 502\n")
                             << false;
        QTest::newRow("not there") << QByteArray("fatal: '/x.git' does not appear to be a git repository\nfatal: Could "
                                                 "not read from remote repository.\n")
                                   << false;
    }
    void oneRepositorysTroubleIsNotItsServers()
    {
        QFETCH(QByteArray, said);
        QFETCH(bool, noConnection);
        QCOMPARE(isNoConnection({.exitCode = 128, .errors = said}), noConnection);
    }

    void oneHostsSilenceIsNotAnothers()
    {
        HandClock clock;
        HubConnections hubs({}, clock);
        QVERIFY(hubs.enter(u"hub"_s, {}));
        hubs.leave(u"hub"_s, false);
        QVERIFY(hubs.enter(u"other"_s, {}));
    }

    void othersWaitForTheFirstOnesFinding()
    {
        HandClock clock;
        HubConnections hubs({}, clock);
        QVERIFY(hubs.enter(u"hub"_s, {}));
        Status second = Error{ErrorKind::Internal, u"not asked"_s};
        std::jthread waiting([&] { second = hubs.enter(u"hub"_s, {}); });
        hubs.leave(u"hub"_s, true);
        waiting.join();
        QVERIFY(second);
    }

    void whoWaitsCanBeCancelled()
    {
        HandClock clock;
        HubConnections hubs({}, clock);
        QVERIFY(hubs.enter(u"hub"_s, {}));
        const CancelToken cancelled;
        cancelled.cancel();
        QCOMPARE(hubs.enter(u"hub"_s, cancelled).error().kind, ErrorKind::Cancelled);
    }

    void aSocketThatWouldNotFitIsNotShared_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("shared");
        QTest::newRow("short") << u"s"_s << true;
        QTest::newRow("too long") << QString(100, u'x') << false;
        QTest::newRow("something a shell would read") << u"a b"_s << false;
        QTest::newRow("something ssh would read") << u"a%h"_s << false;
    }
    void aSocketThatWouldNotFitIsNotShared()
    {
        QFETCH(QString, name);
        QFETCH(bool, shared);
        HandClock clock;
        QTemporaryDir dir(u"/tmp/ac-XXXXXX"_s);
        HubConnections hubs(dir.path() + u'/' + name, clock);
        QCOMPARE(hubs.sshOptions().contains("ControlPath="), shared);
    }
};

QTEST_GUILESS_MAIN(TestHubConnections)
#include "tst_hubconnections.moc"
