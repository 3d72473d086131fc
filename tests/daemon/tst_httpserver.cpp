#include "daemon/http/httpserver.h"
#include "tests/support/rawclient.h"

#include <QElapsedTimer>
#include <QTest>

#include <memory>

#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace std::chrono_literals;

namespace {

/// Answers "/now…" at once with the target and body; keeps every other request for the test to answer.
class Desk final : public HttpHandler
{
public:
    std::optional<HttpResponse> refuse(const IncomingRequest &head) override
    {
        return head.target == "/no" ? std::optional(HttpResponse{.status = 403}) : std::nullopt;
    }
    void handle(const IncomingRequest &request, Responder responder) override
    {
        if (request.target.startsWith("/now"))
            responder.send({.contentType = "text/plain", .body = request.target + request.body});
        else if (request.target == "/big")
            responder.send({.body = QByteArray(64 << 20, 'x')});
        else if (request.target == "/stream")
            stream = responder.stream("text/event-stream");
        else if (request.target != "/forget")
            waiting.push_back(std::move(responder));
    }
    HttpResponse errorResponse(int status) const override { return {.status = status, .body = "refused"}; }
    void answered(int status) override { statuses.append(status); }

    std::vector<Responder> waiting;
    std::optional<EventChannel> stream;
    QList<int> statuses;
};

QByteArray get(const QByteArray &target, const QByteArray &fields = {})
{
    return "GET " + target + " HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n";
}

} // namespace

class TestHttpServer : public QObject
{
    Q_OBJECT

    Desk m_desk;
    std::unique_ptr<HttpServer> m_server;

    quint16 serve(const HttpLimits &limits = {})
    {
        m_server = std::make_unique<HttpServer>(m_desk, limits);
        if (!m_server->listen(QHostAddress::LocalHost, 0).ok())
            qFatal("cannot listen");
        return m_server->port();
    }

private Q_SLOTS:
    void cleanup()
    {
        m_server.reset();
        m_desk.waiting.clear();
        m_desk.stream.reset();
        m_desk.statuses.clear();
    }

    void aConnectionServesManyRequests()
    {
        RawClient client(serve());
        for (int i = 0; i < 3; ++i) {
            client.send(get("/now"));
            const auto answer = client.answer();
            QVERIFY(answer.has_value());
            QCOMPARE(answer->status, 200);
            QCOMPARE(answer->body, "/now");
            QCOMPARE(answer->fields["x-content-type-options"], "nosniff");
            QCOMPARE(answer->fields["cache-control"], "no-store");
        }
    }

    void pipelinedRequestsAreAnsweredInOrder()
    {
        RawClient client(serve());
        client.send(get("/slow") + get("/now1") + get("/now2"));
        QTRY_COMPARE(m_desk.waiting.size(), 1U);
        QVERIFY(client.input().isEmpty());
        m_desk.waiting.front().send({.body = "slow"});
        QCOMPARE(client.answer()->body, "slow");
        QCOMPARE(client.answer()->body, "/now1");
        QCOMPARE(client.answer()->body, "/now2");
    }

    void oneRequestOfAConnectionIsAtWorkAtATime()
    {
        RawClient client(serve());
        client.send(get("/slow") + get("/slow"));
        QTRY_COMPARE(m_desk.waiting.size(), 1U);
        RawClient other(m_server->port());
        other.send(get("/now"));
        QVERIFY(other.answer().has_value()); // the loop went round: the second one would have come by now
        QCOMPARE(m_desk.waiting.size(), 1U);
    }

    void anAnswerForAClientThatHasGoneDoesNothing()
    {
        auto client = std::make_unique<RawClient>(serve());
        client->send(get("/slow"));
        QTRY_COMPARE(m_desk.waiting.size(), 1U);
        client.reset();
        QTRY_COMPARE(m_server->connections(), 0);
        QVERIFY(m_desk.waiting.front().isGone());
        m_desk.waiting.front().send({.body = "late"});
        QVERIFY(!m_desk.waiting.front().stream("text/event-stream"));
        QVERIFY(m_desk.statuses.isEmpty());
    }

    void anAnswerAfterTheServerHasGoneDoesNothing()
    {
        RawClient client(serve());
        client.send(get("/slow"));
        QTRY_COMPARE(m_desk.waiting.size(), 1U);
        m_server.reset();
        m_desk.waiting.front().send({.body = "late"});
        QVERIFY(client.isClosed());
    }

    void theSecondAnswerIsNotSent()
    {
        RawClient client(serve());
        client.send(get("/slow"));
        QTRY_COMPARE(m_desk.waiting.size(), 1U);
        m_desk.waiting.front().send({.body = "one"});
        m_desk.waiting.front().send({.body = "two"});
        QCOMPARE(client.answer()->body, "one");
        client.send(get("/now"));
        QCOMPARE(client.answer()->body, "/now");
    }

    void aForgottenRequestIsAnswered500()
    {
        RawClient client(serve());
        client.send(get("/forget"));
        QCOMPARE(client.answer()->status, 500);
    }

    void headSendsFieldsAlone()
    {
        RawClient client(serve());
        client.send("HEAD /now HTTP/1.1\r\nHost: x\r\n\r\n" + get("/now2"));
        const auto head = client.answer(true);
        QCOMPARE(head->fields["content-length"], "4");
        QCOMPARE(client.answer()->body, "/now2");
    }

    void oldClientsAreAnsweredAndClosed()
    {
        RawClient client(serve());
        client.send("GET /now HTTP/1.0\r\nHost: x\r\n\r\n");
        QCOMPARE(client.answer()->body, "/now");
        QVERIFY(client.isClosed());
    }

    void closeIsHonoured()
    {
        RawClient client(serve());
        client.send(get("/now", "Connection: close\r\n"));
        const auto answer = client.answer();
        QCOMPARE(answer->fields["connection"], "close");
        QVERIFY(client.isClosed());
    }

    void aBodyIsAskedForWhenTheClientWaits()
    {
        RawClient client(serve());
        client.send("POST /now HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
        QCOMPARE(client.answer()->status, 100);
        client.send("abc");
        QCOMPARE(client.answer()->body, "/nowabc");
        client.send("POST /now HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: magic\r\n\r\n");
        QCOMPARE(client.answer()->status, 417);
    }

    void aRefusedBodyIsNotAskedFor()
    {
        RawClient client(serve());
        client.send("POST /no HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
        QCOMPARE(client.answer()->status, 403);
        QVERIFY(client.isClosed());
    }

    void aRefusalWithoutBodyKeepsTheConnection()
    {
        RawClient client(serve());
        client.send(get("/no") + get("/now"));
        QCOMPARE(client.answer()->status, 403);
        QCOMPARE(client.answer()->body, "/now");
    }

    void aLargeBodyIsRefusedBeforeItComes()
    {
        RawClient client(serve());
        client.send("POST /now HTTP/1.1\r\nHost: x\r\nContent-Length: 1073741824\r\n\r\n");
        QCOMPARE(client.answer()->status, 413);
        client.send(QByteArray(1 << 20, 'x')); // a client that sends all the same still gets to see the answer
        QVERIFY(client.isClosed());
    }

    void aRefusalArrivesThoughTheClientKeepsSending()
    {
        RawClient client(serve());
        client.send("GET / HTTP/1.1\r\nHost: x\r\nX: " + QByteArray(3 << 20, 'x'));
        QCOMPARE(client.answer()->status, 431);
    }

    void errorsEndTheConnection()
    {
        RawClient client(serve());
        client.send("GET / HTTP/1.1\r\nHost : x\r\n\r\n" + get("/now"));
        const auto answer = client.answer();
        QCOMPARE(answer->status, 400);
        QCOMPARE(answer->fields["connection"], "close");
        QVERIFY(client.isClosed());
        QVERIFY(client.input().isEmpty());
        QCOMPARE(m_desk.statuses, QList<int>{400});
    }

    void aSlowHeadIsCut()
    {
        RawClient client(serve({.headTime = 100ms}));
        client.send("GET / HT");
        QCOMPARE(client.answer()->status, 408);
        QVERIFY(client.isClosed());
    }

    void drippingDoesNotBuyTime()
    {
        RawClient client(serve({.headTime = 200ms}));
        QElapsedTimer time;
        time.start();
        while (client.input().isEmpty() && time.elapsed() < 5000) {
            client.send("X");
            QTest::qWait(20);
        }
        QCOMPARE(client.answer()->status, 408);
    }

    void aSilentConnectionIsClosedWithoutAWord()
    {
        RawClient client(serve({.headTime = 100ms}));
        QVERIFY(client.isClosed());
        QVERIFY(client.input().isEmpty());
    }

    void anIdleConnectionIsClosedWithoutAWord()
    {
        RawClient client(serve({.idleTime = 100ms}));
        client.send(get("/now"));
        QVERIFY(client.answer().has_value());
        QVERIFY(client.isClosed());
        QVERIFY(client.input().isEmpty());
    }

    void aSlowBodyIsCut()
    {
        RawClient client(serve({.rateGrace = 100ms}));
        client.send("POST /now HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\nx");
        QCOMPARE(client.answer()->status, 408);
    }

    void aBodyHasAnEnd()
    {
        RawClient client(serve({.bodyRate = 0, .bodyTime = 150ms, .rateGrace = 50ms}));
        client.send("POST /now HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\nx");
        QCOMPARE(client.answer()->status, 408);
    }

    void aClientThatDoesNotReadIsCut()
    {
        RawClient client(serve({.writeTime = 200ms}));
        client.socket().setReadBufferSize(1024);
        client.socket().disconnect();
        client.send(get("/big"));
        QTRY_COMPARE(m_server->connections(), 1);
        QTRY_COMPARE(m_server->connections(), 0);
    }

    void aShortageOfDescriptorsEndsNothingButItself()
    {
        const quint16 port = serve();
        const int client = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        rlimit before{};
        QCOMPARE(::getrlimit(RLIMIT_NOFILE, &before), 0);
        const rlimit few{.rlim_cur = 128, .rlim_max = before.rlim_max};
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &few), 0);
        std::vector<int> taken;
        for (int one = ::dup(client); one >= 0; one = ::dup(client))
            taken.push_back(one);
        const bool connected = ::connect(client, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents); // the server fails to accept
        for (const int one : taken)
            ::close(one);
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &before), 0);
        QVERIFY(connected);
        QCOMPARE(m_server->connections(), 0);
        QTRY_COMPARE(m_server->connections(), 1);
        ::close(client);
        RawClient other(port);
        other.send(get("/now"));
        QCOMPARE(other.answer()->body, "/now");
    }

    void whoSendsNoRequestGivesWayToNewcomers()
    {
        const quint16 port = serve({.connections = 4});
        std::vector<std::unique_ptr<RawClient>> silent;
        for (int i = 0; i < 12; ++i)
            silent.push_back(std::make_unique<RawClient>(port));
        QTRY_COMPARE(m_server->connections(), 4);
        RawClient client(port);
        client.send(get("/now"));
        QCOMPARE(client.answer()->status, 200);
        QVERIFY(silent.front()->isClosed());
    }

    void oneAddressHasItsShareAlone()
    {
        const quint16 port = serve({.connections = 10, .connectionsOfLoopback = 2});
        RawClient one(port);
        RawClient two(port);
        one.send(get("/slow"));
        two.send(get("/slow"));
        QTRY_COMPARE(m_desk.waiting.size(), 2U);
        RawClient third(port);
        QCOMPARE(third.answer()->status, 503);
        QCOMPARE(m_server->connections(), 2);
    }

    void newcomersAreTurnedAwayWhenEveryPlaceWorks()
    {
        const quint16 port = serve({.connections = 2});
        RawClient one(port);
        RawClient two(port);
        one.send(get("/slow"));
        two.send(get("/slow"));
        QTRY_COMPARE(m_desk.waiting.size(), 2U);
        RawClient third(port);
        QCOMPARE(third.answer()->status, 503);
        QVERIFY(third.isClosed());
        m_desk.waiting.front().send({.body = "done"});
        RawClient fourth(port);
        fourth.send(get("/now"));
        QCOMPARE(fourth.answer()->status, 200);
    }

    void aStreamGoesOnUntilTheClientLeaves()
    {
        auto client = std::make_unique<RawClient>(serve());
        client->send(get("/stream"));
        QTRY_VERIFY(m_desk.stream.has_value());
        QVERIFY(m_desk.stream->write("data: 1\n\n"));
        QVERIFY(client->waitFor("data: 1\n\n"));
        client->send("whatever");
        QVERIFY(m_desk.stream->write("data: 2\n\n"));
        QVERIFY(client->waitFor("data: 2\n\n"));
        client.reset();
        QTRY_VERIFY(!m_desk.stream->write("data: 3\n\n"));
        QCOMPARE(m_server->connections(), 0);
    }

    void aStreamWhoseClientDoesNotReadIsCut()
    {
        RawClient client(serve({.streamQueue = 64 * 1024}));
        client.send(get("/stream"));
        QTRY_VERIFY(m_desk.stream.has_value());
        client.socket().disconnect(); // nobody takes what comes
        client.socket().setReadBufferSize(1);
        const QByteArray piece(16 * 1024, 'x');
        const auto isCut = [&] { // the system takes some megabytes before it says no
            for (int i = 0; i < 100; ++i) {
                if (!m_desk.stream->write(piece))
                    return true;
            }
            return false;
        };
        QTRY_VERIFY(isCut());
        QVERIFY(!m_desk.stream->isOpen());
    }
};

QTEST_GUILESS_MAIN(TestHttpServer)
#include "tst_httpserver.moc"
