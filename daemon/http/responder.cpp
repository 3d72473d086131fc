#include "daemon/http/responder.h"

#include "daemon/http/httpconnection.h"

#include <utility>

namespace AutoCommit {

struct Responder::Ticket
{
    Ticket(HttpConnection *given, quint64 number)
        : connection(given)
        , serial(number)
    { }
    ~Ticket()
    {
        if (HttpConnection *waiting = take())
            waiting->answerWith(500);
    }
    Q_DISABLE_COPY_MOVE(Ticket)

    bool isOpen() const { return !used && connection && connection->awaits(serial); }
    HttpConnection *take()
    {
        HttpConnection *waiting = isOpen() ? connection.data() : nullptr;
        used = true;
        return waiting;
    }

    QPointer<HttpConnection> connection;
    quint64 serial;
    bool used = false;
};

Responder::Responder(HttpConnection *connection, quint64 serial)
    : m_ticket(std::make_shared<Ticket>(connection, serial))
{ }

void Responder::send(const HttpResponse &response) const
{
    if (HttpConnection *waiting = m_ticket->take())
        waiting->answer(response);
}

std::optional<EventStream> Responder::stream(const QByteArray &contentType) const
{
    HttpConnection *waiting = m_ticket->take();
    if (!waiting || !waiting->beginStream(contentType))
        return std::nullopt;
    return EventStream(waiting, m_ticket->serial);
}

bool Responder::isGone() const
{
    return !m_ticket->isOpen();
}

bool EventStream::write(const QByteArray &piece) const
{
    return isOpen() && m_connection->streamOut(piece);
}

bool EventStream::isOpen() const
{
    return m_connection && m_connection->streams(m_serial);
}

} // namespace AutoCommit
