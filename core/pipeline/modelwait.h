#pragma once

#include "core/base/clock.h"
#include "core/base/error.h"

#include <QString>

#include <chrono>
#include <optional>

namespace AutoCommit {

/// A checkout's wait for models that do not answer (`on_no_model = wait` in a daemon): its commit is put off from run
/// to run, at most for so long, and then made without them. Since when is kept in a file, so that neither a restart nor
/// a reload makes it longer. A file that nobody has touched for a while is of a wait that ended otherwise: somebody
/// committed by hand. For one run, on one thread.
class ModelWait
{
public:
    using Time = std::chrono::sys_time<std::chrono::milliseconds>;

    /// Begins now, or goes on with what the file says. Writes nothing yet.
    ModelWait(QString file, std::chrono::seconds limit, const Clock &clock);

    /// How long this run may ask: not beyond the end of the wait. Who has waited that long already is asked for a
    /// moment only.
    std::chrono::seconds patience(std::chrono::seconds usual) const;

    /// Nobody answered. Puts the commit off with the error that says so; none when it was put off for long enough, or
    /// when the file cannot be written.
    std::optional<Error> putOff(const Error &why) const;

    /// Models answered.
    void end() const;

private:
    std::chrono::milliseconds left() const;

    const QString m_file;
    const std::chrono::seconds m_limit;
    const Clock &m_clock;
    Time m_since;
};

} // namespace AutoCommit
