#include "core/inference/chatstream.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <utility>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype thinkingLimit = 1 << 20;
constexpr qsizetype wholeLimit = 4 << 20; ///< a reply in one piece, with thinking, escapes and log probabilities

FinishReason finishReasonOf(const QString &word)
{
    if (word == "stop"_L1 || word == "eos"_L1 || word == "end_turn"_L1)
        return FinishReason::Stop;
    return word == "length"_L1 || word == "max_tokens"_L1 ? FinishReason::Length : FinishReason::Other;
}

/// Content is a string, null, or (some servers) a list of parts, of which the text ones count.
QString textOf(const QJsonValue &content)
{
    if (!content.isArray())
        return content.toString();
    QString text;
    for (const QJsonValue &part : content.toArray())
        if (part["type"_L1].toString() == "text"_L1)
            text += part["text"_L1].toString();
    return text;
}

qsizetype thinkingOf(const QJsonObject &message)
{
    return message["reasoning_content"_L1].toString().size() + message["reasoning"_L1].toString().size();
}

bool looksLikeEvents(const QByteArray &start)
{
    return start.startsWith("data:") || start.startsWith(':') || start.startsWith("event:") || start.startsWith("id:")
        || start.startsWith("retry:");
}

} // namespace

ChatStream::ChatStream(qsizetype textLimit)
    : m_textLimit(textLimit)
{ }

void ChatStream::feed(const QByteArray &piece)
{
    if (isDone())
        return;
    QByteArray bytes = piece;
    if (m_shape == Shape::Unknown) {
        m_whole += piece;
        const QByteArray start = m_whole.trimmed();
        if (start.size() < 6 && !start.startsWith('{') && !start.startsWith(':'))
            return;
        m_shape = looksLikeEvents(start) ? Shape::Events : Shape::Whole;
        bytes = std::exchange(m_whole, {});
    }
    if (m_shape == Shape::Whole) {
        m_whole += bytes;
        if (m_whole.size() > wholeLimit)
            fail({.kind = FaultKind::TooLong});
        return;
    }
    for (const SseEvent &next : m_events.feed(bytes))
        event(next);
    if (m_events.isOverlong())
        fail({.kind = FaultKind::TooLong});
}

void ChatStream::end()
{
    if (isDone())
        return;
    if (m_shape == Shape::Events) {
        for (const SseEvent &last : m_events.finish())
            event(last);
    } else if (QJsonDocument::fromJson(m_whole).isObject()) {
        chunk(m_whole);
    } else {
        const bool isHtml = m_whole.left(512).trimmed().startsWith('<');
        fail({.kind = isHtml ? FaultKind::NotAServer : FaultKind::Cut, .status = 200});
    }
    if (!m_finished)
        fail({.kind = FaultKind::Cut, .status = 200});
    m_done = true;
}

void ChatStream::event(const SseEvent &event)
{
    if (isDone())
        return;
    const QByteArray data = event.data.trimmed();
    if (data == "[DONE]") {
        if (m_finished)
            m_done = true;
        else // a server that ends like this has not said that the answer is whole
            fail({.kind = FaultKind::Cut, .status = 200});
        return;
    }
    if (event.name == "error" && !m_finished)
        fail(faultOfErrorObject(data));
    else if (QJsonDocument::fromJson(data).isObject())
        chunk(data);
    else // a server that puts no blank line between its events
        for (const QByteArray &line : data.split('\n'))
            chunk(line);
}

void ChatStream::chunk(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    if (const QJsonValue error = object["error"_L1]; (error.isObject() || error.isString()) && !m_finished) {
        fail(faultOfErrorObject(json));
        return;
    }
    if (m_model.isEmpty())
        m_model = object["model"_L1].toString();
    const QJsonArray choices = object["choices"_L1].toArray();
    if (!choices.isEmpty())
        choice(choices[0].toObject());
    if (object["usage"_L1].isObject())
        usage(object["usage"_L1].toObject());
}

void ChatStream::choice(const QJsonObject &choice)
{
    const QJsonObject delta = choice[choice.contains("delta"_L1) ? "delta"_L1 : "message"_L1].toObject();
    m_text += textOf(delta["content"_L1]);
    m_thinkingBytes += thinkingOf(delta);
    if (m_text.size() > m_textLimit || m_thinkingBytes > thinkingLimit)
        fail({.kind = FaultKind::TooLong, .status = 200});
    if (const QString reason = choice["finish_reason"_L1].toString(); !reason.isEmpty()) {
        m_finish = finishReasonOf(reason);
        m_finished = true;
    }
}

void ChatStream::usage(const QJsonObject &usage)
{
    m_usage.prompt = usage["prompt_tokens"_L1].toInt(m_usage.prompt);
    m_usage.completion = usage["completion_tokens"_L1].toInt(m_usage.completion);
    m_usage.cachedPrompt = usage["prompt_tokens_details"_L1]["cached_tokens"_L1].toInt(m_usage.cachedPrompt);
}

void ChatStream::fail(Fault fault)
{
    if (!m_fault)
        m_fault = std::move(fault);
}

ChatReply ChatStream::takeReply()
{
    ChatReply reply;
    reply.text = m_text;
    reply.finish = m_finish;
    reply.usage = m_usage;
    reply.model = m_model;
    reply.thinkingBytes = m_thinkingBytes;
    return reply;
}

} // namespace AutoCommit
