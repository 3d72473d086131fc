#pragma once

#include <QDate>
#include <QDateTime>
#include <QJsonObject>
#include <QStringList>
#include <QUrl>

namespace AutoCommit {

/// GET /commits: one commit of ours, on any host.
struct ApiCommit
{
    QString id{};
    QString sha{};
    QString parent{};
    QString host{};
    QString repo{};
    QString name{};
    QString origin{};
    QString branch{};
    QString subject{};
    QString body{};
    QString source{}; ///< llm, llm-repaired, builtin
    QString model{};
    QDateTime authoredAt{};
    QDateTime committedAt{};
    QDateTime pushedAt{};
    QDateTime verifiedAt{}; ///< when the hub was seen to hold it
    QStringList paths{};
    qint64 pathCount = 0;
    QUrl webUrl{};

    /// A commit is known by host, repository and hash; the number is the database's own affair.
    bool isSameAs(const ApiCommit &other) const { return sha == other.sha && repo == other.repo && host == other.host; }
};

/// GET /errors: one cause in one repository, seen `count` times.
struct ApiProblem
{
    QString id{};
    QString host{};
    QString repo{};
    QString name{};
    QString kind{};
    QString message{};
    QString advice{};
    QDateTime firstSeen{};
    QDateTime lastSeen{};
    qint64 count = 0;
    QDateTime resolvedAt{}; ///< invalid while it stands
};

struct ApiDayCount
{
    QDate day{};
    qint64 commits = 0;
};

struct ApiNamedCount
{
    QString key{}; ///< source, or id of a repository
    QString name{};
    qint64 commits = 0;
};

/// GET /stats
struct ApiStats
{
    qint64 commits = 0;
    qint64 unpushed = 0;
    QList<ApiDayCount> perDay{};
    QList<ApiNamedCount> bySource{};
    QList<ApiNamedCount> byRepo{};
};

ApiCommit parseCommit(const QJsonObject &object);
ApiProblem parseProblem(const QJsonObject &object);
ApiStats parseStats(const QJsonObject &object);

} // namespace AutoCommit
