#pragma once

#include "daemon/http/httplimits.h"
#include "daemon/http/httpmessage.h"

#include <memory>

namespace AutoCommit {

/// Bytes of one connection in, requests out, one after the other. llhttp does the reading; what it is too kind for is
/// checked before (headcheck.h). Knows no sockets and no time.
class RequestReader
{
public:
    enum class State {
        Head, ///< more bytes are needed
        HeadDone, ///< request() has everything but the body; go on with readBody()
        Body, ///< more bytes are needed
        Done, ///< request() is complete
        Failed, ///< refusal() says with what; nothing more can be read
    };

    explicit RequestReader(const HttpLimits &limits);
    ~RequestReader();
    Q_DISABLE_COPY_MOVE(RequestReader)

    /// Takes what belongs to the request at hand from the front of `input`; the rest is for the one after it.
    State readHead(QByteArray &input);
    State readBody(QByteArray &input);
    void next(); ///< after Done

    State state() const;
    const IncomingRequest &request() const;
    int refusal() const; ///< a status
    bool expectsBody() const; ///< after HeadDone

private:
    struct Parser;
    std::unique_ptr<Parser> m_parser;
};

} // namespace AutoCommit
