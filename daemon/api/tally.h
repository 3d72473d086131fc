#pragma once

#include "daemon/steering.h"

#include <QMap>
#include <QObject>

namespace AutoCommit {

/// What happened since the daemon started, counted for /metrics.
class Tally final : public QObject
{
    Q_OBJECT

public:
    explicit Tally(const Steering &steering);

    void countAnswer(int status) { ++answers[status]; }

    QMap<MessageSource, qint64> commits;
    QMap<QString, qint64> cycles; ///< by reason
    QMap<QString, qint64> errors; ///< sightings, by kind
    QMap<int, qint64> answers; ///< HTTP, by status
    std::optional<std::chrono::milliseconds> lastCycle;
    std::chrono::milliseconds allCycles{0};
};

} // namespace AutoCommit
