#include "core/config/listening.h"

#include <QFile>

#include <optional>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// Whether the address is this machine alone; none: it is no address.
std::optional<bool> isLoopbackAddress(const QString &text)
{
    if (text == "localhost"_L1)
        return true;
    const QByteArray latin = text.section(u'%', 0, 0).toLatin1(); // without the interface of fe80::1%eth0
    in_addr four{};
    if (::inet_pton(AF_INET, latin.constData(), &four) == 1)
        return (ntohl(four.s_addr) >> 24) == 127;
    in6_addr six{};
    if (::inet_pton(AF_INET6, latin.constData(), &six) == 1)
        return IN6_IS_ADDR_LOOPBACK(&six) != 0;
    return std::nullopt;
}

Status checkReadable(const QString &key, const QString &path)
{
    if (path.isEmpty())
        return Error{ErrorKind::Config, u"%1 is not set; TLS needs tls_certificate and tls_key"_s.arg(key)};
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorKind::Config, u"%1: %2: %3"_s.arg(key, path, file.errorString())};
    return {};
}

} // namespace

Status checkListening(const Settings &settings, const Paths &paths)
{
    const std::optional<bool> loopback = isLoopbackAddress(settings.apiBind);
    if (!loopback)
        return Error{ErrorKind::Config, u"api_bind: \"%1\" is no address"_s.arg(settings.apiBind)};
    if (settings.tlsCertificate.isEmpty() && settings.tlsKey.isEmpty()) {
        if (*loopback)
            return {};
        return Error{ErrorKind::Config,
                     u"api_bind is %1, which other machines can reach: set tls_certificate and tls_key, "
                     "or bind to 127.0.0.1"_s.arg(settings.apiBind)};
    }
    AC_TRY(checkReadable(u"tls_certificate"_s, paths.expandHome(settings.tlsCertificate)));
    return checkReadable(u"tls_key"_s, paths.expandHome(settings.tlsKey));
}

} // namespace AutoCommit
