#pragma once

#include "core/base/cancel.h"
#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QHash>
#include <QString>

#include <condition_variable>
#include <mutex>
#include <optional>

namespace AutoCommit {

/// What all runs of one program share about the machines their hubs are on. Many repositories behind one ssh server use
/// one connection, and a server that does not answer is found out once, not once for each of them. Any thread.
class HubConnections
{
public:
    /// Sockets of shared ssh connections go to `socketDirectory` (0700, made when needed); empty, or too long for a
    /// socket's name: each git connects by itself. `clock` has to outlive this.
    HubConnections(QString socketDirectory, const Clock &clock);

    /// For the end of an ssh command line; empty when connections are not shared.
    QByteArray sshOptions();

    /// Before a connection to `host`. While nobody knows whether it answers, one caller is let through and the others
    /// wait for what it finds. Unreachable at once while it is known not to answer, and Cancelled.
    Status enter(const QString &host, const CancelToken &cancel);

    /// After it: whether the host could be reached at all. One that could not, when it was asked, is left alone for a
    /// minute, then twice as long each time, up to 15 minutes. Where others reached it a moment ago it is asked anew.
    void leave(const QString &host, bool reached);

private:
    enum class Reach { Unknown, Asking, Answers, Silent };
    struct Host
    {
        Reach reach = Reach::Unknown;
        Clock::Monotonic until = {}; ///< of Answers and Silent
        std::chrono::seconds patience{0};
    };

    const QString m_socketDirectory;
    const Clock &m_clock;
    std::mutex m_mutex;
    std::optional<QByteArray> m_sshOptions;
    std::condition_variable m_changed;
    QHash<QString, Host> m_hosts;
};

} // namespace AutoCommit
