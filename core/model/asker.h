#pragma once

#include "core/model/modelwriter.h"
#include "core/wording/tokenestimate.h"

#include <QHash>

#include <functional>
#include <mutex>

namespace AutoCommit {

/// Everything about a question but its text.
struct QuestionShape
{
    QString model{};
    RedactedText schema{};
    double temperature = 0.15;
    double topP = 0.95;
    int maxTokens = 512;
    bool mayThink = false;
    int thinkingTokens = 0; ///< of maxTokens
};

/// Puts questions that fit: knows how much room a model has, learns how its tokens compare with our estimate, shrinks
/// what turned out too long, and waits for a server that is down where the terms say so. Thread-safe.
class Asker
{
public:
    Asker(InferenceClient &client, const Clock &clock)
        : m_client(client)
        , m_clock(clock)
    { }

    /// The messages in at most `tokens` by estimateTokens(); empty when they cannot be made so short.
    using Builder = std::function<QList<ChatMessage>(int tokens)>;

    Result<ChatReply> ask(const QuestionShape &shape, const Builder &build, const ModelTerms &terms, ModelCost &cost);

    /// For the prompt, in units of estimateTokens().
    int roomFor(const QuestionShape &shape, const ModelTerms &terms);

    ModelCost spent() const;

private:
    Result<ChatReply> askPatiently(const QuestionShape &shape, const QList<ChatMessage> &messages,
                                   const ModelTerms &terms, ModelCost &cost);
    Result<ChatReply> askOnce(ChatRequest &request, double estimate, const ModelTerms &terms, ModelCost &cost);
    bool pause(std::chrono::milliseconds time, const ModelTerms &terms) const;
    double ratioOf(const QString &model);

    InferenceClient &m_client;
    const Clock &m_clock;
    mutable std::mutex m_lock; ///< guards what follows
    QHash<QString, TokenRatio> m_ratios;
    ModelCost m_spent;
};

} // namespace AutoCommit
