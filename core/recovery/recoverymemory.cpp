#include "core/recovery/recoverymemory.h"

namespace AutoCommit {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

QString whyNotAsked(const QList<RecoveryAttempt> &attempts, const QByteArray &fingerprint,
                    std::chrono::sys_time<std::chrono::milliseconds> now)
{
    int lastHour = 0;
    int lastDay = 0;
    for (const RecoveryAttempt &attempt : attempts) {
        if (attempt.state != RecoveryAttempt::State::Asked)
            continue;
        if (attempt.fingerprint == fingerprint)
            return u"a model was asked about exactly this before"_s;
        lastHour += now - attempt.at < 1h ? 1 : 0; // one from the future counts, too
        lastDay += now - attempt.at < 24h ? 1 : 0;
    }
    if (lastHour >= 1)
        return u"a model was asked about this repository within the hour"_s;
    if (lastDay >= 3)
        return u"models were asked about this repository three times within a day"_s;
    return {};
}

} // namespace AutoCommit
