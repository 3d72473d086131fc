#pragma once

#include "core/config/paths.h"
#include "core/store/records.h"

#include <QJsonObject>
#include <QList>

namespace AutoCommit {

/// How the checkouts of one origin stand to each other.
struct Parity
{
    QString origin = {};
    QString state = {}; ///< "same", "behind", "diverged", "branch-mismatch", "single", "stale"
    QString note = {};
    QList<RepoHead> hosts = {};
};

/// After this long without a report from a host nothing is claimed about it.
constexpr std::chrono::hours reportMaxAge{1};

/// Out of what each host reported last, by origin; origins without a name are left out. A report is stale when it is
/// older than `maxAge`: then nothing is claimed. `hubAliases` as in Settings.
QList<Parity> parityOf(const QList<RepoHead> &heads, Timestamp now, std::chrono::milliseconds maxAge,
                       const QStringList &hubAliases = {});

QJsonObject parityJson(const Parity &parity, const Paths &paths);

} // namespace AutoCommit
