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
            Q_EMIT failed(answer.error().message);
    });
}

void DaemonActions::syncNow()
{
    send(u"/cycle"_s, {}, tr("A sweep over all repositories has begun"));
}

void DaemonActions::pauseFor(std::chrono::seconds time)
{
    send(u"/pause"_s, {{u"reason"_s, QString()}, {u"seconds"_s, static_cast<qint64>(time.count())}}, tr("Paused"));
}

void DaemonActions::pauseUntilTomorrow()
{
    const QDateTime morning(QDate::currentDate().addDays(1), QTime(6, 0));
    send(u"/pause"_s, {{u"reason"_s, QString()}, {u"until"_s, morning.toUTC().toString(Qt::ISODateWithMs)}},
         tr("Paused"));
}

void DaemonActions::resume()
{
    send(u"/resume"_s, {}, tr("Running again"));
}

void DaemonActions::syncRepo(const QString &id)
{
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
                                Q_EMIT failed(answer.error().message);
                            else if (answer->value(u"soft"_s).toBool())
                                Q_EMIT succeeded(tr("The commit is taken back; its changes are in the work tree"));
                            else
                                Q_EMIT succeeded(tr("A new commit reverts this one"));
                        });
}

void DaemonActions::resolve(const QString &problem)
{
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
