#include "core/stages/synchronise.h"

#include "core/base/pathtext.h"
#include "core/recovery/stallfile.h"
#include "core/stages/historycheck.h"
#include "core/stages/untold.h"
#include "core/sync/dropped.h"

#include <QSet>
#include <QSysInfo>

#include <algorithm>
#include <array>

namespace AutoCommit {

using namespace Qt::StringLiterals;

qint64 wallNanoseconds(const RepoContext &repo)
{
    return repo.clock.wall().time_since_epoch().count();
}

namespace {

Result<QSet<QByteArray>> changedHere(const RepoContext &repo)
{
    AC_ASSIGN(const QByteArray output, repo.git.read(statusArguments()));
    AC_ASSIGN(const RepoStatus status, parseStatus(output));
    QSet<QByteArray> paths;
    for (const StatusEntry &entry : status.entries)
        if (entry.kind != StatusEntry::Kind::Untracked)
            paths.insert(entry.path);
    return paths;
}

} // namespace

Result<bool> isTreeClean(const RepoContext &repo)
{
    AC_ASSIGN(const auto changed, changedHere(repo));
    return changed.isEmpty();
}

namespace {

/// "; 1 of the files changed here is changed there too: a.c": where a merge will be needed, said while there is time.
Result<QString> contestedText(const RepoContext &repo, const Divergence &divergence)
{
    constexpr qsizetype named = 3;
    AC_ASSIGN(const auto changed, changedHere(repo));
    const QByteArray from = divergence.base.isEmpty() ? repo.head : divergence.base;
    AC_ASSIGN(const QByteArray output,
              repo.git.read({u"diff-tree"_s, u"-r"_s, u"--name-only"_s, u"-z"_s, u"--no-renames"_s,
                             QString::fromLatin1(from), QString::fromLatin1(divergence.hub)}));
    QStringList both;
    for (const QByteArray &path : output.split('\0'))
        if (changed.contains(path))
            both += textFromPath(path);
    if (both.isEmpty())
        return QString();
    const qsizetype more = both.size() - named;
    const QString rest = more > 0 ? u" and %1 more"_s.arg(more) : QString();
    return u"; %1 of the files changed here %2 changed there too: %3"_s.arg(both.size())
        .arg(both.size() == 1 ? u"is"_s : u"are"_s, both.mid(0, named).join(u", "_s) + rest);
}

/// What the hub or the two histories say, and will say again as long as they are the same.
bool isAboutTheCommits(ErrorKind kind)
{
    using enum ErrorKind;
    static constexpr std::array kinds{Conflict, ProtectedBranch, RejectedByHub, RejectedSecret, RejectedSize};
    return std::ranges::find(kinds, kind) != kinds.end();
}

QByteArray bothSides(const RepoContext &repo, const Upstream &upstream)
{
    const Result<QByteArray> hub
        = repo.git.read({u"rev-parse"_s, u"--verify"_s, u"-q"_s, QString::fromUtf8(upstream.trackingRef)});
    return repo.head + ':' + (hub ? hub->trimmed() : QByteArray());
}

QString commits(int count)
{
    return count == 1 ? u"1 commit"_s : u"%1 commits"_s.arg(count);
}

/// Both sides stay as they are; the person who reads this needs to know how much there is and what to type.
Error sayBothSides(Error error, const Divergence &divergence, const Upstream &upstream)
{
    if (error.kind == ErrorKind::Conflict)
        error.message
            += u"; %1 here and %2 on the hub wait, nothing was touched: `git rebase %3` or `git merge %3`"_s.arg(
                commits(divergence.ahead), commits(divergence.behind), QString::fromUtf8(upstream.trackingRef.mid(13)));
    return error;
}

/// A name that git takes for a part of a branch's.
QByteArray refPart(const QString &text)
{
    QByteArray part;
    for (const QChar c : text.toLower())
        part += c.isLetterOrNumber() && c.unicode() < 128 ? static_cast<char>(c.unicode()) : '-';
    return part.isEmpty() ? QByteArray("host") : part;
}

/// Where the settings say so, what was committed here waits for its person on the hub too, not on this disk alone.
Status keepOnHub(RepoContext &repo, const Upstream &upstream, const Hub &hub)
{
    if (!repo.settings.keepDivergedOnHub || !repo.settings.push || !repo.options.push)
        return {};
    AC_TRY(checkHistory(repo, upstream));
    const QString host = repo.settings.hostName.isEmpty() ? QSysInfo::machineHostName() : repo.settings.hostName;
    AC_ASSIGN(const QByteArray kept,
              hub.keep(repo.head, "refs/heads/auto-commit/" + refPart(host) + '/' + repo.status.branch));
    repo.decided(StageId::Pull,
                 u"what was committed here is kept on the hub as %1"_s.arg(QString::fromUtf8(kept.mid(11))));
    return {};
}

/// Commits that the history may know by their old names.
void noteRenamed(RepoContext &repo, const QHash<QByteArray, QByteArray> &renamed)
{
    for (ReportedCommit &commit : repo.untold)
        commit.sha = renamed.value(commit.sha, commit.sha);
    repo.untold.removeIf([](const ReportedCommit &commit) { return commit.sha.isEmpty(); });
    for (QByteArray &now : repo.renamed)
        now = renamed.value(now, now);
    repo.renamed.insert(renamed);
}

} // namespace

void rememberStall(const RepoContext &repo)
{
    if (!isAboutTheCommits(repo.failure->kind) || repo.options.dryRun || repo.lock.fd() < 0)
        return;
    const auto upstream = findUpstream(repo.config, repo.status.branch, repo.settings);
    StallFile file(repo.git.location());
    const bool standing = file.stall() && file.stall()->until > wallNanoseconds(repo) && !repo.options.evenIfStalled;
    if (!upstream || !*upstream || standing)
        return;
    // A hub may name the very secret that it refuses.
    const auto masked = [&](const QString &text) { return repo.gate.scanner().redact(text.toUtf8()).text(); };
    const Error told{repo.failure->kind, masked(repo.failure->message), masked(repo.failure->detail)};
    (void)file.stalled(bothSides(repo, **upstream), told, wallNanoseconds(repo)).ok();
}

Status checkStall(const RepoContext &repo, const Upstream &upstream)
{
    if (repo.options.evenIfStalled)
        return {};
    const std::optional<Stall> stall = StallFile(repo.git.location()).stall();
    constexpr qint64 day = 24LL * 3600 * 1'000'000'000; // put off for longer: by a clock that was wrong
    const qint64 now = wallNanoseconds(repo);
    if (!stall || stall->until <= now || stall->until > now + day || stall->signature != bothSides(repo, upstream))
        return {};
    return stall->error;
}

Status takeOverHubCommits(RepoContext &repo, const Upstream &upstream)
{
    const qint64 now = wallNanoseconds(repo);
    const Hub hub(repo.git, upstream, repo.hubs, now);
    const bool level = repo.head == repo.status.head && repo.status.ahead == 0 && repo.status.behind == 0;
    if (level) { // as a rule: asking for one ref costs half of what a fetch costs, here and on the hub
        AC_ASSIGN(const QByteArray tip, hub.head());
        if (tip == repo.head) {
            repo.decided(StageId::Pull, u"the hub has what is here"_s);
            return {};
        }
    }
    AC_TRY(hub.fetch());
    AC_ASSIGN(const Divergence divergence, measureDivergence(repo.git, repo.head, upstream.trackingRef));
    if (divergence.ahead > 0)
        AC_TRY(checkNothingDropped(repo.git, upstream, repo.head));
    repo.needsPush = divergence.ahead > 0;
    repo.behind = divergence.behind;
    if (divergence.behind == 0) {
        repo.decided(StageId::Pull, u"fetched; nothing new on the hub"_s);
        return {};
    }
    AC_ASSIGN(const bool clean, isTreeClean(repo));
    if (!clean) {
        repo.decided(
            StageId::Pull,
            u"the hub has %1 that wait until no tracked file is changed here"_s.arg(commits(divergence.behind)));
        const Result<QString> contested = contestedText(repo, divergence); // a forecast holds up nothing
        repo.reason
            = (divergence.behind == 1 ? u"1 commit on the hub waits for a clean work tree"_s
                                      : u"%1 commits on the hub wait for a clean work tree"_s.arg(divergence.behind))
            + (contested ? *contested : QString());
        return {};
    }
    AC_TRY(checkStall(repo, upstream));
    const bool sign = repo.config.isTrue(u"commit.gpgsign"_s);
    const Result<Rebased> taken = integrate(repo.git, repo.status.branchRef(), repo.head, divergence, sign, now,
                                            [&](const Rebased &target) { return noteRebase(repo, target); });
    if (!taken) {
        if (taken.error().kind == ErrorKind::Conflict) {
            if (const Status kept = keepOnHub(repo, upstream, hub); !kept)
                repo.decided(StageId::Pull, u"not kept on the hub: "_s + kept.error().message);
        }
        return sayBothSides(taken.error(), divergence, upstream);
    }
    repo.head = taken->tip;
    repo.pulled = true;
    repo.behind = 0;
    for (ReportedCommit &commit : repo.commits)
        commit.sha = taken->renamed.value(commit.sha, commit.sha);
    noteRenamed(repo, taken->renamed);
    repo.commits.removeIf([](const ReportedCommit &commit) { return commit.sha.isEmpty(); });
    repo.needsPush = repo.head != divergence.hub;
    repo.decided(StageId::Pull,
                 divergence.ahead > 0
                     ? u"took over %1 and put %2 of ours on top"_s.arg(commits(divergence.behind)).arg(divergence.ahead)
                     : u"fast-forwarded by "_s + commits(divergence.behind));
    return {};
}

} // namespace AutoCommit
