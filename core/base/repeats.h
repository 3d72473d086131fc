#pragma once

#include <QByteArray>
#include <QHash>

#include <chrono>
#include <optional>

namespace AutoCommit {

/// Which of many equal log lines are written (SAFETY row 104): a trouble that lasts says so the first time, the tenth,
/// and then once an hour, with how often it was. Lines that differ in digits only are equal. Not for several threads.
class Repeats
{
public:
    using Time = std::chrono::steady_clock::time_point;

    /// How often this line came since it was written last, itself included; nothing: leave it out.
    std::optional<int> take(const QByteArray &line, Time now);

private:
    struct Seen
    {
        int total = 0;
        int unwritten = 0;
        Time written{};
        Time last{};
    };

    void forgetOld(Time now);

    QHash<std::size_t, Seen> m_seen; ///< by a hash of the line
};

} // namespace AutoCommit
