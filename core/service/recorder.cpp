#include "core/service/recorder.h"

#include "core/base/pathtext.h"
#include "core/store/store.h"

#include <QDir>
#include <QFile>
#include <QSysInfo>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QString repoName(const RunReport &report)
{
    return report.commonDir.isEmpty() ? QString() : repoIdFor(QFile::encodeName(report.commonDir));
}

/// What one report means in rows; all of them at one moment.
class Rows
{
public:
    Rows(const RunReport &report, const QString &host, Timestamp now)
        : m_report(report)
        , m_host(host)
        , m_repo(repoName(report))
        , m_now(now)
    { }

    Status writeTo(Store &store) const
    {
        AC_TRY(writeCommits(store));
        AC_TRY(writePush(store));
        AC_TRY(store.saveRepos({repo()}));
        AC_TRY(store.replaceExclusions(m_host, m_repo, exclusions()));
        AC_TRY(store.recordDecisions(decisions()));
        AC_TRY(writeReleases(store));
        return writeError(store);
    }

private:
    Status writeCommits(Store &store) const
    {
        QList<CommitRecord> rows;
        for (const ReportedCommit &commit : m_report.commits)
            rows += {.host = m_host,
                     .repo = m_repo,
                     .origin = m_report.origin,
                     .path = QFile::encodeName(m_report.path),
                     .branch = m_report.branch,
                     .sha = QString::fromLatin1(commit.sha),
                     .parent = QString::fromLatin1(commit.parent),
                     .subject = commit.subject,
                     .body = commit.body,
                     .authoredAt = m_now,
                     .committedAt = m_now,
                     .source = commit.source,
                     .model = commit.model,
                     .paths = commit.paths};
        if (rows.isEmpty())
            return {};
        AC_TRY(store.recordCommits(rows, m_report.needsPush ? PushNeed::NeedsPush : PushNeed::None));
        return {};
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

    RepoRecord repo() const
    {
        const auto when = [&](bool did) { return did ? std::optional(m_now) : std::nullopt; };
        return {.host = m_host,
                .id = m_repo,
                .path = QFile::encodeName(m_report.path),
                .commonDir = QFile::encodeName(m_report.commonDir),
                .origin = m_report.origin,
                .branch = m_report.branch,
                .head = QString::fromLatin1(m_report.head),
                .state = runStateName(m_report.state),
                .reason = m_report.reason,
                .firstSeen = m_now,
                .lastLooked = m_now,
                .lastCommitted = when(!m_report.commits.isEmpty()),
                .lastPulled = when(m_report.pulled),
                .lastPushed = when(m_report.pushed)};
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
                                      .firstSeen = m_now}));
        }
        return {};
    }

    Status writeError(Store &store) const
    {
        if (!m_report.error) {
            AC_TRY(store.resolveErrorsOf(m_host, m_repo, u"a run without errors"_s));
            return {};
        }
        AC_TRY(store.recordError({.host = m_host,
                                  .repo = m_repo,
                                  .kind = errorKindName(m_report.error->kind),
                                  .message = m_report.error->message,
                                  .detail = m_report.error->detail,
                                  .lastSeen = m_now}));
        return {};
    }

    const RunReport &m_report;
    const QString m_host;
    const QString m_repo;
    const Timestamp m_now;
};

} // namespace

StoreOptions historyOptions(const Paths &paths, const Settings &settings)
{
    return {.location = settings.databaseUrl.isEmpty() ? paths.database() : settings.databaseUrl,
            .activityLog = paths.activityLog(),
            .host = settings.hostName.isEmpty() ? QSysInfo::machineHostName() : settings.hostName,
            .shortLived = true};
}

Recorder::Recorder(const Paths &paths, const Settings &settings, const Clock &clock)
    : m_paths(paths)
    , m_settings(settings)
    , m_clock(clock)
{ }

Status Recorder::record(const QList<RunReport> &reports) const
{
    QList<const RunReport *> worth;
    for (const RunReport &report : reports)
        if (isWorthRecording(report))
            worth += &report;
    if (worth.isEmpty())
        return {};
    const StoreOptions options = historyOptions(m_paths, m_settings);
    Store store(options, m_clock);
    const Result<StoreOpened> opened = store.open();
    Status first = opened ? Status() : Status(opened.error());
    const Timestamp now = wallTime(m_clock);
    for (const RunReport *report : std::as_const(worth)) {
        const Status written = Rows(*report, options.host, now).writeTo(store);
        if (first && !written)
            first = written;
        rememberAttention(*report);
    }
    store.close();
    return first;
}

bool Recorder::isWorthRecording(const RunReport &report) const
{
    if (report.commonDir.isEmpty() || (report.error && report.error->kind == ErrorKind::Cancelled))
        return false;
    const bool happened = !report.commits.isEmpty() || report.pulled || report.pushed || report.needsPush;
    return happened || report.error || !report.excluded.isEmpty() || QFile::exists(attentionFile(report));
}

QString Recorder::attentionFile(const RunReport &report) const
{
    return m_paths.cacheDir() + u"/attention/"_s + repoName(report);
}

void Recorder::rememberAttention(const RunReport &report) const
{
    const QString file = attentionFile(report);
    if (!report.error && report.excluded.isEmpty()) {
        QFile::remove(file);
    } else if (makePrivateDir(m_paths.cacheDir() + u"/attention"_s)) {
        QFile mark(file);
        if (!mark.open(QIODevice::WriteOnly))
            return; // the worst of it: an error stands in the history until the next run that is worth recording
    }
}

} // namespace AutoCommit
