#include "core/stages/stages.h"

#include "core/git/ancestry.h"
#include "core/git/hooks.h"
#include "core/stages/historycheck.h"
#include "core/stages/synchronise.h"
#include "core/sync/dropped.h"

#include <random>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr int attempts = 6;

class Push final : public Stage
{
public:
    StageId id() const override { return StageId::Push; }

    Result<Next> run(RepoContext &repo) const override
    {
        if (repo.options.dryRun) {
            foretell(repo);
            return Next::Continue;
        }
        if (repo.head.isEmpty())
            return Next::Continue;
        if (!repo.commits.isEmpty())
            repo.needsPush = true;
        if (!repo.settings.push || !repo.options.push) {
            if (repo.needsPush)
                repo.decided(id(), u"pushing is switched off"_s);
            return Next::Continue;
        }
        AC_ASSIGN(const std::optional<Upstream> upstream, findUpstream(repo.config, repo.status.branch, repo.settings));
        if (!upstream) {
            repo.needsPush = false;
            if (!repo.commits.isEmpty()) {
                repo.reason = noUpstream(repo);
                repo.decided(id(), repo.reason);
            }
            return Next::Continue;
        }
        if (const QString why = whyNotPushed(repo.config, repo.status.branch, *upstream); !why.isEmpty())
            return stayHere(repo, *upstream, why);
        if (repo.needsPush) {
            if (repo.status.ahead.value_or(0) > 0)
                AC_TRY(checkNothingDropped(repo.git, *upstream, repo.head));
            AC_TRY(checkHistory(repo, *upstream));
            AC_TRY(pushUntilAccepted(repo, *upstream));
        } else {
            AC_TRY(pullAfterAll(repo, *upstream));
        }
        return Next::Continue;
    }

private:
    /// What was dirty is committed or left out by now: the hub's commits may still come.
    static Status pullAfterAll(RepoContext &repo, const Upstream &upstream)
    {
        if (repo.status.isClean() || !repo.options.pull || !repo.settings.preCyclePull)
            return {};
        return takeOverHubCommits(repo, upstream);
    }

    /// Not a failure: it is what git was set up to do. It needs a person all the same, so the state says so.
    static Result<Next> stayHere(RepoContext &repo, const Upstream &upstream, const QString &why)
    {
        AC_TRY(pullAfterAll(repo, upstream));
        if (repo.needsPush) {
            repo.reason = why;
            repo.decided(StageId::Push, why);
        }
        return Next::Continue;
    }

    static QString noUpstream(const RepoContext &repo)
    {
        return u"branch %1 has no upstream, so its commits stay here"_s.arg(QString::fromUtf8(repo.status.branch));
    }

    /// What a real run would push, as far as can be told without asking the hub.
    static void foretell(RepoContext &repo)
    {
        const auto count = repo.commits.size() + repo.status.ahead.value_or(0);
        if (count == 0 || !repo.settings.push || !repo.options.push || !repo.reason.isEmpty())
            return;
        const auto upstream = findUpstream(repo.config, repo.status.branch, repo.settings);
        const QString why
            = upstream && *upstream ? whyNotPushed(repo.config, repo.status.branch, **upstream) : QString();
        repo.reason = repo.status.upstream.isEmpty() ? noUpstream(repo)
            : !why.isEmpty()
            ? why
            : u"%1 would be pushed to %2"_s.arg(count == 1 ? u"1 commit"_s : u"%1 commits"_s.arg(count),
                                                QString::fromUtf8(repo.status.upstream));
        repo.decided(StageId::Push, repo.reason);
    }

    /// A push makes a branch that somebody deleted on the hub, and brings commits back that somebody wound it back by,
    /// without a word: so it is looked at first. One that was never there is made.
    static Status checkHubBranch(const RepoContext &repo, const Upstream &upstream, const Hub &hub)
    {
        const bool fetched = repo.status.isClean() && repo.options.pull && repo.settings.preCyclePull;
        if (fetched || !repo.status.ahead)
            return {};
        AC_ASSIGN(const QByteArray there, hub.head());
        if (there.isEmpty())
            return hub.gone();
        AC_ASSIGN(const QByteArray known, repo.git.read({u"rev-parse"_s, QString::fromUtf8(upstream.trackingRef)}));
        if (there == known.trimmed())
            return {};
        AC_ASSIGN(const bool woundBack, isInHistoryOf(repo.git, known.trimmed(), there));
        return woundBack ? hub.fetch() : Status(); // which refuses what is no fast-forward
    }

    static Status pushUntilAccepted(RepoContext &repo, const Upstream &upstream)
    {
        AC_TRY(checkStall(repo, upstream));
        const Hub hub(repo.git, upstream, repo.hubs, wallNanoseconds(repo));
        AC_TRY(checkHubBranch(repo, upstream, hub));
        for (int attempt = 1;; ++attempt) {
            Status pushed = hub.push(repo.status.branchRef());
            if (pushed)
                break;
            if (pushed.error().kind == ErrorKind::Unknown
                && Hooks(repo.git, repo.config.hooksDir(repo.git.location())).has(u"pre-push"_s))
                return Error{ErrorKind::HookRejected,
                             u"the pre-push hook refused, or failed: "_s + pushed.error().message,
                             pushed.error().detail};
            if (pushed.error().kind != ErrorKind::NonFastForward)
                return pushed;
            if (!repo.options.pull)
                return Error{
                    ErrorKind::NonFastForward,
                    u"the hub has commits that are not here; `commits once` without --no-pull takes them over and pushes"_s,
                    pushed.error().detail};
            if (attempt == attempts)
                return leaveToNextRun(repo);
            repo.decided(StageId::Push, u"the hub has commits that are not here; taking them over first"_s);
            AC_TRY(takeOverHubCommits(repo, upstream));
            if (!repo.needsPush)
                return {};
            if (!repo.pulled && repo.behind > 0)
                return Error{
                    ErrorKind::NonFastForward,
                    u"the hub has new commits and tracked files are changed here; pushed once the work tree is clean"_s};
            waitALittle(repo, attempt);
        }
        return verify(repo, hub);
    }

    /// Others were quicker every time; nothing failed.
    static Status leaveToNextRun(RepoContext &repo)
    {
        repo.reason
            = u"the hub moved on at each of %1 tries to push; the next run takes that over and pushes"_s.arg(attempts);
        repo.decided(StageId::Push, repo.reason);
        return {};
    }

    /// Ten hosts that were all rejected must not come back in step. Three seconds in all.
    static void waitALittle(const RepoContext &repo, int attempt)
    {
        std::random_device device;
        repo.clock.sleepFor(std::chrono::milliseconds(device() % (100U << static_cast<unsigned>(attempt - 1))));
    }

    /// Status never lies: pushed is what the hub itself shows.
    static Status verify(RepoContext &repo, const Hub &hub)
    {
        AC_ASSIGN(const QByteArray there, hub.head());
        if (there == repo.head) {
            repo.pushed = true;
            repo.needsPush = false;
            repo.decided(StageId::Push, u"pushed; the hub shows %1"_s.arg(QString::fromLatin1(there.left(12))));
            return {};
        }
        // Somebody may have pushed on top of ours already.
        const Result<bool> contained = isInHistoryOf(repo.git, there, repo.head);
        repo.pushed = true;
        repo.needsPush = !(contained && *contained);
        if (there.isEmpty())
            return Error{ErrorKind::NotVerified, u"the push was accepted, but the hub does not show the branch"_s};
        repo.decided(StageId::Push, u"pushed; the hub has moved on to %1"_s.arg(QString::fromLatin1(there.left(12))));
        return {};
    }
};

} // namespace

StagePtr makePush()
{
    return std::make_unique<Push>();
}

} // namespace AutoCommit
