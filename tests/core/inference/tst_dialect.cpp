#include "core/inference/dialect.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

namespace {

using Role = ChatMessage::Role;

ChatRequest question()
{
    return {.model = u"m"_s,
            .messages = {{Role::System, RedactedText::ownWords("be brief")},
                         {Role::User, RedactedText::ownWords("what changed?")}}};
}

QJsonObject body(const ChatRequest &request, const ServerDialect &dialect = {})
{
    return QJsonDocument::fromJson(chatBody(request, dialect)).object();
}

Fault refusal(const char *words)
{
    return {.kind = FaultKind::FieldRefused, .status = 400, .said = QString::fromLatin1(words)};
}

QList<ChatMessage> roles(const QList<Role> &list)
{
    QList<ChatMessage> messages;
    for (const Role role : list)
        messages.append({role, RedactedText::ownWords("x")});
    return messages;
}

} // namespace

class TestDialect : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theBodyIsWhatEveryServerTakes()
    {
        ChatRequest request = question();
        request.schema = RedactedText::ownWords(R"({"type":"object"})");
        request.mayThink = false;
        request.seed = 7;
        const QJsonObject json = body(request);
        QCOMPARE(json["model"_L1].toString(), u"m"_s);
        QCOMPARE(json["stream"_L1].toBool(), true);
        QCOMPARE(json["messages"_L1][0]["role"_L1].toString(), u"system"_s);
        QCOMPARE(json["messages"_L1][1]["content"_L1].toString(), u"what changed?"_s);
        QCOMPARE(json["response_format"_L1]["json_schema"_L1]["schema"_L1]["type"_L1].toString(), u"object"_s);
        QCOMPARE(json["stream_options"_L1]["include_usage"_L1].toBool(), true);
        QCOMPARE(json["chat_template_kwargs"_L1]["enable_thinking"_L1], QJsonValue(false));
        QCOMPARE(json["priority"_L1].toString(), u"batch"_s);
        QCOMPARE(json["max_tokens"_L1].toInt(), 512);
        QCOMPARE(json["seed"_L1].toInt(), 7);
        QVERIFY(!json.contains("n"_L1)); // vLLM crashes on n > 1 with priorities
    }

    void theSameRequestGivesTheSameBytes() { QCOMPARE(chatBody(question(), {}), chatBody(question(), {})); }

    void halfACharacterDoesNotReachTheServer()
    {
        const QString broken = u"a"_s + QChar(0xD800) + u"b"_s;
        ChatRequest request = question();
        request.messages[1].content = RedactedText::ownWords(broken.toUtf8().constData());
        QVERIFY(!chatBody(request, {}).contains("\\ud800"));
    }

    void theClassIsToldAsTheServerReadsIt()
    {
        ChatRequest request = question();
        request.requestClass = RequestClass::Interactive;
        QCOMPARE(body(request, {.priority = PriorityStyle::Number})["priority"_L1].toInt(-1), 0);
        QVERIFY(!body(request, {.priority = PriorityStyle::None}).contains("priority"_L1));
        const ServerDialect header{.priority = PriorityStyle::Header};
        QVERIFY(!body(request, header).contains("priority"_L1));
        QCOMPARE(priorityHeaders(request, header, "X-Class").first(),
                 (std::pair<QByteArray, QByteArray>("X-Class", "interactive")));
        QVERIFY(priorityHeaders(request, {}, "X-Class").isEmpty());
    }

    void aRefusedFieldIsLeftOut_data()
    {
        QTest::addColumn<QByteArray>("words");
        QTest::addColumn<QString>("gone");
        QTest::newRow("schema") << "'response_format.type' must be 'text'"_ba << u"response_format"_s;
        QTest::newRow("schema, by its other name") << "JSON schema error at #"_ba << u"response_format"_s;
        QTest::newRow("usage") << "stream_options is not supported"_ba << u"stream_options"_s;
        QTest::newRow("temperature") << "Unsupported value: 'temperature'"_ba << u"temperature"_s;
        QTest::newRow("token limit") << "Use 'max_completion_tokens' instead of 'max_tokens'"_ba << u"max_tokens"_s;
        QTest::newRow("unknown field") << "Unrecognized request argument supplied: return_progress"_ba
                                       << u"return_progress"_s;
        QTest::newRow("reasoning format") << "Unknown reasoning format: none"_ba << u"reasoning_format"_s;
    }
    void aRefusedFieldIsLeftOut()
    {
        QFETCH(QByteArray, words);
        QFETCH(QString, gone);
        ChatRequest request = question();
        request.schema = RedactedText::ownWords(R"({"type":"object"})");
        request.mayThink = false;
        QVERIFY(body(request).contains(gone));
        const auto next = simplerDialect({}, refusal(words.constData()), true);
        QVERIFY(next.has_value());
        QVERIFY(!body(request, *next).contains(gone));
        QVERIFY(body(request, *next).contains("messages"_L1));
    }

    void aPriorityBecomesANumberAndThenNothing()
    {
        const Fault fault = refusal("body priority: value is not a valid integer");
        const auto number = simplerDialect({}, fault, false);
        QCOMPARE(number->priority, PriorityStyle::Number);
        const auto nothing = simplerDialect(*number, fault, false);
        QCOMPARE(nothing->priority, PriorityStyle::None);
    }

    void leavingOutComesToAnEnd()
    {
        for (const char *words : {"priority", "schema", "temperature", "max_tokens", "stream_options", "whatever"}) {
            std::optional<ServerDialect> dialect = ServerDialect{};
            int steps = 0;
            while ((dialect = simplerDialect(*dialect, refusal(words), true)))
                QVERIFY(++steps < 10);
        }
    }

    void onlyOrdersEveryTemplateTakesAreSent_data()
    {
        QTest::addColumn<QList<Role>>("order");
        QTest::addColumn<bool>("good");
        using enum Role;
        QTest::newRow("question") << QList{User} << true;
        QTest::newRow("with rules") << QList{System, User} << true;
        QTest::newRow("asked again") << QList{System, User, Assistant, User} << true;
        QTest::newRow("nothing") << QList<Role>{} << false;
        QTest::newRow("rules only") << QList{System} << false;
        QTest::newRow("two users") << QList{System, User, User} << false;
        QTest::newRow("two systems") << QList{System, System, User} << false;
        QTest::newRow("late rules") << QList{User, System, User} << false;
        QTest::newRow("would be continued") << QList{System, User, Assistant} << false;
    }
    void onlyOrdersEveryTemplateTakesAreSent()
    {
        QFETCH(QList<Role>, order);
        QTEST(messageOrderFault(roles(order)).isEmpty(), "good");
    }
};

QTEST_APPLESS_MAIN(TestDialect)
#include "tst_dialect.moc"
