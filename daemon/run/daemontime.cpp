#include "core/base/log.h"
#include "core/service/pauses.h"
#include "daemon/run/daemon.h"

#include <algorithm>

// What the passing of time asks of the daemon: its timers, and what may have changed around it.

namespace AutoCommit {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What a person asked for goes to the hub whatever that costs.
Workshop::Reach Daemon::reachOf(const QString &id) const
{
    return m_surroundings.isLocal() && !m_scheduler.isAsked(id) ? Workshop::Reach::Local : Workshop::Reach::Hub;
}

void Daemon::lookAround()
{
    const bool wasLocal = m_surroundings.isLocal();
    if (!m_surroundings.look(m_kit->settings()))
        return;
    for (const HoldSnapshot &hold : m_surroundings.holds())
        qCInfo(logService) << hold.text;
    m_scheduler.hold(m_surroundings.holdsRuns());
    if (wasLocal && !m_surroundings.isLocal())
        m_scheduler.cycleSoon(0s); // what is owed goes out
    Q_EMIT statusChanged();
}

void Daemon::tick()
{
    lookAround();
    applyPauses(); // another process may have paused something
    m_scheduler.tick();
    arm();
}

/// A checkout that its person paused is not committed because the history was slow to say so at the start; a history
/// that says nothing for long holds up nobody.
bool Daemon::isWaitingForPauses() const
{
    constexpr auto longest = 60s;
    return !m_pausesKnown && m_clock.monotonic() - m_openedAt < longest;
}

void Daemon::arm()
{
    const auto wake = m_scheduler.nextWake();
    if (!wake || m_stopping)
        return m_wake.stop();
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(*wake - m_clock.monotonic());
    m_wake.start(std::clamp(wait, 0ms, std::chrono::duration_cast<std::chrono::milliseconds>(24h)));
}

void Daemon::heartbeat()
{
    Q_EMIT beat();
    if (m_sleep.slept()) {
        qCInfo(logService) << "the machine slept, or its clock was set";
        m_scheduler.cycleSoon(10s); // SAFETY row 23: the network needs a moment
        arm();
    }
    if (!m_pausesKnown && !m_pausesGivenUp) {
        applyPauses();
        m_pausesGivenUp = m_pausesKnown || !isWaitingForPauses();
        if (m_pausesGivenUp) {
            m_scheduler.pauseAll(m_pause.has_value());
            arm();
        }
    }
    if (m_clock.monotonic() >= m_upkeepAt) {
        m_historian.upkeep(m_workshop);
        m_upkeepAt = m_clock.monotonic() + 24h;
    }
    lookAround();
    endPauses();
    arm();
    lookAtModels();
}

void Daemon::endPauses()
{
    const auto now = wallTime(m_clock);
    bool ended = m_pause && !stands(*m_pause, now);
    m_catalog.forEach([&](const KnownRepo &repo) {
        const auto &pause = repo.snapshot.record.pause;
        ended = ended || (pause && !stands(*pause, now));
    });
    if (ended) {
        applyPauses();
        Q_EMIT statusChanged();
    }
}

/// How the model servers are, for whoever asks the daemon; more often while commits wait for them, which go on as soon
/// as one answers.
void Daemon::lookAtModels()
{
    static constexpr std::chrono::seconds usually = 5min;
    static constexpr std::chrono::seconds soonest = 20s;
    const Clock::Monotonic now = m_clock.monotonic();
    if (m_looking || m_stopping || m_scheduler.isHeld() || now < m_lookAt)
        return;
    m_looking = true;
    m_workshop.inSurveyLane([this, kit = m_kit]() -> std::function<void()> {
        const ModelHealth::State before = kit->models().health().state;
        kit->models().look(m_workshop.cancel());
        return [this, kit, before] {
            m_looking = false;
            const ModelHealth::State state = kit->models().health().state;
            QStringList waiting;
            m_catalog.forEach([&](const KnownRepo &repo) {
                if (repo.snapshot.record.state == u"waiting"_s && !repo.snapshot.running)
                    waiting += repo.unit.id;
            });
            m_lookAt = m_clock.monotonic() + (waiting.isEmpty() ? usually : m_lookEvery);
            if (waiting.isEmpty())
                m_lookEvery = soonest;
            if (state == ModelHealth::State::Ok && !waiting.isEmpty() && !m_pause) {
                m_lookEvery = std::min(2 * m_lookEvery, usually); // it may look well and still not answer
                for (const QString &id : std::as_const(waiting))
                    m_scheduler.request(id);
            }
            arm();
            if (state != before)
                Q_EMIT statusChanged();
        };
    });
}

} // namespace AutoCommit
