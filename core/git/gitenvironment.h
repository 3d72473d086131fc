#pragma once

#include <QByteArray>
#include <QList>
#include <QProcessEnvironment>
#include <QStringList>

namespace AutoCommit {

/// What git and its hooks see of the world (SAFETY section 2): an environment built from nothing, so that neither an
/// inherited GIT_* variable nor a desktop's askpass window can reach an unattended git.
class GitEnvironment
{
public:
    /// `extraPath` goes in front of the search path. From the caller's own path only absolute entries are kept; the
    /// usual system directories are appended.
    GitEnvironment(const QProcessEnvironment &from, const QStringList &extraPath);

    const QList<QByteArray> &variables() const { return m_variables; }
    const QStringList &searchPath() const { return m_searchPath; }

    /// The first executable of that name on the search path; empty when there is none.
    QString findProgram(const QString &name) const;

private:
    QList<QByteArray> m_variables;
    QStringList m_searchPath;
};

/// The -c options that every git call gets. `readOnly` adds the one that keeps hooks from running; it must not be used
/// where a user's hooks have to run (commit, push).
QStringList hardeningOptions(bool readOnly);

} // namespace AutoCommit
