#pragma once

#include "core/api/apistatus.h"

#include <QUrl>

namespace AutoCommit {

/// What stands against a repository now.
struct ApiRepoError
{
    QString id{};
    QString kind{};
    QString message{};
    QString advice{};
};

/// A path that is not committed, and why.
struct ApiExclusion
{
    QString path{};
    QString rule{};
    QString reason{};
    QDateTime firstSeen{};
};

/// GET /repos and /repos/{id}: one checkout and what is known about it.
struct ApiRepo
{
    QString id{};
    QString name{};
    QString path{}; ///< "~" stands for the home directory on `host`
    QString host{};
    QString origin{};
    QString branch{};
    QString head{};
    QString upstream{}; ///< empty: there is no hub for this branch
    qint64 ahead = 0;
    qint64 behind = 0;
    QString state{}; ///< clean, committed, planned, skipped, failed, waiting, or empty before the first look
    QString reason{};
    QDateTime lookedAt{};
    QDateTime committedAt{};
    QDateTime pulledAt{};
    QDateTime pushedAt{};
    QDateTime changedAt{};
    bool needsPush = false;
    std::optional<ApiPause> pause{};
    qint64 excluded = 0;
    std::optional<ApiRepoError> error{};
    bool running = false;
    QString stage{};
    QUrl webUrl{};
    QList<ApiExclusion> exclusions{}; ///< only from /repos/{id}
};

/// GET /repos/{id}/explain: one step of the last run.
struct ApiDecision
{
    QDateTime at{};
    QString stage{};
    QString what{};
    QString why{};
};

struct ApiExplanation
{
    ApiRepo repo{};
    QList<ApiDecision> decisions{};
    QList<ApiExclusion> exclusions{};
};

ApiRepo parseRepo(const QJsonObject &object);
ApiExplanation parseExplanation(const QJsonObject &object);

/// An address that may be handed to the desktop: http and https only, else empty.
QUrl webUrlFrom(const QString &text);

} // namespace AutoCommit
