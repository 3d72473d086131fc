#include "core/inference/fault.h"

#include "core/base/cleantext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <initializer_list>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What servers put into an error body, in any of their shapes.
struct ErrorBody
{
    QString words; ///< message and type together, lower case
    QString message;
    QString param;
    int promptTokens = 0;
    int contextTokens = 0;
    bool isHtml = false;
};

ErrorBody fromObject(const QJsonObject &error)
{
    ErrorBody body;
    body.message = error["message"_L1].toString();
    body.param = error["param"_L1].toString();
    body.words
        = QStringList{body.message, error["type"_L1].toString(), error["code"_L1].toString(), body.param}.join(u' ');
    body.promptTokens = error["n_prompt_tokens"_L1].toInt();
    body.contextTokens = error["n_ctx"_L1].toInt();
    return body;
}

/// FastAPI: "detail" is a sentence or a list of {"loc": [...], "msg": "..."}.
QString detailText(const QJsonValue &detail)
{
    QStringList texts;
    for (const QJsonValue &entry : detail.toArray()) {
        for (const QJsonValue &step : entry["loc"_L1].toArray())
            texts += step.toString();
        texts += entry["msg"_L1].toString();
    }
    return detail.isString() ? detail.toString() : texts.join(u' ');
}

ErrorBody readErrorBody(const QByteArray &bytes)
{
    ErrorBody body;
    const QJsonDocument json = QJsonDocument::fromJson(bytes);
    const QJsonObject object = json.isArray() ? json[0].toObject() : json.object();
    const QJsonValue error = object["error"_L1];
    if (error.isObject()) {
        body = fromObject(error.toObject());
    } else if (error.isString()) {
        body.message = error.toString();
        body.words = body.message;
    } else if (object.contains("message"_L1)) {
        body = fromObject(object);
    } else if (object.contains("detail"_L1)) {
        body.message = detailText(object["detail"_L1]);
        body.words = body.message;
    } else if (!json.isObject()) {
        const QByteArray start = bytes.left(512).trimmed().toLower();
        body.isHtml = start.startsWith("<!doctype") || start.startsWith("<html");
        if (!body.isHtml)
            body.words = body.message = cleanLine(bytes, 400);
    }
    body.words = body.words.toLower();
    return body;
}

bool mentions(const QString &words, std::initializer_list<QLatin1StringView> list)
{
    return std::ranges::any_of(list, [&](QLatin1StringView word) { return words.contains(word); });
}

bool isOverflow(const QString &words)
{
    return mentions(words,
                    {"exceed_context_size"_L1, "context length"_L1, "context window"_L1, "context size"_L1,
                     "maximum context"_L1, "context_length_exceeded"_L1, "prompt is too long"_L1,
                     "input is too long"_L1, "too many tokens"_L1, "reduce the length of the"_L1,
                     "maximum input length"_L1, "n_keep"_L1})
        && !mentions(words, {"rate limit"_L1, "per minute"_L1});
}

/// Something that can be left out. Which one it is, the dialect finds out.
bool refusesField(const QString &words)
{
    return mentions(words,
                    {"response_format"_L1,
                     "json_schema"_L1,
                     "json schema"_L1,
                     "grammar"_L1,
                     "structured"_L1,
                     "priority"_L1,
                     "stream_options"_L1,
                     "include_usage"_L1,
                     "reasoning"_L1,
                     "thinking"_L1,
                     "chat_template_kwargs"_L1,
                     "return_progress"_L1,
                     "sse_ping"_L1,
                     "max_tokens"_L1,
                     "temperature"_L1,
                     "top_p"_L1,
                     "unrecognized request argument"_L1,
                     "unknown field"_L1,
                     "extra inputs"_L1,
                     "extra fields"_L1,
                     "extra_forbidden"_L1,
                     "unsupported parameter"_L1,
                     "unsupported value"_L1});
}

/// The numbers of an overflow, where they stand in the sentence only.
void readNumbers(const QString &message, Fault &fault)
{
    struct Shape
    {
        const char *pattern;
        bool contextFirst;
    };
    static constexpr std::array shapes{
        Shape{R"(\((\d+) tokens\) exceeds the available context size \((\d+))", false}, // llama.cpp
        Shape{R"(passed (\d+) input tokens.*context length is only (\d+))", false}, // vLLM
        Shape{R"(maximum context length is (\d+) tokens.*?(\d+) (?:tokens )?in the messages)", true}, // OpenAI, vLLM
        Shape{R"(maximum context length is (\d+) tokens.*?(?:requested|resulted in|contains at least) (\d+))", true},
        Shape{R"(maximum context length is (\d+) tokens and your request has (\d+) input tokens)", true},
        Shape{R"(n_keep: (\d+)\s*>=\s*n_ctx: (\d+))", false}, // LM Studio
    };
    for (const Shape &shape : shapes) {
        const QRegularExpression pattern(QString::fromLatin1(shape.pattern));
        const QRegularExpressionMatch match = pattern.match(message);
        if (!match.hasMatch())
            continue;
        fault.promptTokens = match.captured(shape.contextFirst ? 2 : 1).toInt();
        fault.contextTokens = match.captured(shape.contextFirst ? 1 : 2).toInt();
        return;
    }
}

/// A 404 that is about the address and not about the model: llama.cpp, Ollama, FastAPI.
bool isUnknownPath(const QString &words)
{
    const QString text = words.trimmed();
    return text.isEmpty() || text == "not found"_L1 || mentions(text, {"file not found"_L1, "page not found"_L1});
}

FaultKind kindOfServerError(const QString &words)
{
    if (mentions(words, {"priority"_L1, "reasoning format"_L1, "cannot use both"_L1}))
        return FaultKind::FieldRefused;
    // llama-server says 500 where the request is wrong; asked again it would say so for ever.
    const bool permanent = mentions(words, {"jinja"_L1, "parse error"_L1, "template"_L1, "utf-8"_L1, "schema"_L1})
        && !words.contains("does not match the expected"_L1); // the model broke its own format: another try may do
    return permanent ? FaultKind::Refused : FaultKind::ServerFailed;
}

FaultKind kindOf(int status, const QString &words)
{
    if (status >= 300 && status < 400)
        return FaultKind::Redirected;
    if (status == 401 || status == 403)
        return FaultKind::Auth;
    if (status == 404)
        return isUnknownPath(words) ? FaultKind::NotAServer : FaultKind::ModelMissing;
    if (status == 503 && words.contains("loading"_L1))
        return FaultKind::Loading;
    if (status == 408 || status == 409 || status == 425 || status == 429 || (status > 501 && status < 505))
        return FaultKind::Busy;
    if (status >= 500)
        return kindOfServerError(words);
    if (mentions(words, {"model not found"_L1, "try pulling it"_L1, "no models loaded"_L1}))
        return FaultKind::ModelMissing;
    return refusesField(words) ? FaultKind::FieldRefused : FaultKind::Refused;
}

Fault classify(int status, const ErrorBody &body)
{
    Fault fault{
        .kind = kindOf(status, body.words), .status = status, .said = cleanLine(body.message + u' ' + body.param, 400)};
    const bool mayOverflow = status == 0 || status == 400 || status == 413 || status == 422 || status == 500;
    if (mayOverflow && isOverflow(body.words)) {
        fault.kind = FaultKind::Overflow;
        readNumbers(body.message, fault);
        if (body.contextTokens > 0) {
            fault.promptTokens = body.promptTokens;
            fault.contextTokens = body.contextTokens;
        }
    } else if (body.isHtml && (status < 500 || status > 504)) {
        fault.kind = status == 401 || status == 403 ? FaultKind::Auth : FaultKind::NotAServer;
    }
    return fault;
}

QString sentence(const Fault &fault, const QString &server)
{
    switch (fault.kind) {
    case FaultKind::Unreachable:
        return u"the model server %1 cannot be reached"_s.arg(server);
    case FaultKind::Cut:
        return u"the model server %1 broke off in the middle of its answer"_s.arg(server);
    case FaultKind::ConnectTimeout:
        return u"the model server %1 does not accept connections"_s.arg(server);
    case FaultKind::QueueTimeout:
        return u"the model server %1 did not begin to answer in time"_s.arg(server);
    case FaultKind::IdleTimeout:
        return u"the model server %1 fell silent in the middle of its answer"_s.arg(server);
    case FaultKind::TotalTimeout:
        return u"no whole answer came from a model in the time there was"_s;
    case FaultKind::Cancelled:
        return u"cancelled"_s;
    case FaultKind::Auth:
        return u"the model server %1 does not accept the API key"_s.arg(server);
    case FaultKind::ModelMissing:
        return u"the model server %1 does not have the model"_s.arg(server);
    case FaultKind::Overflow:
        return u"the text is too long for the model on %1"_s.arg(server);
    case FaultKind::Busy:
        return u"the model server %1 is busy (HTTP %2)"_s.arg(server).arg(fault.status);
    case FaultKind::Loading:
        return u"the model server %1 is still loading its model"_s.arg(server);
    case FaultKind::ServerFailed:
        return u"the model server %1 failed (HTTP %2)"_s.arg(server).arg(fault.status);
    case FaultKind::FieldRefused:
    case FaultKind::Refused:
        return u"the model server %1 refuses the request (HTTP %2)"_s.arg(server).arg(fault.status);
    case FaultKind::Redirected:
        return u"%1 answers with a redirect, which is not followed; set the final address"_s.arg(server);
    case FaultKind::NotAServer:
        return u"what answers at %1 is not a model server"_s.arg(server);
    case FaultKind::TooLong:
        break;
    }
    return u"the model on %1 does not come to an end"_s.arg(server);
}

ErrorKind errorKindOf(FaultKind kind)
{
    switch (kind) {
    case FaultKind::Cancelled:
        return ErrorKind::Cancelled;
    case FaultKind::ConnectTimeout:
    case FaultKind::QueueTimeout:
    case FaultKind::IdleTimeout:
    case FaultKind::TotalTimeout:
        return ErrorKind::Timeout;
    case FaultKind::Auth:
        return ErrorKind::AuthFailed;
    case FaultKind::Overflow:
        return ErrorKind::ContextOverflow;
    case FaultKind::Redirected:
    case FaultKind::NotAServer:
    case FaultKind::ModelMissing:
        return ErrorKind::Config;
    case FaultKind::FieldRefused:
    case FaultKind::Refused:
    case FaultKind::TooLong:
        return ErrorKind::ModelRefused;
    case FaultKind::Unreachable:
    case FaultKind::Cut:
    case FaultKind::Busy:
    case FaultKind::Loading:
    case FaultKind::ServerFailed:
        break;
    }
    return ErrorKind::ModelUnavailable;
}

} // namespace

Fault faultOfReply(int status, const QByteArray &body, const QByteArray &retryAfter, const QDateTime &now)
{
    Fault fault = classify(status, readErrorBody(body));
    fault.retryAfter = parseRetryAfter(retryAfter, now);
    return fault;
}

Fault faultOfErrorObject(const QByteArray &json)
{
    const QJsonValue code = QJsonDocument::fromJson(json)["error"_L1]["code"_L1];
    const int status = code.isDouble() ? code.toInt() : 0;
    Fault fault = classify(status, readErrorBody(json));
    if (status == 0 && fault.kind == FaultKind::Refused)
        fault.kind = FaultKind::ServerFailed; // it had begun to answer, so the request as such was taken
    return fault;
}

std::optional<std::chrono::milliseconds> parseRetryAfter(const QByteArray &value, const QDateTime &now)
{
    const QByteArray text = value.trimmed();
    bool isNumber = false;
    qint64 seconds = text.toLongLong(&isNumber);
    if (!isNumber) {
        QDateTime date = QLocale::c().toDateTime(QString::fromLatin1(text), u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s);
        if (!date.isValid())
            return std::nullopt;
        date.setTimeSpec(Qt::UTC);
        seconds = now.secsTo(date);
    }
    return std::chrono::seconds(std::clamp<qint64>(seconds, 1, 600));
}

Error errorOf(const Fault &fault, const QString &server)
{
    Error error{errorKindOf(fault.kind), sentence(fault, server)};
    // Only where the words explain what to change. Elsewhere, 500 above all, servers quote the prompt.
    if (fault.kind == FaultKind::Refused && fault.status >= 400 && fault.status < 500)
        error.detail = fault.said;
    return error;
}

} // namespace AutoCommit
