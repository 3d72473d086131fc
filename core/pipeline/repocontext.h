#pragma once

#include "core/config/settingsloader.h"
#include "core/git/filestamp.h"
#include "core/git/git.h"
#include "core/git/repoconfig.h"
#include "core/git/repolock.h"
#include "core/git/statusparser.h"
#include "core/pipeline/changecontext.h"

#include <QSet>
#include <QTemporaryDir>

namespace AutoCommit {

class HubConnections;
class RecoveryMemory;

struct RunOptions
{
    bool dryRun = false; ///< plan everything, change no byte of the repository
    bool pull = true;
    bool push = true;
    bool evenIfStalled = true; ///< a person asked: what would only fail the same way is tried all the same
    bool evenIfClean = false; ///< a clean checkout without an upstream is not left at once
    std::chrono::seconds waitForWriters{0}; ///< how long files that are still being written may be waited for
};

/// Everything one run over one repository knows. Made by whoever starts the run, owned by one worker thread at a time.
/// Every field says which stage writes it; Group, Analyze and Format see its ChangeContext only, never git.
struct RepoContext : ChangeContext
{
    RepoContext(ChangeContext given, Git checkout, const LoadedSettings &from)
        : ChangeContext(std::move(given))
        , git(std::move(checkout))
        , loaded(from)
    { }

    // given
    Git git;
    const LoadedSettings &loaded;
    RunOptions options;
    QByteArray salt; ///< of this installation, for fingerprints
    HubConnections *hubs = nullptr; ///< shared with other runs; none: connect by yourself
    RecoveryMemory *recovery = nullptr; ///< none: no model is asked about failures

    // Survey
    RepoLock lock; ///< not held in a dry run
    std::unique_ptr<QTemporaryDir> scratch; ///< of a dry run: its index and objects
    RepoStatus status;
    RepoConfig config; ///< read only when there is something to do
    FileStamp indexStamp; ///< of the user's index when `status` was read
    qsizetype nameLength = 40; ///< of object names in hex
    bool owesTags = false; ///< to the hub, from an earlier run

    // PreFilter
    QList<IndexEntry> snapshot; ///< the captured change: what will be committed, byte for byte
    qsizetype inCaptureIndex = 0; ///< the entries of the snapshot when "index.capture" held it and nothing else
    std::optional<QByteArray> commitIndexAt; ///< the commit whose entries, and no others, are in "index.commit" already
    QStringList warnings; ///< for its user: a setting nobody knows, a secret that the repository itself lets pass
    QList<Exclusion> excluded;

    // Discover
    QList<IndexEntry> before; ///< the entries of the snapshot's paths in HEAD, for bringing the user's index up to date

    // Commit
    QList<ReportedCommit> commits;
    QByteArray head; ///< commit that the branch is at now; empty on an unborn branch
    QStringList notes; ///< files that go when the history has this run's report; also written by Survey and Pull

    // Survey: what a run that was killed could not tell the history any more
    QList<ReportedCommit> untold;

    // Pull, Push
    bool pulled = false;
    bool pushed = false;
    bool needsPush = false;
    QHash<QByteArray, QByteArray> renamed; ///< commits of earlier runs that a rebase made anew; also written by Survey
    int ahead = 0; ///< of the upstream; also written by Survey
    int behind = 0;

    // VersionDetect
    QList<VersionChange> versions;

    // Recover
    std::optional<Error> failure; ///< of the attempt that just ended
    int attempt = 1;
    bool recovered = false; ///< a model was asked about a failure in this run, or would have been
    QSet<QByteArray> setAside; ///< paths that a recovery left out; also from Survey

    // all
    QString reason; ///< why the run ended as it did, where that needs saying

    void exclude(const QByteArray &path, const QString &rule, const QString &why)
    {
        excluded.append({path, rule, why});
    }

    void warn(StageId stage, const QString &text)
    {
        if (warnings.contains(text))
            return; // of an earlier attempt
        warnings += text;
        decided(stage, text);
    }

    /// Forgets what the stages found, for another attempt; what was committed and decided stays.
    void startOver();

    QString indexPath(const QString &name) const
    {
        return (scratch ? scratch->path() : git.location().stateDir()) + u'/' + name;
    }
    QByteArray absolute(const QByteArray &path) const
    {
        return QFile::encodeName(git.location().workTree) + '/' + path;
    }
    /// HEAD as a tree-ish that exists even on an unborn branch.
    QByteArray baseTree() const { return status.head.isEmpty() ? emptyTree(nameLength) : status.head; }
};

} // namespace AutoCommit
