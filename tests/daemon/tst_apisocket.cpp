#include "core/api/apirequest.h"
#include "tests/support/apifixture.h"

#include <QDir>
#include <QFileInfo>
#include <QLocalServer>
#include <QLocalSocket>
#include <QTest>

#include <atomic>
#include <cstring>
#include <thread>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

namespace {

/// Connects, asks, and answers with the number of bytes that came back; for a child process.
int bytesAnswered(const QByteArray &path, const QByteArray &request)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.constData(), static_cast<std::size_t>(path.size()));
    const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
    if (::connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        return 100;
    const auto sent = ::send(fd, request.constData(), static_cast<std::size_t>(request.size()), MSG_NOSIGNAL);
    char byte = 0;
    return sent >= 0 && ::recv(fd, &byte, 1, 0) > 0 ? 1 : 0;
}

mode_t modeOf(const QString &path)
{
    struct stat info
    { };
    return ::stat(QFile::encodeName(path).constData(), &info) == 0 ? info.st_mode & 0777 : 0;
}

/// A socket's file that nobody listens on, as a killed process leaves it.
void leaveDeadSocket(const QString &path)
{
    const QByteArray place = QFile::encodeName(path);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, place.constData(), static_cast<std::size_t>(place.size()));
    const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
    QCOMPARE(::bind(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address), 0);
    ::close(fd);
}

} // namespace

/// The API on a Unix socket, for the programs of this user.
class TestApiSocket : public QObject
{
    Q_OBJECT

    std::unique_ptr<ApiFixture> m_api;

    QString directory() const { return m_api->steering.paths().runtimeDir(); }

    /// The blocking client needs a thread: the server's event loop is this one's.
    Result<QJsonObject> asked(const ApiPlace &place, const ApiRequest &request) const
    {
        Result<QJsonObject> answer = Error{ErrorKind::Internal, u"not asked"_s};
        std::atomic_bool done = false;
        std::thread thread([&] {
            answer = askDaemon(place, request);
            done = true;
        });
        const bool inTime = QTest::qWaitFor([&] { return done.load(); }, 20'000);
        thread.join();
        return inTime ? answer : Error{ErrorKind::Timeout, u"late"_s};
    }
    ApiPlace place(const QByteArray &token) const { return {.socket = m_api->server.socketFile(), .token = token}; }

    QByteArray raw(const QByteArray &request) const
    {
        QLocalSocket client;
        client.connectToServer(m_api->server.socketFile());
        client.write(request);
        QByteArray answer;
        const auto ended = [&] {
            answer += client.readAll();
            return client.state() == QLocalSocket::UnconnectedState;
        };
        return QTest::qWaitFor(ended, 10'000) ? answer + client.readAll() : QByteArray("no end");
    }

private Q_SLOTS:
    void init() { m_api = std::make_unique<ApiFixture>(); }
    void cleanup() { m_api.reset(); }

    void itIsThisUsersAlone()
    {
        m_api->listen();
        QVERIFY(!m_api->server.socketFile().isEmpty());
        QCOMPARE(modeOf(m_api->server.socketFile()), mode_t(0600));
        QCOMPARE(modeOf(directory()), mode_t(0700));
    }

    void anOpenDirectoryIsClosedFirst()
    {
        QVERIFY(QDir().mkpath(directory()));
        QCOMPARE(::chmod(QFile::encodeName(directory()).constData(), 0755), 0);
        m_api->listen();
        QCOMPARE(modeOf(directory()), mode_t(0700));
    }

    void theCommandLineIsServedThereAsOnThePort()
    {
        m_api->listen();
        QVERIFY(listensAt(m_api->server.socketFile()));
        const auto status = asked(place(m_api->token), {.path = "/status", .body = {}});
        QVERIFY(status.ok());
        QCOMPARE((*status)[u"host"].toString(), u"plum"_s);
        const auto paused = asked(place(m_api->token), {.method = "POST", .path = "/pause", .body = {}});
        QVERIFY(paused.ok());
        QVERIFY(m_api->steering.snapshot.pause.has_value());
    }

    /// Being this user is what lets one connect; what one may do is the token's business, as everywhere.
    void aTokenIsNeededThereToo()
    {
        m_api->listen();
        QCOMPARE(asked(place({}), {.path = "/status", .body = {}}).error().kind, ErrorKind::AuthFailed);
        const QByteArray weak = m_api->tokenFor(TokenScope::Monitor);
        QVERIFY(asked(place(weak), {.path = "/status", .body = {}}).ok());
        QVERIFY(!asked(place(weak), {.method = "POST", .path = "/pause", .body = {}}).ok());
        QVERIFY(!m_api->steering.snapshot.pause);
    }

    void theGuardsAreTheSame_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<int>("status");
        QTest::newRow("the name of the port") << QByteArray("GET /health HTTP/1.1\r\nHost: PORT\r\n") << 200;
        QTest::newRow("curl's name") << QByteArray("GET /health HTTP/1.1\r\nHost: localhost\r\n") << 200;
        QTest::newRow("another name") << QByteArray("GET /health HTTP/1.1\r\nHost: evil.example\r\n") << 421;
        QTest::newRow("no name") << QByteArray("GET /health HTTP/1.1\r\n") << 400;
        QTest::newRow("a page") << QByteArray("GET /health HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil\r\n")
                                << 403;
        QTest::newRow("bare line feed") << QByteArray("GET /health HTTP/1.1\nHost: localhost\r\n") << 400;
    }
    void theGuardsAreTheSame()
    {
        QFETCH(QByteArray, head);
        QFETCH(int, status);
        m_api->listen();
        const QByteArray answer = raw(head.replace("PORT", m_api->host()) + "Connection: close\r\n\r\n");
        QCOMPARE(answer.mid(9, 3).toInt(), status);
    }

    void onThePortTheShortNameIsNoName()
    {
        m_api->listen();
        RawClient client(m_api->server.port());
        client.send("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
        QCOMPARE(client.answer()->status, 421);
    }

    void anotherUserGetsNotAByte()
    {
        if (::geteuid() != 0)
            QSKIP("needs root, which alone may become another user");
        m_api->listen();
        const QByteArray file = QFile::encodeName(m_api->server.socketFile());
        // Worst case: the rights of files say nothing. The system still knows who connects.
        for (QString path = m_api->server.socketFile(); path.size() > 1; path = QFileInfo(path).path())
            if (path.startsWith(m_api->steering.home()))
                QCOMPARE(::chmod(QFile::encodeName(path).constData(), 0777), 0);
        const QByteArray request
            = "GET /status HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + m_api->token + "\r\n\r\n";
        const auto answeredTo = [&](uid_t user) {
            const pid_t child = ::fork();
            if (child == 0)
                ::_exit(::setuid(user) == 0 ? bytesAnswered(file, request) : 101);
            int state = 0;
            const bool ended = QTest::qWaitFor([&] { return ::waitpid(child, &state, WNOHANG) == child; }, 20'000);
            return ended && WIFEXITED(state) ? WEXITSTATUS(state) : -1;
        };
        QCOMPARE(answeredTo(65534), 0);
        QCOMPARE(answeredTo(::geteuid()), 1);
    }

    void whatAKilledDaemonLeftIsReplacedAndSweptUp()
    {
        QVERIFY(makePrivateDir(directory()));
        leaveDeadSocket(directory() + u"/default.sock"_s);
        leaveDeadSocket(directory() + u"/other.sock"_s);
        QFile plain(directory() + u"/plain.sock"_s);
        QVERIFY(plain.open(QIODevice::WriteOnly));
        QLocalServer alive;
        QVERIFY(alive.listen(directory() + u"/alive.sock"_s));
        m_api->listen();
        QVERIFY(asked(place(m_api->token), {.path = "/status", .body = {}}).ok());
        QCOMPARE(QDir(directory()).entryList(QDir::System | QDir::Files, QDir::Name),
                 (QStringList{u"alive.sock"_s, u"default.sock"_s, u"plain.sock"_s}));
    }

    void itGoesWithTheServerUnlessItIsSomebodyElsesByThen()
    {
        m_api->listen();
        const QString file = m_api->server.socketFile();
        m_api->server.close();
        QVERIFY(!QFileInfo::exists(file));
        QVERIFY(!listensAt(file));

        ApiFixture other;
        other.listen();
        const QString taken = other.server.socketFile();
        QVERIFY(QFile::remove(taken));
        QLocalServer successor;
        QVERIFY(successor.listen(taken));
        other.server.close();
        QVERIFY(QFileInfo::exists(taken));
    }

    void aPathThatNoAddressHoldsLeavesThePort()
    {
        m_api->steering.snapshot.name = QString(100, u'x');
        m_api->listen();
        QVERIFY(m_api->server.socketFile().isEmpty());
        QCOMPARE(m_api->ask("GET", "/status").status, 200);
    }

    void clientsOfThePortTakeNoPlaceOfIt()
    {
        m_api = std::make_unique<ApiFixture>(ApiOptions{.limits = {.connections = 2, .connectionsOfLoopback = 2}});
        m_api->listen();
        RawClient one(m_api->server.port());
        RawClient two(m_api->server.port());
        for (RawClient *stream : {&one, &two}) {
            stream->send("GET /events HTTP/1.1\r\nHost: " + m_api->host() + "\r\nAuthorization: Bearer " + m_api->token
                         + "\r\n\r\n");
            QVERIFY(stream->waitFor("text/event-stream"));
        }
        QCOMPARE(m_api->ask("GET", "/health").status, 503);
        QVERIFY(asked(place(m_api->token), {.path = "/status", .body = {}}).ok());
    }
};

QTEST_GUILESS_MAIN(TestApiSocket)
#include "tst_apisocket.moc"
