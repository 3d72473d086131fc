#pragma once

#include "daemon/run/discovery.h"
#include "daemon/run/workshop.h"
#include "daemon/steering.h"

namespace AutoCommit {

/// A repository as the daemon keeps it.
struct KnownRepo
{
    RepoUnit unit;
    RepoSnapshot snapshot;
    bool planDue = true; ///< what is watched of it has to be listed anew
    bool watched = false;
    int lockedInARow = 0; ///< looks that met another git, or another auto-commit, at work
    QString keptBy; ///< another daemon on whose account this one only reads
    bool saved = false; ///< its row in the history has what the snapshot has
};

/// The repositories of this daemon, in the order they are looked at. Main thread; no call blocks.
class Catalog
{
public:
    explicit Catalog(QString host);

    struct Difference
    {
        QStringList added;
        QStringList gone;
    };
    Difference update(const QList<RepoUnit> &units);
    /// What the history knows of repositories that are here.
    void restore(const QList<RepoRecord> &rows, const QList<ErrorRecord> &standing);

    QStringList ids() const { return m_order; }
    QList<RepoUnit> units() const;
    KnownRepo *find(const QString &id);
    const KnownRepo *find(const QString &id) const;
    qsizetype size() const { return m_order.size(); }

    template <typename Visit> void forEach(const Visit &visit)
    {
        for (const QString &id : std::as_const(m_order))
            visit(m_repos[id]);
    }
    template <typename Visit> void forEach(const Visit &visit) const
    {
        for (const QString &id : m_order)
            visit(*m_repos.constFind(id));
    }

    /// Takes over what a survey or a run found. A survey that says there is work leaves the state to the run.
    /// Another daemon looks after it; what the history has of it is that one's.
    static void noteKept(KnownRepo &repo, Timestamp now);
    void apply(const UnitReport &report, Timestamp now);

private:
    void applyOne(KnownRepo &repo, const RunReport &report, Timestamp now) const;

    QString m_host;
    QHash<QString, KnownRepo> m_repos;
    QStringList m_order;
};

} // namespace AutoCommit
