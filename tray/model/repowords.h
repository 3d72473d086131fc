#pragma once

#include "core/api/apirepo.h"

#include <QCoreApplication>

namespace AutoCommit {

/// What a repository's row shows at first sight.
enum class RepoBadge {
    Safe, ///< everything is in commits, the hub has them, and a look proves it
    Working,
    Unpushed, ///< committed, but the hub has not got it yet
    LocalOnly, ///< committed, and there is no hub
    Paused,
    Skipped, ///< looked at, left alone, for the reason the row says
    Trouble, ///< needs the user
    Unknown, ///< not looked at yet
    Stale, ///< was safe when last looked at, which is too long ago to be sure
};

/// A repository in words. Pure.
class RepoWords
{
    Q_DECLARE_TR_FUNCTIONS(AutoCommit::RepoWords)

public:
    static RepoBadge badge(const ApiRepo &repo);
    static QString label(const ApiRepo &repo); ///< "Safe on the hub", "3 commits to push", "Needs you"
    static QString explanation(const ApiRepo &repo); ///< one sentence more: the error, the reason, the pause
    static QString stageName(const QString &stage); ///< "analyze" -> "describing the change"
};

} // namespace AutoCommit
