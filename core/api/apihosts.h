#pragma once

#include <QDateTime>
#include <QJsonObject>
#include <QList>

namespace AutoCommit {

/// GET /hosts
struct ApiHost
{
    QString name{};
    QString version{};
    qint64 protocol = 0;
    QString system{};
    QDateTime firstSeen{};
    QDateTime lastSeen{};
    QString drift{}; ///< what does not fit together and how to update; empty when all is well
};

/// Where one host stands with one repository.
struct ApiHead
{
    QString host{};
    QString repo{};
    QString branch{};
    QString head{};
    qint64 ahead = 0;
    qint64 behind = 0;
    QDateTime reportedAt{};
};

/// GET /parity: one repository across the hosts, matched by its origin.
struct ApiParity
{
    QString origin{};
    QString name{};
    QString state{}; ///< same, behind, diverged, branch-mismatch, single, stale
    QString note{};
    QList<ApiHead> hosts{};
};

ApiHost parseHost(const QJsonObject &object);
ApiParity parseParity(const QJsonObject &object);

} // namespace AutoCommit
