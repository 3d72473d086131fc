#include "daemon/run/workshop.h"

#include <QFileInfo>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// Where the checkout cannot even be found, the report is still the repository's; a directory that vanished (a disk
/// that is not mounted, a move) is what there is to say, whatever git made of it.
RunReport named(RunReport report, const RepoUnit &unit, const QString &path)
{
    if (report.commonDir.isEmpty())
        report.commonDir = unit.commonDir;
    if (report.error && report.error->kind != ErrorKind::Cancelled && !QFileInfo::exists(path)) {
        report.error = Error{ErrorKind::NotARepository, u"its directory is gone: %1"_s.arg(path)};
        report.reason = report.error->message;
        report.state = RunState::Failed;
    }
    return report;
}

RunParts within(Workshop::Reach reach, RunParts parts)
{
    parts.options.pull = parts.options.pull && reach == Workshop::Reach::Hub;
    parts.options.push = parts.options.push && reach == Workshop::Reach::Hub;
    return parts;
}

} // namespace

Workshop::Workshop(int surveyThreads, int workThreads, const QString &daemon, const QString &host)
    : m_lease(daemon, host)
    , m_surveys(surveyThreads)
    , m_works(workThreads)
{ }

Workshop::~Workshop()
{
    m_cancel.cancel();
}

void Workshop::survey(const RepoUnit &unit, const std::shared_ptr<const RunKit> &kit, Reach reach)
{
    post(m_surveys, [this, unit, kit, reach]() -> std::function<void()> {
        UnitReport report{.id = unit.id, .reports = {}, .keptBy = m_lease.claim(unit.commonDir)};
        const RunParts parts = within(reach, kit->parts());
        for (const QString &path : report.keptBy.isEmpty() ? unit.workTrees : QStringList()) {
            Entered entered = surveyRepository(path, parts, m_cancel);
            report.hasWork = report.hasWork || entered.hasWork;
            report.reports += named(std::move(entered.report), unit, path);
        }
        return [this, report] { Q_EMIT surveyed(report); };
    });
}

void Workshop::work(const RepoUnit &unit, const std::shared_ptr<const RunKit> &kit, Reach reach)
{
    post(m_works, [this, unit, kit, reach]() -> std::function<void()> {
        UnitReport report{.id = unit.id, .reports = {}, .keptBy = m_lease.claim(unit.commonDir)};
        const RunParts parts = within(reach, kit->parts());
        for (const QString &path : report.keptBy.isEmpty() ? unit.workTrees : QStringList())
            report.reports += named(runRepository(path, parts, m_cancel, observer(unit.id)), unit, path);
        return [this, report] { Q_EMIT worked(report); };
    });
}

StageObserver Workshop::observer(const QString &id)
{
    return [this, id](const RepoContext &, StageId stage) {
        QMetaObject::invokeMethod(
            this, [this, id, stage] { Q_EMIT stageStarted(id, stage); }, Qt::QueuedConnection);
    };
}

void Workshop::post(Lane &lane, const Job &job)
{
    lane.post([this, job] { QMetaObject::invokeMethod(this, job(), Qt::QueuedConnection); });
}

} // namespace AutoCommit
