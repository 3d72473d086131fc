#include "core/agent/reporting.h"

#include "core/agent/recordjson.h"
#include "core/base/cleantext.h"
#include "core/base/log.h"
#include "core/base/pathtext.h"
#include "core/base/protocol.h"
#include "core/git/remoteurl.h"
#include "core/git/repoconfig.h"
#include "core/privacy/secretscanner.h"

#include <QCryptographicHash>
#include <QFile>
#include <QSysInfo>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype batch = 100;
constexpr auto patience = std::chrono::seconds(30);

RedactedText masked(const QString &text)
{
    return SecretScanner().redact(text.toUtf8());
}

RedactedText plain(const QByteArray &text)
{
    return RedactedText::ownWords(text.constData());
}

} // namespace

Reporting::Reporting(HostDoor &door, Outbox &outbox, const GitTools &tools, QString host)
    : m_door(door)
    , m_outbox(outbox)
    , m_tools(tools)
    , m_host(std::move(host))
{ }

Result<int> Reporting::tellCommits(const CancelToken &cancel)
{
    int count = 0;
    for (;;) {
        AC_ASSIGN(const QList<CommitRecord> commits, m_outbox.ready(batch));
        if (commits.isEmpty())
            return count;
        Status told = tell(commits, cancel);
        if (!told && told.error().kind == ErrorKind::Usage && commits.size() > 1) {
            // One of them will never be taken; it must not stand in the way of the others.
            told = tell(commits.first(1), cancel);
            if (told || told.error().kind == ErrorKind::Usage) {
                AC_TRY(m_outbox.remove(commits.first(1)));
                count += told ? 1 : 0;
                continue;
            }
        }
        if (!told && told.error().kind != ErrorKind::Usage)
            return told.error();
        if (!told)
            qCWarning(logService) << "a commit was not taken into the other machine's history:" << told.error().message;
        AC_TRY(m_outbox.remove(commits));
        count += told ? static_cast<int>(commits.size()) : 0;
    }
}

Status Reporting::tell(const QList<CommitRecord> &commits, const CancelToken &cancel)
{
    QList<OutgoingJson> rows;
    QCryptographicHash id(QCryptographicHash::Sha256);
    for (const CommitRecord &commit : commits) {
        rows += toldRecord(commit);
        id.addData(rows.last().bytes());
    }
    OutgoingJson body;
    body.add("host", masked(m_host));
    body.add("commits", rows);
    body.add("request_id", plain(id.result().toHex().left(40)));
    AC_TRY(m_door.send(HostCall::RecordCommit, body, patience, cancel));
    return {};
}

/// A run over a clean checkout does not read the configuration.
QString Reporting::originOf(const RunReport &report)
{
    if (!report.origin.isEmpty())
        m_origins.insert(report.path, report.origin);
    const auto known = m_origins.constFind(report.path);
    if (known != m_origins.constEnd())
        return *known;
    QString origin;
    if (const Result<RepoLocation> location = locateRepository(report.path))
        if (const auto config = RepoConfig::read(Git(m_tools, *location, CancelToken::never())))
            origin = normalisedUrl(config->value(u"remote.origin.url"_s));
    m_origins.insert(report.path, origin);
    return origin;
}

Result<HostGreeting> Reporting::heartbeat(const QList<RunReport> &reports, const CancelToken &cancel)
{
    QList<OutgoingJson> repos;
    for (const RunReport &report : reports) {
        if (report.commonDir.isEmpty())
            continue;
        OutgoingJson repo;
        repo.add("repo", plain(repoIdFor(QFile::encodeName(report.commonDir)).toLatin1()));
        repo.add("origin", masked(originOf(report)));
        repo.add("branch", masked(report.branch));
        repo.add("head", plain(report.head));
        repo.add("ahead", qint64{report.ahead});
        repo.add("behind", qint64{report.behind});
        repos += repo;
    }
    OutgoingJson body;
    body.add("host", masked(m_host));
    body.add("version", RedactedText(AC_VERSION));
    body.add("protocol", apiProtocol);
    body.add("system", masked(QSysInfo::prettyProductName()));
    body.add("repos", repos);
    AC_ASSIGN(const QJsonObject answer, m_door.send(HostCall::Heartbeat, body, patience, cancel));
    return HostGreeting{.name = cleanLine(answer.value("host"_L1).toString(), 100),
                        .version = cleanLine(answer.value("version"_L1).toString(), 50),
                        .protocol = answer.value("protocol"_L1).toInteger(),
                        .drift = cleanLine(answer.value("drift"_L1).toString(), 300)};
}

} // namespace AutoCommit
