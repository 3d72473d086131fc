#pragma once

#include "core/base/result.h"

#include <QStringList>

namespace AutoCommit {

/// Where the parts of a checkout are. Absolute, canonical paths.
struct RepoLocation
{
    QString workTree;
    QString gitDir; ///< of this work tree: HEAD, index, operations in progress
    QString commonDir; ///< objects and refs, shared by all linked work trees; equal to gitDir in the usual case

    bool isLinked() const { return gitDir != commonDir; }
    /// The git directory of the outermost checkout this one is a submodule of; empty when it is none.
    QString superprojectGitDir() const;
    /// Our own corner: private index and journal. The only place inside a repository that we write besides git's own.
    QString stateDir() const { return gitDir + QStringLiteral("/auto-commit"); }
    /// flock'ed while anything of ours changes the repository or one of its linked work trees.
    QString lockFile() const { return commonDir + QStringLiteral("/auto-commit/lock"); }
};

/// The checkout that holds `path` (a directory, or a file in one). Starts no process: the files are few and their
/// format is fixed. NotARepository when there is none, or when it is a bare repository or one whose .git file points
/// nowhere.
Result<RepoLocation> locateRepository(const QString &path);

/// The name of the git operation somebody has not finished here ("merge", "rebase", ...); empty when there is none.
QString operationInProgress(const RepoLocation &location);

/// Lock files of git that exist now among those a commit needs: index, HEAD, the branch, packed-refs, shallow.
/// Absolute.
QStringList presentLocks(const RepoLocation &location, const QString &branchRef);

struct DiscoverOptions
{
    int depth = 6;
    QStringList exclude; ///< directory names that are not entered
};

/// All checkouts at or below `root`, sorted, each once: also those inside other checkouts (submodules and nested ones),
/// linked work trees and .git files. Symbolic links are not followed and other file systems not entered.
QStringList discoverRepositories(const QString &root, const DiscoverOptions &options);

} // namespace AutoCommit
