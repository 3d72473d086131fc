#include "core/model/modelwriter.h"

#include "tests/support/changes.h"
#include "tests/support/fakemodelserver.h"
#include "tests/support/wireshapes.h"

#include <QElapsedTimer>
#include <QTest>

#include <thread>

using namespace AutoCommit;
using namespace AutoCommit::Wire;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const auto goodAnswer
    = uR"({"type":"fix","scope":null,"breaking":false,"subject":"close the socket after a timeout","body":[]})"_s;
const ChangeSet smallChange{{edited("src/socket.cpp", {"return -1;"}, {"close(fd);", "return -1;"})}};
const ChangeSet largeChange{{edited("src/socket.cpp", manyLines(80, "old"), manyLines(80))}};

InferenceOptions optionsFor(const FakeModelServer &server)
{
    InferenceOptions options{.baseUrls = {server.baseUrl()}};
    options.deadlines
        = {.connect = 20s, .queue = 20s, .interactiveQueue = 20s, .idle = 20s, .total = 40s, .loading = 20s};
    options.backoff = 1ms;
    options.loadingPoll = 1ms;
    return options;
}

} // namespace

/// The writer over the wire: whatever a server does, a message or an error comes of it, in time.
class TestModelServer : public QObject
{
    Q_OBJECT

    const SystemClock m_clock;
    const SecretScanner m_scanner;

    ModelTerms terms(std::chrono::milliseconds time = 30s) const
    {
        return {.scanner = m_scanner, .until = m_clock.monotonic() + time};
    }
    QString describe(FakeModelServer &server, const ModelTerms &withTerms, const ChangeSet &change = smallChange)
    {
        const auto client = makeInferenceClient(optionsFor(server));
        const auto writer = makeModelWriter(*client, {u"t"_s, u"w"_s}, m_clock);
        const auto message = writer->describe({.change = change, .files = {0}}, withTerms);
        return message ? message->text->header() : u"! "_s + errorKindName(message.error().kind);
    }

private Q_SLOTS:
    void theSchemaGoesOutInItsOrder()
    {
        FakeModelServer server;
        server.onChat(answer(goodAnswer, "stop", 900));
        QCOMPARE(describe(server, terms()), u"fix: close the socket after a timeout"_s);
        const QByteArray body = server.chats().first().body;
        const qsizetype schema = body.indexOf("\"schema\":{");
        QVERIFY(schema > 0);
        qsizetype last = schema;
        for (const char *name : {"\"type\":{\"enum\"", "\"scope\":", "\"breaking\":", "\"subject\":", "\"body\":"}) {
            const qsizetype at = body.indexOf(name, schema);
            QVERIFY2(at > last, name);
            last = at;
        }
    }

    void whateverAServerDoesTheEndIsAMessageOrAnError_data()
    {
        QTest::addColumn<QList<WireScript>>("scripts");
        QTest::addColumn<QString>("end");
        const QString good = u"fix: close the socket after a timeout"_s;
        const WireScript jinja = error(
            500, R"({"error":{"code":500,"message":"Jinja Exception: roles must alternate","type":"server_error"}})");
        QTest::newRow("cut in the middle, then well") << QList<WireScript>{
            WireScript{send(streamHead()), send(chunk(roleEvent() + textEvent(u"{\"ty"_s))), close()},
            answer(goodAnswer, "stop", 900)} << good;
        QTest::newRow("an error in the stream, then well")
            << QList<WireScript>{stream({roleEvent(), errorEvent(500, "slot died", "server_error")}),
                                 answer(goodAnswer, "stop", 900)}
            << good;
        QTest::newRow("a template that raises") << QList<WireScript>{jinja} << u"! model-refused"_s;
        QTest::newRow("no schema here, in LM Studio's words")
            << QList<WireScript>{error(400, R"({"error":"'response_format.type' must be 'json_schema' or 'text'"})"),
                                 answer(u"fix: close the socket after a timeout"_s, "stop", 900)}
            << good;
        QTest::newRow("a wrong key") << QList<WireScript>{error(
            401, R"({"error":{"message":"Invalid API Key","code":401}})")}
                                     << u"! auth-failed"_s;
        QTest::newRow("thinking only, then well")
            << QList<WireScript>{stream({roleEvent(), thinkingEvent(u"hm"_s), finishEvent(), doneEvent()}),
                                 answer(goodAnswer, "stop", 900)}
            << good;
        QTest::newRow("cut by its limit, then well")
            << QList<WireScript>{answer(goodAnswer.left(30), "length", 900), answer(goodAnswer, "stop", 900)} << good;
        QTest::newRow("loading, then well") << QList<WireScript>{
            error(503, R"({"error":{"message":"Loading model","type":"unavailable_error","code":503}})"),
            answer(goodAnswer, "stop", 900)} << good;
    }
    void whateverAServerDoesTheEndIsAMessageOrAnError()
    {
        QFETCH(QList<WireScript>, scripts);
        QFETCH(QString, end);
        FakeModelServer server;
        for (const WireScript &script : scripts)
            server.onChat(script);
        const WireScript last = scripts.last();
        server.setResponder([last](const SeenRequest &) { return last; });
        QCOMPARE(describe(server, terms()), end);
    }

    void aServerThatHangsCostsNoMoreThanTheTerms()
    {
        FakeModelServer server;
        server.setResponder([](const SeenRequest &) { return silence(); });
        QCOMPARE(describe(server, terms(300ms)), u"! timeout"_s);
    }

    void aServerThatDoesNotEvenTellItsModelsCostsNoMoreEither()
    {
        FakeModelServer server;
        server.onPath("/v1/models", silence());
        server.setResponder([](const SeenRequest &) { return silence(); });
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(describe(server, terms(300ms)), u"! timeout"_s);
        QVERIFY(timer.elapsed() < 8000); // the usual patience with that question is ten seconds
    }

    void aCancelEndsTheQuestionAndFreesTheServer()
    {
        FakeModelServer server;
        server.setResponder([](const SeenRequest &) { return silence(); });
        ModelTerms cancellable = terms();
        const CancelToken cancel = cancellable.cancel;
        std::thread user([&] {
            server.awaitChats(1);
            cancel.cancel();
        });
        const QString end = describe(server, cancellable);
        user.join();
        QCOMPARE(end, u"! cancelled"_s);
        QVERIFY(server.awaitDisconnects(1));
    }

    void aServerKilledBetweenNotesAndMessageIsNoHarm()
    {
        FakeModelServer server;
        server.onChat(answer(u"- a\nINTENT: b\nTYPE: fix\n"_s, "stop", 2500));
        const auto client = makeInferenceClient(optionsFor(server));
        const auto writer = makeModelWriter(*client, {u"t"_s, u"w"_s}, m_clock);
        const MessageQuestion question{.change = largeChange, .files = {0}};
        const auto notes = writer->analyze(question, terms());
        QVERIFY(notes);
        server.stop();
        const auto message = writer->format(question, *notes, terms());
        QVERIFY(!message);
        QCOMPARE(message.error().kind, ErrorKind::ModelUnavailable);
        server.listen();
        server.onChat(answer(goodAnswer, "stop", 2500));
        QVERIFY(writer->format(question, *notes, terms()));
    }

    /// Same port, other program: it knows no schema, and says so as LM Studio does.
    void aServerReplacedInTheMiddleIsAskedInItsOwnWay()
    {
        FakeModelServer server;
        server.onChat(answer(u"- a\nINTENT: b\nTYPE: fix\n"_s, "stop", 2500));
        const auto client = makeInferenceClient(optionsFor(server));
        const auto writer = makeModelWriter(*client, {u"t"_s, u"w"_s}, m_clock);
        const MessageQuestion question{.change = largeChange, .files = {0}};
        const auto notes = writer->analyze(question, terms());
        QVERIFY(notes);
        server.stop();
        server.setResponder([](const SeenRequest &request) {
            return request.json().contains("response_format"_L1)
                ? error(400, R"({"error":"'response_format.type' must be 'text'"})")
                : answer(u"fix: close the socket after a timeout"_s, "stop", 2500);
        });
        server.listen();
        const auto message = writer->format(question, *notes, terms());
        QVERIFY(message && message->text);
        QCOMPARE(message->text->header(), u"fix: close the socket after a timeout"_s);
        const qsizetype asked = server.chats().size();
        QVERIFY(writer->format(question, *notes, terms()));
        QCOMPARE(server.chats().size(), asked + 1); // what it cannot do is known by now
    }

    void severalThreadsMayAsk()
    {
        FakeModelServer server;
        server.setResponder([](const SeenRequest &) { return answer(goodAnswer, "stop", 900); });
        const auto client = makeInferenceClient(optionsFor(server));
        const auto writer = makeModelWriter(*client, {{}, u"w"_s}, m_clock);
        std::atomic_int good = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 6; ++i)
            threads.emplace_back([&] {
                const auto message = writer->describe({.change = smallChange, .files = {0}}, terms());
                good += message && message->text ? 1 : 0;
            });
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(good.load(), 6);
        QCOMPARE(writer->spent().calls, 6);
    }
};

QTEST_GUILESS_MAIN(TestModelServer)
#include "tst_modelserver.moc"
