#pragma once

#include "core/base/cancel.h"
#include "core/change/changeset.h"
#include "core/inference/retrievalclient.h"
#include "core/privacy/secretscanner.h"

namespace AutoCommit {

/// What a retrieval service is asked about.
struct BackgroundQuestion
{
    const ChangeSet &change;
    QList<qsizetype> files; ///< of `change`
    QString repository{}; ///< its name; may be empty
    const SecretScanner &scanner; ///< of the checkout
};

/// Passages about the repository for MessageQuestion::background: cleaned, secrets masked, a line each, cut to what a
/// prompt has room for. Empty when the service knows nothing. Errors and threads as RetrievalClient::passages().
Result<QString> askForBackground(RetrievalClient &client, const BackgroundQuestion &question,
                                 std::chrono::milliseconds within, const CancelToken &cancel);

/// What of a service's passages is shown to a model. Pure.
QString backgroundFrom(const QStringList &passages, const SecretScanner &scanner);

} // namespace AutoCommit
