#include "daemon/service/messageworker.h"

#include "core/service/remotechange.h"

#include <algorithm>
#include <limits>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// The program's models for one request that somebody waits for: urgent, and only as long as the request has time.
class UrgentModels final : public ModelSource
{
public:
    UrgentModels(ModelSource &models, const Clock &clock, Clock::Monotonic until)
        : m_models(models)
        , m_clock(clock)
        , m_until(until)
    { }

    ModelWriter *writer() override { return m_models.writer(); }
    const ModelNames &names() const override { return m_models.names(); }
    std::chrono::seconds patience() const override
    {
        const auto left = std::chrono::duration_cast<std::chrono::seconds>(m_until - m_clock.monotonic());
        return std::clamp(left, std::chrono::seconds(0), m_models.patience());
    }
    RequestClass requestClass() const override { return RequestClass::Interactive; }
    RetrievalClient *retrieval() override { return m_models.retrieval(); }
    std::optional<KeptMessage> kept(const QByteArray &key) override { return m_models.kept(key); }
    void keep(const QByteArray &key, const KeptMessage &message) override { m_models.keep(key, message); }

private:
    ModelSource &m_models;
    const Clock &m_clock;
    const Clock::Monotonic m_until;
};

int lineCount(qint64 told)
{
    return static_cast<int>(std::clamp<qint64>(told, 0, std::numeric_limits<int>::max()));
}

RemoteChange changeOf(const GenerateRequest &request)
{
    RemoteChange change{.branch = request.branch, .patch = request.patch, .oneCommit = request.oneCommit};
    for (const RecentSubject &subject : request.recentSubjects)
        change.recentSubjects += subject.subject;
    for (const GenerateFile &file : request.files)
        change.files += {.path = file.path,
                         .oldPath = file.oldPath,
                         .kind = file.kind,
                         .addedLines = lineCount(file.added),
                         .removedLines = lineCount(file.deleted)};
    return change;
}

GenerateAnswer answerOf(const QList<PlannedCommit> &plan, const GenerateRequest &request)
{
    GenerateAnswer answer;
    for (const PlannedCommit &commit : plan) {
        GenerateGroup group{.subject = commit.subject,
                            .body = commit.body,
                            .type = commit.type,
                            .scope = commit.scope,
                            .source = commit.source,
                            .model = commit.model,
                            .why = commit.why};
        for (const qsizetype file : commit.files)
            group.paths += request.files[file].path;
        answer.groups += group;
    }
    return answer;
}

} // namespace

MessageWorker::MessageWorker(const Settings &settings, Gate gate, std::unique_ptr<ModelSource> models,
                             const Clock &clock, MessageWorkerOptions options)
    : m_clock(clock)
    , m_options(options)
    , m_parts(std::make_shared<Parts>(Parts{settings, std::move(gate), std::move(models)}))
{ }

void MessageWorker::setParts(const Settings &settings, Gate gate, std::unique_ptr<ModelSource> models)
{
    auto parts = std::make_shared<Parts>(Parts{settings, std::move(gate), std::move(models)});
    const std::lock_guard guard(m_mutex);
    m_parts.swap(parts);
}

MessageWorker::~MessageWorker()
{
    m_cancel.cancel();
    {
        const std::lock_guard guard(m_mutex);
        m_jobs.clear();
    }
    m_changed.notify_all();
    if (m_thread.joinable())
        m_thread.join();
    for (const std::shared_ptr<Job> &job : std::exchange(m_open, {}))
        job->done(Error{ErrorKind::Cancelled, u"the service is stopping"_s});
}

void MessageWorker::generate(const GenerateRequest &request, Done done)
{
    if (m_open.size() > m_options.waiting) {
        done(Error{ErrorKind::OutOfResources, u"too many changes wait for a message; try again in a minute"_s});
        return;
    }
    auto job = std::make_shared<Job>(Job{request, std::move(done), m_clock.monotonic() + m_options.deadline});
    m_open.push_back(job);
    {
        const std::lock_guard guard(m_mutex);
        m_jobs.push_back(std::move(job));
    }
    m_changed.notify_all();
    if (!m_thread.joinable()) // most daemons have no agents
        m_thread = std::thread([this] { work(); });
}

void MessageWorker::work()
{
    while (true) {
        std::shared_ptr<Job> job;
        {
            std::unique_lock guard(m_mutex);
            m_changed.wait(guard, [this] { return !m_jobs.empty() || m_cancel.isCancelled(); });
            if (m_cancel.isCancelled())
                return;
            job = m_jobs.front();
            m_jobs.pop_front();
        }
        Result<GenerateAnswer> answered = answer(*job);
        QMetaObject::invokeMethod(
            this, [this, job, answered = std::move(answered)]() mutable { giveBack(job, std::move(answered)); },
            Qt::QueuedConnection);
    }
}

Result<GenerateAnswer> MessageWorker::answer(const Job &job)
{
    std::shared_ptr<Parts> parts;
    {
        const std::lock_guard guard(m_mutex);
        parts = m_parts;
    }
    std::optional<UrgentModels> models;
    if (parts->models && m_clock.monotonic() < job.until)
        models.emplace(*parts->models, m_clock, job.until);
    AC_ASSIGN(const QList<PlannedCommit> plan,
              planRemoteChange(changeOf(job.request),
                               {.clock = m_clock,
                                .cancel = m_cancel,
                                .models = models ? &*models : nullptr,
                                .settings = parts->settings,
                                .gate = parts->gate}));
    return answerOf(plan, job.request);
}

void MessageWorker::giveBack(std::shared_ptr<Job> job, Result<GenerateAnswer> answer)
{
    if (std::erase(m_open, job) > 0)
        job->done(std::move(answer));
}

} // namespace AutoCommit
