#pragma once

#include "core/base/clock.h"
#include "core/inference/inferenceclient.h"

#include <functional>

namespace AutoCommit {

/// Time that passes only when somebody sleeps, or is told to.
class HandClock final : public Clock
{
public:
    Wall wall() const override { return Wall{} + m_passed; }
    Monotonic monotonic() const override { return Monotonic{std::chrono::hours(1)} + m_passed; }
    void sleepFor(std::chrono::milliseconds time) const override { m_passed += time; }
    std::chrono::milliseconds passed() const { return m_passed; }

private:
    mutable std::chrono::milliseconds m_passed{0};
};

/// Stands in for the models: answers by a function and keeps what was asked.
class ScriptedModel final : public InferenceClient
{
public:
    using Responder = std::function<Result<ChatReply>(const ChatRequest &)>;

    explicit ScriptedModel(Responder responder)
        : m_responder(std::move(responder))
    { }

    Result<ChatReply> complete(const ChatRequest &request, const CancelToken &) override
    {
        requests.append(request);
        return m_responder(request);
    }
    ServerFacts facts(const QString &, const CancelToken &, std::chrono::steady_clock::time_point) override
    {
        return {.state = ServerState::Ready, .contextTokens = context};
    }
    QList<ServerFacts> survey(const QString &, const CancelToken &) override
    {
        ++surveys;
        return {};
    }
    void shutdown() override { }

    QString question(qsizetype index) const { return requests.at(index).messages.at(1).content.text(); }
    QStringList modelsAsked() const
    {
        QStringList models;
        for (const ChatRequest &request : requests)
            models.append(request.model);
        return models;
    }

    QList<ChatRequest> requests;
    int surveys = 0;
    int context = 16384;

private:
    Responder m_responder;
};

inline ChatReply said(const QString &text, FinishReason finish = FinishReason::Stop)
{
    return {.text = text, .finish = finish, .usage = {.prompt = 1000, .completion = 50}};
}

/// One answer after the other; the last one again and again.
inline ScriptedModel::Responder oneByOne(const QList<Result<ChatReply>> &replies)
{
    return [replies, next = qsizetype(0)](const ChatRequest &) mutable {
        return replies.at(std::min(next++, replies.size() - 1));
    };
}

} // namespace AutoCommit
