#include "core/service/reportrecorder.h"

#include "core/base/pathtext.h"
#include "core/git/landingnotes.h"
#include "core/store/store.h"

#include <QFile>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// What one report means in rows; all of them at one moment.
class Rows
{
public:
    Rows(const RunReport &report, const QString &host, Timestamp now)
        : m_report(report)
        , m_host(host)
        , m_repo(repoIdOf(report))
        , m_now(now)
    { }

    Result<Recorded> writeTo(Store &store) const
    {
        Recorded recorded;
        AC_ASSIGN(recorded.commits, writeCommits(store));
        AC_TRY(writeRenamed(store));
        AC_TRY(writePush(store));
        const RepoRecord repo = repoRecord(m_report, m_host, m_now);
        AC_TRY(store.saveRepos({repo}));
        if (!repo.origin.isEmpty())
            AC_TRY(store.saveHeads({headOf(repo)}));
        AC_TRY(store.replaceExclusions(m_host, m_repo, exclusions()));
        AC_TRY(store.recordDecisions(decisions()));
        AC_TRY(writeReleases(store));
        AC_ASSIGN(recorded.error, writeError(store));
        return recorded;
    }

private:
    Result<QList<CommitRecord>> writeCommits(Store &store) const
    {
        QList<CommitRecord> rows;
        for (const ReportedCommit &commit : m_report.untold + m_report.commits) {
            const Timestamp at = commit.madeAt ? floor<Timestamp::duration>(*commit.madeAt) : m_now;
            rows += {.host = m_host,
                     .repo = m_repo,
                     .origin = m_report.origin,
                     .path = QFile::encodeName(m_report.path),
                     .branch = m_report.branch,
                     .sha = QString::fromLatin1(commit.sha),
                     .parent = QString::fromLatin1(commit.parent),
                     .subject = commit.subject,
                     .body = commit.body,
                     .authoredAt = at,
                     .committedAt = at,
                     .source = commit.source,
                     .model = commit.model,
                     .paths = commit.paths};
        }
        if (!rows.isEmpty())
            AC_TRY(store.recordCommits(rows, m_report.needsPush ? PushNeed::NeedsPush : PushNeed::None));
        return rows;
    }

    Status writeRenamed(Store &store) const
    {
        RenamedCommits renamed{.host = m_host, .repo = m_repo, .names = {}};
        for (auto it = m_report.renamed.cbegin(); it != m_report.renamed.cend(); ++it)
            renamed.names.insert(QString::fromLatin1(it.key()), QString::fromLatin1(it.value()));
        return renamed.names.isEmpty() ? Status() : store.recordRenamed(renamed);
    }

    Status writePush(Store &store) const
    {
        if (m_report.pushed)
            return store.recordPush({.host = m_host,
                                     .repo = m_repo,
                                     .branch = m_report.branch,
                                     .tip = QString::fromLatin1(m_report.head),
                                     .pushedAt = m_now,
                                     .verified = true});
        if (!m_report.needsPush)
            return {};
        const NeedsPushRecord waiting{.host = m_host,
                                      .repo = m_repo,
                                      .branch = m_report.branch,
                                      .sha = QString::fromLatin1(m_report.head),
                                      .since = m_now,
                                      .lastAttempt = m_now,
                                      .lastError = m_report.error ? m_report.error->message : QString()};
        AC_TRY(store.markNeedsPush(waiting));
        return m_report.error ? store.recordPushAttempt(waiting) : Status();
    }

    QList<ExclusionRecord> exclusions() const
    {
        QList<ExclusionRecord> rows;
        for (const Exclusion &left : m_report.excluded)
            rows += {.host = m_host,
                     .repo = m_repo,
                     .path = left.path,
                     .reason = left.reason,
                     .rule = left.rule,
                     .firstSeen = m_now,
                     .lastSeen = m_now};
        return rows;
    }

    QList<DecisionRecord> decisions() const
    {
        QList<DecisionRecord> rows;
        const auto add = [&](const QString &stage, const QString &what, const QString &why) {
            rows += {.host = m_host, .repo = m_repo, .at = m_now, .stage = stage, .what = what, .why = why};
        };
        for (const Decision &decision : m_report.trace)
            add(decision.stage, decision.text, {});
        for (const ReportedCommit &commit : m_report.commits)
            add(u"Commit"_s, QString::fromLatin1(commit.sha.left(10)) + u' ' + commit.subject,
                commit.why.join(u"; "_s));
        add(u"End"_s, runStateName(m_report.state), m_report.reason);
        return rows;
    }

    Status writeReleases(Store &store) const
    {
        for (const VersionChange &change : m_report.versions) {
            if (change.registry.isEmpty())
                continue;
            AC_TRY(store.saveRelease({.host = m_host,
                                      .repo = m_repo,
                                      .package = change.package,
                                      .registry = change.registry,
                                      .version = change.to,
                                      .sha = QString::fromLatin1(change.commit),
                                      .firstSeen = m_now,
                                      .nextCheck = m_now}));
        }
        return {};
    }

    Result<std::optional<SeenError>> writeError(Store &store) const
    {
        if (!m_report.error || isWaiting(m_report)) {
            AC_TRY(store.resolveErrorsOf(m_host, m_repo, u"a run without errors"_s));
            return std::optional<SeenError>();
        }
        ErrorRecord row{.host = m_host,
                        .repo = m_repo,
                        .kind = errorKindName(m_report.error->kind),
                        .message = m_report.error->message,
                        .detail = m_report.error->detail,
                        .lastSeen = m_now};
        AC_ASSIGN(const ErrorSeen seen, store.recordError(row));
        row.id = seen.id;
        row.count = seen.count;
        row.firstSeen = seen.firstSeen;
        return std::optional(SeenError{.record = row, .announce = seen.announce});
    }

    const RunReport &m_report;
    const QString m_host;
    const QString m_repo;
    const Timestamp m_now;
};

} // namespace

bool isWaiting(const RunReport &report)
{
    return report.state == RunState::Skipped && report.error && report.error->kind == ErrorKind::ModelUnavailable;
}

QString repoIdOf(const RunReport &report)
{
    return report.commonDir.isEmpty() ? QString() : repoIdFor(QFile::encodeName(report.commonDir));
}

RepoRecord repoRecord(const RunReport &report, const QString &host, Timestamp now)
{
    const auto when = [&](bool did) { return did ? std::optional(now) : std::nullopt; };
    return {.host = host,
            .id = repoIdOf(report),
            .path = QFile::encodeName(report.path),
            .commonDir = QFile::encodeName(report.commonDir),
            .origin = report.origin,
            .branch = report.branch,
            .head = QString::fromLatin1(report.head),
            .upstream = report.upstream,
            .ahead = report.ahead,
            .behind = report.behind,
            .state = isWaiting(report) ? u"waiting"_s : runStateName(report.state),
            .reason = report.reason,
            .firstSeen = now,
            .lastLooked = now,
            .lastCommitted = when(!report.commits.isEmpty()),
            .lastPulled = when(report.pulled),
            .lastPushed = when(report.pushed)};
}

bool somethingHappened(const RunReport &report)
{
    return !report.commits.isEmpty() || !report.notes.isEmpty() || report.pulled || report.pushed || report.needsPush;
}

Result<Recorded> recordReport(Store &store, const RunReport &report, const QString &host, Timestamp now)
{
    const Result<Recorded> recorded = Rows(report, host, now).writeTo(store);
    if (recorded)
        LandingNotes::forget(report.notes); // else they are read again by the next run
    return recorded;
}

RepoHead headOf(const RepoRecord &repo)
{
    return {.host = repo.host,
            .repo = repo.id,
            .origin = repo.origin,
            .branch = repo.branch,
            .head = repo.head,
            .ahead = repo.ahead,
            .behind = repo.behind,
            .reportedAt = repo.lastLooked};
}

} // namespace AutoCommit
