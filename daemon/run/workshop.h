#pragma once

#include "daemon/run/discovery.h"
#include "daemon/run/lease.h"
#include "daemon/run/runkit.h"
#include "daemon/schedule/lane.h"

#include <QObject>

namespace AutoCommit {

/// What a survey or a run of one repository, with all its work trees, brought.
struct UnitReport
{
    QString id;
    QList<RunReport> reports;
    bool hasWork = false; ///< of a survey
    QString keptBy = {}; ///< another daemon, that looks after it; then nothing was looked at
};

/// The worker threads and what they are given to do. Lives on the main thread; answers come there as signals. Workers
/// never see the store or anything else of the main thread.
class Workshop : public QObject
{
    Q_OBJECT

public:
    Workshop(int surveyThreads, int workThreads, const QString &daemon, const QString &host);
    ~Workshop() override; ///< cancels, and waits for the threads

    enum class Reach { Hub, Local }; ///< Local: nothing is fetched or pushed
    void survey(const RepoUnit &unit, const std::shared_ptr<const RunKit> &kit, Reach reach = Reach::Hub);
    void work(const RepoUnit &unit, const std::shared_ptr<const RunKit> &kit, Reach reach = Reach::Hub);

    /// How often every repository is come by at the least.
    void setInterval(std::chrono::seconds interval) { m_lease.setInterval(interval); }

    /// Anything else: `job` runs on a thread of the lane, what it answers runs on the main thread.
    using Job = std::function<std::function<void()>()>;
    void inSurveyLane(const Job &job) { post(m_surveys, job); }
    void inWorkLane(const Job &job) { post(m_works, job); }

    const CancelToken &cancel() const { return m_cancel; }
    bool isIdle() const { return m_surveys.isIdle() && m_works.isIdle(); }

Q_SIGNALS:
    void stageStarted(const QString &id, StageId stage);
    void surveyed(const UnitReport &report);
    void worked(const UnitReport &report);

private:
    void post(Lane &lane, const Job &job);
    StageObserver observer(const QString &id);

    CancelToken m_cancel;
    Lease m_lease;
    Lane m_surveys;
    Lane m_works;
};

} // namespace AutoCommit
