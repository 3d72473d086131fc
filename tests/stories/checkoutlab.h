#pragma once

#include "tests/support/runner.h"

namespace AutoCommit::Testing {

/// One checkout, and runs over it.
struct CheckoutLab
{
    World world;
    TempRepo repo{world, QStringLiteral("r")};
    Runner runner{world};

    RunReport once() const { return runner.once(repo); }
    /// What every story ends with: git finds nothing wrong.
    bool isSound() const
    {
        return world.gitExit(repo.path(),
                             {QStringLiteral("fsck"), QStringLiteral("--strict"), QStringLiteral("--no-dangling")})
            == 0;
    }
};

/// Same HEAD, same index, same files as when this was made.
struct Untouched
{
    const TempRepo &repo;
    QByteArray head = repo.head();
    QByteArray index = repo.indexBytes();
    QMap<QByteArray, QByteArray> tree = repo.tree();

    bool holds() const { return repo.head() == head && repo.indexBytes() == index && repo.tree() == tree; }
};

} // namespace AutoCommit::Testing
