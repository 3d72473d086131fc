#include "core/recovery/recoveryrun.h"

#include "core/git/ancestry.h"
#include "core/git/refupdate.h"
#include "core/git/stalelocks.h"
#include "core/git/statusparser.h"
#include "core/recovery/rehearsal.h"
#include "core/recovery/repoledger.h"
#include "core/sync/movedpath.h"
#include "core/sync/reconcile.h"
#include "core/sync/treemove.h"

#include <QDateTime>
#include <QDir>
#include <QFile>

#include <algorithm>
#include <array>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;
using enum RecoveryVerb;

bool touchesGit(RecoveryVerb verb)
{
    static constexpr std::array verbs{Refetch, Unlock, Reconcile, AbortOwn, RebaseInMemory, RetryPush, Fsck};
    return std::ranges::find(verbs, verb) != verbs.end();
}

Error precondition(const QString &why)
{
    return {ErrorKind::ModelRefused, u"precondition: "_s + why};
}

Error surprise(const QString &what)
{
    return {ErrorKind::NotVerified, u"stopped at a surprise: "_s + what};
}

Result<QByteArray> commitAt(const Git &git, const QByteArray &ref)
{
    AC_ASSIGN(const QByteArray name, git.read({u"rev-parse"_s, u"--verify"_s, u"-q"_s, QString::fromUtf8(ref)}));
    return name.trimmed();
}

/// No tracked file differs from HEAD, and nothing is staged.
Status requireClean(const Git &git)
{
    AC_ASSIGN(const QByteArray output, git.read(statusArguments()));
    AC_ASSIGN(const RepoStatus status, parseStatus(output));
    for (const StatusEntry &entry : status.entries)
        if (entry.kind != StatusEntry::Kind::Untracked)
            return precondition(u"tracked files are changed"_s);
    return {};
}

QString lockFile(const RecoveryScene &scene, RecoveryLock lock)
{
    const RepoLocation &at = scene.git.location();
    switch (lock) {
    case RecoveryLock::Index:
        return at.gitDir + u"/index.lock"_s;
    case RecoveryLock::Head:
        return at.gitDir + u"/HEAD.lock"_s;
    case RecoveryLock::Branch:
        return at.commonDir + u'/' + QFile::decodeName(scene.branchRef) + u".lock"_s;
    case RecoveryLock::PackedRefs:
        return at.commonDir + u"/packed-refs.lock"_s;
    case RecoveryLock::Shallow:
        break;
    }
    return at.commonDir + u"/shallow.lock"_s;
}

/// One step on a checkout. What it may change is known before it begins.
class StepRun
{
public:
    StepRun(const RecoveryScene &scene, RecoveryOutcome &outcome)
        : m_scene(scene)
        , m_outcome(outcome)
    { }

    Status run(const RecoveryStep &step)
    {
        if (!touchesGit(step.verb))
            return note(step);
        AC_ASSIGN(const RepoLedger before, RepoLedger::take(m_scene.git));
        MayChange allowed;
        AC_TRY(act(step, allowed));
        AC_ASSIGN(const RepoLedger after, RepoLedger::take(m_scene.git));
        const QString unasked = firstSurprise(before, after, allowed);
        Status whole = unasked.isEmpty() ? keptEverything(before, after) : Status(surprise(unasked));
        if (!whole && step.verb == RebaseInMemory)
            AC_TRY(takeBack(before, after));
        return whole;
    }

private:
    Status note(const RecoveryStep &step)
    {
        m_outcome.tryAgain = m_outcome.tryAgain || step.verb == Recommit || step.verb == FallbackMessage
            || step.verb == Rescan || step.verb == Exclude || step.verb == Defer;
        m_outcome.withoutModels = m_outcome.withoutModels || step.verb == FallbackMessage;
        m_outcome.ask = m_outcome.ask || step.verb == Ask;
        if (step.verb == Wait || step.verb == Pause)
            m_outcome.holdMinutes = std::max(m_outcome.holdMinutes, step.minutes);
        if (step.verb == Exclude)
            m_outcome.exclude += step.path;
        if (step.verb == Defer)
            m_outcome.defer += {step.path, step.minutes};
        return {};
    }

    Status act(const RecoveryStep &step, MayChange &allowed)
    {
        switch (step.verb) {
        case Refetch:
            return refetch(allowed);
        case Unlock:
            return unlock(step.lock);
        case Reconcile:
            return reconcile(allowed);
        case AbortOwn: // no act of this program is a merge or a cherry-pick, so no journal can say that one is ours
            return precondition(u"the journal has no merge or cherry-pick of ours"_s);
        case RebaseInMemory:
            return rebase(allowed);
        case RetryPush:
            return retryPush();
        case Fsck:
            return fsck();
        default:
            return {};
        }
    }

    Status requireUpstream() const
    {
        return m_scene.upstream ? Status() : Status(precondition(u"the branch has no upstream"_s));
    }

    Status refetch(MayChange &allowed) const
    {
        AC_TRY(requireUpstream());
        allowed.refs.insert(m_scene.upstream->trackingRef);
        return Hub(m_scene.git, *m_scene.upstream, m_scene.hubs, m_scene.now).fetch();
    }

    Status unlock(RecoveryLock lock) const
    {
        if (m_scene.isRehearsal)
            return {};
        const QString file = lockFile(m_scene, lock);
        if (!QFile::exists(file))
            return precondition(u"there is no such lock"_s);
        const LockVerdict verdict = judgeLock(file, m_scene.git.location(), Journal(m_scene.git.location()).read(),
                                              GitActivity::of(m_scene.git.location()), m_scene.now);
        if (verdict != LockVerdict::Ours && verdict != LockVerdict::Abandoned)
            return precondition(u"the lock may be somebody's"_s);
        return setLockAside(m_scene.git.location(), file, m_scene.now);
    }

    Status reconcile(MayChange &allowed) const
    {
        if (m_scene.isRehearsal)
            return {};
        const std::optional<JournalEntry> entry = Journal(m_scene.git.location()).read();
        if (!entry || entry->act != JournalEntry::Act::MoveTree)
            return precondition(u"no update of the work tree was interrupted"_s);
        AC_ASSIGN(const QList<MovedPath> moved, movedPaths(m_scene.git, entry->from, entry->to));
        for (const MovedPath &path : moved)
            allowed.paths.insert(path.path);
        return reconcileMove(m_scene.git, *entry, m_scene.now);
    }

    Status rebase(MayChange &allowed)
    {
        AC_TRY(requireUpstream());
        AC_TRY(requireClean(m_scene.git));
        AC_ASSIGN(const QByteArray head, commitAt(m_scene.git, m_scene.branchRef));
        AC_ASSIGN(const Divergence apart, measureDivergence(m_scene.git, head, m_scene.upstream->trackingRef));
        if (apart.behind == 0)
            return precondition(u"the hub has nothing that is not here"_s);
        if (apart.ahead > 50)
            return precondition(u"more than 50 local commits"_s);
        AC_TRY(keepBackup(head, allowed));
        AC_ASSIGN(const Rebased done,
                  integrate(m_scene.git, m_scene.branchRef, head, apart, m_scene.sign, m_scene.now));
        allowed.refs.insert(m_scene.branchRef);
        AC_ASSIGN(const QList<MovedPath> moved, movedPaths(m_scene.git, head, done.tip));
        for (const MovedPath &path : moved)
            allowed.paths.insert(path.path);
        m_tip = done.tip;
        m_outcome.tryAgain = true;
        return {};
    }

    Status keepBackup(const QByteArray &head, MayChange &allowed)
    {
        const QByteArray time = QDateTime::fromMSecsSinceEpoch(m_scene.now / 1'000'000, Qt::UTC)
                                    .toString(u"yyyyMMdd'T'HHmmsszzz'Z'"_s)
                                    .toLatin1();
        m_outcome.backup = "refs/auto-commit/backup/" + time;
        allowed.refs.insert(m_outcome.backup);
        AC_ASSIGN(RefUpdate update,
                  RefUpdate::prepare(m_scene.git,
                                     {.ref = m_outcome.backup,
                                      .from = {},
                                      .to = head,
                                      .reflogMessage = u"auto-commit: before a recovery"_s,
                                      .nameLength = m_scene.nameLength}));
        AC_TRY(update.commit());
        return update.finish();
    }

    /// The story pushes, after it has searched the history for secrets.
    Status retryPush()
    {
        AC_TRY(requireUpstream());
        AC_ASSIGN(const QByteArray head, commitAt(m_scene.git, m_scene.branchRef));
        AC_ASSIGN(const QByteArray hub, commitAt(m_scene.git, m_scene.upstream->trackingRef));
        AC_ASSIGN(const bool forwards, isInHistoryOf(m_scene.git, head, hub));
        if (!forwards || head == hub)
            return precondition(u"there is nothing that could be pushed forwards"_s);
        m_outcome.tryAgain = true;
        return {};
    }

    Status fsck() const
    {
        return m_scene.git
                   .output(u"git fsck"_s,
                           {.arguments = {u"fsck"_s, u"--connectivity-only"_s, u"--no-dangling"_s, u"--no-progress"_s},
                            .timeout = std::chrono::minutes(2)})
                   .ok()
            ? Status()
            : Status(Error{ErrorKind::ObjectCorrupt, u"git fsck found damage; nothing is written here"_s});
    }

    /// No commit that a ref reached before may be out of reach after, and a moved tree has to be whole.
    Status keptEverything(const RepoLedger &before, const RepoLedger &after) const
    {
        QByteArray input;
        for (const QByteArray &commit : before.refs)
            input += commit + '\n';
        for (const QByteArray &commit : after.refs)
            input += '^' + commit + '\n';
        if (before.refs != after.refs) {
            AC_ASSIGN(const QByteArray lost, m_scene.git.read({u"rev-list"_s, u"--stdin"_s}, input));
            if (!lost.isEmpty())
                return surprise(u"%1 is in no branch any more"_s.arg(QString::fromLatin1(lost.left(10))));
        }
        if (m_tip.isEmpty())
            return {};
        if (after.refs.value(m_scene.branchRef) != m_tip || !requireClean(m_scene.git))
            return surprise(u"the work tree is not what the branch has"_s);
        AC_ASSIGN(const bool onTop, isInHistoryOf(m_scene.git, m_tip, after.refs.value(m_scene.upstream->trackingRef)));
        return onTop ? Status() : Status(surprise(u"the branch does not contain what the hub has"_s));
    }

    Status takeBack(const RepoLedger &before, const RepoLedger &after) const
    {
        const QByteArray was = before.refs.value(m_scene.branchRef);
        const QByteArray is = after.refs.value(m_scene.branchRef);
        if (was == is || is != m_tip)
            return {};
        return moveTree(m_scene.git,
                        {.ref = m_scene.branchRef, .from = is, .to = was, .nameLength = m_scene.nameLength},
                        m_scene.now);
    }

    const RecoveryScene &m_scene;
    RecoveryOutcome &m_outcome;
    QByteArray m_tip; ///< where the branch was put
};

} // namespace

Result<RecoveryOutcome> carryOut(const RecoveryPlan &plan, const RecoveryScene &scene)
{
    RecoveryOutcome outcome;
    for (const RecoveryStep &step : plan.steps) {
        const Status done = StepRun(scene, outcome).run(step);
        if (!done)
            return Error{done.error().kind, recoveryStepText(step) + u": "_s + done.error().message,
                         done.error().detail};
        outcome.did += recoveryStepText(step);
    }
    return outcome;
}

Status rehearse(const RecoveryPlan &plan, const RecoveryScene &scene)
{
    if (std::ranges::none_of(plan.steps, [](const RecoveryStep &step) { return touchesGit(step.verb); }))
        return {};
    AC_ASSIGN(const QByteArray head, commitAt(scene.git, scene.branchRef));
    Rehearsal::Of of{.branchRef = scene.branchRef, .head = head, .nameLength = scene.nameLength};
    if (scene.upstream) {
        of.trackingRef = scene.upstream->trackingRef;
        const bool isRelative = protocolOf(scene.upstream->url) == u"file"_s
            && !scene.upstream->url.startsWith("file:"_L1) && !scene.upstream->url.startsWith(u'/');
        of.settings += u"remote.%1.url=%2"_s.arg(
            scene.upstream->remote,
            isRelative ? QDir(scene.git.location().workTree).absoluteFilePath(scene.upstream->url)
                       : scene.upstream->url);
    }
    AC_ASSIGN(const std::unique_ptr<Rehearsal> copy, Rehearsal::make(scene.git, of));
    RecoveryScene stage{.git = copy->git(),
                        .upstream = scene.upstream,
                        .hubs = scene.hubs,
                        .branchRef = scene.branchRef,
                        .nameLength = scene.nameLength,
                        .sign = false,
                        .now = scene.now,
                        .isRehearsal = true};
    RecoveryOutcome outcome;
    for (const RecoveryStep &step : plan.steps) {
        if (step.verb == RebaseInMemory) {
            AC_TRY(requireClean(scene.git)); // what is not committed is in the original alone
            if (scene.upstream) {
                AC_ASSIGN(const QByteArray hub, commitAt(copy->git(), scene.upstream->trackingRef));
                AC_ASSIGN(const QList<MovedPath> moved, movedPaths(copy->git(), head, hub));
                QList<QByteArray> paths;
                for (const MovedPath &path : moved)
                    paths += path.path;
                AC_TRY(copy->mirror(paths));
            }
        }
        if (const Status done = StepRun(stage, outcome).run(step); !done)
            return Error{done.error().kind, u"rehearsal, %1: %2"_s.arg(recoveryStepText(step), done.error().message),
                         done.error().detail};
    }
    return {};
}

} // namespace AutoCommit
