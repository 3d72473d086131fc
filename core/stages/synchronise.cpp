#include "core/stages/synchronise.h"

#include <algorithm>

namespace AutoCommit {

using namespace Qt::StringLiterals;

qint64 wallNanoseconds(const RepoContext &repo)
{
    return repo.clock.wall().time_since_epoch().count();
}

Result<bool> isTreeClean(const RepoContext &repo)
{
    AC_ASSIGN(const QByteArray output, repo.git.read(statusArguments()));
    AC_ASSIGN(const RepoStatus status, parseStatus(output));
    return std::ranges::all_of(status.entries,
                               [](const StatusEntry &e) { return e.kind == StatusEntry::Kind::Untracked; });
}

Status takeOverHubCommits(RepoContext &repo, const Upstream &upstream)
{
    const qint64 now = wallNanoseconds(repo);
    AC_TRY(Hub(repo.git, upstream, now).fetch());
    AC_ASSIGN(const Divergence divergence, measureDivergence(repo.git, repo.head, upstream.trackingRef));
    repo.needsPush = divergence.ahead > 0;
    if (divergence.behind == 0) {
        repo.decided(StageId::Pull, u"fetched; nothing new on the hub"_s);
        return {};
    }
    AC_ASSIGN(const bool clean, isTreeClean(repo));
    if (!clean) {
        repo.decided(
            StageId::Pull,
            u"the hub has %1 new commits; they wait until no tracked file is changed here"_s.arg(divergence.behind));
        repo.reason = u"%1 commits on the hub wait for a clean work tree"_s.arg(divergence.behind);
        return {};
    }
    const bool sign = repo.config.isTrue(u"commit.gpgsign"_s);
    AC_ASSIGN(const Rebased taken, integrate(repo.git, repo.status.branchRef(), repo.head, divergence, sign, now));
    repo.head = taken.tip;
    repo.pulled = true;
    for (ReportedCommit &commit : repo.commits)
        commit.sha = taken.renamed.value(commit.sha, commit.sha);
    repo.commits.removeIf([](const ReportedCommit &commit) { return commit.sha.isEmpty(); });
    repo.needsPush = repo.head != divergence.hub;
    repo.decided(StageId::Pull,
                 divergence.ahead > 0
                     ? u"took over %1 commits and put %2 of ours on top"_s.arg(divergence.behind).arg(divergence.ahead)
                     : u"fast-forwarded by %1 commits"_s.arg(divergence.behind));
    return {};
}

} // namespace AutoCommit
