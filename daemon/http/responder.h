#pragma once

#include "daemon/http/httpmessage.h"

#include <QPointer>

#include <memory>
#include <optional>

namespace AutoCommit {

class HttpConnection;

/// An answer that goes on: server-sent events. Copies are the same stream. On the server's thread only.
class EventStream
{
public:
    /// Queues a piece. False: the client has gone, or reads so slowly that it was cut off; forget the stream then.
    bool write(const QByteArray &piece) const;
    bool isOpen() const;

private:
    friend class Responder;
    EventStream(QPointer<HttpConnection> connection, quint64 serial)
        : m_connection(std::move(connection))
        , m_serial(serial)
    { }

    QPointer<HttpConnection> m_connection;
    quint64 m_serial = 0;
};

/// The right to answer one request, once. Copies share it. When the client has gone meanwhile, answering does nothing;
/// when the last copy goes without an answer, the client gets a 500. On the server's thread only.
class Responder
{
public:
    void send(const HttpResponse &response) const;

    /// Answers 200 with these fields and keeps the connection for events. Nothing when the client has gone.
    std::optional<EventStream> stream(const QByteArray &contentType) const;

    bool isGone() const; ///< nobody waits for the answer any more

private:
    friend class HttpConnection;
    struct Ticket;
    Responder(HttpConnection *connection, quint64 serial);

    std::shared_ptr<Ticket> m_ticket;
};

} // namespace AutoCommit
