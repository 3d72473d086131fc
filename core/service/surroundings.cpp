#include "core/service/surroundings.h"

#include "core/base/log.h"
#include "core/base/pluginloader.h"
#include "core/config/quiethours.h"
#include "core/service/networkcost.h"
#include "core/service/powersupply.h"

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;
using Kind = HoldSnapshot::Kind;

QStringList textsOf(const QList<HoldSnapshot> &holds)
{
    QStringList texts;
    for (const HoldSnapshot &hold : holds)
        texts += hold.text;
    return texts;
}

std::optional<bool> askWhetherMetered()
{
    std::optional<bool> answer;
    if (const Result<PluginFunction> ask = pluginFunction(u"models"_s, askMeteredFunction))
        reinterpret_cast<AskMetered>(ask->pointer)(answer);
    else
        qCWarning(logService) << ask.error().message;
    return answer;
}

} // namespace

SurroundingSources SurroundingSources::ofThisSystem()
{
    return {.onBattery = [] { return isOnBattery(); }, .metered = askWhetherMetered};
}

Surroundings::Surroundings(SurroundingSources sources, const Clock &clock)
    : m_sources(std::move(sources))
    , m_clock(clock)
{ }

bool Surroundings::look(const Settings &settings)
{
    const QStringList before = textsOf(m_holds) + m_notes;
    m_holds.clear();
    m_notes.clear();
    lookAtTheTime(settings.quietHours);
    if (settings.onBattery == u"wait" && asks(u"on_battery"_s, m_sources.onBattery))
        m_holds += {.kind = Kind::Battery, .text = u"on battery: nothing begins by itself"_s};
    if (settings.onMetered == u"local" && asks(u"on_metered"_s, m_sources.metered))
        m_holds += {.kind = Kind::Metered, .text = u"the network is metered: nothing is fetched or pushed by itself"_s};
    return textsOf(m_holds) + m_notes != before;
}

bool Surroundings::asks(const QString &key, const std::function<std::optional<bool>()> &source)
{
    const std::optional<bool> answer = source();
    if (!answer)
        m_notes += u"%1 has no effect: this system does not tell"_s.arg(key);
    return answer.value_or(false);
}

void Surroundings::lookAtTheTime(const QStringList &quietHours)
{
    if (quietHours.isEmpty())
        return;
    const auto sinceEpoch = std::chrono::duration_cast<std::chrono::milliseconds>(m_clock.wall().time_since_epoch());
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(sinceEpoch.count());
    if (const auto until = quietUntil(quietHours, now))
        m_holds += {.kind = Kind::QuietHours,
                    .text = u"quiet until %1"_s.arg(until->time().toString(u"HH:mm"_s)),
                    .until = Timestamp(std::chrono::milliseconds(until->toMSecsSinceEpoch()))};
}

bool Surroundings::holdsRuns() const
{
    return std::ranges::any_of(m_holds, [](const HoldSnapshot &hold) { return hold.kind != Kind::Metered; });
}

bool Surroundings::isLocal() const
{
    return std::ranges::any_of(m_holds, [](const HoldSnapshot &hold) { return hold.kind == Kind::Metered; });
}

} // namespace AutoCommit
