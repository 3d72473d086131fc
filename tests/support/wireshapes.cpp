#include "tests/support/wireshapes.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace AutoCommit::Wire {

using namespace Qt::StringLiterals;

namespace {

QByteArray event(const QJsonObject &object)
{
    return "data: " + QJsonDocument(object).toJson(QJsonDocument::Compact) + "\n\n";
}

QByteArray choiceEvent(const QJsonObject &delta, const QJsonValue &finish = QJsonValue::Null)
{
    const QJsonObject choice{{u"index"_s, 0}, {u"delta"_s, delta}, {u"finish_reason"_s, finish}};
    return event({{u"id"_s, u"chatcmpl-1"_s},
                  {u"model"_s, u"tiny-text"_s},
                  {u"object"_s, u"chat.completion.chunk"_s},
                  {u"choices"_s, QJsonArray{choice}}});
}

QByteArray reasonPhrase(int status)
{
    return status == 200 ? "OK" : status == 302 ? "Found" : status == 503 ? "Service Unavailable" : "Error";
}

} // namespace

WireStep send(const QByteArray &bytes)
{
    return {.what = WireStep::Do::Send, .bytes = bytes};
}

WireStep pause(std::chrono::milliseconds time)
{
    return {.what = WireStep::Do::Pause, .time = time};
}

WireStep hold()
{
    return {.what = WireStep::Do::Hold};
}

WireStep close()
{
    return {.what = WireStep::Do::Close};
}

WireStep reset()
{
    return {.what = WireStep::Do::Reset};
}

QByteArray head(int status, const QByteArray &contentType, const QByteArray &moreHeaders)
{
    return "HTTP/1.1 " + QByteArray::number(status) + ' ' + reasonPhrase(status)
        + "\r\nServer: llama.cpp\r\nAccess-Control-Allow-Origin: \r\nContent-Type: " + contentType + "\r\n"
        + moreHeaders + "\r\n";
}

QByteArray streamHead()
{
    return head(200, "text/event-stream", "Transfer-Encoding: chunked\r\nX-Accel-Buffering: no\r\n");
}

QByteArray chunk(const QByteArray &bytes)
{
    return QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n";
}

QByteArray lastChunk()
{
    return "0\r\n\r\n";
}

QByteArray roleEvent()
{
    return choiceEvent({{u"role"_s, u"assistant"_s}, {u"content"_s, QJsonValue::Null}});
}

QByteArray textEvent(const QString &text)
{
    return choiceEvent({{u"content"_s, text}});
}

QByteArray thinkingEvent(const QString &text, const QByteArray &field)
{
    return choiceEvent({{QString::fromLatin1(field), text}});
}

QByteArray finishEvent(const QByteArray &reason)
{
    return choiceEvent({}, QString::fromLatin1(reason));
}

QByteArray usageEvent(int prompt, int completion, int cached)
{
    const QJsonObject usage{{u"prompt_tokens"_s, prompt},
                            {u"completion_tokens"_s, completion},
                            {u"total_tokens"_s, prompt + completion},
                            {u"prompt_tokens_details"_s, QJsonObject{{u"cached_tokens"_s, cached}}}};
    return event({{u"choices"_s, QJsonArray{}}, {u"usage"_s, usage}});
}

QByteArray doneEvent()
{
    return "data: [DONE]\n\n";
}

QByteArray errorEvent(int code, const QByteArray &message, const QByteArray &type)
{
    const QJsonObject error{
        {u"code"_s, code}, {u"message"_s, QString::fromUtf8(message)}, {u"type"_s, QString::fromUtf8(type)}};
    return event({{u"error"_s, error}});
}

WireScript stream(const QList<QByteArray> &events)
{
    WireScript script{send(streamHead())};
    for (const QByteArray &one : events)
        script.append(send(chunk(one)));
    return script << send(lastChunk());
}

WireScript answer(const QString &text, const QByteArray &finish, int promptTokens)
{
    QList<QByteArray> events{roleEvent()};
    for (qsizetype start = 0; start < text.size();) {
        qsizetype end = std::min(start + 3, text.size());
        if (end < text.size() && text[end].isLowSurrogate())
            ++end;
        events.append(textEvent(text.sliced(start, end - start)));
        start = end;
    }
    events << finishEvent(finish) << usageEvent(promptTokens, 10) << doneEvent();
    return stream(events);
}

WireScript wholeAnswer(const QString &text, const QByteArray &finish)
{
    const QJsonObject choice{{u"finish_reason"_s, QString::fromLatin1(finish)},
                             {u"index"_s, 0},
                             {u"message"_s, QJsonObject{{u"role"_s, u"assistant"_s}, {u"content"_s, text}}}};
    const QJsonObject body{
        {u"choices"_s, QJsonArray{choice}}, {u"model"_s, u"tiny-text"_s}, {u"object"_s, u"chat.completion"_s}};
    const QByteArray bytes = QJsonDocument(body).toJson(QJsonDocument::Compact);
    return {send(head(200, "application/json; charset=utf-8",
                      "Content-Length: " + QByteArray::number(bytes.size()) + "\r\n")),
            send(bytes)};
}

WireScript error(int status, const QByteArray &body, const QByteArray &moreHeaders)
{
    const QByteArray length = "Connection: close\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n";
    return {send(head(status, "application/json; charset=utf-8", length + moreHeaders)), send(body), close()};
}

WireScript silence()
{
    return {};
}

} // namespace AutoCommit::Wire
