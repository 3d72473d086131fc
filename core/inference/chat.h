#pragma once

#include "core/base/redactedtext.h"

#include <QList>
#include <QString>

#include <chrono>
#include <optional>

namespace AutoCommit {

/// Who goes first where several calls want the same server: a person who waits, a repair, the sweep.
enum class RequestClass {
    Interactive,
    Recovery,
    Batch,
};

struct ChatMessage
{
    enum class Role {
        System,
        User,
        Assistant,
    };
    Role role = Role::User;
    RedactedText content;
};

/// One question to a model. Text goes out as RedactedText only, the schema included: its lists of scopes come from the
/// repository.
struct ChatRequest
{
    QString model; ///< as the server names it; empty takes whatever the server has loaded
    QList<ChatMessage> messages; ///< a system message first or none, then user, assistant, user ... ending with user
    RedactedText schema; ///< JSON Schema of the answer; empty for free text
    double temperature = 0.2;
    double topP = 0.95;
    int maxTokens = 512; ///< thinking counts
    bool mayThink = true; ///< false asks the server to leave thinking out, as far as it understands one of the ways
    int thinkingTokens = 0; ///< upper bound for the thinking where the server knows one; 0 = the server's
    std::optional<int> seed;
    RequestClass requestClass = RequestClass::Batch;
    int expectedPromptTokens = 0; ///< our estimate; an answer to much less means that the server cut the prompt
    qsizetype textLimit = 16 << 10; ///< characters of answer; more ends the call. Source: SAFETY row 93
    bool patient = true; ///< false: a server that takes no connection is not asked a second time
    std::chrono::milliseconds total{0}; ///< for the whole call with queue and retries; 0 = the client's
};

enum class FinishReason {
    Stop,
    Length, ///< cut at maxTokens or by the context
    Other, ///< for instance a content filter or a tool call
};

struct TokenUsage
{
    int prompt = -1; ///< -1 = the server did not say
    int completion = -1;
    int cachedPrompt = -1; ///< part of `prompt` that was not computed again
};

/// A whole answer: a finish reason was seen. Text is as the model wrote it and not to be trusted.
struct ChatReply
{
    QString text; ///< never the thinking, not even when the answer is empty
    FinishReason finish = FinishReason::Other;
    TokenUsage usage;
    QString model; ///< what the server says it used; llama.cpp names its alias whatever was asked for
    QString server; ///< base URL without credentials
    bool schemaApplied = false; ///< false: asked for, but this server refuses schemas
    qsizetype thinkingBytes = 0;
    int requests = 1; ///< HTTP requests this answer took
    std::chrono::milliseconds waited{0}; ///< until the server began to answer
    std::chrono::milliseconds worked{0}; ///< from there to the end
};

} // namespace AutoCommit
