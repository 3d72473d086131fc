#pragma once

#include "core/base/protocol.h"
#include "core/config/paths.h"
#include "core/store/historyfilter.h"
#include "core/store/statistics.h"
#include "daemon/steering.h"

#include <QJsonArray>
#include <QJsonObject>

namespace AutoCommit {

/// Records as the JSON that leaves the process: times as ISO 8601, the home directory as "~", no detail of errors, no
/// user information in URLs. What each has is listed in resources/api/schemas.json.
class Shapes
{
public:
    Shapes(const Steering &steering, Paths paths)
        : m_steering(steering)
        , m_paths(std::move(paths))
    { }

    QString text(const QString &words) const; ///< for people, with "~" for the home directory wherever it stands
    QJsonObject commit(const CommitRecord &record) const;
    QJsonObject cycle(const CycleRecord &record) const;
    QJsonObject error(const ErrorRecord &record) const;
    QJsonObject decision(const DecisionRecord &record) const;
    QJsonObject exclusion(const ExclusionRecord &record) const;
    QJsonObject release(const ReleaseRecord &record) const;
    QJsonObject repo(const RepoSnapshot &snapshot) const;
    QJsonObject host(const HostRecord &record) const;
    QJsonValue pause(const std::optional<PauseRecord> &record) const; ///< null without one
    QJsonObject progress(const CycleProgress &cycle) const;
    QJsonObject statistics(const Statistics &numbers) const;

    QString repoName(const QString &id) const; ///< empty when it is not here

private:
    const Steering &m_steering;
    const Paths m_paths;
};

QJsonValue timeOrNull(const std::optional<Timestamp> &time);

/// {"items":[…],"next":""} of a page.
template <typename T, typename Shape> QJsonObject pageOf(const Page<T> &page, const Shape &shape)
{
    QJsonArray items;
    for (const T &item : page.items)
        items.append(shape(item));
    return {{QStringLiteral("items"), items}, {QStringLiteral("next"), page.next}};
}

/// Where a browser shows this commit, or (sha empty) the repository; empty where that cannot be told from the origin.
QString webUrlOf(const QString &origin, const QString &sha = {});

/// What differs between this program and another host's; empty when nothing does.
QString driftText(const QString &version, qint64 protocol);

} // namespace AutoCommit
