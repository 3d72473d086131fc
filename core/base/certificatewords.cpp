#include "core/base/certificatewords.h"

namespace AutoCommit {

using namespace Qt::StringLiterals;

QString fingerprintAdvice(const QByteArray &digest)
{
    if (digest.isEmpty())
        return {};
    return u"The SHA-256 fingerprint of the one it shows is %1. If \"openssl x509 -noout -fingerprint -sha256 -in "
           "CERTIFICATE\" prints the same on that machine, for the file of its tls_certificate, set "
           "api_certificate_sha256 to it."_s.arg(QString::fromLatin1(digest.toHex(':').toUpper()));
}

} // namespace AutoCommit
