#include "core/stages/stages.h"

#include "core/git/stalelocks.h"
#include "core/stages/untold.h"
#include "core/sync/reconcile.h"

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

qint64 nanoseconds(const Clock &clock)
{
    return clock.wall().time_since_epoch().count();
}

class Survey final : public Stage
{
public:
    StageId id() const override { return StageId::Survey; }

    Result<Next> run(RepoContext &repo) const override
    {
        AC_TRY(takeOver(repo));
        if (needsConfigFirst(repo.git.location()))
            AC_TRY(readConfig(repo));
        AC_TRY(readStatus(repo));
        if (repo.status.isDetached() && repo.status.isClean() && !repo.git.location().superprojectGitDir().isEmpty()) {
            repo.reason = u"a submodule with a detached HEAD, as git leaves them; nothing to commit"_s;
            return Next::Finish;
        }
        AC_TRY(checkState(repo));
        if (isIdle(repo)) {
            repo.decided(id(), u"clean, and nothing to pull or push"_s);
            return Next::Finish;
        }
        AC_TRY(readConfig(repo));
        if (!repo.settings.gitBranch.isEmpty() && repo.settings.gitBranch != QString::fromUtf8(repo.status.branch)) {
            repo.reason = u"only branch %1 is committed here, and %2 is checked out"_s.arg(
                repo.settings.gitBranch, QString::fromUtf8(repo.status.branch));
            return Next::Finish;
        }
        if (repo.status.head.isEmpty() && !repo.settings.allowInitialCommit)
            return Error{
                ErrorKind::UnbornBranch,
                u"this branch has no commit yet; make the first one yourself, or allow it (allow_initial_commit)"_s};
        repo.decided(id(), repo.status.isClean() ? u"clean"_s : u"%1 changed paths"_s.arg(repo.status.entries.size()));
        return Next::Continue;
    }

private:
    /// Nothing that settings could change the answer to; reading them costs a process.
    static bool isIdle(const RepoContext &repo)
    {
        return repo.status.isClean() && !repo.options.evenIfClean
            && (repo.status.upstream.isEmpty() || (!repo.options.pull && repo.status.ahead == 0));
    }

    /// One auto-commit at a time, and what a dead one left is put right. A dry run only looks.
    static Status takeOver(RepoContext &repo)
    {
        if (const QString operation = operationInProgress(repo.git.location()); !operation.isEmpty())
            return Error{ErrorKind::OperationInProgress, u"a %1 is in progress; finish or abort it"_s.arg(operation)};
        if (repo.options.dryRun)
            return {};
        AC_TRY(acquireLock(repo));
        repo.git.setLockFd(repo.lock.fd());
        clearPrivateLocks(repo.git.location());
        const qint64 now = nanoseconds(repo.clock);
        if (const auto entry = Journal(repo.git.location()).read();
            entry && entry->act == JournalEntry::Act::MoveTree) {
            AC_TRY(readConfig(repo)); // what it says about filters has to hold here, too
            AC_TRY(reconcileMove(repo.git, *entry, now));
            repo.decided(StageId::Survey, u"an interrupted update of the work tree was put right"_s);
        }
        AC_TRY(clearLocks(repo.git, {}, now));
        return readUntold(repo);
    }

    /// Another run is over soon, as a rule.
    static Status acquireLock(RepoContext &repo)
    {
        const auto until = repo.clock.monotonic() + repo.options.waitForWriters;
        for (;;) {
            Result<RepoLock> lock = RepoLock::acquire(repo.git.location());
            if (lock) {
                repo.lock = *std::move(lock);
                return {};
            }
            if (lock.error().kind != ErrorKind::LockHeld || repo.clock.monotonic() >= until
                || repo.cancel.isCancelled())
                return lock.error();
            repo.clock.sleepFor(std::chrono::milliseconds(50));
        }
    }

    static Status readStatus(RepoContext &repo)
    {
        repo.indexStamp = FileStamp::of(repo.git.location().gitDir + u"/index"_s);
        AC_ASSIGN(const QByteArray output, repo.git.read(statusArguments()));
        AC_ASSIGN(repo.status, parseStatus(output));
        repo.head = repo.status.head;
        repo.ahead = repo.status.ahead.value_or(0);
        repo.behind = repo.status.behind.value_or(0);
        repo.needsPush = repo.ahead > 0;
        return {};
    }

    static Status readConfig(RepoContext &repo)
    {
        if (!repo.config.names().isEmpty())
            return {};
        AC_ASSIGN(repo.config, RepoConfig::read(repo.git));
        QStringList ignored;
        AC_ASSIGN(repo.settings,
                  repo.loaded.forCheckout(repo.git.location().workTree, repo.config.ownSettings(), &ignored));
        for (const QString &name : ignored)
            repo.decided(StageId::Survey, u"git config %1 is not something a repository may set; ignored"_s.arg(name));
        const QString workTree = repo.config.value(u"core.worktree"_s);
        const QString resolved
            = QFileInfo(QDir(repo.git.location().gitDir).absoluteFilePath(workTree)).canonicalFilePath();
        if (!workTree.isEmpty() && resolved != repo.git.location().workTree)
            return Error{ErrorKind::Untrusted, u"core.worktree points to %1, not to this checkout"_s.arg(workTree)};
        if (repo.config.value(u"extensions.objectformat"_s) == u"sha256"_s)
            repo.nameLength = 64;
        repo.git.setOverrides(repo.config.overrides(repo.settings.trustedFilters));
        repo.git.setTimeouts(repo.settings.hookTimeout, repo.settings.networkTimeout);
        return {};
    }

    static Status checkState(const RepoContext &repo)
    {
        if (repo.status.isDetached())
            return Error{ErrorKind::DetachedHead,
                         u"HEAD is detached; check out a branch, then its changes are committed"_s};
        const bool unmerged = std::ranges::any_of(
            repo.status.entries, [](const StatusEntry &e) { return e.kind == StatusEntry::Kind::Unmerged; });
        if (unmerged)
            return Error{ErrorKind::UnmergedPaths, u"there are unmerged paths; resolve them first"_s};
        const QStringList locks = presentLocks(repo.git.location(), QString::fromUtf8(repo.status.branchRef()));
        if (!locks.isEmpty() && !repo.status.isClean())
            return Error{ErrorKind::LockHeld, u"%1 exists: another git command is at work here"_s.arg(locks.first())};
        return {};
    }
};

} // namespace

StagePtr makeSurvey()
{
    return std::make_unique<Survey>();
}

} // namespace AutoCommit
