#pragma once

#include "core/base/cancel.h"
#include "core/base/result.h"
#include "core/inference/chat.h"
#include "core/inference/inferenceoptions.h"
#include "core/inference/serverfacts.h"

#include <memory>

namespace AutoCommit {

/// Asks models over the OpenAI-compatible protocol. Abstract so that tests of the stages can stand in for a model.
class InferenceClient
{
public:
    virtual ~InferenceClient() = default;

    /// Blocks until there is a whole answer or an error, at most for the request's (or the client's) total time. Any
    /// thread may call it, several at once. On a cancelled token it returns within 20 ms and the connection is closed,
    /// which frees the server's slot. Errors: Cancelled; Timeout (a deadline of ours); ModelUnavailable (nobody
    /// answers, server busy or broken, breaker open); ContextOverflow (shrink and ask again, facts()
    /// now knows the size); ModelRefused (this request will never be answered); AuthFailed; Config (redirects, not a
    /// model server, no URL, nobody has the model); Internal (messages in the wrong order: nothing was sent).
    virtual Result<ChatReply> complete(const ChatRequest &request, const CancelToken &cancel) = 0;

    /// What the first server that answers says of `model`; asked once per factsAge, and again after an overflow.
    /// Nothing in it is certain: a server need not tell. One that is left alone for its failures is not asked.
    /// Does not look beyond `until`.
    virtual ServerFacts facts(const QString &model, const CancelToken &cancel,
                              std::chrono::steady_clock::time_point until
                              = std::chrono::steady_clock::time_point::max())
        = 0;

    /// Every server's state, asked now: for people, and for who waits for a server's return. One that answers is no
    /// longer left alone for its failures.
    virtual QList<ServerFacts> survey(const QString &model, const CancelToken &cancel) = 0;

    /// Makes every call under way return Cancelled, and every later one at once. Also done by the destructor.
    virtual void shutdown() = 0;
};

/// Creates no thread and opens no connection before the first call.
std::unique_ptr<InferenceClient> makeInferenceClient(InferenceOptions options);

} // namespace AutoCommit
