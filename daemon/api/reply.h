#pragma once

#include "core/base/result.h"
#include "daemon/api/apierror.h"
#include "daemon/api/shapes.h"
#include "daemon/http/responder.h"

#include <QJsonObject>

#include <functional>

namespace AutoCommit {

/// Answers a request of the API. Copies share it; the first answer counts.
class Reply
{
public:
    Reply(Responder responder, const Shapes &shapes)
        : m_responder(std::move(responder))
        , m_shapes(&shapes)
    { }

    /// The same, but `answered` is told the status first. Never called once nobody waits for the answer any more.
    Reply watched(std::function<void(int status)> answered) const;

    void send(const HttpResponse &response) const;
    void json(const QJsonObject &object, int status = 200) const;
    void fail(const ApiError &error) const;
    void fail(const Error &error) const { fail(apiErrorOf(error)); }
    void notFound(const QString &what) const; ///< "no such …"
    const Responder &responder() const { return m_responder; }

    /// For the answers of a worker: the value's shape, or the error.
    template <typename T, typename Shape> std::function<void(Result<T>)> with(Shape shape) const
    {
        return [reply = *this, shape](const Result<T> &result) {
            if (reply.responder().isGone())
                return; // perhaps because the server is no more, and with it what the shape would use
            if (result)
                reply.json(shape(*result));
            else
                reply.fail(result.error());
        };
    }

private:
    Responder m_responder;
    const Shapes *m_shapes;
    std::function<void(int)> m_answered;
};

HttpResponse jsonResponse(const QJsonObject &object, int status = 200);
HttpResponse errorResponse(const ApiError &error);

} // namespace AutoCommit
