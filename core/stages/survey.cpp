#include "core/stages/stages.h"

#include "core/git/refupdate.h"
#include "core/git/stalelocks.h"
#include "core/recovery/stallfile.h"
#include "core/stages/checkoutconfig.h"
#include "core/stages/tags.h"
#include "core/stages/untold.h"
#include "core/sync/reconcile.h"

#include <QDateTime>

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
        const bool isHeldBack = isHeld(repo);
        if (needsConfigFirst(repo.git.location()))
            AC_TRY(readCheckoutConfig(repo));
        if (isHeldBack) {
            (void)readStatus(repo).ok(); // for who shows where the checkout stands
            return Next::Finish;
        }
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
        AC_TRY(readCheckoutConfig(repo));
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
    /// What a recovery put off. A person who asks for a run is not held.
    static bool isHeld(RepoContext &repo)
    {
        if (repo.options.dryRun || repo.options.evenIfStalled)
            return false;
        const qint64 now = nanoseconds(repo.clock);
        const StallFile file(repo.git.location());
        for (const QByteArray &path : file.deferredPaths(now))
            repo.setAside.insert(path);
        const qint64 until = file.heldUntil(now);
        if (until == 0)
            return false;
        repo.reason = u"left alone until %1 by a recovery"_s.arg(
            QDateTime::fromMSecsSinceEpoch(until / 1'000'000).toString(u"HH:mm"_s));
        repo.decided(StageId::Survey, repo.reason);
        return true;
    }

    /// Nothing that settings could change the answer to; reading them costs a process.
    static bool isIdle(const RepoContext &repo)
    {
        return repo.status.isClean() && !repo.options.evenIfClean && !repo.owesTags
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
            AC_TRY(readCheckoutConfig(repo)); // what it says about filters has to hold here, too
            AC_TRY(reconcileMove(repo.git, *entry, now));
            repo.decided(StageId::Survey, u"an interrupted update of the work tree was put right"_s);
        }
        AC_TRY(clearLocks(repo.git, symbolicHead(repo.git.location()), now));
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
        repo.owesTags = !repo.options.dryRun && !OwedTags(repo.git.location()).isEmpty();
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
