#include "core/inference/dialect.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QString roleName(ChatMessage::Role role)
{
    switch (role) {
    case ChatMessage::Role::System:
        return u"system"_s;
    case ChatMessage::Role::Assistant:
        return u"assistant"_s;
    case ChatMessage::Role::User:
        break;
    }
    return u"user"_s;
}

QString priorityWord(RequestClass requestClass)
{
    switch (requestClass) {
    case RequestClass::Interactive:
        return u"interactive"_s;
    case RequestClass::Recovery:
        return u"recovery"_s;
    case RequestClass::Batch:
        break;
    }
    return u"batch"_s;
}

/// Lower is sooner, as in vLLM and LiteLLM.
int priorityNumber(RequestClass requestClass)
{
    return requestClass == RequestClass::Interactive ? 0 : requestClass == RequestClass::Recovery ? 50 : 100;
}

/// Half of a surrogate pair would become an escape that llama-server answers with status 500.
QString wellFormed(QString text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate())
            ++i;
        else if (text[i].isSurrogate())
            text[i] = QChar::ReplacementCharacter;
    }
    return text;
}

QJsonArray messagesOf(const ChatRequest &request)
{
    QJsonArray messages;
    for (const ChatMessage &message : request.messages)
        messages.append(
            QJsonObject{{u"role"_s, roleName(message.role)}, {u"content"_s, wellFormed(message.content.text())}});
    return messages;
}

/// Stands for the schema until the body is bytes: QJsonObject would sort the schema's properties, and servers write an
/// answer in their order. As a string of JSON it cannot occur within another.
constexpr auto schemaMark = "\"@schema@\"";

QJsonObject responseFormat()
{
    return {{u"type"_s, u"json_schema"_s},
            {u"json_schema"_s,
             QJsonObject{{u"name"_s, u"answer"_s},
                         {u"strict"_s, true},
                         {u"schema"_s, QLatin1StringView(schemaMark).mid(1, 8)}}}};
}

QByteArray withSchemaFilledIn(QByteArray body, const QByteArray &schema)
{
    const QByteArray mark = QByteArray("\"schema\":") + schemaMark;
    const qsizetype at = body.indexOf(mark);
    const bool isJson = QJsonDocument::fromJson(schema).isObject();
    return body.replace(at, mark.size(), "\"schema\":" + (isJson ? schema : QByteArray("{}")));
}

void addExtras(const ChatRequest &request, bool withSchema, QJsonObject &body)
{
    body[u"sse_ping_interval"_s] = 15;
    body[u"return_progress"_s] = true;
    if (!request.mayThink) {
        body[u"chat_template_kwargs"_s] = QJsonObject{{u"enable_thinking"_s, false}};
        // llama.cpp then starts its grammar at the JSON, so no thinking fits in; without a schema the thinking would
        // only move into the answer.
        if (withSchema)
            body[u"reasoning_format"_s] = u"none"_s;
    } else if (request.thinkingTokens > 0) {
        body[u"reasoning_budget_tokens"_s] = request.thinkingTokens;
    }
}

bool says(const Fault &fault, const char *word)
{
    return fault.said.contains(QLatin1StringView(word), Qt::CaseInsensitive);
}

bool saysAny(const Fault &fault, std::initializer_list<const char *> words)
{
    return std::ranges::any_of(words, [&](const char *word) { return says(fault, word); });
}

} // namespace

std::optional<ServerDialect> simplerDialect(const ServerDialect &dialect, const Fault &fault, bool hadSchema)
{
    ServerDialect next = dialect;
    if (says(fault, "priority")) {
        const bool asWord = dialect.priority == PriorityStyle::Word || dialect.priority == PriorityStyle::Header;
        next.priority = asWord ? PriorityStyle::Number : PriorityStyle::None;
    } else if (saysAny(fault, {"stream_options", "include_usage"})) {
        next.usageInStream = false;
    } else if (saysAny(fault, {"max_completion_tokens", "max_tokens"})) {
        next.oldTokenLimit = false;
    } else if (hadSchema && saysAny(fault, {"response_format", "schema", "grammar", "structured", "cannot use both"})) {
        next.schema = false;
    } else if (saysAny(fault, {"temperature", "top_p"})) {
        next.sampling = false;
    } else if (dialect.extras) {
        next.extras = false; // named or not: they are the likeliest to be unknown
    } else if (dialect.priority != PriorityStyle::None) {
        next.priority = PriorityStyle::None;
    } else if (hadSchema) {
        next.schema = false;
    }
    if (next == dialect)
        return std::nullopt;
    return next;
}

QByteArray chatBody(const ChatRequest &request, const ServerDialect &dialect)
{
    const bool withSchema = dialect.schema && !request.schema.isEmpty();
    QJsonObject body{{u"messages"_s, messagesOf(request)}, {u"stream"_s, true}};
    if (!request.model.isEmpty())
        body[u"model"_s] = request.model;
    if (dialect.usageInStream)
        body[u"stream_options"_s] = QJsonObject{{u"include_usage"_s, true}};
    if (dialect.sampling) {
        body[u"temperature"_s] = request.temperature;
        body[u"top_p"_s] = request.topP;
    }
    body[dialect.oldTokenLimit ? u"max_tokens"_s : u"max_completion_tokens"_s] = request.maxTokens;
    if (request.seed)
        body[u"seed"_s] = *request.seed;
    if (withSchema)
        body[u"response_format"_s] = responseFormat();
    if (dialect.priority == PriorityStyle::Word)
        body[u"priority"_s] = priorityWord(request.requestClass);
    else if (dialect.priority == PriorityStyle::Number)
        body[u"priority"_s] = priorityNumber(request.requestClass);
    if (dialect.extras)
        addExtras(request, withSchema, body);
    const QByteArray bytes = QJsonDocument(body).toJson(QJsonDocument::Compact);
    return withSchema ? withSchemaFilledIn(bytes, request.schema.bytes()) : bytes;
}

QList<std::pair<QByteArray, QByteArray>> priorityHeaders(const ChatRequest &request, const ServerDialect &dialect,
                                                         const QByteArray &headerName)
{
    if (dialect.priority != PriorityStyle::Header)
        return {};
    return {{headerName, priorityWord(request.requestClass).toLatin1()}};
}

QString messageOrderFault(const QList<ChatMessage> &messages)
{
    using Role = ChatMessage::Role;
    const qsizetype first = !messages.isEmpty() && messages[0].role == Role::System ? 1 : 0;
    if (messages.size() == first)
        return u"there is no question"_s;
    for (qsizetype i = first; i < messages.size(); ++i) {
        const Role expected = (i - first) % 2 == 0 ? Role::User : Role::Assistant;
        if (messages[i].role != expected)
            return u"message %1 is out of order"_s.arg(i + 1);
    }
    return messages.last().role == Role::User ? QString() : u"the last message has to be the user's"_s;
}

} // namespace AutoCommit
