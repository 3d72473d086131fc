#include "core/model/modelwriter.h"

#include "tests/support/changes.h"

#include <QTest>

#include <thread>

using namespace AutoCommit;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Against a real server: AUTO_COMMIT_LIVE_COORDINATOR names its base URL. Any model will do, also one that talks
/// gibberish: what is checked is the protocol, the schema, the counting and the time.
class TestLiveModel : public QObject
{
    Q_OBJECT

    std::unique_ptr<InferenceClient> m_client;
    QString m_model;
    const SystemClock m_clock;
    const SecretScanner m_scanner;

    static ChatRequest question()
    {
        return {.messages = {{ChatMessage::Role::System, RedactedText("Be brief.")},
                             {ChatMessage::Role::User, RedactedText("Name a colour.")}},
                .maxTokens = 24,
                .mayThink = false};
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QString url = qEnvironmentVariable("AUTO_COMMIT_LIVE_COORDINATOR");
        if (url.isEmpty())
            QSKIP("AUTO_COMMIT_LIVE_COORDINATOR names no server");
        m_client = makeInferenceClient({.baseUrls = {url}});
        const ServerFacts facts = m_client->survey({}, CancelToken()).value(0);
        QCOMPARE(facts.state, ServerState::Ready);
        m_model = facts.models.value(0);
        qInfo("%s offers %s, context %d", qPrintable(facts.server), qPrintable(facts.models.join(u", "_s)),
              facts.contextTokens);
    }

    void anAnswerIsWholeAndCounted()
    {
        ChatRequest request = question();
        request.model = m_model;
        const auto reply = m_client->complete(request, CancelToken());
        QVERIFY2(reply, qPrintable(reply ? QString() : reply.error().message));
        QVERIFY(reply->finish != FinishReason::Other);
        QVERIFY(reply->usage.prompt > 0);
        QVERIFY(reply->usage.completion <= 25);
    }

    void theSchemaIsKept()
    {
        ChatRequest request = question();
        request.model = m_model;
        request.maxTokens = 400;
        request.schema = RedactedText(
            R"({"type":"object","properties":{"colour":{"enum":["red","green"]}},"required":["colour"],"additionalProperties":false})");
        const auto reply = m_client->complete(request, CancelToken());
        QVERIFY2(reply, qPrintable(reply ? QString() : reply.error().message));
        QVERIFY(reply->schemaApplied);
        if (reply->finish == FinishReason::Stop)
            QVERIFY2(reply->text.contains(u"\"red\""_s) || reply->text.contains(u"\"green\""_s),
                     qPrintable(reply->text));
    }

    void anOverflowIsRecognised()
    {
        const int context = m_client->facts(m_model, CancelToken()).contextTokens;
        if (context <= 0 || context > 20000)
            QSKIP("too much context to fill");
        ChatRequest request = question();
        request.model = m_model;
        RedactedText text;
        for (int i = 0; i < context; ++i)
            text += RedactedText("word ");
        request.messages.last().content = text;
        const auto reply = m_client->complete(request, CancelToken());
        QVERIFY(!reply);
        QCOMPARE(reply.error().kind, ErrorKind::ContextOverflow);
    }

    void aCancelledQuestionLeavesTheServerToTheNext()
    {
        ChatRequest request = question();
        request.model = m_model;
        request.maxTokens = 20000;
        const CancelToken cancel;
        std::thread user([&] {
            std::this_thread::sleep_for(500ms);
            cancel.cancel();
        });
        const auto reply = m_client->complete(request, cancel);
        user.join();
        if (!reply) // a fast server may have ended by itself
            QCOMPARE(reply.error().kind, ErrorKind::Cancelled);
        ChatRequest next = question();
        next.model = m_model;
        QVERIFY(m_client->complete(next, CancelToken()));
    }

    void aChangeGetsAMessageOrAReason_data()
    {
        QTest::addColumn<int>("lines");
        QTest::newRow("small") << 4;
        QTest::newRow("large") << 400;
    }
    void aChangeGetsAMessageOrAReason()
    {
        QFETCH(int, lines);
        const ChangeSet change{{edited("src/socket.cpp", manyLines(lines, "old"), manyLines(lines))}};
        const auto writer = makeModelWriter(*m_client, {m_model, m_model + u"?"_s}, m_clock);
        const auto message = writer->describe({.change = change, .files = {0}},
                                              {.scanner = m_scanner, .until = m_clock.monotonic() + 120s});
        if (message)
            qInfo("%s", qPrintable(message->text->text()));
        else
            qInfo("%s: %s", qPrintable(errorKindName(message.error().kind)), qPrintable(message.error().message));
        qInfo("%d calls, %d prompt tokens, %d of them kept, %d written", writer->spent().calls,
              writer->spent().promptTokens, writer->spent().cachedTokens, writer->spent().completionTokens);
        QVERIFY(message || message.error().kind == ErrorKind::ModelRefused);
        QVERIFY(writer->spent().calls <= 3);
    }
};

QTEST_GUILESS_MAIN(TestLiveModel)
#include "tst_livemodel.moc"
