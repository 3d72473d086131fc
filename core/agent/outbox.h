#pragma once

#include "core/base/clock.h"
#include "core/git/git.h"
#include "core/pipeline/messagehost.h"
#include "core/pipeline/runreport.h"
#include "core/store/records.h"

#include <QHash>
#include <QSet>

#include <functional>

namespace AutoCommit {

/// Commits of this machine that the other one has not been told about yet, in the order they were made. On disk (0600),
/// so that neither a kill nor a week without a network loses one; one that is told twice the other machine knows by
/// host, repository and sha. Any thread and any number of programs may use one directory.
class Outbox final : public CommitLedger
{
public:
    Outbox(QString directory, QString host, const Clock &clock);

    Status intend(const RepoContext &repo) override;

    /// What a run did, and what it found of runs that were killed: its commits are to be told as soon as they are on
    /// the hub, where the other machine can see them, or at once where there is no hub. A push also lets those go that
    /// earlier runs could not push.
    Status finish(const RunReport &report, const GitTools &tools);

    /// Looks for the commits that killed runs meant to make, and takes in those that are there. Before a sweep.
    Status settle(const GitTools &tools);

    /// The oldest that can be told, at most so many.
    Result<QList<CommitRecord>> ready(qsizetype most) const;
    /// They were told, or will never be taken.
    Status remove(const QList<CommitRecord> &commits);

private:
    struct Entry
    {
        CommitRecord commit;
        bool held = false; ///< not on the hub yet
    };
    using Entries = QList<Entry>;
    struct Landed;

    Status change(const std::function<Status(Entries &)> &edit) const;
    Result<Entries> load() const;
    Status save(const Entries &entries) const;
    bool holdsBack(const RunReport &report) const; ///< something of its branch
    static void add(Entries &entries, const QList<CommitRecord> &commits, bool held);
    static void rename(Entries &entries, const QString &repo, const QHash<QByteArray, QByteArray> &renamed);
    static void release(Entries &entries, const CommitRecord &pushed, const QList<Landed> &landed);
    static Result<QList<Landed>> landedSince(const Git &git, const QString &before);
    Status settleIntent(const QString &file, const Git &git) const;
    QString intentFile(const QString &repo) const;
    QString entriesFile() const { return m_directory + QStringLiteral("/outbox.json"); }

    const QString m_directory;
    const QString m_host;
    const Clock &m_clock;
    QSet<QString>
        m_heard; ///< what runs of this process reported: repository and sha; of the thread that calls finish()
};

} // namespace AutoCommit
