#pragma once

#include "core/base/clock.h"
#include "core/config/paths.h"
#include "daemon/api/doctorcheck.h"
#include "daemon/api/messageservice.h"
#include "daemon/http/httplimits.h"
#include "daemon/steering.h"

#include <memory>

namespace AutoCommit {

struct ApiOptions
{
    HttpLimits limits = {};
    int controlPerMinute = 10; ///< of one token from one address
    int ownerControlPerMinute = 600; ///< of the owner's token from loopback: a script over many repositories
    int failuresPerMinute = 5; ///< wrong tokens from one address
    DoctorRun doctor = {};
};

/// The HTTP API of one daemon, in the event loop of the thread that makes it. Address, port, names, certificate and the
/// database it reads come from Steering::settings() when it starts to listen; `steering` and `messages` (which may be
/// null) have to outlive it.
class ApiServer final : public QObject
{
    Q_OBJECT

public:
    ApiServer(Steering &steering, Paths paths, MessageService *messages, const Clock &clock, ApiOptions options = {},
              QObject *parent = nullptr);
    ~ApiServer() override; ///< close()

    /// Makes the owner's token if there is none and listens, also on a Unix socket of this user where that is possible;
    /// when it is not, the log says why. Config: an address that is none; one beyond loopback
    /// without TLS; a certificate or key that cannot be used. Unreachable: the port is taken.
    Status listen();
    void close(); ///< at once; requests at work are not answered any more
    quint16 port() const; ///< 0 before listen()
    QString url() const; ///< "http://127.0.0.1:8200", for daemons.json
    QString tokenFile() const;
    QByteArray certificateSha256() const; ///< of what it shows over TLS; empty without TLS
    QString socketFile() const { return m_socketFile; } ///< of the Unix socket; empty: there is none

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
    QString m_socketFile;
};

} // namespace AutoCommit
