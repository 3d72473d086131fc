#include "core/agent/outbox.h"

#include "core/agent/recordjson.h"
#include "core/base/log.h"
#include "core/base/pathtext.h"
#include "core/git/remoteurl.h"
#include "core/git/repolock.h"
#include "core/pipeline/repocontext.h"
#include "core/store/storefiles.h"

#include <QDir>
#include <QJsonDocument>
#include <QSaveFile>
#include <QSet>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr auto wholeSecond = std::chrono::milliseconds(999); // git cuts them off: not before what was told already
constexpr qsizetype mostKept = 20'000; // about 10 MB; who is away that long reads the rest in git

Status writeFile(const QString &path, const QJsonDocument &document)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return Error{ErrorKind::IoError, u"%1 cannot be written"_s.arg(path)};
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    file.write(document.toJson(QJsonDocument::Compact));
    return file.commit() ? Status() : Status(Error{ErrorKind::IoError, u"%1 cannot be written"_s.arg(path)});
}

QString repoOf(const RepoContext &repo)
{
    return repoIdFor(QFile::encodeName(repo.git.location().commonDir));
}

QString commitKey(const QString &repo, const ReportedCommit &commit)
{
    return repo + QString::fromLatin1(commit.sha);
}

/// What a run is about to commit, or has committed, as rows. Times and shas come later.
CommitRecord draftOf(const RepoContext &repo, const QString &host)
{
    return {.host = host,
            .repo = repoOf(repo),
            .origin = normalisedUrl(repo.config.value(u"remote.origin.url"_s)),
            .branch = repo.gate.shownBranch(QString::fromUtf8(repo.status.branch))};
}

} // namespace

/// A commit of the history.
struct Outbox::Landed
{
    QString sha;
    QString parent;
    Timestamp at;
    QString subject;
};

/// Oldest first, at most the newest thousand.
Result<QList<Outbox::Landed>> Outbox::landedSince(const Git &git, const QString &before)
{
    const QString range = before.isEmpty() ? u"HEAD"_s : before + u"..HEAD"_s;
    AC_ASSIGN(const QByteArray output,
              git.read({u"log"_s, u"--reverse"_s, u"--first-parent"_s, u"-n"_s, u"1000"_s, u"-z"_s,
                        u"--format=%H%x01%P%x01%ct%x01%s"_s, range, u"--"_s}));
    QList<Landed> commits;
    for (const QByteArray &line : output.split('\0')) {
        const QList<QByteArray> parts = line.split('\x01');
        if (parts.size() == 4)
            commits += {.sha = QString::fromLatin1(parts[0]),
                        .parent = QString::fromLatin1(parts[1].split(' ').first()),
                        .at = Timestamp(std::chrono::seconds(parts[2].toLongLong())),
                        .subject = QString::fromUtf8(parts[3])};
    }
    return commits;
}

namespace {

/// Has the branch an upstream, so that it will be pushed some time?
bool isTracked(const Git &git)
{
    return git.read({u"rev-parse"_s, u"--verify"_s, u"-q"_s, u"@{u}"_s}).ok();
}

} // namespace

Outbox::Outbox(QString directory, QString host, const Clock &clock)
    : m_directory(std::move(directory))
    , m_host(std::move(host))
    , m_clock(clock)
{ }

QString Outbox::intentFile(const QString &repo) const
{
    return m_directory + u"/intents/"_s + repo + u".json"_s;
}

Status Outbox::intend(const RepoContext &repo)
{
    AC_TRY(makePrivateDirectory(m_directory + u"/intents"_s));
    const QString file = intentFile(repoOf(repo));
    if (QFile::exists(file))
        AC_TRY(settleIntent(file, repo.git));
    QJsonArray commits;
    for (const PlannedCommit &planned : repo.plan) {
        CommitRecord record = draftOf(repo, m_host);
        record.subject = planned.subject;
        record.body = planned.body;
        record.source = planned.source;
        record.model = planned.model;
        for (const qsizetype index : planned.files)
            record.paths += repo.gate.shownPath(repo.changes.files[index].path);
        commits.append(recordToJson(record));
    }
    return writeFile(file,
                     QJsonDocument(QJsonObject{{u"before"_s, QString::fromLatin1(repo.status.head)},
                                               {u"path"_s, repo.git.location().workTree},
                                               {u"commits"_s, commits}}));
}

Status Outbox::finish(const RunReport &report, const GitTools &tools)
{
    if (report.commonDir.isEmpty() || report.state == RunState::Planned)
        return {};
    const QList<ReportedCommit> commits = report.untold + report.commits;
    // The answer to a push may get lost: then a later run, which has nothing to push, finds the hub to have it all.
    const bool foundOnHub
        = report.commits.isEmpty() && !report.upstream.isEmpty() && report.ahead == 0 && !report.needsPush;
    if (commits.isEmpty() && report.renamed.isEmpty() && !report.pushed && !(foundOnHub && holdsBack(report)))
        return {};
    const bool onHub = report.pushed || foundOnHub;
    const Timestamp now = wallTime(m_clock);
    const CommitRecord draft{.host = m_host,
                             .repo = repoIdFor(QFile::encodeName(report.commonDir)),
                             .origin = report.origin,
                             .branch = report.branch,
                             .authoredAt = now,
                             .committedAt = now,
                             .pushedAt = onHub ? std::optional(now) : std::nullopt};
    AC_ASSIGN(const RepoLocation location, locateRepository(report.path));
    AC_ASSIGN(const QList<Landed> landed, landedSince(Git(tools, location, CancelToken::never()), {}));
    QList<CommitRecord> records;
    for (const ReportedCommit &commit : commits) {
        CommitRecord record = draft;
        if (m_heard.contains(commitKey(draft.repo, commit)))
            continue; // a note that the history could not take yet comes again with every run
        if (commit.madeAt)
            record.authoredAt = record.committedAt = floor<Timestamp::duration>(*commit.madeAt);
        record.sha = QString::fromLatin1(commit.sha);
        const auto same = std::ranges::find(landed, record.sha, &Landed::sha);
        record.parent = same == landed.end() ? QString() : same->parent;
        record.subject = commit.subject;
        record.body = commit.body;
        record.source = commit.source;
        record.model = commit.model;
        record.paths = commit.paths;
        records += record;
    }
    const bool mayBePushed = report.needsPush || (report.error && !report.upstream.isEmpty());
    const auto enter = [&](Entries &entries) {
        rename(entries, draft.repo, report.renamed);
        if (onHub)
            release(entries, draft, landed);
        add(entries, records, mayBePushed && !onHub);
        return Status();
    };
    AC_TRY(change(enter));
    for (const ReportedCommit &commit : commits)
        m_heard.insert(commitKey(draft.repo, commit));
    if (!records.isEmpty())
        QFile::remove(intentFile(draft.repo));
    return {};
}

bool Outbox::holdsBack(const RunReport &report) const
{
    const QString repo = repoIdFor(QFile::encodeName(report.commonDir));
    const Result<Entries> entries = load();
    return entries && std::ranges::any_of(*entries, [&](const Entry &entry) {
               return entry.held && entry.commit.repo == repo && entry.commit.branch == report.branch;
           });
}

/// The hub's commits were put below them; what became empty by that is no commit any more.
void Outbox::rename(Entries &entries, const QString &repo, const QHash<QByteArray, QByteArray> &renamed)
{
    for (Entry &entry : entries)
        if (const auto now = renamed.constFind(entry.commit.sha.toLatin1());
            entry.commit.repo == repo && now != renamed.constEnd())
            entry.commit.sha = QString::fromLatin1(*now);
    entries.removeIf([](const Entry &entry) { return entry.commit.sha.isEmpty(); });
}

/// Their person may have given them new names meanwhile.
void Outbox::release(Entries &entries, const CommitRecord &pushed, const QList<Landed> &landed)
{
    for (Entry &entry : entries) {
        CommitRecord &commit = entry.commit;
        if (!entry.held || commit.repo != pushed.repo || commit.branch != pushed.branch)
            continue;
        auto same = std::ranges::find(landed, commit.sha, &Landed::sha);
        if (same == landed.end())
            same = std::ranges::find(landed, commit.subject, &Landed::subject);
        if (same != landed.end()) {
            commit.sha = same->sha;
            commit.parent = same->parent;
        }
        commit.pushedAt = pushed.pushedAt;
        entry.held = false;
    }
}

Status Outbox::settle(const GitTools &tools)
{
    const QDir intents(m_directory + u"/intents"_s);
    for (const QString &name : intents.entryList({u"*.json"_s}, QDir::Files)) {
        QFile file(intents.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QString path = QJsonDocument::fromJson(file.readAll()).object().value("path"_L1).toString();
        const Result<RepoLocation> location = locateRepository(path);
        if (!location) { // the checkout is gone, and its commits with it
            QFile::remove(file.fileName());
            continue;
        }
        const Result<RepoLock> lock = RepoLock::acquire(*location);
        if (!lock)
            continue; // its run is not over
        AC_TRY(settleIntent(file.fileName(), Git(tools, *location, CancelToken::never())));
    }
    return {};
}

/// The commits of a run land together: those that follow the old HEAD with the very subjects that were planned.
Status Outbox::settleIntent(const QString &name, const Git &git) const
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QJsonObject intent = QJsonDocument::fromJson(file.readAll()).object();
    AC_ASSIGN(const QList<Landed> landed, landedSince(git, intent.value("before"_L1).toString()));
    QList<CommitRecord> found;
    qsizetype next = 0;
    for (const auto &value : intent.value("commits"_L1).toArray()) {
        CommitRecord record = recordFromJson(value.toObject());
        const auto same = std::find_if(landed.begin() + next, landed.end(),
                                       [&](const Landed &commit) { return commit.subject == record.subject; });
        if (same == landed.end())
            continue;
        next = same - landed.begin() + 1;
        record.sha = same->sha;
        record.parent = same->parent;
        record.authoredAt = record.committedAt = std::min(same->at + wholeSecond, wallTime(m_clock));
        found += record;
    }
    const auto enter = [&](Entries &entries) {
        add(entries, found, isTracked(git)); // whether they were pushed is not known; the next push says so
        return Status();
    };
    if (!found.isEmpty())
        AC_TRY(change(enter));
    QFile::remove(name);
    return {};
}

void Outbox::add(Entries &entries, const QList<CommitRecord> &commits, bool held)
{
    QSet<QString> known;
    for (const Entry &entry : std::as_const(entries))
        known.insert(entry.commit.repo + entry.commit.sha);
    for (const CommitRecord &commit : commits)
        if (!known.contains(commit.repo + commit.sha))
            entries += {.commit = commit, .held = held};
    if (entries.size() > mostKept)
        entries.remove(0, entries.size() - mostKept);
}

Result<QList<CommitRecord>> Outbox::ready(qsizetype most) const
{
    AC_ASSIGN(const Entries entries, load());
    QList<CommitRecord> commits;
    for (const Entry &entry : entries)
        if (!entry.held && commits.size() < most)
            commits += entry.commit;
    return commits;
}

Status Outbox::remove(const QList<CommitRecord> &commits)
{
    QSet<QString> gone;
    for (const CommitRecord &commit : commits)
        gone.insert(commit.repo + commit.sha);
    return change([&](Entries &entries) -> Status {
        entries.removeIf([&](const Entry &entry) { return gone.contains(entry.commit.repo + entry.commit.sha); });
        return {};
    });
}

Status Outbox::change(const std::function<Status(Entries &)> &edit) const
{
    AC_TRY(makePrivateDirectory(m_directory));
    AC_ASSIGN(const FileLock lock,
              FileLock::take(m_directory + u"/outbox.lock"_s, LockMode::Exclusive, std::chrono::seconds(5), m_clock));
    AC_ASSIGN(Entries entries, load());
    AC_TRY(edit(entries));
    return save(entries);
}

Result<Outbox::Entries> Outbox::load() const
{
    QFile file(entriesFile());
    if (!file.exists())
        return Entries();
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorKind::IoError, u"%1 cannot be read"_s.arg(file.fileName())};
    Entries entries;
    const QJsonArray array = QJsonDocument::fromJson(file.readAll()).array();
    for (const auto &value : array) {
        const QJsonObject object = value.toObject();
        entries += {.commit = recordFromJson(object), .held = object.value("held"_L1).toBool()};
        entries.last().commit.host = m_host;
    }
    return entries;
}

Status Outbox::save(const Entries &entries) const
{
    QJsonArray array;
    for (const Entry &entry : entries) {
        QJsonObject object = recordToJson(entry.commit);
        object.insert(u"held"_s, entry.held);
        array.append(object);
    }
    return writeFile(entriesFile(), QJsonDocument(array));
}

} // namespace AutoCommit
