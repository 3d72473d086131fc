#include "core/inference/inferenceclient.h"

#include "tests/support/fakemodelserver.h"
#include "tests/support/wireshapes.h"

#include <QTcpServer>
#include <QTest>

#include <atomic>
#include <thread>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace AutoCommit;
using namespace AutoCommit::Wire;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

ChatRequest question(const char *text = "what changed?")
{
    return {.model = u"m"_s,
            .messages = {{ChatMessage::Role::System, RedactedText::ownWords("be brief")},
                         {ChatMessage::Role::User, RedactedText::ownWords(text)}}};
}

/// Deadlines nobody reaches but the one a test scales down.
InferenceOptions optionsFor(const QStringList &urls)
{
    InferenceOptions options{.baseUrls = urls};
    options.deadlines
        = {.connect = 20s, .queue = 20s, .interactiveQueue = 20s, .idle = 20s, .total = 40s, .loading = 20s};
    options.backoff = 1ms;
    options.loadingPoll = 1ms;
    return options;
}

InferenceOptions optionsFor(const FakeModelServer &server)
{
    return optionsFor({server.baseUrl()});
}

QString textOrError(const Result<ChatReply> &result)
{
    return result ? result->text : u"! "_s + errorKindName(result.error().kind);
}

QString ask(InferenceClient &client, const ChatRequest &request = question())
{
    return textOrError(client.complete(request, CancelToken()));
}

/// A port that nobody listens on.
QString deadUrl()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return u"http://127.0.0.1:%1"_s.arg(server.serverPort());
}

/// Takes connections into a backlog of none and never accepts: a connect stays without an answer.
class FullListener
{
public:
    FullListener()
        : m_fd(::socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto *generic = reinterpret_cast<sockaddr *>(&address); // NOLINT: the sockets API
        ::bind(m_fd, generic, size);
        ::listen(m_fd, 0);
        ::getsockname(m_fd, generic, &size);
        port = ntohs(address.sin_port);
        for (int &fd : m_clients) {
            fd = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
            ::connect(fd, generic, size);
        }
    }
    ~FullListener()
    {
        for (const int fd : m_clients)
            ::close(fd);
        ::close(m_fd);
    }
    FullListener(const FullListener &) = delete;
    FullListener &operator=(const FullListener &) = delete;

    int port = 0;

private:
    int m_fd;
    std::array<int, 4> m_clients{};
};

} // namespace

class TestInferenceClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aWholeAnswerIsTakenFromEveryShape_data()
    {
        QTest::addColumn<WireScript>("script");
        const QByteArray text = roleEvent() + textEvent(u"größer"_s);
        const QByteArray all = text + finishEvent() + usageEvent(40, 3) + doneEvent();
        QTest::newRow("as llama.cpp") << answer(u"größer"_s);
        QTest::newRow("in one object") << wholeAnswer(u"größer"_s);
        QTest::newRow("CR LF") << stream({QByteArray(all).replace("\n", "\r\n")});
        QTest::newRow("thinking first") << stream({thinkingEvent(u"hm"_s), all});
        QTest::newRow("pings") << stream({":\n\n", text, ":\n\n", finishEvent(), ":\n\n", doneEvent()});
        QTest::newRow("no end mark, connection stays open")
            << WireScript{send(streamHead()), send(chunk(text + finishEvent()))};
        QTest::newRow("body without length, ended by closing")
            << WireScript{send(head(200, "text/event-stream")), send(all), close()};
        QTest::newRow("wrong content type")
            << WireScript{send(head(200, "text/html", "Connection: close\r\n")), send(all), close()};
        QTest::newRow("closed without the last chunk") << WireScript{send(streamHead()), send(chunk(all)), close()};
        WireScript drip{send(streamHead())};
        for (const char byte : all)
            drip << send(chunk(QByteArray(1, byte)));
        QTest::newRow("a byte a chunk") << drip;
    }
    void aWholeAnswerIsTakenFromEveryShape()
    {
        QFETCH(WireScript, script);
        FakeModelServer server;
        server.onChat(script);
        InferenceOptions options = optionsFor(server);
        const auto client = makeInferenceClient(options);
        QCOMPARE(ask(*client), u"größer"_s);
        QCOMPARE(server.chats().size(), 1);
    }

    void bytesMayComeInAnyPieces()
    {
        QByteArray wire = streamHead();
        const QList<QByteArray> events{roleEvent(), textEvent(u"größer \U0001F600"_s), finishEvent(), doneEvent()};
        for (const QByteArray &event : events)
            wire += chunk(event);
        wire += lastChunk();
        FakeModelServer server;
        WireScript drip;
        for (const char byte : wire)
            drip << send(QByteArray(1, byte)) << pause(0ms);
        server.onChat(drip);
        const auto client = makeInferenceClient(optionsFor(server));
        QCOMPARE(ask(*client), u"größer \U0001F600"_s);
    }

    void whatIsNoAnswerIsAnError_data()
    {
        QTest::addColumn<WireScript>("script");
        QTest::addColumn<QString>("expected");
        QTest::addColumn<int>("requests");
        const QByteArray text = roleEvent() + textEvent(u"fix: half"_s);
        const QString unavailable = u"! model-unavailable"_s;
        const QString refused = u"! model-refused"_s;
        QTest::newRow("cut stream, clean end") << stream({text}) << unavailable << 2;
        QTest::newRow("cut stream, end mark") << stream({text, doneEvent()}) << unavailable << 2;
        QTest::newRow("cut stream, FIN") << WireScript{send(streamHead()), send(chunk(text)), close()} << unavailable
                                         << 2;
        QTest::newRow("cut stream, RST") << WireScript{send(streamHead()), send(chunk(text)), pause(5ms), reset()}
                                         << unavailable << 2;
        QTest::newRow("short body") << WireScript{send(head(200, "application/json", "Content-Length: 999\r\n")),
                                                  send("{\"choices\""), close()}
                                    << unavailable << 2;
        QTest::newRow("error in the stream")
            << stream({text, errorEvent(500, "boom", "server_error")}) << unavailable << 2;
        QTest::newRow("500") << error(500, R"({"error":{"message":"boom"}})") << unavailable << 2;
        QTest::newRow("template") << error(500, R"({"error":{"message":"Jinja Exception: roles must alternate"}})")
                                  << refused << 1;
        QTest::newRow("closed at once") << WireScript{close()} << unavailable << 3;
        QTest::newRow("reset at once") << WireScript{reset()} << unavailable << 3;
        QTest::newRow("busy") << error(503, R"({"error":"server busy"})") << unavailable << 3;
        QTest::newRow("HTML for an error") << error(502, "<html>bad gateway</html>") << unavailable << 3;
        QTest::newRow("web page") << error(200, "<!DOCTYPE html><p>hello</p>") << u"! config"_s << 1;
        QTest::newRow("redirect") << error(302, "", "Location: http://127.0.0.1:9/\r\n") << u"! config"_s << 1;
        QTest::newRow("key") << error(401, R"({"error":{"message":"Invalid API Key","code":401}})")
                             << u"! auth-failed"_s << 1;
        QTest::newRow("model missing") << error(404, R"({"error":{"message":"model not found"}})") << u"! config"_s
                                       << 1;
        QTest::newRow("overflow") << error(
            400, R"({"error":{"type":"exceed_context_size_error","n_prompt_tokens":900,"n_ctx":512}})")
                                  << u"! context-overflow"_s << 1;
        QTest::newRow("string error in a stream")
            << stream({"event: error\ndata: {\"error\":\"n_keep: 900>= n_ctx: 512\"}\n\n"}) << u"! context-overflow"_s
            << 1;
        QTest::newRow("refused for good") << error(400, R"({"error":{"message":"bad thing"}})") << refused << 1;
        QTest::newRow("empty body") << error(415, "") << refused << 1;
        QTest::newRow("endless answer") << stream(QList<QByteArray>(40, textEvent(QString(1000, u'x')))) << refused
                                        << 1;
    }
    void whatIsNoAnswerIsAnError()
    {
        QFETCH(WireScript, script);
        QFETCH(int, requests);
        FakeModelServer server;
        server.setResponder([script](const SeenRequest &) { return script; });
        const auto client = makeInferenceClient(optionsFor(server));
        QTEST(ask(*client), "expected");
        QCOMPARE(server.chats().size(), requests);
    }

    void theNetworkLayerSendsAPostOnce()
    {
        FakeModelServer server;
        server.setResponder([](const SeenRequest &) { return WireScript{close()}; });
        InferenceOptions options = optionsFor(server);
        options.rounds = 1;
        options.breakerFailures = 1000;
        const auto client = makeInferenceClient(options);
        for (int i = 1; i <= 10; ++i) {
            QCOMPARE(ask(*client), u"! model-unavailable"_s);
            QCOMPARE(server.chats().size(), i);
        }
    }

    void aFailureThatPassesIsTriedAgain()
    {
        FakeModelServer server;
        server.onChat(error(503, R"({"error":"server busy"})"));
        server.onChat(WireScript{close()});
        server.onChat(answer(u"third"_s));
        const auto client = makeInferenceClient(optionsFor(server));
        const Result<ChatReply> reply = client->complete(question(), CancelToken());
        QCOMPARE(textOrError(reply), u"third"_s);
        QCOMPARE(reply->requests, 3);
    }

    void retryAfterBeyondTheTimeThereIsEndsTheCall()
    {
        FakeModelServer server;
        server.onChat(error(429, "{}", "Retry-After: 120\r\n"));
        const auto client = makeInferenceClient(optionsFor(server));
        QCOMPARE(ask(*client), u"! model-unavailable"_s);
        QCOMPARE(server.chats().size(), 1);
    }

    void retryAfterIsWaitedFor()
    {
        FakeModelServer server;
        server.onChat(error(429, "{}", "Retry-After: 1\r\n"));
        const auto client = makeInferenceClient(optionsFor(server));
        const auto start = std::chrono::steady_clock::now();
        QCOMPARE(ask(*client), u"ok"_s);
        QVERIFY(std::chrono::steady_clock::now() - start >= 1s);
    }

    void aLoadingModelIsWaitedForWithoutUsingUpTries()
    {
        FakeModelServer server;
        const QByteArray loading = R"({"error":{"message":"Loading model","type":"unavailable_error","code":503}})";
        for (int i = 0; i < 6; ++i)
            server.onChat(error(503, loading));
        InferenceOptions options = optionsFor(server);
        options.rounds = 1;
        const auto client = makeInferenceClient(options);
        QCOMPARE(ask(*client), u"ok"_s);
        QCOMPARE(server.chats().size(), 7);
    }

    void everyDeadlineEndsTheCallItself_data()
    {
        QTest::addColumn<WireScript>("script");
        QTest::addColumn<QString>("which");
        const QByteArray text = roleEvent() + textEvent(u"fix: half"_s);
        QTest::newRow("no headers") << silence() << u"queue"_s;
        QTest::newRow("half a header") << WireScript{send("HTTP/1.1 200 OK\r\nConte")} << u"queue"_s;
        QTest::newRow("silent after the headers") << WireScript{send(streamHead())} << u"idle"_s;
        QTest::newRow("silent in the middle") << WireScript{send(streamHead()), send(chunk(text))} << u"idle"_s;
        QTest::newRow("silent inside an error body")
            << WireScript{send(head(500, "application/json", "Content-Length: 100\r\n")), send("{\"error\"")}
            << u"idle"_s;
        WireScript drip{send(streamHead())};
        for (int i = 0; i < 400; ++i)
            drip << send(chunk(":\n\n")) << pause(5ms);
        QTest::newRow("pings for ever") << drip << u"total"_s;
    }
    void everyDeadlineEndsTheCallItself()
    {
        QFETCH(WireScript, script);
        QFETCH(QString, which);
        FakeModelServer server;
        server.setResponder([script](const SeenRequest &) { return script; });
        InferenceOptions options = optionsFor(server);
        options.rounds = 1;
        if (which == u"queue"_s)
            options.deadlines.queue = 50ms;
        else if (which == u"idle"_s)
            options.deadlines.idle = 50ms;
        else
            options.deadlines.total = 300ms;
        const auto client = makeInferenceClient(options);
        QCOMPARE(ask(*client), u"! timeout"_s);
        QVERIFY(server.awaitDisconnects(1));
    }

    void aServerThatDoesNotAcceptEndsTheConnectDeadline()
    {
        const FullListener listener;
        InferenceOptions options = optionsFor({u"http://127.0.0.1:%1"_s.arg(listener.port)});
        options.deadlines.connect = 50ms;
        options.rounds = 1;
        const auto client = makeInferenceClient(options);
        const Result<ChatReply> reply = client->complete(question(), CancelToken());
        QCOMPARE(textOrError(reply), u"! timeout"_s);
        QVERIFY2(reply.error().message.contains(u"accept"_s), qPrintable(reply.error().message));
    }

    void aPersonWaitsLessThanTheSweep()
    {
        FakeModelServer server;
        server.onChat(silence());
        InferenceOptions options = optionsFor(server);
        options.rounds = 1;
        options.deadlines.interactiveQueue = 50ms;
        const auto client = makeInferenceClient(options);
        ChatRequest request = question();
        request.requestClass = RequestClass::Interactive;
        QCOMPARE(ask(*client, request), u"! timeout"_s);
    }

    void cancellingClosesTheConnectionAndLetsTheNextOneGo_data()
    {
        QTest::addColumn<WireScript>("script");
        QTest::newRow("queued at the server") << silence();
        QTest::newRow("in the middle of the answer")
            << WireScript{send(streamHead()), send(chunk(roleEvent() + textEvent(u"x"_s)))};
    }
    void cancellingClosesTheConnectionAndLetsTheNextOneGo()
    {
        QFETCH(WireScript, script);
        FakeModelServer server;
        server.onChat(script);
        const auto client = makeInferenceClient(optionsFor(server));
        CancelToken cancel;
        QString outcome;
        std::thread worker([&] { outcome = textOrError(client->complete(question(), cancel)); });
        QVERIFY(server.awaitChats(1));
        cancel.cancel();
        worker.join();
        QCOMPARE(outcome, u"! cancelled"_s);
        QVERIFY(server.awaitDisconnects(1));
        QCOMPARE(ask(*client), u"ok"_s);
    }

    void shutdownEndsCallsThatWaitAnywhere()
    {
        FakeModelServer server;
        server.setResponder([](const SeenRequest &) { return silence(); });
        auto client = makeInferenceClient(optionsFor(server));
        std::atomic_int cancelled = 0;
        std::vector<std::thread> workers;
        for (int i = 0; i < 4; ++i) // one at the server, three in our queue
            workers.emplace_back([&] { cancelled += ask(*client) == u"! cancelled"_s ? 1 : 0; });
        QVERIFY(server.awaitChats(1));
        client->shutdown();
        for (std::thread &worker : workers)
            worker.join();
        QCOMPARE(cancelled.load(), 4);
        QCOMPARE(ask(*client), u"! cancelled"_s);
        client.reset();
        QVERIFY(server.awaitDisconnects(1));
    }

    void theDestructorDoesNotWaitForTheServer()
    {
        FakeModelServer server;
        server.setResponder([](const SeenRequest &) { return silence(); });
        auto client = makeInferenceClient(optionsFor(server));
        QString outcome;
        std::thread worker([&, raw = client.get()] { outcome = ask(*raw); });
        QVERIFY(server.awaitChats(1));
        client.reset();
        worker.join();
        QCOMPARE(outcome, u"! cancelled"_s);
    }

    void oneRequestAtATimeReachesAServer()
    {
        FakeModelServer server;
        std::atomic_int running = 0;
        std::atomic_int most = 0;
        server.setResponder([&](const SeenRequest &) {
            most = std::max(most.load(), ++running);
            --running;
            return answer(u"ok"_s);
        });
        server.onChat(WireScript{hold()} + answer(u"held"_s));
        const auto client = makeInferenceClient(optionsFor(server));
        std::vector<std::thread> workers;
        for (int i = 0; i < 6; ++i)
            workers.emplace_back([&] { ask(*client); });
        QVERIFY(server.awaitChats(1));
        // All six are on their way, one has been sent, and none will be before that one is answered.
        QCOMPARE(server.chats().size(), 1);
        server.release();
        for (std::thread &worker : workers)
            worker.join();
        QCOMPARE(server.chats().size(), 6);
        QCOMPARE(most.load(), 1);
    }

    void anotherServerStepsIn_data()
    {
        QTest::addColumn<WireScript>("script");
        QTest::newRow("busy") << error(503, R"({"error":"server busy"})");
        QTest::newRow("closes") << WireScript{close()};
        QTest::newRow("no such model") << error(404, R"({"error":{"message":"model not found"}})");
        QTest::newRow("wants a key") << error(401, "{}");
        QTest::newRow("something else") << error(200, "<html></html>");
    }
    void anotherServerStepsIn()
    {
        QFETCH(WireScript, script);
        FakeModelServer first;
        first.setResponder([script](const SeenRequest &) { return script; });
        FakeModelServer second;
        const auto client = makeInferenceClient(optionsFor({deadUrl(), first.baseUrl(), second.baseUrl()}));
        const Result<ChatReply> reply = client->complete(question(), CancelToken());
        QCOMPARE(textOrError(reply), u"ok"_s);
        QCOMPARE(reply->server, second.baseUrl());
    }

    void aServerThatKeepsFailingIsLeftAlone()
    {
        FakeModelServer server;
        server.setResponder([](const SeenRequest &) { return WireScript{close()}; });
        InferenceOptions options = optionsFor(server);
        options.rounds = 1;
        options.breakerFailures = 2;
        options.breakerOpen = 1h;
        const auto client = makeInferenceClient(options);
        for (int i = 0; i < 5; ++i)
            QCOMPARE(ask(*client), u"! model-unavailable"_s);
        QCOMPARE(server.chats().size(), 2);
        ChatRequest other = question();
        other.model = u"another"_s;
        ask(*client, other);
        QCOMPARE(server.chats().size(), 3);
    }

    void afterAWhileItIsTriedAgain()
    {
        FakeModelServer server;
        server.onChat(WireScript{close()});
        InferenceOptions options = optionsFor(server);
        options.rounds = 1;
        options.breakerFailures = 1;
        options.breakerOpen = 1ms;
        const auto client = makeInferenceClient(options);
        QCOMPARE(ask(*client), u"! model-unavailable"_s);
        QTRY_COMPARE(ask(*client), u"ok"_s);
    }

    void aServerThatIsHeardFromIsNoLongerLeftAlone()
    {
        FakeModelServer server;
        server.onPath("/v1/models", error(200, R"({"data":[{"id":"m"}]})"));
        server.onChat(WireScript{close()});
        InferenceOptions options = optionsFor(server);
        options.rounds = 1;
        options.breakerFailures = 1;
        options.breakerOpen = 1h;
        const auto client = makeInferenceClient(options);
        ask(*client);
        QCOMPARE(ask(*client), u"! model-unavailable"_s);
        client->survey(u"m"_s, CancelToken());
        QCOMPARE(ask(*client), u"ok"_s);
    }

    void whoIsNotPatientAsksAClosedPortOnce()
    {
        InferenceOptions options = optionsFor({deadUrl()});
        options.backoff = 30s;
        const auto client = makeInferenceClient(options);
        ChatRequest request = question();
        request.patient = false;
        request.total = 20s; // a second round would begin after this
        QCOMPARE(ask(*client, request), u"! model-unavailable"_s);
    }

    void aRestartedServerIsFoundAgain()
    {
        FakeModelServer server;
        const auto client = makeInferenceClient(optionsFor(server));
        QCOMPARE(ask(*client), u"ok"_s);
        server.stop();
        QCOMPARE(ask(*client), u"! model-unavailable"_s);
        server.listen();
        QCOMPARE(ask(*client), u"ok"_s);
    }

    void aServerKilledInTheMiddleIsAskedAgainAfterItsReturn()
    {
        FakeModelServer server;
        server.onChat(WireScript{send(streamHead()), send(chunk(roleEvent()))});
        InferenceOptions options = optionsFor(server);
        options.backoff = 200ms;
        const auto client = makeInferenceClient(options);
        QString outcome;
        std::thread worker([&] { outcome = ask(*client); });
        QVERIFY(server.awaitChats(1));
        server.stop();
        server.listen();
        worker.join();
        QCOMPARE(outcome, u"ok"_s);
    }

    void whatAServerRefusesIsLeftOutFromThenOn()
    {
        FakeModelServer server;
        server.setResponder([](const SeenRequest &request) {
            const QJsonObject json = request.json();
            if (json["priority"_L1].isString())
                return error(422, R"({"detail":[{"loc":["body","priority"],"msg":"value is not a valid integer"}]})");
            if (json.contains("response_format"_L1))
                return error(400, R"({"error":"'response_format.type' must be 'text'"})");
            return answer(u"plain"_s);
        });
        const auto client = makeInferenceClient(optionsFor(server));
        ChatRequest request = question();
        request.schema = RedactedText::ownWords(R"({"type":"object"})");
        const Result<ChatReply> first = client->complete(request, CancelToken());
        QCOMPARE(textOrError(first), u"plain"_s);
        QCOMPARE(first->requests, 3);
        QVERIFY(!first->schemaApplied);
        const Result<ChatReply> second = client->complete(request, CancelToken());
        QCOMPARE(second->requests, 1);
        QCOMPARE(server.chats().last().json()["priority"_L1].toInt(), 100);
    }

    void aPromptThatWasCutSilentlyIsAnOverflow()
    {
        FakeModelServer server;
        server.onChat(answer(u"fix: something"_s, "stop", 400));
        const auto client = makeInferenceClient(optionsFor(server));
        ChatRequest request = question();
        request.expectedPromptTokens = 1000;
        QCOMPARE(ask(*client, request), u"! context-overflow"_s);
    }

    void thinkingIsNeverTheAnswer()
    {
        FakeModelServer server;
        server.onChat(stream({roleEvent(), thinkingEvent(u"fix: perhaps"_s), finishEvent(), doneEvent()}));
        const auto client = makeInferenceClient(optionsFor(server));
        const Result<ChatReply> reply = client->complete(question(), CancelToken());
        QVERIFY(reply.ok());
        QCOMPARE(reply->text, QString());
        QVERIFY(reply->thinkingBytes > 0);
    }

    void theKeyGoesIntoTheHeaderAndNowhereElse()
    {
        FakeModelServer server;
        server.setResponder(
            [](const SeenRequest &) { return error(401, R"({"error":{"message":"Invalid API Key"}})"); });
        InferenceOptions options = optionsFor(server);
        options.apiKey = "sk-not-for-logs\n";
        const auto client = makeInferenceClient(options);
        const Result<ChatReply> reply = client->complete(question(), CancelToken());
        QCOMPARE(server.chats().first().headers.value("authorization"), "Bearer sk-not-for-logs"_ba);
        QVERIFY(!server.chats().first().body.contains("sk-not"));
        QVERIFY(!(reply.error().message + reply.error().detail).contains(u"sk-not"_s));
    }

    void credentialsInTheAddressAreNotShown()
    {
        const auto client = makeInferenceClient(optionsFor({deadUrl().replace(u"//"_s, u"//user:hunter2@"_s)}));
        const Result<ChatReply> reply = client->complete(question(), CancelToken());
        QVERIFY(!reply.error().message.contains(u"hunter2"_s));
    }

    void theEnvironmentsProxyIsNotUsed()
    {
        qputenv("http_proxy", "http://127.0.0.1:9");
        FakeModelServer server;
        const auto client = makeInferenceClient(optionsFor(server));
        QCOMPARE(ask(*client), u"ok"_s);
        qunsetenv("http_proxy");
    }

    void nothingIsStartedBeforeTheFirstQuestion()
    {
        FakeModelServer server;
        const auto client = makeInferenceClient(optionsFor(server));
        QCOMPARE(ask(*client, ChatRequest{}), u"! internal"_s);
        QVERIFY(server.requests().isEmpty());
    }

    void theContextSizeIsLearnedFromServerAndError()
    {
        FakeModelServer server;
        const QByteArray list = R"({"data":[{"id":"m","meta":{"n_ctx":8192}}]})";
        server.onPath("/v1/models", error(200, list));
        server.onPath("/props", error(200, R"({"default_generation_settings":{"n_ctx":4096}})"));
        const auto client = makeInferenceClient(optionsFor(server));
        QCOMPARE(client->facts(u"m"_s, CancelToken()).contextTokens, 4096);
        const qsizetype asked = server.requests().size();
        QCOMPARE(client->facts(u"m"_s, CancelToken()).contextTokens, 4096);
        QCOMPARE(server.requests().size(), asked);
        server.onChat(
            error(400, R"({"error":{"type":"exceed_context_size_error","n_prompt_tokens":900,"n_ctx":512}})"));
        ask(*client);
        QCOMPARE(client->facts(u"m"_s, CancelToken()).contextTokens, 512);
        QVERIFY(server.requests().size() > asked + 1);
    }

    void aSurveyTellsTheStates()
    {
        FakeModelServer ready;
        ready.onPath("/v1/models", error(200, R"({"data":[{"id":"m"}]})"));
        FakeModelServer loading;
        loading.onPath("/v1/models", error(503, R"({"error":{"message":"Loading model"}})"));
        FakeModelServer locked;
        locked.onPath("/v1/models", error(401, "{}"));
        FakeModelServer foreign;
        foreign.onPath("/v1/models", error(200, "<html></html>"));
        const auto client = makeInferenceClient(optionsFor(
            {ready.baseUrl() + u"/v1/"_s, loading.baseUrl(), locked.baseUrl(), foreign.baseUrl(), deadUrl()}));
        QList<ServerState> states;
        for (const ServerFacts &facts : client->survey(u"m"_s, CancelToken()))
            states.append(facts.state);
        using enum ServerState;
        QCOMPARE(states, (QList{Ready, Loading, Unauthorized, Foreign, Unreachable}));
    }
};

QTEST_GUILESS_MAIN(TestInferenceClient)
#include "tst_inferenceclient.moc"
