#pragma once

#include <QByteArray>

#include <chrono>

namespace AutoCommit {

/// What systemd wants to hear of a service of Type=notify: sd_notify's protocol, one datagram to $NOTIFY_SOCKET. Does
/// nothing where nobody listens. Takes the variables out of the environment, so that no hook of a user talks to it.
class Supervisor
{
public:
    Supervisor();

    bool isThere() const { return !m_address.isEmpty(); }
    /// How often alive() is wanted; 0: not at all.
    std::chrono::milliseconds watchdog() const { return m_watchdog; }

    void ready(const QByteArray &status) const { tell("READY=1\nSTATUS=" + status); }
    void alive() const { tell("WATCHDOG=1"); }
    void stopping() const { tell("STOPPING=1"); }

private:
    void tell(const QByteArray &message) const;

    QByteArray m_address;
    std::chrono::milliseconds m_watchdog{0};
};

} // namespace AutoCommit
