#pragma once

#include "core/git/git.h"

#include <QTemporaryDir>

namespace AutoCommit::Testing {

/// A throw-away HOME and whatever a test puts below it. git runs here with that HOME and nothing of the developer's
/// own.
class World
{
public:
    World();

    QString path(const QString &name = {}) const;
    QProcessEnvironment environment() const { return m_environment; }
    const ProcessRunner &processes() const { return *m_processes; }
    const GitTools &tools() const { return m_tools; }

    /// Plain git, as a user would type it; fails the test program when `git` fails, unless `mayFail`.
    QByteArray git(const QString &directory, const QStringList &arguments, bool mayFail = false) const;
    int gitExit(const QString &directory, const QStringList &arguments) const;

private:
    QTemporaryDir m_dir;
    QProcessEnvironment m_environment;
    std::unique_ptr<ProcessRunner> m_processes;
    GitTools m_tools;
};

/// A checkout in a World, with one commit ("README" holding "hello") unless `empty`.
class TempRepo
{
public:
    enum class Start { OneCommit, Unborn };

    TempRepo(const World &world, const QString &name, Start start = Start::OneCommit);

    const QString &path() const { return m_path; }
    QString file(const QByteArray &name) const;
    /// Writes a file whose time stamps are `age` seconds old, so that it counts as quiet.
    void write(const QByteArray &name, const QByteArray &content, int age = 60) const;
    void remove(const QByteArray &name) const;
    QByteArray read(const QByteArray &name) const;
    QByteArray git(const QStringList &arguments, bool mayFail = false) const;
    QByteArray head() const;
    QList<QByteArray> subjects() const; ///< newest first
    QByteArray indexBytes() const;
    QByteArray blobAt(const QByteArray &revision, const QByteArray &name) const;

    /// Everything that is under version control or could be: path -> content, ".git" left out.
    QMap<QByteArray, QByteArray> tree() const;

private:
    const World &m_world;
    QString m_path;
};

/// A bare hub, and `repo` set up to push its branch to it.
QString makeHub(const World &world, const TempRepo &repo, const QString &name = QStringLiteral("hub.git"));

} // namespace AutoCommit::Testing
