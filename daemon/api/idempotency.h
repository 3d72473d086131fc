#pragma once

#include "core/base/clock.h"
#include "daemon/api/reply.h"

#include <map>

namespace AutoCommit {

/// Answers by request_id, for 24 hours: a POST that comes twice (clients repeat them when a connection breaks) is done
/// once. The one that comes while the first is at work gets the same answer. Failures are not kept: they may be tried
/// again. Bounded by number and by bytes; the oldest go first.
class Idempotency
{
public:
    explicit Idempotency(const Clock &clock)
        : m_clock(clock)
    { }

    enum class Verdict {
        New, ///< do it and call finish(), also after a failure
        Known, ///< answered, or will be
    };

    /// `key`: who, where and which id. The same key with another body is answered 409.
    Verdict begin(const QString &key, const QByteArray &body, const Reply &reply);
    void finish(const QString &key, const HttpResponse &response);

private:
    struct Entry
    {
        QByteArray bodyHash = {};
        Clock::Monotonic since = {};
        QList<Reply> waiting = {}; ///< the first of them included; empty once answered
        HttpResponse response = {};
    };

    void forgetOld();

    const Clock &m_clock;
    std::map<QString, Entry> m_entries;
    QList<QString> m_order; ///< answered ones, oldest first
    qsizetype m_bytes = 0;
};

} // namespace AutoCommit
