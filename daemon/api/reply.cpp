#include "daemon/api/reply.h"

#include <QJsonDocument>

namespace AutoCommit {

using namespace Qt::StringLiterals;

HttpResponse jsonResponse(const QJsonObject &object, int status)
{
    return {
        .status = status,
        .contentType = "application/json",
        .body = QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n',
    };
}

HttpResponse errorResponse(const ApiError &error)
{
    const QJsonObject words{{u"kind"_s, error.kind}, {u"message"_s, error.message}, {u"advice"_s, error.advice}};
    return jsonResponse({{u"error"_s, words}}, error.status);
}

Reply Reply::watched(std::function<void(int)> answered) const
{
    Reply reply = *this;
    reply.m_answered = std::move(answered);
    return reply;
}

void Reply::send(const HttpResponse &response) const
{
    if (m_answered && !m_responder.isGone())
        m_answered(response.status);
    m_responder.send(response);
}

void Reply::json(const QJsonObject &object, int status) const
{
    send(jsonResponse(object, status));
}

void Reply::fail(const ApiError &error) const
{
    if (!m_responder.isGone())
        send(errorResponse({error.status, error.kind, m_shapes->text(error.message), error.advice}));
}

void Reply::notFound(const QString &what) const
{
    fail({404, u"not-found"_s, u"there is no such %1"_s.arg(what), {}});
}

} // namespace AutoCommit
