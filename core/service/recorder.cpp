#include "core/service/recorder.h"

#include "core/service/reportrecorder.h"
#include "core/store/store.h"

#include <QDir>
#include <QFile>
#include <QSysInfo>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QString attentionFile(const RunReport &report, const Paths &paths)
{
    return paths.cacheDir() + u"/attention/"_s + repoIdOf(report);
}

} // namespace

bool isWorthRecording(const RunReport &report, const Paths &paths)
{
    if (report.commonDir.isEmpty() || (report.error && report.error->kind == ErrorKind::Cancelled))
        return false;
    return somethingHappened(report) || report.error || !report.excluded.isEmpty()
        || QFile::exists(attentionFile(report, paths));
}

void rememberAttention(const RunReport &report, const Paths &paths)
{
    const QString file = attentionFile(report, paths);
    if (!report.error && report.excluded.isEmpty()) {
        QFile::remove(file);
    } else if (makePrivateDir(paths.cacheDir() + u"/attention"_s)) {
        QFile mark(file);
        if (!mark.open(QIODevice::WriteOnly, QFile::ReadOwner | QFile::WriteOwner))
            return; // the worst of it: an error stands in the history until the next run that is worth recording
        mark.setPermissions(QFile::ReadOwner | QFile::WriteOwner); // one that was there already
    }
}

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
        if (isWorthRecording(report, m_paths))
            worth += &report;
    if (worth.isEmpty())
        return {};
    const StoreOptions options = historyOptions(m_paths, m_settings);
    Store store(options, m_clock);
    const Result<StoreOpened> opened = store.open();
    Status first = opened ? Status() : Status(opened.error());
    const Timestamp now = wallTime(m_clock);
    for (const RunReport *report : std::as_const(worth)) {
        const Result<Recorded> written = recordReport(store, *report, options.host, now);
        if (first && !written)
            first = written.error();
        rememberAttention(*report, m_paths);
    }
    store.close();
    return first;
}

} // namespace AutoCommit
