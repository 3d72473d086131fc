#include "core/inference/fault.h"

#include <QTest>

using namespace AutoCommit;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestFault : public QObject
{
    Q_OBJECT

    const QDateTime now = QDateTime::fromString(u"2026-11-22T12:00:00Z"_s, Qt::ISODate);

private Q_SLOTS:
    void errorAnswersAreToldApart_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<FaultKind>("kind");
        const auto row = [](const char *name, int status, const QByteArray &body, FaultKind kind) {
            QTest::newRow(name) << status << body << kind;
        };
        using enum FaultKind;
        row("llama.cpp overflow", 400,
            R"({"error":{"code":400,"message":"request (1509 tokens) exceeds the available context size (256 tokens), try increasing it","type":"exceed_context_size_error","n_prompt_tokens":1509,"n_ctx":256}})",
            Overflow);
        row("vLLM overflow", 400,
            "{\"error\":{\"message\":\"You passed 5000 input tokens and requested 300 output tokens. However, the "
            "model's "
            "context length is only 4096 tokens\",\"type\":\"BadRequestError\",\"param\":\"input_tokens\"}}",
            Overflow);
        row("LM Studio overflow", 400, R"({"error":"n_keep: 900>= n_ctx: 512"})", Overflow);
        row("a rate limit in tokens is no overflow", 429,
            R"({"error":{"message":"too many tokens per minute","type":"rate_limit"}})", Busy);
        row("template", 500,
            R"({"error":{"code":500,"type":"server_error","message":"Jinja Exception: roles must alternate user and assistant"}})",
            Refused);
        row("invalid UTF-8", 500,
            R"({"error":{"code":500,"message":"[json.exception.parse_error.101] invalid string: ill-formed UTF-8 byte; last read: 'secret'","type":"server_error"}})",
            Refused);
        row("the model broke its own format", 500,
            R"({"error":{"code":500,"message":"The model produced output that does not match the expected peg-native format","type":"server_error"}})",
            ServerFailed);
        row("reasoning format", 500, R"({"error":{"code":500,"message":"Unknown reasoning format: none"}})",
            FieldRefused);
        row("any other 500", 500, R"({"error":{"code":500,"message":"cuda error"}})", ServerFailed);
        row("loading", 503, R"({"error":{"message":"Loading model","type":"unavailable_error","code":503}})", Loading);
        row("Ollama's queue is full", 503,
            R"({"error":"server busy, please try again.  maximum pending requests exceeded"})", Busy);
        row("key", 401, R"({"error":{"message":"Invalid API Key","type":"authentication_error","code":401}})", Auth);
        row("forbidden page", 403, "<html>no</html>", Auth);
        row("model", 404, R"({"error":{"message":"model x not found, try pulling it first","type":"api_error"}})",
            ModelMissing);
        row("path of llama.cpp", 404, R"({"error":{"message":"File Not Found","type":"not_found_error","code":404}})",
            NotAServer);
        row("path of FastAPI", 404, R"({"detail":"Not Found"})", NotAServer);
        row("page", 404, "<!DOCTYPE html><title>nginx</title>", NotAServer);
        row("bad gateway page", 502, "<html>502</html>", Busy);
        row("gateway timeout, empty", 504, "", Busy);
        row("too many requests", 429, "", Busy);
        row("LM Studio and formats", 400, R"({"error":"'response_format.type' must be 'json_schema' or 'text'"})",
            FieldRefused);
        row("schema", 400,
            R"({"error":{"code":400,"message":"Unable to generate parser for this template. Automatic parser generation failed: JSON schema error at #: unrecognized type strin"}})",
            FieldRefused);
        row("FastAPI validation", 422,
            R"({"detail":[{"loc":["body","priority"],"msg":"value is not a valid integer","type":"type_error"}]})",
            FieldRefused);
        row("OpenAI and unknown fields", 400,
            R"({"error":{"message":"Unrecognized request argument supplied: return_progress","type":"invalid_request_error","param":null,"code":null}})",
            FieldRefused);
        row("other bad request", 400, R"({"error":{"message":"'messages' is required"}})", Refused);
        row("compressed request", 415, "", Refused);
        row("redirect", 302, "", Redirected);
        row("not implemented", 501, R"({"error":{"message":"no","type":"not_supported_error"}})", ServerFailed);
    }
    void errorAnswersAreToldApart()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QTEST(faultOfReply(status, body, {}, now).kind, "kind");
    }

    void theNumbersOfAnOverflowAreRead_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<int>("prompt");
        QTest::addColumn<int>("context");
        QTest::newRow("llama.cpp, words only")
            << "request (1509 tokens) exceeds the available context size (256 tokens), try increasing it"_ba << 1509
            << 256;
        QTest::newRow("vLLM") << "You passed 5000 input tokens and requested 300 output tokens. However, the model's "
                                 "context length is only 4096 tokens"_ba
                              << 5000 << 4096;
        QTest::newRow("vLLM, older") << "This model's maximum context length is 4096 tokens. However, you requested "
                                        "5300 tokens (5000 in the messages, 300 in the completion)."_ba
                                     << 5000 << 4096;
        QTest::newRow("OpenAI") << "This model's maximum context length is 8192 tokens. However, your messages "
                                   "resulted in 9001 tokens."_ba
                                << 9001 << 8192;
        QTest::newRow("LM Studio") << "n_keep: 900>= n_ctx: 512"_ba << 900 << 512;
    }
    void theNumbersOfAnOverflowAreRead()
    {
        QFETCH(QByteArray, message);
        const Fault fault = faultOfReply(400, "{\"error\":\"" + message + "\"}", {}, now);
        QCOMPARE(fault.kind, FaultKind::Overflow);
        QTEST(fault.promptTokens, "prompt");
        QTEST(fault.contextTokens, "context");
    }

    void retryAfterIsReadAndBounded()
    {
        QCOMPARE(parseRetryAfter("7", now), std::optional<std::chrono::milliseconds>(7s));
        QCOMPARE(parseRetryAfter("0", now), std::optional<std::chrono::milliseconds>(1s));
        QCOMPARE(parseRetryAfter("86400", now), std::optional<std::chrono::milliseconds>(10min));
        QCOMPARE(parseRetryAfter("Sun, 22 Nov 2026 12:00:30 GMT", now), std::optional<std::chrono::milliseconds>(30s));
        QCOMPARE(parseRetryAfter("soon", now), std::nullopt);
        QCOMPARE(parseRetryAfter("", now), std::nullopt);
    }

    void aServersWordsDoNotReachTheErrorWhereTheyQuoteThePrompt()
    {
        const QByteArray body = R"({"error":{"code":500,"message":"parse error; last read: 'my prompt'"}})";
        const Error error = errorOf(faultOfReply(500, body, {}, now), u"http://h"_s);
        QVERIFY(!error.message.contains(u"my prompt"_s));
        QVERIFY(error.detail.isEmpty());
    }

    void everyFaultHasWordsAndAKind()
    {
        for (int i = 0; i <= static_cast<int>(FaultKind::TooLong); ++i) {
            const Error error = errorOf({.kind = static_cast<FaultKind>(i)}, u"http://h"_s);
            QVERIFY(!error.message.isEmpty());
            QVERIFY(error.kind != ErrorKind::Internal);
        }
    }
};

QTEST_APPLESS_MAIN(TestFault)
#include "tst_fault.moc"
