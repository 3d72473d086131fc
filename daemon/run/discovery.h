#pragma once

#include "core/git/locate.h"

#include <QList>

namespace AutoCommit {

/// One repository with all its work trees below the roots: what one run at a time works on.
struct RepoUnit
{
    QString id; ///< repoIdFor() of the common directory
    QString commonDir;
    QStringList workTrees; ///< the main one first, if it is there

    bool operator==(const RepoUnit &) const = default;
};

struct DiscoveryTask
{
    QStringList roots; ///< absolute
    bool recursive = false; ///< false: the roots are checkouts themselves
    DiscoverOptions options;
    bool insideCheckouts = true; ///< false: checkouts inside others are taken from `known`, as far as they are there
    QList<RepoUnit> known = {};
};

/// Finds the repositories, in a fixed order. Symbolic links are not followed and other file systems not entered. A root
/// that cannot be read, for instance one that is not mounted, keeps what is known below it (SAFETY row 53). Blocks; any
/// thread.
QList<RepoUnit> findRepositories(const DiscoveryTask &task);

} // namespace AutoCommit
