#include "core/agent/agent.h"
#include "core/agent/http/httpdoor.h"
#include "daemon/service/messageworker.h"

#include "tests/support/fakesteering.h"
#include "tests/support/runner.h"
#include "tests/support/scriptedsource.h"

#include "daemon/api/apiserver.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

namespace {

/// Passes connections on to a port of this machine, and cuts as many of them as it is told to, a few bytes into the
/// answer.
class CuttingProxy final : public QTcpServer
{
public:
    explicit CuttingProxy(quint16 target)
        : m_target(target)
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] { pass(nextPendingConnection()); });
    }
    QString url() const { return u"http://127.0.0.1:%1"_s.arg(serverPort()); }

    int cuts = 0;
    int cutAfter = 60; ///< bytes of the answer

private:
    void pass(QTcpSocket *client)
    {
        auto *server = new QTcpSocket(client);
        const bool cut = cuts > 0;
        cuts -= cut ? 1 : 0;
        connect(client, &QTcpSocket::readyRead, server, [=, this] { server->write(forwarded(client)); });
        connect(server, &QTcpSocket::connected, client, [=, this] { server->write(forwarded(client)); });
        connect(server, &QTcpSocket::readyRead, client, [=, this] {
            const QByteArray answer = server->readAll();
            client->write(cut ? answer.left(cutAfter) : answer);
            if (cut) {
                client->flush();
                client->abort();
            }
        });
        connect(server, &QTcpSocket::disconnected, client, [=] { client->disconnectFromHost(); });
        connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
        server->connectToHost(QHostAddress::LocalHost, m_target);
    }

    /// The API answers to its own name only.
    QByteArray forwarded(QTcpSocket *client) const
    {
        return client->readAll().replace("Host: 127.0.0.1:" + QByteArray::number(serverPort()),
                                         "Host: 127.0.0.1:" + QByteArray::number(m_target));
    }

    const quint16 m_target;
};

} // namespace

/// apricot's API and service, plum's agent and a hub between them: real HTTP, real git.
class TestTwoHosts : public QObject
{
    Q_OBJECT

    struct Apricot
    {
        FakeSteering steering;
        ScriptedModel model{oneByOne({said(u"feat: greet the other machine"_s), said(u"fix: wave as well"_s)})};
        MessageWorker worker{Settings(), Gate(), std::make_unique<ScriptedSource>(model, steering.clock()),
                             steering.clock()};
        ApiServer server{steering, steering.paths(), &worker, steering.clock()};

        void listen(quint16 port = 0)
        {
            steering.loaded.settings.apiPort = port;
            const Status listening = server.listen();
            QVERIFY2(listening, listening ? "" : qPrintable(listening.error().message));
        }
        QByteArray token() const
        {
            QFile file(server.tokenFile());
            return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
        }
        QStringList recorded() ///< shas, oldest first
        {
            QStringList shas;
            const auto page = steering.store().commits({.host = u"cherry"_s});
            if (page)
                for (const CommitRecord &commit : page->items)
                    shas.prepend(commit.sha);
            return shas;
        }
    };

    struct Plum
    {
        World world;
        TempRepo repo{world, u"plum"_s};
        QString hub = makeHub(world, repo);
        SystemClock clock;
        LoadedSettings loaded;
        std::unique_ptr<HttpDoor> door;
        std::unique_ptr<Agent> agent;
        std::atomic_int sweeps = 0;
        RunReport last;

        Plum() { loaded.settings.onNoModel = u"fallback"_s; }
        void connectTo(const QString &url, const QByteArray &token)
        {
            agent.reset();
            door = std::make_unique<HttpDoor>(HostAddress{.url = url, .token = token});
            agent = std::make_unique<Agent>(
                *door, world.tools(), loaded, clock, "salt", [this] { return QStringList{repo.path()}; },
                AgentOptions{.host = u"cherry"_s, .outbox = world.path(u"outbox"_s)});
        }
        /// On a thread of its own: the other machine's event loop is this one.
        bool sweep()
        {
            std::atomic_bool done = false;
            std::thread thread([&] {
                last = agent->sweepOnce({}).first();
                done = true;
            });
            const bool ended = QTest::qWaitFor([&] { return done.load(); }, 60000);
            thread.join();
            return ended;
        }
        QStringList shas() const
        {
            return QString::fromLatin1(repo.git({u"log"_s, u"--reverse"_s, u"--format=%H"_s}).trimmed())
                .split(u'\n')
                .mid(1);
        }
    };

private Q_SLOTS:
    void aChangeOnPlumIsWordedByApricotAndInItsHistory()
    {
        Apricot apricot;
        apricot.listen();
        Plum plum;
        plum.connectTo(apricot.server.url(), apricot.token());
        plum.repo.write("greet.py", "print('hello')\n");
        QVERIFY(plum.sweep());
        QCOMPARE(plum.last.state, RunState::Committed);
        QCOMPARE(plum.last.commits[0].subject, u"feat: greet the other machine"_s);
        QCOMPARE(plum.last.commits[0].source, MessageSource::Llm);
        QCOMPARE(apricot.recorded(), plum.shas());
        QCOMPARE(plum.agent->status().hostState, u"ok"_s);
        QCOMPARE(plum.agent->status().drift, QString());
    }

    void oddNamesComeBackAsTheyWent()
    {
        Apricot apricot;
        apricot.listen();
        Plum plum;
        plum.connectTo(apricot.server.url(), apricot.token());
        for (const QByteArray &name :
             {QByteArray("a b\n\"c\".txt"), QByteArray("\xff\xfe.txt"), QByteArray("\xc3\xa9.md")})
            plum.repo.write(name, "text\n");
        QVERIFY(plum.sweep());
        QCOMPARE(plum.last.state, RunState::Committed);
        QVERIFY(plum.repo.git({u"status"_s, u"--porcelain"_s}).isEmpty());
        QVERIFY(plum.last.commits[0].source == MessageSource::Llm);
    }

    void aConnectionThatIsCutInTheAnswerCostsNothing_data()
    {
        QTest::addColumn<int>("cuts");
        QTest::addColumn<int>("after");
        QTest::newRow("in the head") << 1 << 10;
        QTest::newRow("before the head") << 1 << 0;
        QTest::newRow("in the body") << 1 << 400;
        QTest::newRow("every one") << 1000 << 60;
    }
    void aConnectionThatIsCutInTheAnswerCostsNothing()
    {
        QFETCH(int, cuts);
        QFETCH(int, after);
        Apricot apricot;
        apricot.listen();
        CuttingProxy proxy(apricot.server.port());
        proxy.cuts = cuts;
        proxy.cutAfter = after;
        Plum plum;
        plum.connectTo(proxy.url(), apricot.token());
        plum.repo.write("greet.py", "print('hello')\n");
        QVERIFY(plum.sweep());
        QCOMPARE(plum.last.state, RunState::Committed);
        proxy.cuts = 0;
        QVERIFY(plum.sweep());
        QCOMPARE(plum.shas().size(), 1);
        QCOMPARE(apricot.recorded(), plum.shas());
    }

    void commitsMadeWhileApricotWasAwayArriveOnceAndInOrder()
    {
        Plum plum;
        quint16 port = 0;
        {
            Apricot gone;
            gone.listen();
            port = gone.server.port();
        }
        plum.connectTo(u"http://127.0.0.1:%1"_s.arg(port), "none");
        for (int i = 0; i < 3; ++i) {
            plum.repo.write("file" + QByteArray::number(i) + ".py", "print('hello')\n");
            QVERIFY(plum.sweep());
            QCOMPARE(plum.last.commits.size(), 1);
            QCOMPARE(plum.last.commits[0].source, MessageSource::Builtin);
        }
        QCOMPARE(plum.agent->status().hostState, u"away"_s);
        QCOMPARE(plum.agent->status().untold, 3);
        Apricot apricot;
        apricot.listen(port);
        plum.connectTo(apricot.server.url(), apricot.token()); // a new process
        QVERIFY(plum.sweep());
        QVERIFY(plum.sweep());
        QCOMPARE(apricot.recorded(), plum.shas());
    }

    void aWrongTokenIsAPersonsBusinessAndWorkIsSafe()
    {
        Apricot apricot;
        apricot.listen();
        Plum plum;
        plum.connectTo(apricot.server.url(), "wrong");
        plum.repo.write("greet.py", "print('hello')\n");
        QVERIFY(plum.sweep());
        QCOMPARE(plum.last.state, RunState::Committed);
        QCOMPARE(plum.last.commits[0].source, MessageSource::Builtin);
        QCOMPARE(plum.agent->status().hostState, u"refused"_s);
        QCOMPARE(apricot.recorded().size(), 0);
    }
};

QTEST_GUILESS_MAIN(TestTwoHosts)
#include "tst_twohosts_story.moc"
