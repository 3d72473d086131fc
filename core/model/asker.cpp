#include "core/model/asker.h"

#include <algorithm>

namespace AutoCommit {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

constexpr int templateTokens = 64; ///< what a chat template adds
constexpr int overflowTries = 3;

/// Tokens of prompt and answer together.
int contextOf(const ServerFacts &facts)
{
    if (facts.contextTokens > 0)
        return facts.contextTokens;
    return facts.cutsSilently ? 4096 : 8192; // Ollama's default on small machines; what most others begin at
}

double estimateOf(const QList<ChatMessage> &messages)
{
    double tokens = 0;
    for (const ChatMessage &message : messages)
        tokens += estimateTokens(QByteArrayView(message.content.bytes())) + 4;
    return tokens;
}

/// Worth waiting for? A wrong key or address does not mend itself.
bool mayPass(ErrorKind kind)
{
    return kind == ErrorKind::ModelUnavailable || kind == ErrorKind::Timeout;
}

Error tooLong()
{
    return {ErrorKind::ContextOverflow, u"the change does not fit into what the model can read at once"_s};
}

} // namespace

ModelCost &ModelCost::operator+=(const ModelCost &other)
{
    calls += other.calls;
    requests += other.requests;
    promptTokens += other.promptTokens;
    cachedTokens += other.cachedTokens;
    completionTokens += other.completionTokens;
    waited += other.waited;
    worked += other.worked;
    return *this;
}

Result<ChatReply> Asker::ask(const QuestionShape &shape, const Builder &build, const ModelTerms &terms, ModelCost &cost)
{
    double share = 1;
    for (int tries = 1;; ++tries) {
        const QList<ChatMessage> messages = build(static_cast<int>(roomFor(shape, terms) * share));
        if (messages.isEmpty())
            return tooLong();
        Result<ChatReply> reply = askPatiently(shape, messages, terms, cost);
        if (reply || reply.error().kind != ErrorKind::ContextOverflow || tries == overflowTries)
            return reply;
        share *= 0.7; // beside what the client has learned of the context's size from the error
    }
}

int Asker::roomFor(const QuestionShape &shape, const ModelTerms &terms)
{
    const int context = contextOf(m_client.facts(shape.model, terms.cancel, terms.until));
    const int answer = std::min(shape.maxTokens, context / 2);
    return static_cast<int>(std::max(0, context - answer - templateTokens) / ratioOf(shape.model));
}

Result<ChatReply> Asker::askPatiently(const QuestionShape &shape, const QList<ChatMessage> &messages,
                                      const ModelTerms &terms, ModelCost &cost)
{
    const double estimate = estimateOf(messages);
    ChatRequest request{.model = shape.model,
                        .messages = messages,
                        .schema = shape.schema,
                        .temperature = shape.temperature,
                        .topP = shape.topP,
                        .maxTokens = shape.maxTokens,
                        .mayThink = shape.mayThink,
                        .thinkingTokens = shape.thinkingTokens,
                        .requestClass = terms.requestClass,
                        .expectedPromptTokens = static_cast<int>(estimate),
                        .patient = m_clock.monotonic() < terms.waitUntil};
    for (milliseconds wait = 5s;; wait = std::min<milliseconds>(wait * 2, 2min)) {
        Result<ChatReply> reply = askOnce(request, estimate, terms, cost);
        if (reply || !mayPass(reply.error().kind)
            || m_clock.monotonic() + wait >= std::min(terms.waitUntil, terms.until))
            return reply;
        if (!pause(wait, terms))
            return Error{ErrorKind::Cancelled, u"cancelled while the model server was waited for"_s};
        m_client.survey(shape.model, terms.cancel); // a server that is back is then asked at once
    }
}

Result<ChatReply> Asker::askOnce(ChatRequest &request, double estimate, const ModelTerms &terms, ModelCost &cost)
{
    const auto left = std::chrono::duration_cast<milliseconds>(terms.until - m_clock.monotonic());
    if (left <= 0ms)
        return Error{ErrorKind::Timeout, u"there is no time left to ask a model"_s};
    request.total = std::min<milliseconds>(left, 15min);
    Result<ChatReply> reply = m_client.complete(request, terms.cancel);
    ModelCost once{.calls = 1};
    if (reply) {
        once.requests = reply->requests;
        once.promptTokens = std::max(0, reply->usage.prompt);
        once.cachedTokens = std::max(0, reply->usage.cachedPrompt);
        once.completionTokens = std::max(0, reply->usage.completion);
        once.waited = reply->waited;
        once.worked = reply->worked;
    }
    cost += once;
    const std::lock_guard lock(m_lock);
    m_spent += once;
    if (reply)
        m_ratios[request.model].learn(estimate, reply->usage.prompt);
    return reply;
}

/// False when cancelled.
bool Asker::pause(milliseconds time, const ModelTerms &terms) const
{
    const Clock::Monotonic end = m_clock.monotonic() + time;
    while (!terms.cancel.isCancelled()) {
        const auto left = std::chrono::duration_cast<milliseconds>(end - m_clock.monotonic());
        if (left <= 0ms)
            return true;
        m_clock.sleepFor(std::min<milliseconds>(left, 40ms));
    }
    return false;
}

double Asker::ratioOf(const QString &model)
{
    const std::lock_guard lock(m_lock);
    return m_ratios[model].factor();
}

ModelCost Asker::spent() const
{
    const std::lock_guard lock(m_lock);
    return m_spent;
}

} // namespace AutoCommit
