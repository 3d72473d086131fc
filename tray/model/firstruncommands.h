#pragma once

#include "core/api/apisettings.h"
#include "core/base/result.h"

#include <QStringList>

#include <functional>
#include <optional>

class QObject;

namespace AutoCommit {

/// One checkout as a dry run sees it.
struct PlannedRepo
{
    QString path{};
    QString branch{};
    QString state{}; ///< clean, planned, skipped, failed
    QString reason{};
    QStringList subjects{}; ///< of the commits that would be made
    QStringList leftOut{}; ///< "path: why", of what would not be committed
};

/// The daemon of another computer, as the user typed it.
struct RemotePlace
{
    QString url{};
    QString token{};
    QString certificateSha256{}; ///< hex; empty: the system's authorities decide

    bool operator==(const RemotePlace &) const = default;
};

/// What the guide was told to start.
struct StartWish
{
    QStringList folders{};
    std::optional<RemotePlace> remote{}; ///< whose agent this computer becomes; none: a daemon of its own
    bool atLogin = false;
};

/// What the guide needs done. One thing at a time; answers come once, later, in the caller's thread, and not after
/// `context` is gone.
class FirstRunCommands
{
public:
    virtual ~FirstRunCommands() = default;

    /// Looks for checkouts below the folders and plans their commits. Changes nothing.
    virtual void preview(const QStringList &folders, QObject *context,
                         std::function<void(const Result<QList<PlannedRepo>> &)> answer)
        = 0;
    /// Whether git, the hubs of these checkouts and the model servers can be used. Changes nothing.
    virtual void check(const QStringList &repos, QObject *context,
                       std::function<void(const Result<QList<ApiCheck>> &)> answer)
        = 0;
    /// Asks that daemon who it is; one sentence. Changes nothing.
    virtual void testRemote(const RemotePlace &place, QObject *context,
                            std::function<void(const Result<QString> &)> answer)
        = 0;
    /// Starts the daemon or the agent. What else has to be known comes with success, often empty.
    virtual void start(const StartWish &wish, QObject *context, std::function<void(const Result<QString> &)> answer)
        = 0;
    /// Ends what runs. Its answer may still come, or not.
    virtual void cancel() = 0;
};

} // namespace AutoCommit
