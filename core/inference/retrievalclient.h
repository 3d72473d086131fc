#pragma once

#include "core/base/cancel.h"
#include "core/base/redactedtext.h"
#include "core/base/result.h"

#include <QStringList>

#include <chrono>
#include <memory>

namespace AutoCommit {

/// What a retrieval service is asked. Goes out as RedactedText only, as everything that models are told.
struct RetrievalQuestion
{
    RedactedText text;
    RedactedText repository; ///< its name, for a service that knows several; may be empty
    int passages = 5; ///< at most; a wish, not every service follows it
};

/// A service that finds passages about a repository. A help, never a need: whoever asks goes on without.
class RetrievalClient
{
public:
    virtual ~RetrievalClient() = default;

    /// Blocks for `within` at most, less when cancelled; never waits for a service that has failed several times in a
    /// row, until it is asked once more after a while. What comes back is a stranger's text. Errors: Unreachable,
    /// Timeout, Config (the address makes no sense), Cancelled. Any thread, several at once.
    virtual Result<QStringList> passages(const RetrievalQuestion &question, std::chrono::milliseconds within,
                                         const CancelToken &cancel)
        = 0;

    virtual QString name() const = 0; ///< the address without credentials, for people
};

/// `url` is asked by POST, as it stands, for `{"query", "repository", "top_k"}`. No redirect is followed.
std::unique_ptr<RetrievalClient> makeRetrievalClient(const QString &url);

} // namespace AutoCommit
