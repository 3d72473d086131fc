#include "app/trayagent.h"

#include "core/base/advice.h"
#include "core/base/cleantext.h"
#include "core/base/pathtext.h"

#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace AutoCommit {

using namespace Qt::StringLiterals;

namespace {

/// What was left out and will be left out until a person does something: a secret, or what was staged by hand.
const Exclusion *heldForUser(const QList<Exclusion> &excluded)
{
    const auto begins = [&](const QString &rule) {
        const auto at = std::ranges::find_if(excluded, [&](const Exclusion &e) { return e.rule.startsWith(rule); });
        return at == excluded.cend() ? nullptr : &*at;
    };
    const Exclusion *secret = begins(u"secret"_s);
    return secret ? secret : begins(u"staged"_s);
}

QDateTime dateTime(Timestamp time)
{
    return QDateTime::fromMSecsSinceEpoch(
        std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count(), Qt::UTC);
}

} // namespace

Result<std::unique_ptr<TrayAgent>> TrayAgent::make(const MachineAgentPlan &plan, const LoadedSettings &loaded,
                                                   const Paths &paths, const GitTools &tools, const Clock &clock)
{
    std::unique_ptr<TrayAgent> made(new TrayAgent);
    TrayAgent *self = made.get();
    const auto onMain = [self](std::function<void()> what) {
        QMetaObject::invokeMethod(self, std::move(what), Qt::QueuedConnection);
    };
    AC_ASSIGN(
        made->m_agent,
        MachineAgent::make(
            plan, loaded, paths, tools, clock,
            {.stage = {},
             .report = [onMain, self](const RunReport &report) { onMain([self, report] { self->took(report); }); },
             .status =
                 [onMain, self](const AgentStatus &) {
                     onMain([self] {
                         Q_EMIT self->changed();
                         self->readPause();
                     });
                 }}));
    return made;
}

void TrayAgent::start()
{
    m_running = true;
    m_agent->start();
    readPause();
}

void TrayAgent::stop()
{
    m_running = false;
    m_agent->stop();
    Q_EMIT changed();
}

/// As the daemon would show it; its own words for what it left out, where that needs a person.
std::optional<ApiProblem> TrayAgent::problemOf(const RunReport &report) const
{
    ApiProblem problem{.host = m_agent->host(), .repo = LocalPicture::idOf(report.path)};
    if (report.error) {
        problem.kind = errorKindName(report.error->kind);
        problem.message = report.error->message;
        problem.advice = adviceFor(report.error->kind);
    } else if (const Exclusion *held = heldForUser(report.excluded)) {
        const bool isSecret = held->rule.startsWith(u"secret"_s);
        problem.kind = isSecret ? u"secret-held"_s : u"staged-held"_s;
        problem.message = textFromPath(held->path) + u": "_s + held->reason;
        problem.advice = isSecret
            ? tr("Take the secret out of the file, or let it pass with an allow rule (commits explain --held).")
            : tr("Commit or unstage it: what was staged by hand is left to you.");
    } else if (report.needsUser()) {
        problem.kind = u"left-alone"_s;
        problem.message = report.reason;
    } else {
        return std::nullopt;
    }
    if (problem.message.isEmpty())
        problem.message = report.reason;
    problem.message = cleanLine(problem.message);
    problem.name = report.path.section(u'/', -1);
    problem.id = problem.repo + u'#' + problem.kind;
    return problem;
}

void TrayAgent::took(const RunReport &report)
{
    if (report.error && report.error->kind == ErrorKind::Cancelled)
        return; // the sweep was ended: that says nothing about the checkout
    const QDateTime now = QDateTime::currentDateTimeUtc();
    ApiRepo &repo = m_repos[report.path];
    repo = {.id = LocalPicture::idOf(report.path),
            .name = report.path.section(u'/', -1),
            .path = report.path,
            .host = m_agent->host(),
            .origin = report.origin,
            .branch = report.branch,
            .head = QString::fromLatin1(report.head),
            .upstream = report.upstream,
            .ahead = report.ahead,
            .behind = report.behind,
            .state = runStateName(report.state),
            .reason = cleanLine(report.reason),
            .lookedAt = now,
            .committedAt = report.commits.isEmpty() ? repo.committedAt : now,
            .needsPush = report.needsPush,
            .excluded = report.excluded.size()};
    if (std::optional<ApiProblem> problem = problemOf(report)) {
        const ApiProblem before = m_problems.value(report.path);
        problem->firstSeen = before.id == problem->id ? before.firstSeen : now;
        problem->lastSeen = now;
        problem->count = before.id == problem->id ? before.count + 1 : 1;
        repo.error = {.id = problem->id, .kind = problem->kind, .message = problem->message, .advice = problem->advice};
        m_problems.insert(report.path, *problem);
    } else {
        m_problems.remove(report.path);
    }
    Q_EMIT changed();
}

void TrayAgent::readPause()
{
    if (m_reading) {
        m_readAgain = true;
        return;
    }
    m_reading = true;
    m_lane.run(
        this, [agent = m_agent.get()] { return agent->standingPause(); },
        [this](const std::optional<PauseRecord> &standing) { takePause(standing); });
}

void TrayAgent::takePause(const std::optional<PauseRecord> &standing)
{
    m_reading = false;
    m_pause.reset();
    if (standing)
        m_pause = ApiPause{.reason = standing->reason,
                           .by = standing->by,
                           .since = dateTime(standing->since),
                           .until = standing->until ? dateTime(*standing->until) : QDateTime()};
    Q_EMIT changed();
    if (std::exchange(m_readAgain, false))
        readPause();
}

LocalPicture TrayAgent::picture() const
{
    LocalPicture picture{.present = true, .pause = m_pause};
    for (auto it = m_repos.cbegin(); it != m_repos.cend(); ++it) {
        if (!QFileInfo::exists(it.key()))
            continue; // moved or gone: nothing stands against it any more
        picture.repos += it.value();
        if (const auto problem = m_problems.constFind(it.key()); problem != m_problems.cend())
            picture.problems += *problem;
    }
    return picture;
}

void TrayAgent::syncNow()
{
    m_agent->sweepSoon();
}

void TrayAgent::pause(const QDateTime &until, Done done)
{
    const Timestamp end{std::chrono::milliseconds(until.toMSecsSinceEpoch())};
    m_lane.run(
        this,
        [agent = m_agent.get(), end = until.isValid() ? std::optional(end) : std::nullopt] {
            return agent->pause(end);
        },
        [this, done = std::move(done)](const Status &held) {
            done(held);
            readPause();
        });
}

void TrayAgent::resume(Done done)
{
    m_lane.run(
        this, [agent = m_agent.get()] { return agent->resume(); },
        [this, done = std::move(done)](const Status &gone) {
            done(gone);
            readPause();
        });
}

QStringList TrayAgent::statusLines() const
{
    const AgentStatus status = m_agent->status();
    QStringList lines{status.line};
    if (!status.drift.isEmpty())
        lines += status.drift;
    if (status.untold > 0)
        lines += tr("%n commit(s) not reported yet", nullptr, static_cast<int>(status.untold));
    for (auto it = m_problems.cbegin(); it != m_problems.cend(); ++it)
        lines += cleanLine(it.key() + u": "_s + it->message);
    lines.removeAll(QString());
    return lines;
}

} // namespace AutoCommit
