#pragma once

#include "core/git/git.h"

namespace AutoCommit {

/// The hooks of one repository. A hook runs through `git hook run`, exactly as git itself would run it, and is never
/// bypassed; one that does not exist costs nothing.
class Hooks
{
public:
    Hooks(const Git &git, QString directory);

    bool has(const QString &name) const;

    /// HookRejected when it exits with anything but 0, Timeout when it does not end. `environment` adds to git's own,
    /// for instance GIT_INDEX_FILE. Nothing happens when there is no such hook.
    Status run(const QString &name, const QStringList &arguments, const QList<QByteArray> &environment) const;

    /// Names, sizes and content hashes of the hooks that exist: part of the surface a person has to approve.
    QStringList surface() const;

private:
    const Git &m_git;
    QString m_directory;
};

} // namespace AutoCommit
