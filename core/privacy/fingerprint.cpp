#include "core/privacy/fingerprint.h"

#include "core/privacy/byteset.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>

namespace AutoCommit {

using namespace Qt::StringLiterals;

QByteArray fingerprintOf(const QByteArray &salt, const QByteArray &rule, QByteArrayView value)
{
    QMessageAuthenticationCode code(QCryptographicHash::Sha256, salt);
    code.addData(rule);
    code.addData("\0", 1);
    code.addData(value.data(), value.size());
    return rule + ':' + code.result().toHex().left(16);
}

QString previewOf(QByteArrayView value, QByteArrayView rule)
{
    constexpr qsizetype shown = 4;
    constexpr qsizetype shortest = 20; ///< below it four characters are too much of the secret
    const bool chosen = rule == QByteArrayView("credential") || rule == QByteArrayView("url-password")
        || rule.startsWith("user:") || rule.startsWith("repository:");
    QString head;
    for (qsizetype i = 0; i < shown && !chosen && value.size() >= shortest; ++i) {
        if (!Bytes::base64.contains(value[i]))
            break;
        head += QLatin1Char(value[i]);
    }
    return u"%1… (%2 characters)"_s.arg(head).arg(value.size());
}

} // namespace AutoCommit
