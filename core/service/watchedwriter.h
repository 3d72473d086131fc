#pragma once

#include "core/pipeline/modelsource.h"

#include <functional>
#include <mutex>

namespace AutoCommit {

/// Asks another writer and remembers what came of it. Any thread.
class WatchedWriter final : public ModelWriter
{
public:
    /// `beforeAsking` runs before a question to servers that were down.
    WatchedWriter(std::unique_ptr<ModelWriter> writer, const Clock &clock,
                  std::function<void(const CancelToken &)> beforeAsking);

    Result<ModelGroups> refineGroups(const GroupQuestion &question, const ModelTerms &terms) override;
    Result<ModelNotes> analyze(const MessageQuestion &question, const ModelTerms &terms) override;
    Result<ModelMessage> format(const MessageQuestion &question, const ModelNotes &notes,
                                const ModelTerms &terms) override;
    Result<ModelPlan> planRecovery(const RecoveryQuestion &question, const ModelTerms &terms) override;
    ModelCost spent() const override { return m_writer->spent(); }

    ModelHealth health() const;
    /// What a look at the servers has shown; empty: they answer.
    void saw(const QString &problem);

private:
    template <typename Answer> Result<Answer> noted(Result<Answer> answer);
    void prepare(const ModelTerms &terms);

    const std::unique_ptr<ModelWriter> m_writer;
    const Clock &m_clock;
    const std::function<void(const CancelToken &)> m_beforeAsking;
    mutable std::mutex m_lock;
    ModelHealth m_health{.state = ModelHealth::State::Unknown};
};

} // namespace AutoCommit
