#include "core/stages/stages.h"

#include "core/base/cleantext.h"
#include "core/base/log.h"
#include "core/git/remoteurl.h"
#include "core/model/messagecheck.h"
#include "core/model/modelstyle.h"
#include "core/pipeline/messagehost.h"
#include "core/wording/ladder.h"

#include <array>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// In the place of Group, Analyze and Format: another machine's models say which files belong together and find the
/// words. What they say is checked like any model's answer; where it does not hold, the built-in engine's words stand.
class AskHost final : public Stage
{
public:
    explicit AskHost(MessageHost &host)
        : m_host(host)
    { }

    StageId id() const override { return StageId::AskHost; }

    Result<Next> run(RepoContext &repo) const override
    {
        if (repo.changes.files.isEmpty())
            return Next::Continue;
        repo.models = nullptr; // this machine's models, if it has any, are the host's business
        const AskedRepository asked{.key = repo.git.location().commonDir,
                                    .origin = normalisedUrl(repo.config.value(u"remote.origin.url"_s))};
        const Result<QList<ProposedCommit>> proposed = m_host.propose(repo, asked);
        if (repo.cancel.isCancelled())
            return Error{ErrorKind::Cancelled, u"cancelled"_s};
        if (proposed) {
            AC_TRY(take(repo, *proposed));
            return Next::Continue;
        }
        if (isAway(proposed.error().kind) && m_host.waits(asked))
            return proposed.error();
        repo.decided(id(), u"the built-in engine describes this change: %1"_s.arg(proposed.error().message));
        AC_TRY(describe(repo, Grouping::Own));
        return Next::Continue;
    }

private:
    enum class Grouping { Own, Given };

    static bool isAway(ErrorKind kind)
    {
        using enum ErrorKind;
        return kind == ModelUnavailable || kind == AuthFailed || kind == TlsFailed || kind == Config;
    }

    static Status describe(RepoContext &repo, Grouping grouping)
    {
        std::vector<ChangeStagePtr> stages;
        if (grouping == Grouping::Own)
            stages.push_back(makeGroup());
        stages.push_back(makeAnalyze());
        stages.push_back(makeFormat());
        return describeChange(stages, repo);
    }

    Status take(RepoContext &repo, const QList<ProposedCommit> &proposed) const
    {
        repo.plan.clear();
        for (const ProposedCommit &commit : proposed) {
            PlannedCommit planned{.files = commit.files};
            for (const QString &why : commit.why.first(std::min<qsizetype>(commit.why.size(), 5)))
                planned.why += cleanLine(why, 200);
            repo.plan += planned;
        }
        AC_TRY(describe(repo, Grouping::Given));
        int words = 0;
        for (qsizetype i = 0; i < proposed.size(); ++i)
            words += useWords(repo, repo.plan[i], proposed[i]) ? 1 : 0;
        repo.decided(id(),
                     u"%1 files make %2 commits, %3 of them in a model's words"_s.arg(repo.changes.files.size())
                         .arg(repo.plan.size())
                         .arg(words));
        return {};
    }

    /// The host's built-in engine knows less of this repository than our own.
    static bool useWords(RepoContext &repo, PlannedCommit &planned, const ProposedCommit &proposed)
    {
        if (proposed.source != MessageSource::Llm && proposed.source != MessageSource::LlmRepaired)
            return false;
        const LadderResult judged = judgeAnswer(proposed.subject + u"\n\n"_s + proposed.body, rulesFor(repo, planned));
        if (!judged.message) {
            repo.decided(StageId::AskHost, u"a message was refused: %1"_s.arg(rejectionName(judged.rejection)));
            return false;
        }
        planned.subject = judged.message->header();
        planned.body = judged.message->body;
        planned.source = judged.repaired ? MessageSource::LlmRepaired : proposed.source;
        planned.model = cleanLine(proposed.model, 100);
        return true;
    }

    static MessageRules rulesFor(const RepoContext &repo, const PlannedCommit &planned)
    {
        MessageRules rules
            = rulesForStyle(repo.style, repo.history.commits, static_cast<int>(repo.settings.subjectLength),
                            repo.settings.messageBody != u"never"_s);
        rules.assumedType = planned.type;
        return rulesForAnswers({.change = repo.changes, .files = planned.files, .rules = rules}, repo.gate.scanner());
    }

    MessageHost &m_host;
};

/// SAFETY row 66: whoever stages something is in the middle of a commit of their own, and nobody sits at this machine
/// to be asked.
class LeaveStaged final : public Stage
{
public:
    StageId id() const override { return StageId::PreFilter; }

    Result<Next> run(RepoContext &repo) const override
    {
        const bool staged = std::ranges::any_of(
            repo.status.entries, [](const StatusEntry &entry) { return entry.isStaged() || entry.isIntentToAdd(); });
        if (staged)
            return Error{ErrorKind::StagedWork,
                         u"you have staged changes; commit or unstage them, then this checkout "
                         u"is looked after again"_s};
        return Next::Continue;
    }
};

/// Before Commit.
class Intend final : public Stage
{
public:
    explicit Intend(CommitLedger &ledger)
        : m_ledger(ledger)
    { }

    StageId id() const override { return StageId::Commit; }

    Result<Next> run(RepoContext &repo) const override
    {
        if (repo.plan.isEmpty() || repo.options.dryRun)
            return Next::Continue;
        if (const Status written = m_ledger.intend(repo); !written) // no reason to leave work uncommitted
            qCWarning(logPipeline) << written.error().message;
        return Next::Continue;
    }

private:
    CommitLedger &m_ledger;
};

} // namespace

StagePtr makeAskHost(MessageHost &host)
{
    return std::make_unique<AskHost>(host);
}

StagePtr makeLeaveStaged()
{
    return std::make_unique<LeaveStaged>();
}

StagePtr makeIntend(CommitLedger &ledger)
{
    return std::make_unique<Intend>(ledger);
}

} // namespace AutoCommit
