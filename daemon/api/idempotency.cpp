#include "daemon/api/idempotency.h"

#include <QCryptographicHash>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr std::chrono::hours keptFor{24};
constexpr qsizetype maxEntries = 10'000;
constexpr qsizetype maxBytes = 32 * 1024 * 1024;

} // namespace

Idempotency::Verdict Idempotency::begin(const QString &key, const QByteArray &body, const Reply &reply)
{
    forgetOld();
    const QByteArray hash = QCryptographicHash::hash(body, QCryptographicHash::Sha256);
    const auto found = m_entries.find(key);
    if (found == m_entries.end()) {
        m_entries.emplace(key, Entry{.bodyHash = hash, .since = m_clock.monotonic(), .waiting = {reply}});
        return Verdict::New;
    }
    Entry &entry = found->second;
    if (entry.bodyHash != hash)
        reply.fail({409, u"usage"_s, u"this request_id belongs to another body"_s, {}});
    else if (entry.waiting.isEmpty())
        reply.send(entry.response);
    else
        entry.waiting.append(reply);
    return Verdict::Known;
}

void Idempotency::finish(const QString &key, const HttpResponse &response)
{
    const auto found = m_entries.find(key);
    if (found == m_entries.end())
        return;
    const QList<Reply> waiting = std::exchange(found->second.waiting, {});
    if (response.status < 300) {
        found->second.response = response;
        m_order.append(key);
        m_bytes += response.body.size();
    } else {
        m_entries.erase(found);
    }
    for (const Reply &reply : waiting)
        reply.send(response);
}

void Idempotency::forgetOld()
{
    const auto now = m_clock.monotonic();
    while (!m_order.isEmpty()) {
        const auto oldest = m_entries.find(m_order.front());
        const bool expired = oldest == m_entries.end() || now - oldest->second.since > keptFor;
        if (!expired && m_order.size() < maxEntries && m_bytes < maxBytes)
            return;
        if (oldest != m_entries.end()) {
            m_bytes -= oldest->second.response.body.size();
            m_entries.erase(oldest);
        }
        m_order.removeFirst();
    }
}

} // namespace AutoCommit
