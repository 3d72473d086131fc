#pragma once

#include "core/config/settings.h"
#include "core/pipeline/modelsource.h"
#include "core/privacy/gate.h"
#include "daemon/api/messageservice.h"

#include <QObject>

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>

namespace AutoCommit {

struct MessageWorkerOptions
{
    std::size_t waiting = 16; ///< requests that may wait; one more is turned away
    std::chrono::seconds deadline{300}; ///< from arrival to answer; beyond it no model is asked any more
};

/// Writes messages for agents, one change after the other on a thread of its own: models are asked one request at a
/// time anyway, and the built-in engine takes milliseconds. A change that waited for too long, or whose models are
/// away, is described by the built-in engine. Lives on the main thread. What still waits when it goes is answered with
/// Cancelled.
class MessageWorker final : public QObject, public MessageService
{
    Q_OBJECT

public:
    /// `models` may be null. The clock has to outlive it.
    MessageWorker(const Settings &settings, Gate gate, std::unique_ptr<ModelSource> models, const Clock &clock,
                  MessageWorkerOptions options = {});
    ~MessageWorker() override;

    /// For what is asked from now on; a change that is being described keeps what it began with.
    void setParts(const Settings &settings, Gate gate, std::unique_ptr<ModelSource> models);

    void generate(const GenerateRequest &request, Done done) override;

private:
    struct Job
    {
        GenerateRequest request;
        Done done;
        Clock::Monotonic until;
    };
    struct Parts
    {
        Settings settings;
        Gate gate;
        std::unique_ptr<ModelSource> models;
    };
    void work();
    Result<GenerateAnswer> answer(const Job &job);
    void giveBack(std::shared_ptr<Job> job, Result<GenerateAnswer> answer);

    const Clock &m_clock;
    const MessageWorkerOptions m_options;
    CancelToken m_cancel;
    std::mutex m_mutex;
    std::shared_ptr<Parts> m_parts; ///< guarded by the mutex
    std::condition_variable m_changed;
    std::deque<std::shared_ptr<Job>> m_jobs; ///< guarded by the mutex
    std::deque<std::shared_ptr<Job>> m_open; ///< main thread: everything not answered yet
    std::thread m_thread;
};

} // namespace AutoCommit
