#include "daemon/api/tlsfiles.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>

namespace AutoCommit {

using namespace Qt::StringLiterals;

Result<QSslConfiguration> readTlsFiles(const QString &certificate, const QString &key)
{
    const auto bad = [](const QString &message) { return Error{ErrorKind::Config, message}; };
    if (!QSslSocket::supportsSsl())
        return bad(u"TLS is configured, but Qt finds no TLS library on this machine"_s);
    const QList<QSslCertificate> chain = QSslCertificate::fromPath(certificate, QSsl::Pem);
    if (chain.isEmpty())
        return bad(u"tls_certificate: %1 holds no certificate in PEM form"_s.arg(certificate));
    QFile file(key);
    if (!file.open(QIODevice::ReadOnly))
        return bad(u"tls_key: %1: %2"_s.arg(key, file.errorString()));
    const QByteArray pem = file.readAll();
    QSslKey secret;
    for (const auto algorithm : {QSsl::Rsa, QSsl::Ec}) {
        if (secret.isNull())
            secret = QSslKey(pem, algorithm, QSsl::Pem, QSsl::PrivateKey);
    }
    if (secret.isNull())
        return bad(u"tls_key: %1 holds no RSA or EC key in PEM form without a passphrase"_s.arg(key));
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    configuration.setLocalCertificateChain(chain);
    configuration.setPrivateKey(secret);
    return configuration;
}

} // namespace AutoCommit
