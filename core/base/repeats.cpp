#include "core/base/repeats.h"

#include <utility>

namespace AutoCommit {

namespace {

constexpr auto again = std::chrono::hours(1);
constexpr int secondLine = 10;
constexpr qsizetype mostRemembered = 4096;

/// Times, counts and process numbers make no line another one; object names do.
std::size_t fingerprintOf(const QByteArray &line)
{
    QByteArray bare;
    bare.reserve(line.size());
    bool inWord = false;
    for (const char c : line) {
        const bool digit = c >= '0' && c <= '9';
        if (!digit || inWord)
            bare += c;
        else if (!bare.endsWith('#'))
            bare += '#';
        inWord = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (digit && inWord);
    }
    return qHash(bare);
}

} // namespace

std::optional<int> Repeats::take(const QByteArray &line, Time now)
{
    const std::size_t key = fingerprintOf(line);
    if (m_seen.size() >= mostRemembered && !m_seen.contains(key))
        forgetOld(now);
    Seen &seen = m_seen[key];
    if (seen.total > 0 && now - seen.last > 2 * again)
        seen = {}; // it had ended
    ++seen.total;
    ++seen.unwritten;
    seen.last = now;
    if (seen.total != 1 && seen.total != secondLine && now - seen.written < again)
        return std::nullopt;
    seen.written = now;
    return std::exchange(seen.unwritten, 0);
}

void Repeats::forgetOld(Time now)
{
    m_seen.removeIf([&](const auto &entry) { return now - entry.value().last > again; });
    if (m_seen.size() >= mostRemembered)
        m_seen.clear();
}

} // namespace AutoCommit
