#pragma once

#include "core/base/clock.h"
#include "core/store/records.h"

#include <QNetworkAccessManager>
#include <QObject>
#include <QStringList>

#include <chrono>

namespace AutoCommit {

/// Asks registries whether versions have arrived. Lives on a thread with an event loop; never blocks. One request for
/// each version, no more than four at once, 20 s and 4 MB at most, redirects only on the same host, nothing of this
/// machine told but the package's name and version. A version no registry may be asked about is left as it is.
class RegistryChecker final : public QObject
{
    Q_OBJECT

public:
    /// `registries` as in registryUrl().
    RegistryChecker(QStringList registries, const Clock &clock, QObject *parent = nullptr);

    void setRegistries(const QStringList &registries) { m_registries = registries; }
    void setDeadline(std::chrono::milliseconds deadline) { m_deadline = deadline; }

    /// Those under way already are not asked about twice.
    void check(const QList<ReleaseRecord> &due);

Q_SIGNALS:
    /// The record as it is to be saved: its state, the time of this check and of the next, why.
    void checked(const AutoCommit::ReleaseRecord &release);

private:
    void next();
    void finish(ReleaseRecord release, int httpStatus, const QByteArray &body, const QString &problem);

    QNetworkAccessManager m_network;
    QStringList m_registries;
    const Clock &m_clock;
    std::chrono::milliseconds m_deadline{20'000};
    QList<ReleaseRecord> m_waiting;
    QList<ReleaseRecord> m_asked;
};

} // namespace AutoCommit
