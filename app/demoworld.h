#pragma once

#include "core/git/git.h"

#include <QTemporaryDir>

namespace AutoCommit {

/// The throw-away world of `commits demo`: a HOME of its own, a bare hub and two checkouts of one small project with a
/// bit of history. Everything is below one temporary directory, which goes away with the object unless it is kept.
class DemoWorld
{
public:
    /// `real` gives the git program and the search path; nothing else of the user's environment is used.
    static Result<std::unique_ptr<DemoWorld>> create(const GitTools &real, const ProcessRunner &processes, bool keep);

    const QProcessEnvironment &environment() const { return m_environment; }
    const GitTools &tools() const { return m_tools; }
    QString root() const { return m_root.path(); }
    QString apricot() const { return root() + QStringLiteral("/apricot/tidy-list"); }
    QString plum() const { return root() + QStringLiteral("/plum/tidy-list"); }

    /// A working day's mixed edits: a feature with its test, a typo, a dependency bump with its lock file, a .env and a
    /// large recording.
    Status editOnApricot() const;
    /// A fix with its test, made on the other machine.
    Status editOnPlum() const;

    /// What git prints, for showing.
    Result<QString> git(const QString &directory, const QStringList &arguments) const;

private:
    DemoWorld(const GitTools &real, const ProcessRunner &processes);
    Status build();
    Status edit(const QString &checkout, const QString &name, const QByteArray &content) const;
    Status write(const QString &checkout, const QString &name, const QByteArray &content) const;
    Status commit(const QString &checkout, const QString &message) const;

    QTemporaryDir m_root;
    QProcessEnvironment m_environment;
    GitTools m_tools;
    const ProcessRunner &m_processes;
};

} // namespace AutoCommit
