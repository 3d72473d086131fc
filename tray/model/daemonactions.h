#pragma once

#include "tray/model/daemonmodel.h"
#include "tray/model/localagent.h"

#include <QPointer>

namespace AutoCommit {

/// What the user asks of the daemon and of this machine's agent, where there is one. Each call returns at once; one
/// sentence about the outcome comes back later.
class DaemonActions : public QObject
{
    Q_OBJECT

public:
    explicit DaemonActions(DaemonModel &daemon, QObject *parent = nullptr);

    void setLocalAgent(LocalAgent *agent); ///< may be null; its picture becomes part of the daemon's from here on

    bool reachesDaemon() const; ///< it answers, and the token may
    bool canSteer() const; ///< there is somebody who would sync or pause
    bool canPause() const; ///< one of them is not paused
    bool canResume() const; ///< one of them is paused
    QString whyNot() const; ///< why the daemon does nothing for this token or now; empty where it does

    void syncNow();
    void pauseFor(std::chrono::seconds time);
    void pauseUntilTomorrow(); ///< six in the morning of the next day, here
    void resume();
    void syncRepo(const QString &id);
    void pauseRepo(const QString &id, std::chrono::seconds time);
    void resumeRepo(const QString &id);
    void undo(const ApiCommit &commit);
    void resolve(const QString &problem); ///< "I have dealt with it": the error is closed until it is seen again

    /// The decisions of the last run over a repository.
    void explain(const QString &id, QObject *context, std::function<void(const Result<ApiExplanation> &)> answer);

Q_SIGNALS:
    void succeeded(const QString &sentence);
    void failed(const QString &sentence);

private:
    void refused(const Error &error);
    void pauseHere(const QDateTime &until);
    void tellLocal();
    void send(const QString &path, const QJsonObject &body, const QString &done);

    DaemonModel &m_daemon;
    QPointer<LocalAgent> m_local;
};

} // namespace AutoCommit
