#pragma once

#include "core/base/clock.h"
#include "core/config/settings.h"
#include "core/store/timestamp.h"

#include <functional>
#include <optional>

namespace AutoCommit {

/// Why a daemon or an agent begins nothing by itself at the moment, or leaves the network alone.
struct HoldSnapshot
{
    enum class Kind { QuietHours, Battery, Metered };
    Kind kind = Kind::QuietHours;
    QString text = {}; ///< "quiet until 07:00"
    std::optional<Timestamp> until = {}; ///< where that is known
};

/// Who tells how the machine is; nothing means that nobody can tell. Asked only when a setting wants to know.
struct SurroundingSources
{
    std::function<std::optional<bool>()> onBattery;
    std::function<std::optional<bool>()> metered;

    static SurroundingSources ofThisSystem();
};

/// What the time of day, the power supply and the network mean for what a daemon or an agent does by itself
/// (`quiet_hours`, `on_battery`, `on_metered`). Nothing is computed ahead: each look asks the clock on the wall anew,
/// so that neither a changed clock nor summer time can leave it in a wrong state for longer than until the next look.
class Surroundings
{
public:
    Surroundings(SurroundingSources sources, const Clock &clock);

    bool look(const Settings &settings); ///< whether anything is different from the last look

    bool holdsRuns() const; ///< nothing begins that nobody asked for
    bool isLocal() const; ///< runs that nobody asked for leave the network alone
    const QList<HoldSnapshot> &holds() const { return m_holds; }
    const QStringList &notes() const { return m_notes; } ///< settings that cannot work here

private:
    bool asks(const QString &key, const std::function<std::optional<bool>()> &source);
    void lookAtTheTime(const QStringList &quietHours);

    SurroundingSources m_sources;
    const Clock &m_clock;
    QList<HoldSnapshot> m_holds;
    QStringList m_notes;
};

} // namespace AutoCommit
