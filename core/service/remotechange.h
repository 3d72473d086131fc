#pragma once

#include "core/pipeline/changecontext.h"

namespace AutoCommit {

/// A change on another machine, as its agent tells it. Everything in it is a stranger's word.
struct RemoteChange
{
    QString branch = {};
    QStringList recentSubjects = {}; ///< newest first
    QList<FileChange> files = {}; ///< path, old path, kind and counts; hunks come from the patch
    QByteArray patch = {}; ///< unified diff in git's format; may be empty or stop early
    bool oneCommit = false;

    static constexpr qsizetype maxFiles = 2000;
    static constexpr qsizetype maxPatch = 8 << 20;
    static constexpr qsizetype maxSubjects = 200;
    static constexpr qsizetype maxPath = 4096;
};

/// Whose rules hold while a remote change is described, and who is asked.
struct RemoteTerms
{
    const Clock &clock;
    CancelToken cancel = {};
    ModelSource *models = nullptr; ///< none: the built-in engine
    const Settings &settings;
    const Gate &gate;
};

/// Plans the commits of a change that is somewhere else: the stages of a run of our own, without a checkout. Nothing is
/// written, no git runs, and nothing of what came in is logged. Blocks; any thread.
///
/// The answer holds every file of the change exactly once, as an index into `files` of the request. Errors:
/// RejectedSecret (a secret came along; the words do not repeat it), Usage (paths that no checkout has, a patch that
/// speaks of other files, too much of anything), Cancelled.
Result<QList<PlannedCommit>> planRemoteChange(const RemoteChange &change, const RemoteTerms &terms);

} // namespace AutoCommit
