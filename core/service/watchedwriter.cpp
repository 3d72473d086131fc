#include "core/service/watchedwriter.h"

#include "core/store/timestamp.h"

namespace AutoCommit {

namespace {

/// Says that a server was asked in vain, not that its answer was bad.
bool isAway(ErrorKind kind)
{
    using enum ErrorKind;
    return kind == ModelUnavailable || kind == Timeout || kind == AuthFailed || kind == Config;
}

} // namespace

WatchedWriter::WatchedWriter(std::unique_ptr<ModelWriter> writer, const Clock &clock,
                             std::function<void(const CancelToken &)> beforeAsking)
    : m_writer(std::move(writer))
    , m_clock(clock)
    , m_beforeAsking(std::move(beforeAsking))
{ }

void WatchedWriter::saw(const QString &problem)
{
    const std::lock_guard guard(m_lock);
    m_health = {.state = problem.isEmpty() ? ModelHealth::State::Ok : ModelHealth::State::Down,
                .problem = problem,
                .at = wallTime(m_clock)};
}

ModelHealth WatchedWriter::health() const
{
    const std::lock_guard guard(m_lock);
    return m_health;
}

/// A client leaves a server alone for minutes after failures; one that is back is noticed by looking.
void WatchedWriter::prepare(const ModelTerms &terms)
{
    if (health().state == ModelHealth::State::Down && m_clock.monotonic() < terms.until)
        m_beforeAsking(terms.cancel);
}

template <typename Answer> Result<Answer> WatchedWriter::noted(Result<Answer> answer)
{
    if (!answer) {
        if (isAway(answer.error().kind))
            saw(answer.error().message);
        else if (answer.error().kind != ErrorKind::Cancelled)
            saw({});
    } else if (answer->cost.requests > 0) {
        saw({});
    }
    return answer;
}

Result<ModelGroups> WatchedWriter::refineGroups(const GroupQuestion &question, const ModelTerms &terms)
{
    prepare(terms);
    return noted(m_writer->refineGroups(question, terms));
}

Result<ModelNotes> WatchedWriter::analyze(const MessageQuestion &question, const ModelTerms &terms)
{
    return noted(m_writer->analyze(question, terms));
}

Result<ModelMessage> WatchedWriter::format(const MessageQuestion &question, const ModelNotes &notes,
                                           const ModelTerms &terms)
{
    prepare(terms);
    return noted(m_writer->format(question, notes, terms));
}

Result<ModelPlan> WatchedWriter::planRecovery(const RecoveryQuestion &question, const ModelTerms &terms)
{
    prepare(terms);
    return noted(m_writer->planRecovery(question, terms));
}

} // namespace AutoCommit
