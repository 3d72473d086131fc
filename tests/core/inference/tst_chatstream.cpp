#include "core/inference/chatstream.h"

#include "tests/support/wireshapes.h"

#include <QTest>

using namespace AutoCommit;
using namespace Qt::StringLiterals;
using namespace AutoCommit::Wire;

namespace {

constexpr qsizetype limit = 16 << 10;

/// What the stream makes of a body: the text, or the name of the fault.
QString outcome(const QByteArray &body, qsizetype textLimit = limit)
{
    ChatStream stream(textLimit);
    stream.feed(body);
    stream.end();
    if (stream.fault())
        return u"fault %1"_s.arg(static_cast<int>(stream.fault()->kind));
    const ChatReply reply = stream.takeReply();
    return u"%1 %2"_s.arg(static_cast<int>(reply.finish)).arg(reply.text);
}

QString faultName(FaultKind kind)
{
    return u"fault %1"_s.arg(static_cast<int>(kind));
}

} // namespace

class TestChatStream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bodiesOfEveryServerGiveTheirAnswer_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("expected");
        const QByteArray text = textEvent(u"fix: a"_s) + textEvent(u" bug"_s);
        QTest::newRow("llama.cpp") << roleEvent() + text + finishEvent() + usageEvent(9, 3) + doneEvent()
                                   << u"0 fix: a bug"_s;
        QTest::newRow("without usage and end mark") << text + finishEvent() << u"0 fix: a bug"_s;
        QTest::newRow("text and finish in one event")
            << "data: {\"choices\":[{\"delta\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}\n\n"_ba << u"0 x"_s;
        QTest::newRow("pings in between")
            << ":\n\n" + text + ": ping\n\n" + finishEvent() + doneEvent() << u"0 fix: a bug"_s;
        QTest::newRow("no blank lines") << QByteArray(text + finishEvent() + doneEvent()).replace("\n\n", "\n")
                                        << u"0 fix: a bug"_s;
        QTest::newRow("cut at the token limit") << text + finishEvent("length") + doneEvent() << u"1 fix: a bug"_s;
        QTest::newRow("content filter") << text + finishEvent("content_filter") << u"2 fix: a bug"_s;
        QTest::newRow("only thinking") << thinkingEvent(u"hm"_s) + finishEvent() + doneEvent() << u"0 "_s;
        QTest::newRow("thinking of vLLM")
            << thinkingEvent(u"hm"_s, "reasoning") + text + finishEvent() << u"0 fix: a bug"_s;
        QTest::newRow("an error after the finish does not count")
            << text + finishEvent() + errorEvent(500, "late", "server_error") << u"0 fix: a bug"_s;
        QTest::newRow("not streamed")
            << R"({"choices":[{"finish_reason":"stop","message":{"content":"x","role":"assistant"}}]})"_ba << u"0 x"_s;
        QTest::newRow("not streamed, content null")
            << R"({"choices":[{"finish_reason":"stop","message":{"content":null,"reasoning_content":"t"}}]})"_ba
            << u"0 "_s;
        QTest::newRow("content in parts")
            << R"({"choices":[{"finish_reason":"stop","message":{"content":[{"type":"text","text":"x"},{"type":"thinking","thinking":"t"}]}}]})"_ba
            << u"0 x"_s;
        QTest::newRow("a character in two halves")
            << "data: {\"choices\":[{\"delta\":{\"content\":\"\\ud83d\"}}]}\n\n"_ba
                + "data: {\"choices\":[{\"delta\":{\"content\":\"\\ude00\"},\"finish_reason\":\"stop\"}]}\n\n"
            << u"0 \U0001F600"_s;

        QTest::newRow("no finish reason") << text << faultName(FaultKind::Cut);
        QTest::newRow("the end mark alone") << text + doneEvent() << faultName(FaultKind::Cut);
        QTest::newRow("nothing") << ""_ba << faultName(FaultKind::Cut);
        QTest::newRow("cut JSON") << "{\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"con"_ba
                                  << faultName(FaultKind::Cut);
        QTest::newRow("error in the stream")
            << text + errorEvent(500, "boom", "server_error") << faultName(FaultKind::ServerFailed);
        QTest::newRow("error of LM Studio")
            << "event: error\ndata: {\"error\":\"n_keep: 900>= n_ctx: 512\"}\n\n"_ba << faultName(FaultKind::Overflow);
        QTest::newRow("error object with 200")
            << R"({"error":{"message":"boom","type":"x"}})"_ba << faultName(FaultKind::ServerFailed);
        QTest::newRow("a web page") << "<!DOCTYPE html><html>portal</html>"_ba << faultName(FaultKind::NotAServer);
    }
    void bodiesOfEveryServerGiveTheirAnswer()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, expected);
        QCOMPARE(outcome(body), expected);
    }

    void piecesMayBreakAnywhere()
    {
        const QByteArray body = roleEvent() + textEvent(u"größer \U0001F600"_s) + finishEvent() + doneEvent();
        for (qsizetype cut = 0; cut <= body.size(); ++cut) {
            ChatStream stream(limit);
            stream.feed(body.left(cut));
            stream.feed(body.mid(cut));
            stream.end();
            QVERIFY2(!stream.fault(), qPrintable(QString::number(cut)));
            QCOMPARE(stream.takeReply().text, u"größer \U0001F600"_s);
        }
    }

    void usageAndModelAreRead()
    {
        ChatStream stream(limit);
        stream.feed(thinkingEvent(u"four"_s) + finishEvent() + usageEvent(40, 7, 38) + doneEvent());
        QVERIFY(stream.isDone());
        const ChatReply reply = stream.takeReply();
        QCOMPARE(reply.usage.prompt, 40);
        QCOMPARE(reply.usage.completion, 7);
        QCOMPARE(reply.usage.cachedPrompt, 38);
        QCOMPARE(reply.model, u"tiny-text"_s);
        QCOMPARE(reply.thinkingBytes, 4);
    }

    void anAnswerThatDoesNotEndIsEnded()
    {
        ChatStream stream(100);
        for (int i = 0; i < 200 && !stream.isDone(); ++i)
            stream.feed(textEvent(u"again "_s));
        QCOMPARE(stream.fault()->kind, FaultKind::TooLong);

        ChatStream thinking(100);
        const QByteArray thought = thinkingEvent(QString(10000, u'x'));
        for (int i = 0; i < 200 && !thinking.isDone(); ++i)
            thinking.feed(thought);
        QCOMPARE(thinking.fault()->kind, FaultKind::TooLong);
    }
};

QTEST_APPLESS_MAIN(TestChatStream)
#include "tst_chatstream.moc"
