#pragma once

#include <QDateTime>
#include <QJsonObject>
#include <QStringList>

#include <optional>

namespace AutoCommit {

struct ApiPause
{
    QString reason{};
    QString by{};
    QDateTime since{};
    QDateTime until{}; ///< invalid: until somebody resumes
};

/// Why the daemon begins nothing by itself, or leaves the network alone.
struct ApiHold
{
    QString kind{}; ///< quiet_hours, battery, metered
    QString text{};
    QDateTime until{}; ///< invalid: nobody knows
};

struct ApiCycle
{
    qint64 number = 0;
    bool running = false;
    QString reason{};
    QDateTime startedAt{};
    QDateTime finishedAt{};
    QDateTime nextAt{};
    qint64 done = 0;
    qint64 total = 0;
};

struct ApiCounts
{
    qint64 repos = 0;
    qint64 attention = 0;
    qint64 unpushed = 0;
    qint64 errors = 0;
    qint64 excluded = 0;
    qint64 commitsToday = 0;
    qint64 paused = 0;
};

struct ApiAttention
{
    QString repo{};
    QString name{};
    QString kind{};
    QString message{};
    QString advice{};
    QDateTime since{};
};

/// GET /status: the daemon as a whole.
struct ApiStatus
{
    QString name{};
    QString host{};
    QString version{};
    qint64 protocol = 0;
    QDateTime startedAt{};
    QDateTime now{};
    QString state{}; ///< starting, idle, working, paused, attention, stopping
    std::optional<ApiPause> pause{};
    QList<ApiHold> holds{};
    ApiCycle cycle{};
    ApiCounts counts{};
    bool watchesFiles = false;
    QString watchNote{};
    QString coordinatorUrl{};
    QString coordinatorState{}; ///< ok, down, unset, unknown
    QDateTime coordinatorCheckedAt{};
    QStringList notes{};
    QList<ApiAttention> attention{};
    std::optional<QStringList> scopes{}; ///< of the token that asked; none: an event, or a daemon that does not tell
};

ApiStatus parseStatus(const QJsonObject &object);
ApiCycle parseCycle(const QJsonObject &object);
std::optional<ApiPause> parsePause(const QJsonValue &value);

} // namespace AutoCommit
