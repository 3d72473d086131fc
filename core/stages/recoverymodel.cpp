#include "core/stages/recoverymodel.h"

#include "core/git/refupdate.h"
#include "core/recovery/recoveryfacts.h"
#include "core/recovery/recoverymemory.h"
#include "core/recovery/recoveryrun.h"
#include "core/recovery/stallfile.h"
#include "core/stages/checkoutconfig.h"
#include "core/stages/synchronise.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr auto patience = 5min;

std::chrono::sys_time<std::chrono::milliseconds> wallMilliseconds(const RepoContext &repo)
{
    return std::chrono::time_point_cast<std::chrono::milliseconds>(repo.clock.wall());
}

class Recovery
{
public:
    explicit Recovery(RepoContext &repo)
        : m_repo(repo)
    { }

    /// An error is why nobody was asked, or why what came back was not done.
    Result<RecoveryOutcome> run()
    {
        AC_TRY(prepare());
        AC_TRY(begin());
        Result<RecoveryOutcome> outcome = askAndAct();
        m_attempt.state = RecoveryAttempt::State::Ended;
        m_attempt.outcome = outcome ? u"done"_s : outcome.error().message;
        m_attempt.at = wallMilliseconds(m_repo);
        if (const Status kept = m_repo.recovery->record(m_attempt); !kept)
            say(u"the attempt's end could not be written down: "_s + kept.error().message);
        return outcome;
    }

    const QList<QByteArray> &paths() const { return m_facts.paths; }

private:
    void say(const QString &text) const { m_repo.decided(StageId::Recover, text); }

    /// Where the checkout stands, and whether that is a place from which anything can be done.
    Status prepare()
    {
        if (!m_repo.models || !m_repo.models->writer())
            return Error{ErrorKind::ModelUnavailable, u"no model is set up"_s};
        AC_TRY(readCheckoutConfig(m_repo));
        if (!m_repo.settings.claudeFallbackEnabled)
            return Error{ErrorKind::Config, u"claude_fallback_enabled is off"_s};
        m_branchRef = symbolicHead(m_repo.git.location());
        if (m_branchRef.isEmpty() || m_repo.lock.fd() < 0)
            return Error{ErrorKind::DetachedHead, u"this checkout is not on a branch of ours to act on"_s};
        AC_ASSIGN(const QByteArray head,
                  m_repo.git.read({u"rev-parse"_s, u"--verify"_s, u"-q"_s, QString::fromUtf8(m_branchRef)}));
        m_head = head.trimmed();
        const auto upstream = findUpstream(m_repo.config, m_branchRef.mid(11), m_repo.settings);
        if (upstream && *upstream) {
            m_upstream = **upstream;
            const Result<QByteArray> tip
                = m_repo.git.read({u"rev-parse"_s, u"--verify"_s, u"-q"_s, QString::fromUtf8(m_upstream->trackingRef)});
            m_hubTip = tip ? tip->trimmed() : QByteArray();
        }
        gatherFacts();
        return {};
    }

    void gatherFacts()
    {
        const auto entry = Journal(m_repo.git.location()).read();
        const auto stall = StallFile(m_repo.git.location()).stall();
        const bool same = stall && stall->error.kind == m_repo.failure->kind;
        m_facts = {.failure = *m_repo.failure,
                   .branch = m_branchRef.mid(11),
                   .remote = m_upstream ? m_upstream->remote.toUtf8() : QByteArray(),
                   .ahead = m_repo.ahead,
                   .behind = m_repo.behind,
                   .changed = static_cast<int>(m_repo.status.entries.size()),
                   .earlierFailures = same ? stall->times : 0,
                   .hasUpstream = m_upstream.has_value(),
                   .openMove = entry && entry->act == JournalEntry::Act::MoveTree};
        for (const StatusEntry &changed : m_repo.status.entries.mid(0, RecoveryFacts::maxPaths))
            m_facts.paths += changed.path;
        for (const QString &lock : presentLocks(m_repo.git.location(), QString::fromUtf8(m_branchRef))) {
            const QByteArray name = lock.section(u'/', -1).chopped(5).toUtf8();
            m_facts.locks += name == "HEAD"                                 ? "head"
                : name == m_branchRef.mid(m_branchRef.lastIndexOf('/') + 1) ? QByteArray("branch")
                                                                            : name;
        }
    }

    /// Nobody is asked without its being written down first.
    Status begin()
    {
        const QByteArray fingerprint = failureFingerprint(*m_repo.failure, m_head, m_hubTip);
        AC_ASSIGN(const QList<RecoveryAttempt> earlier, m_repo.recovery->attempts(m_repo.git.location().commonDir));
        if (const QString why = whyNotAsked(earlier, fingerprint, wallMilliseconds(m_repo)); !why.isEmpty())
            return Error{ErrorKind::ModelUnavailable, why};
        const QByteArray fence = QByteArray::number(QRandomGenerator::system()->generate64(), 16);
        m_question = m_repo.gate.scanner().redact(recoveryFactsText(m_facts, fence));
        m_attempt = {.commonDir = m_repo.git.location().commonDir,
                     .fingerprint = fingerprint,
                     .kind = errorKindName(m_repo.failure->kind),
                     .promptHash = QCryptographicHash::hash(m_question.bytes(), QCryptographicHash::Sha256).toHex(),
                     .plan = {},
                     .outcome = {},
                     .at = wallMilliseconds(m_repo)};
        return m_repo.recovery->record(m_attempt);
    }

    Result<RecoveryOutcome> askAndAct()
    {
        const int paths = static_cast<int>(m_facts.paths.size());
        const auto isPlan = [&](const QString &text) { return parseRecoveryPlan(text.toUtf8(), paths).ok(); };
        AC_ASSIGN(const ModelPlan answer,
                  m_repo.models->writer()->planRecovery(
                      {.facts = m_question,
                       .schema = RedactedText::ownWords(recoveryPlanSchema(paths).constData()),
                       .isPlan = isPlan},
                      {.scanner = m_repo.gate.scanner(),
                       .until = m_repo.clock.monotonic() + patience,
                       .cancel = m_repo.cancel,
                       .requestClass = RequestClass::Recovery}));
        const Result<RecoveryPlan> plan = parseRecoveryPlan(answer.text.toUtf8(), paths);
        if (!plan)
            return Error{ErrorKind::ModelRefused, u"plan refused: "_s + plan.error().message};
        QStringList steps;
        for (const RecoveryStep &step : plan->steps)
            steps += recoveryStepText(step);
        m_attempt.plan = steps.join(u", "_s);
        say(u"a model's plan: %1 (%2)"_s.arg(m_attempt.plan, plan->note));
        return act(*plan);
    }

    Result<RecoveryOutcome> act(const RecoveryPlan &plan)
    {
        if (m_repo.cancel.isCancelled())
            return Error{ErrorKind::Cancelled, u"cancelled"_s};
        const RecoveryScene scene{.git = m_repo.git,
                                  .upstream = m_upstream,
                                  .hubs = m_repo.hubs,
                                  .branchRef = m_branchRef,
                                  .nameLength = m_repo.nameLength,
                                  .sign = m_repo.config.isTrue(u"commit.gpgsign"_s),
                                  .now = wallNanoseconds(m_repo)};
        AC_TRY(rehearse(plan, scene));
        return carryOut(plan, scene);
    }

    RepoContext &m_repo;
    QByteArray m_branchRef;
    QByteArray m_head;
    std::optional<Upstream> m_upstream;
    QByteArray m_hubTip;
    RecoveryFacts m_facts;
    RedactedText m_question;
    RecoveryAttempt m_attempt;
};

Status keepTime(const RepoContext &repo, const RecoveryOutcome &outcome, const QList<QByteArray> &paths)
{
    constexpr qint64 minute = 60'000'000'000;
    const qint64 now = wallNanoseconds(repo);
    QList<Hold> holds;
    if (outcome.holdMinutes > 0)
        holds += {.path = {}, .until = now + outcome.holdMinutes * minute};
    for (const auto &[path, minutes] : outcome.defer)
        holds += {.path = paths.value(path), .until = now + minutes * minute};
    return holds.isEmpty() ? Status() : StallFile(repo.git.location()).hold(holds, now);
}

} // namespace

Next recoverWithModel(RepoContext &repo)
{
    if (!repo.recovery || repo.recovered || repo.options.dryRun)
        return Next::Finish;
    repo.recovered = true; // one plan in one run, whatever comes of it
    Recovery recovery(repo);
    const Result<RecoveryOutcome> outcome = recovery.run();
    const Status kept = outcome ? keepTime(repo, *outcome, recovery.paths()) : Status(outcome.error());
    if (!kept) {
        repo.decided(StageId::Recover, u"no recovery by a model: "_s + kept.error().message);
        return Next::Finish;
    }
    QString done = outcome->did.join(u", "_s);
    if (!outcome->backup.isEmpty())
        done += u"; the branch as it was is kept as "_s + QString::fromUtf8(outcome->backup);
    repo.decided(StageId::Recover, u"carried out: "_s + done);
    for (const int path : outcome->exclude)
        repo.setAside.insert(recovery.paths().value(path));
    for (const auto &[path, minutes] : outcome->defer)
        repo.setAside.insert(recovery.paths().value(path));
    if (outcome->withoutModels)
        repo.models = nullptr;
    return outcome->tryAgain && !outcome->ask && outcome->holdMinutes == 0 ? Next::Continue : Next::Finish;
}

} // namespace AutoCommit
