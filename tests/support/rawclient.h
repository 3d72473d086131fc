#pragma once

#include <QByteArray>
#include <QMap>
#include <QTcpSocket>

#include <optional>

namespace AutoCommit::Testing {

struct RawAnswer
{
    int status = 0;
    QMap<QByteArray, QByteArray> fields = {}; ///< names in lower case
    QByteArray body = {};
};

/// A client that sends what it is given, byte by byte, and waits in the event loop that the server lives in, too.
class RawClient
{
public:
    explicit RawClient(quint16 port);

    void send(const QByteArray &bytes);
    /// The next whole answer; nothing when none comes in time or the connection ends first.
    std::optional<RawAnswer> answer(bool toHead = false, int milliseconds = 5000);
    bool isClosed(int milliseconds = 5000); ///< waits for the server to end it
    bool waitFor(const QByteArray &text, int milliseconds = 5000); ///< somewhere in what came and was not taken
    QByteArray input() const { return m_input; }
    QTcpSocket &socket() { return m_socket; }

private:
    bool parse(RawAnswer &answer, bool toHead);

    QTcpSocket m_socket;
    QByteArray m_input;
};

/// One request on a connection of its own.
RawAnswer ask(quint16 port, const QByteArray &method, const QByteArray &path, const QByteArray &token = {},
              const QByteArray &body = {}, const QByteArray &moreFields = {});

} // namespace AutoCommit::Testing
