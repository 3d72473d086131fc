#include "tray/model/daemonactions.h"

#include <QUuid>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QString repoPath(const QString &id, QStringView verb)
{
    return u"/repos/%1/%2"_s.arg(id, verb);
}

} // namespace

DaemonActions::DaemonActions(DaemonModel &daemon, QObject *parent)
    : QObject(parent)
    , m_daemon(daemon)
{ }

void DaemonActions::send(const QString &path, const QJsonObject &body, const QString &done)
{
    QJsonObject marked = body;
    marked.insert(u"request_id"_s, QUuid::createUuid().toString(QUuid::WithoutBraces));
    m_daemon.api().post(path, marked, this, [this, done](const Result<QJsonObject> &answer) {
        if (answer)
            Q_EMIT succeeded(done);
        else
            refused(answer.error());
    });
}

void DaemonActions::refused(const Error &error)
{
    if (error.kind == ErrorKind::PermissionDenied && error.detail == u"403"_s)
        m_daemon.noteNoControl();
    Q_EMIT failed(error.message);
}

void DaemonActions::setLocalAgent(LocalAgent *agent)
{
    if (m_local)
        m_local->disconnect(this);
    m_local = agent;
    if (m_local)
        connect(m_local, &LocalAgent::changed, this, &DaemonActions::tellLocal);
    tellLocal();
}

void DaemonActions::tellLocal()
{
    m_daemon.setLocal(m_local ? m_local->picture() : LocalPicture());
}

bool DaemonActions::reachesDaemon() const
{
    return m_daemon.picture().link == LinkState::Online && m_daemon.picture().mayControl;
}

bool DaemonActions::canSteer() const
{
    return m_local || reachesDaemon();
}

bool DaemonActions::canPause() const
{
    const DaemonPicture &picture = m_daemon.picture();
    return (m_local && !picture.local.isPaused(QDateTime::currentDateTimeUtc()))
        || (reachesDaemon() && !picture.status.pause);
}

bool DaemonActions::canResume() const
{
    const DaemonPicture &picture = m_daemon.picture();
    return (m_local && picture.local.isPaused(QDateTime::currentDateTimeUtc()))
        || (reachesDaemon() && picture.status.pause);
}

QString DaemonActions::whyNot() const
{
    if (!m_local || reachesDaemon())
        return m_daemon.whyNoControl();
    return m_daemon.picture().link != LinkState::Online
        ? tr("For this machine only: the daemon does not answer")
        : tr("For this machine only: the token of this user lacks the scope \"control\" at the daemon");
}

void DaemonActions::syncNow()
{
    if (m_local) {
        m_local->syncNow();
        Q_EMIT succeeded(tr("The checkouts of this machine are being looked at"));
        if (!reachesDaemon())
            return;
    }
    send(u"/cycle"_s, {}, tr("A sweep over all repositories has begun"));
}

void DaemonActions::pauseFor(std::chrono::seconds time)
{
    pauseHere(QDateTime::currentDateTimeUtc().addSecs(time.count()));
    if (!m_local || reachesDaemon())
        send(u"/pause"_s, {{u"reason"_s, QString()}, {u"seconds"_s, static_cast<qint64>(time.count())}}, tr("Paused"));
}

void DaemonActions::pauseHere(const QDateTime &until)
{
    if (!m_local)
        return;
    m_local->pause(until, [self = QPointer(this)](const Status &held) {
        if (self && !held)
            Q_EMIT self->failed(tr("This machine could not be paused: %1").arg(held.error().message));
        else if (self)
            Q_EMIT self->succeeded(tr("The checkouts of this machine are left alone"));
    });
}

void DaemonActions::pauseUntilTomorrow()
{
    const QDateTime morning(QDate::currentDate().addDays(1), QTime(6, 0));
    pauseHere(morning.toUTC());
    if (m_local && !reachesDaemon())
        return;
    send(u"/pause"_s, {{u"reason"_s, QString()}, {u"until"_s, morning.toUTC().toString(Qt::ISODateWithMs)}},
         tr("Paused"));
}

void DaemonActions::resume()
{
    if (m_local) {
        m_local->resume([self = QPointer(this)](const Status &gone) {
            if (self && !gone)
                Q_EMIT self->failed(tr("This machine could not be resumed: %1").arg(gone.error().message));
            else if (self)
                Q_EMIT self->succeeded(tr("The checkouts of this machine are committed again"));
        });
        if (!reachesDaemon())
            return;
    }
    send(u"/resume"_s, {}, tr("Running again"));
}

void DaemonActions::syncRepo(const QString &id)
{
    if (LocalPicture::owns(id)) {
        if (m_local)
            m_local->syncNow();
        return;
    }
    send(repoPath(id, u"sync"), {}, tr("The repository is being looked at"));
}

void DaemonActions::pauseRepo(const QString &id, std::chrono::seconds time)
{
    send(repoPath(id, u"pause"), {{u"reason"_s, QString()}, {u"seconds"_s, static_cast<qint64>(time.count())}},
         tr("The repository is paused"));
}

void DaemonActions::resumeRepo(const QString &id)
{
    send(repoPath(id, u"resume"), {}, tr("The repository is no longer paused"));
}

void DaemonActions::undo(const ApiCommit &commit)
{
    m_daemon.api().post(repoPath(commit.repo, u"undo"), {{u"sha"_s, commit.sha}}, this,
                        [this](const Result<QJsonObject> &answer) {
                            if (!answer)
                                refused(answer.error());
                            else if (answer->value(u"soft"_s).toBool())
                                Q_EMIT succeeded(tr("The commit is taken back; its changes are in the work tree"));
                            else
                                Q_EMIT succeeded(tr("A new commit reverts this one"));
                        });
}

void DaemonActions::resolve(const QString &problem)
{
    if (LocalPicture::owns(problem)) { // its next sweep sees whether that is so
        if (m_local)
            m_local->syncNow();
        return;
    }
    send(u"/errors/%1/resolve"_s.arg(problem), {}, tr("Marked as dealt with"));
}

void DaemonActions::explain(const QString &id, QObject *context,
                            std::function<void(const Result<ApiExplanation> &)> answer)
{
    m_daemon.api().get(repoPath(id, u"explain"), {}, context,
                       [answer = std::move(answer)](const Result<QJsonObject> &told) {
                           if (told)
                               answer(parseExplanation(*told));
                           else
                               answer(told.error());
                       });
}

} // namespace AutoCommit
