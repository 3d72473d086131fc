#pragma once

#include <QString>

#include <atomic>
#include <chrono>

namespace AutoCommit {

/// Which daemon looks after a repository, when several list it: the first one, until it ends; the others only read
/// (SAFETY row 67). Known from a file in the common git directory, so it holds for daemons of different users and on
/// different machines that share a disk. A daemon on another machine, whose process cannot be looked for, says until
/// when it means to keep its claim. Any thread.
class Lease
{
public:
    /// `daemon` is this daemon's name, `host` this machine's.
    Lease(QString daemon, QString host);

    /// How often this daemon comes by at the least: a claim is kept for three times as long, half an hour at least (a
    /// run that waits for models may take a quarter of one).
    void setInterval(std::chrono::seconds interval) { m_interval = interval.count(); }

    /// Takes or renews the claim. Empty: the repository is ours. Else who has it, in words.
    QString claim(const QString &commonDir) const;

private:
    QString m_daemon;
    QString m_host;
    qint64 m_pid;
    QString m_startTime;
    std::atomic<qint64> m_interval{0}; ///< seconds
};

} // namespace AutoCommit
