#pragma once

#include "tests/support/canaries.h"
#include "tests/support/temprepo.h"

#include <QProcess>

#include <map>

namespace AutoCommit::Testing {

/// A computer with a HOME of its own, checkouts in which canaries are planted, and a program of ours that runs there.
class CanaryMachine
{
public:
    /// `canaries` gets what is planted here beside it.
    CanaryMachine(const QString &name, Canaries &canaries);
    ~CanaryMachine();

    World world;
    QMap<QString, QString> variables; ///< more of the environment

    /// Checkouts as they are before anything of ours runs, all of them clean; their past is full of secrets.
    void prepare();
    /// A day's work: takes the secrets out of some checkouts and plants them everywhere in others.
    void plant();

    void start(const QStringList &arguments);
    void stop();
    QByteArray commits(const QStringList &arguments) const; ///< `commits …`, to its end
    qint64 pid() const { return m_program.processId(); }

    const TempRepo &repo(const QString &name) const { return *m_repos.at(name); }
    QByteArray left() const; ///< a checkout in which something that can be committed is not, and what; empty: all done

    /// Everything that was written here: place -> bytes. Of work trees and of .git only what is ours, and the objects
    /// that are new since plant(), in hubs since prepare().
    QMap<QByteArray, QByteArray> written() const;

private:
    QProcessEnvironment environment() const;
    QByteArray run(const QString &program, const QString &directory, const QStringList &arguments,
                   const QByteArray &input = {}) const;
    const TempRepo &add(const QString &name);
    QString hubOf(const QString &name) const { return world.path(QStringLiteral("hubs/%1.git").arg(name)); }
    void commitByHand(const QString &name, const QByteArray &message) const;
    QSet<QByteArray> objectsOf(const QString &repository) const;
    void readFiles(const QString &directory, QMap<QByteArray, QByteArray> &into) const;

    const QString m_name;
    Canaries &m_canaries;
    std::map<QString, std::unique_ptr<TempRepo>> m_repos;
    QMap<QString, QSet<QByteArray>> m_before;
    QProcess m_program;
};

/// Makes a hook that says `words` and refuses.
void refuseBy(const QString &hook, const QByteArray &words);

} // namespace AutoCommit::Testing
