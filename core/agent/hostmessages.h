#pragma once

#include "core/agent/hostdoor.h"
#include "core/base/clock.h"
#include "core/pipeline/messagehost.h"

#include <QHash>

#include <functional>
#include <mutex>
#include <optional>

namespace AutoCommit {

struct HostMessagesOptions
{
    QString host = {}; ///< this machine's name, as the other one knows it
    bool wait = false; ///< on_no_model: for a host that is away, at most `patience` for one repository
    std::chrono::seconds patience{1800};
    std::chrono::seconds answer{900}; ///< how long the host may take for one change
    std::chrono::seconds pause{30}; ///< after it could not be reached nobody is kept waiting again for this long
    std::chrono::seconds silence{300}; ///< the same, after it took a question and never answered
    std::chrono::milliseconds remark{3000}; ///< an answer that takes longer is remarked upon
    std::function<void(const QString &host)> waiting = {}; ///< the remark; called on a thread of its own
};

/// Asks the daemon behind a HostDoor. The same change gets the same request_id, so that an answer that was lost on the
/// way is not worked out a second time. Door and clock have to outlive it.
class HostMessages final : public MessageHost
{
public:
    HostMessages(HostDoor &door, const Clock &clock, HostMessagesOptions options);

    Result<QList<ProposedCommit>> propose(const ChangeContext &change, const AskedRepository &repo) override;
    bool waits(const AskedRepository &repo) override;

    /// Of the last contact; none after a good one.
    std::optional<Error> trouble() const;

    /// The host took a question and did not answer it, not long ago: it is not worth another wait.
    bool isSilent() const;

private:
    Result<QJsonObject> ask(const OutgoingJson &question, const CancelToken &cancel);
    bool isAwayStill() const; ///< with m_mutex held
    void remember(const AskedRepository &repo, const std::optional<Error> &trouble);

    HostDoor &m_door;
    const Clock &m_clock;
    const HostMessagesOptions m_options;
    mutable std::mutex m_mutex;
    std::optional<Error> m_trouble;
    Clock::Monotonic m_since{}; ///< when m_trouble was seen
    bool m_silent = false; ///< m_trouble was a time-out
    QHash<QString, Clock::Monotonic> m_waiting; ///< repositories, and since when they wait
};

/// The body of POST /generate-message. `names` are the paths as they are told.
OutgoingJson messageQuestion(const ChangeContext &change, const AskedRepository &repo, const QString &host,
                             const QList<QByteArray> &names);

/// How the paths of a change are told: as they are, a secret in a name masked. Fails where two would be told alike.
Result<QList<QByteArray>> toldNames(const ChangeContext &change);

/// Reads an answer; anything but every name exactly once is an error.
Result<QList<ProposedCommit>> readProposal(const QJsonObject &answer, const QList<QByteArray> &names);

} // namespace AutoCommit
