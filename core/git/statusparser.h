#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QList>

#include <optional>

namespace AutoCommit {

/// One line of `git status --porcelain=v2 -z --no-renames`.
struct StatusEntry
{
    enum class Kind { Tracked, Unmerged, Untracked };

    Kind kind = Kind::Tracked;
    char index = '.'; ///< X: HEAD against the index
    char workTree = '.'; ///< Y: the index against the work tree
    bool submodule = false;
    quint32 headMode = 0;
    quint32 workTreeMode = 0;
    QByteArray headBlob; ///< hex; zeros when absent
    QByteArray path; ///< an untracked directory that is a repository of its own ends with '/'

    bool isStaged() const { return kind == Kind::Tracked && index != '.'; }
    bool isIntentToAdd() const { return kind == Kind::Tracked && index == '.' && workTree == 'A'; }
    bool isDeleted() const { return kind == Kind::Tracked && workTree == 'D'; }
};

struct RepoStatus
{
    QByteArray head; ///< commit in hex; empty on a branch without commits
    QByteArray branch; ///< short name; empty when HEAD is detached
    QByteArray upstream; ///< short name such as "origin/main"; empty when none is configured
    std::optional<int> ahead; ///< absent when there is no upstream, or its ref is gone
    std::optional<int> behind;
    QList<StatusEntry> entries;

    bool isClean() const { return entries.isEmpty(); }
    bool isDetached() const { return branch.isEmpty(); }
    QByteArray branchRef() const { return "refs/heads/" + branch; }
};

/// The arguments whose output parseStatus reads. Untracked files one by one; submodules by their commit only, so that
/// no git runs inside them.
QStringList statusArguments();

/// Pure. An error means that this is not the output of that command.
Result<RepoStatus> parseStatus(const QByteArray &output);

} // namespace AutoCommit
