#pragma once

#include "core/config/paths.h"
#include "core/store/records.h"
#include "core/store/reporecords.h"
#include "core/store/statistics.h"

#include <QJsonObject>

#include <functional>

namespace AutoCommit {

/// Rows of the history as JSON, the same in answers of the API and on the command line: times as ISO 8601, the home
/// directory as "~". What each has is listed in resources/api/schemas.json.
class RecordShapes
{
public:
    explicit RecordShapes(Paths paths)
        : m_paths(std::move(paths))
    { }

    /// The name of a repository by its id; empty where it is not known.
    using NameOf = std::function<QString(const QString &id)>;

    QString text(const QString &words) const; ///< for people, with "~" for the home directory wherever it stands
    QJsonObject cycle(const CycleRecord &record) const;
    QJsonObject decision(const DecisionRecord &record) const;
    QJsonObject exclusion(const ExclusionRecord &record) const;
    QJsonObject repo(const RepoRecord &record) const;
    QJsonValue pause(const std::optional<PauseRecord> &record) const; ///< null without one
    QJsonObject statistics(const Statistics &numbers, const NameOf &nameOf) const;

private:
    const Paths m_paths;
};

QJsonValue timeOrNull(const std::optional<Timestamp> &time);

/// The last part of a path or an origin: what people call it.
QString lastPart(const QString &path);

/// Where a browser shows this commit, or (sha empty) the repository; empty where that cannot be told from the origin.
QString webUrlOf(const QString &origin, const QString &sha = {});

} // namespace AutoCommit
