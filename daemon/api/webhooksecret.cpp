#include "daemon/api/webhooksecret.h"

#include "core/service/tokens.h"

#include <QFile>
#include <QMessageAuthenticationCode>

namespace AutoCommit {

namespace {

constexpr std::chrono::hours deliveriesKeptFor{24};
constexpr qsizetype maxSeen = 20'000;

} // namespace

std::optional<bool> WebhookSecret::isSigned(const QString &file, const QByteArray &body, QByteArrayView signature)
{
    QFile secretFile(file);
    if (file.isEmpty() || !secretFile.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QByteArray secret = secretFile.readLine(4096).trimmed();
    if (secret.isEmpty())
        return std::nullopt;
    const QByteArray expected = QMessageAuthenticationCode::hash(body, secret, QCryptographicHash::Sha256).toHex();
    return equalInConstantTime(expected, signature.toByteArray().toLower());
}

bool WebhookSecret::isFresh(const QByteArray &delivery, const QByteArray &signature)
{
    const auto now = m_clock.monotonic();
    m_seen.removeIf([&](const auto &entry) { return now - entry.value() > deliveriesKeptFor; });
    const QByteArray byDelivery = "d" + delivery;
    const QByteArray bySignature = "s" + signature.toLower();
    if (m_seen.contains(byDelivery) || m_seen.contains(bySignature) || m_seen.size() >= maxSeen)
        return false;
    m_seen.insert(byDelivery, now);
    m_seen.insert(bySignature, now);
    return true;
}

} // namespace AutoCommit
