#pragma once

#include "core/base/clock.h"
#include "core/pipeline/stage.h"
#include "core/store/reporecords.h"
#include "core/store/storeoptions.h"

#include <QList>
#include <QSet>

#include <mutex>

namespace AutoCommit {

/// Not over yet.
bool stands(const PauseRecord &pause, Timestamp now);

/// Whoever asks for a run is told so: why, until when, and how it goes on. `name`: what `commits resume` takes.
QString pausedText(const PauseRecord &pause, const QString &name);

/// The pauses that the history knows of, its own or of everything, for a program that is over soon. Read when first
/// asked, once; any thread. A history that cannot be read stops nobody: it is logged.
class Pauses
{
public:
    Pauses(StoreOptions history, const Clock &clock);

    /// The one that holds the repository; its own comes first.
    std::optional<PauseRecord> of(const QString &repo) const;

    /// What ends a run over a paused repository, right after its survey: the answer costs a database, which a clean
    /// checkout without a hub is spared. hasHeld() knows of it afterwards.
    StagePtr makeGate() const;
    bool hasHeld(const QString &repo) const;

private:
    class Gate;
    QList<PauseRecord> read() const;

    const StoreOptions m_history;
    const Clock &m_clock;
    mutable std::once_flag m_once;
    mutable QList<PauseRecord> m_standing;
    mutable std::mutex m_mutex;
    mutable QSet<QString> m_held; ///< guarded by the mutex
};

} // namespace AutoCommit
