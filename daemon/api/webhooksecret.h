#pragma once

#include "core/base/clock.h"

#include <QByteArray>
#include <QHash>
#include <QString>

#include <optional>

namespace AutoCommit {

/// The forge's signature on its webhooks, and which deliveries came already.
class WebhookSecret
{
public:
    explicit WebhookSecret(const Clock &clock)
        : m_clock(clock)
    { }

    /// HMAC-SHA256 of the body in hex, compared in constant time. `file` is read each time; nothing when it cannot be
    /// or is empty.
    static std::optional<bool> isSigned(const QString &file, const QByteArray &body, QByteArrayView signature);

    /// True the first time within a day; both the delivery's id and its signature count, so that neither a new id on an
    /// old body nor an old id on a new body passes.
    bool isFresh(const QByteArray &delivery, const QByteArray &signature);

private:
    const Clock &m_clock;
    QHash<QByteArray, Clock::Monotonic> m_seen;
};

} // namespace AutoCommit
