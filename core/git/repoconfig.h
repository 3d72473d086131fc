#pragma once

#include "core/git/git.h"

#include <QMap>

namespace AutoCommit {

/// One repository's git configuration with the scope of every value, read with a single `git config --list`. It tells
/// apart what the machine's owner set (system, global) from what came with the repository and may have been planted.
class RepoConfig
{
public:
    struct Entry
    {
        bool local = false; ///< from the repository's own files (local, worktree), includes counted with them
        QString value;
    };

    static Result<RepoConfig> read(const Git &git);
    static Result<RepoConfig> parse(const QByteArray &output); ///< of `config --list --show-scope -z`; pure

    /// Effective value (the last one set); names are compared as git does: section and variable in lower case.
    QString value(const QString &name) const;
    bool isTrue(const QString &name) const;
    QList<Entry> all(const QString &name) const { return m_entries.value(name); }
    QStringList names() const { return m_entries.keys(); }

    /// `autocommit.*` of the repository itself.
    QMap<QString, QString> ownSettings() const;

    /// -c options that take programs out of reach which only the repository's own files ask git to run.
    /// `trustedFilters` are filter names whose own definitions are accepted as they are ("lfs" always is in its
    /// canonical form).
    QStringList overrides(const QStringList &trustedFilters) const;

    /// Filters that are defined and may run. A path whose `filter` attribute is none of these must not be staged: git
    /// would silently store the raw file (SAFETY row 42).
    QStringList usableFilters(const QStringList &trustedFilters) const;

    /// The repository's own values that would make git run a program or talk to another place, as "name=value" lines.
    /// When these change, somebody has to have a look (SAFETY section 2).
    QStringList executableSurface() const;

    /// Where hooks are looked up. Absolute.
    QString hooksDir(const RepoLocation &location) const;

private:
    QMap<QString, QList<Entry>> m_entries;
};

/// Whether the repository's own configuration files mention anything that needs RepoConfig before even `git status` may
/// run: filters, includes, another work tree. Reads the files, starts nothing. True when in doubt.
bool needsConfigFirst(const RepoLocation &location);

} // namespace AutoCommit
