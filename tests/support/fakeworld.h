#pragma once

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>

#include <functional>

namespace AutoCommit::Testing {

/// What a pretend daemon knows, in the shapes of the HTTP API.
struct FakeWorld
{
    QDateTime now = QDateTime::currentDateTimeUtc();
    QJsonObject status;
    QList<QJsonObject> repos;
    QList<QJsonObject> errors;
    QList<QJsonObject> hosts;
    QList<QJsonObject> parity;
    QJsonObject config;
    QJsonObject stats;
    int commitCount = 0;
    std::function<QJsonObject(int)> commitAt; ///< 0 is the newest

    QString ago(qint64 seconds) const; ///< that long before `now`, as the wire writes times
    void setState(const QString &state);
    void recount(); ///< brings the counts of `status` in step with the lists
};

FakeWorld emptyWorld(); ///< a daemon that has just started and knows nothing
FakeWorld normalWorld(int repos = 68, int commits = 400); ///< everything pushed, checked 40 s ago
FakeWorld troubleWorld(); ///< 68 repositories, several of which need the user
FakeWorld bigWorld(); ///< 2000 repositories, 100 000 commits

} // namespace AutoCommit::Testing
