#pragma once

#include "core/config/paths.h"
#include "daemon/api/doctorcheck.h"
#include "daemon/api/eventhub.h"
#include "daemon/api/historythread.h"
#include "daemon/api/idempotency.h"
#include "daemon/api/messageservice.h"
#include "daemon/api/ratelimiter.h"
#include "daemon/api/shapes.h"
#include "daemon/api/statusview.h"
#include "daemon/api/tally.h"
#include "core/service/tokens.h"
#include "daemon/api/webhooksecret.h"
#include "daemon/steering.h"

namespace AutoCommit {

/// What handlers work with; owned by ApiServer, alive as long as any of them runs.
struct ApiContext
{
    Steering &steering;
    const Paths &paths;
    const Clock &clock;
    const Shapes &shapes;
    HistoryThread &history;
    const StatusView &status;
    EventHub &events;
    Idempotency &once;
    WebhookSecret &webhook;
    RateLimiter &failures;
    const Tally &tally;
    MessageService *messages; ///< may be null: 503
    const DoctorRun &doctor; ///< may be empty: 503
    const QByteArray &openApi; ///< the document
    const QByteArray &docsPage;
    std::weak_ptr<const void> alive; ///< expires with everything above; for answers that may come after the end
    const QString &gitVersion; ///< empty until it is known
};

} // namespace AutoCommit
