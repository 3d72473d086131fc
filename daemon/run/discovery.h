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
    QString family; ///< git directory of the outermost checkout it is a submodule of; its own where it is none

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

/// Those that share a family, innermost first: a submodule's new commit is on its hub before its superproject records
/// it. Families of one are left out.
QList<QStringList> familiesOf(const QList<RepoUnit> &units);

/// Finds the repositories, in a fixed order. Symbolic links are not followed and other file systems not entered. A root
/// that cannot be read, for instance one that is not mounted, keeps what is known below it (SAFETY row 53). Blocks; any
/// thread.
QList<RepoUnit> findRepositories(const DiscoveryTask &task);

} // namespace AutoCommit
