#include "core/pipeline/pipeline.h"

#include "core/base/log.h"
#include "core/git/remoteurl.h"

#include <array>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// Kinds that mean "not now" or "a person has to look", not that something broke.
bool isSkip(ErrorKind kind)
{
    using enum ErrorKind;
    static constexpr std::array kinds{LockHeld,        StaleLock, OperationInProgress, DetachedHead,      UnbornBranch,
                                      UnmergedPaths,   BulkHold,  Untrusted,           DubiousOwnership,  NoIdentity,
                                      HeadMoved,       Cancelled, SigningFailed,       HookChangedCommit, StagedWork,
                                      ModelUnavailable};
    return std::ranges::find(kinds, kind) != kinds.end();
}

Result<Next> runStages(const std::vector<StagePtr> &stages, RepoContext &repo, const StageObserver &observer)
{
    for (const StagePtr &stage : stages) {
        if (repo.cancel.isCancelled())
            return Error{ErrorKind::Cancelled, u"cancelled"_s};
        if (observer)
            observer(repo, stage->id());
        AC_ASSIGN(const Next next, stage->run(repo));
        if (next == Next::Finish)
            return Next::Finish;
    }
    return Next::Continue;
}

using Attempt = std::function<Result<Next>()>;

/// Hooks and hubs say what they found, secrets included; it goes into the history and onto screens.
Error withoutSecrets(const RepoContext &repo, const Error &error)
{
    const auto masked = [&](const QString &text) { return repo.gate.scanner().redact(text.toUtf8()).text(); };
    return {error.kind, masked(error.message), masked(error.detail)};
}

/// Tries again as long as the story's recovery says so.
Result<Next> recovering(const Story &story, RepoContext &repo, const Attempt &attempt)
{
    Result<Next> outcome = attempt();
    while (!outcome && story.recover && !repo.cancel.isCancelled()) {
        repo.failure = outcome.error();
        const Result<Next> recovery = story.recover->run(repo);
        if (!recovery || *recovery == Next::Finish)
            break;
        repo.startOver();
        outcome = attempt();
    }
    if (!outcome)
        outcome = withoutSecrets(repo, outcome.error());
    if (!outcome && !repo.cancel.isCancelled())
        qCInfo(logPipeline) << repo.git.location().workTree << errorKindName(outcome.error().kind)
                            << outcome.error().message;
    return outcome;
}

Result<Next> runAll(const Story &story, RepoContext &repo, const StageObserver &observer)
{
    AC_ASSIGN(const Next next, runStages(story.entrance, repo, observer));
    if (next == Next::Finish)
        return next;
    Result<Next> outcome = runStages(story.work, repo, observer);
    Result<Next> after = runStages(story.afterwards, repo, observer);
    return outcome ? after : outcome;
}

RunState stateOf(const RepoContext &repo)
{
    if (!repo.commits.isEmpty())
        return repo.options.dryRun ? RunState::Planned : RunState::Committed;
    return RunState::Clean;
}

/// What is recorded and shown of a run: no name in it holds a secret.
void maskNames(RunReport &report, const Gate &gate)
{
    report.branch = gate.shownBranch(report.branch);
    report.upstream = gate.shownBranch(report.upstream);
    const auto masked = [&](const QString &text) { return gate.scanner().redact(text.toUtf8()).text(); };
    for (QString &warning : report.warnings)
        warning = masked(warning);
    if (report.commits.isEmpty() && !report.error) // nothing was named; a clean checkout costs no scan
        return;
    for (ReportedCommit &commit : report.commits) {
        for (QByteArray &path : commit.paths)
            path = gate.shownPath(path);
        for (QString &why : commit.why)
            why = masked(why);
    }
    for (Decision &decision : report.trace)
        decision.text = masked(decision.text);
    report.reason = masked(report.reason);
}

RunReport summarise(RepoContext &repo, const Result<Next> &outcome)
{
    const int made = repo.status.upstream.isEmpty() ? 0 : static_cast<int>(repo.commits.size());
    RunReport report{.path = repo.git.location().workTree,
                     .commonDir = repo.git.location().commonDir,
                     .branch = QString::fromUtf8(repo.status.branch),
                     .origin = normalisedUrl(repo.config.value(u"remote.origin.url"_s)),
                     .upstream = QString::fromUtf8(repo.status.upstream),
                     .ahead = repo.pushed && !repo.needsPush ? 0 : repo.ahead + made,
                     .behind = repo.behind,
                     .state = stateOf(repo),
                     .reason = repo.reason,
                     .commits = repo.commits,
                     .excluded = repo.excluded,
                     .warnings = repo.warnings,
                     .versions = repo.versions,
                     .trace = repo.trace,
                     .head = repo.head,
                     .pulled = repo.pulled,
                     .pushed = repo.pushed,
                     .needsPush = repo.needsPush,
                     .untold = repo.untold,
                     .renamed = repo.renamed,
                     .notes = repo.notes};
    if (!outcome) {
        report.error = outcome.error();
        report.reason = report.error->message;
        const bool skipped = isSkip(outcome.error().kind) && repo.commits.isEmpty();
        report.state = skipped ? RunState::Skipped : RunState::Failed;
    } else if (report.state == RunState::Clean && report.reason.isEmpty() && !report.excluded.isEmpty()) {
        report.reason = u"nothing to commit; %1 left out"_s.arg(
            report.excluded.size() == 1 ? u"1 path"_s : u"%1 paths"_s.arg(report.excluded.size()));
    }
    maskNames(report, repo.gate);
    return report;
}

} // namespace

const char *stageName(StageId id)
{
    static constexpr std::array names{"Survey", "Pull",          "PreFilter",     "Discover", "Retrieve",
                                      "Group",  "Analyze",       "Format",        "AskHost",  "Commit",
                                      "Push",   "VersionDetect", "PublishVerify", "Recover"};
    return names[static_cast<std::size_t>(id)];
}

void RepoContext::startOver()
{
    modelRun.reset();
    lock = RepoLock();
    status = {};
    snapshot.clear();
    inCaptureIndex = 0;
    commitIndexAt.reset();
    excluded.clear();
    changes = {};
    before.clear();
    plan.clear();
    reason.clear();
    ++attempt;
}

RunReport runStory(const Story &story, RepoContext &repo, const StageObserver &observer)
{
    return summarise(repo, recovering(story, repo, [&] { return runAll(story, repo, observer); }));
}

Entered enterStory(const Story &story, RepoContext &repo, const StageObserver &observer)
{
    const Result<Next> outcome = recovering(story, repo, [&] { return runStages(story.entrance, repo, observer); });
    const bool hasWork = outcome && *outcome == Next::Continue && (!repo.status.isClean() || repo.needsPush || repo.owesTags);
    return {.report = summarise(repo, outcome), .hasWork = hasWork};
}

} // namespace AutoCommit
