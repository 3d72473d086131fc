#pragma once

#include "core/agent/hostdoor.h"
#include "core/agent/outbox.h"
#include "core/pipeline/runreport.h"

#include <QHash>

#include <optional>

namespace AutoCommit {

/// What the other machine said about itself.
struct HostGreeting
{
    QString name = {};
    QString version = {};
    qint64 protocol = 0;
    QString drift = {}; ///< what is wrong with the two versions, for people; empty: nothing
};

/// Tells the other machine what was committed here, and where the checkouts stand. For one thread.
class Reporting
{
public:
    Reporting(HostDoor &door, Outbox &outbox, const GitTools &tools, QString host);

    /// Sends what the outbox has, oldest first, until it is empty or something is in the way. Answers how many.
    Result<int> tellCommits(const CancelToken &cancel);

    /// Branch and HEAD of every checkout that was looked at.
    Result<HostGreeting> heartbeat(const QList<RunReport> &reports, const CancelToken &cancel);

private:
    Status tell(const QList<CommitRecord> &commits, const CancelToken &cancel);
    QString originOf(const RunReport &report);

    HostDoor &m_door;
    Outbox &m_outbox;
    const GitTools &m_tools;
    const QString m_host;
    QHash<QString, QString> m_origins; ///< of checkouts, by path: reading one costs a process
};

} // namespace AutoCommit
