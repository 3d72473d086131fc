#include "core/service/undo.h"

#include "core/service/reportrecorder.h"
#include "core/stages/stages.h"

#include <QFile>

#include <algorithm>

namespace AutoCommit {

using namespace Qt::StringLiterals;

namespace {

/// The newest commit that was neither taken back nor made to take another back: undo after undo goes further back.
Result<CommitRecord> newestNotUndone(HistoryQueries &history, const QString &host, const QString &repo)
{
    AC_ASSIGN(const Page<AuditRecord> audit, history.audit({.limit = HistoryFilter::maxLimit}));
    QStringList done;
    for (const AuditRecord &row : audit.items)
        if (row.what == u"undo"_s)
            done += {row.target, row.detail};
    AC_ASSIGN(const Page<CommitRecord> newest, history.commits({.host = host, .repo = repo, .limit = 200}));
    for (const CommitRecord &commit : newest.items)
        if (!done.contains(commit.sha))
            return commit;
    return Error{ErrorKind::Usage,
                 newest.items.isEmpty() ? u"auto-commit made no commit there yet"_s
                                        : u"every commit that auto-commit made there was taken back already"_s};
}

} // namespace

Result<CommitRecord> commitToUndo(HistoryQueries &history, const QString &host, const QString &repo, const QString &sha)
{
    if (sha.isEmpty())
        return newestNotUndone(history, host, repo);
    if (sha.size() < 7)
        return Error{ErrorKind::Usage, u"name the commit by at least seven characters"_s};
    AC_ASSIGN(QList<CommitRecord> found, history.commitsBySha(sha));
    found.removeIf([&](const CommitRecord &c) { return c.host != host || c.repo != repo; });
    if (found.size() != 1)
        return Error{ErrorKind::Usage,
                     found.isEmpty() ? u"%1 is not a commit that auto-commit made there"_s.arg(sha)
                                     : u"%1 stands for more than one commit"_s.arg(sha)};
    return found.first();
}

Result<Undone> undoCommit(const CommitRecord &commit, const RunParts &parts, const CancelToken &cancel)
{
    Story story;
    story.entrance.push_back(makeSurvey());
    story.work.push_back(makeUndo(commit.sha.toLatin1()));
    RunParts own{.tools = parts.tools,
                 .settings = parts.settings,
                 .clock = parts.clock,
                 .story = story,
                 .options = parts.options,
                 .salt = parts.salt};
    own.options.evenIfClean = true;
    own.options.evenIfStalled = true;
    own.options.waitForWriters = std::chrono::seconds(10); // for the repository's lock
    const RunReport report = runRepository(QFile::decodeName(commit.path), own, cancel);
    if (report.error)
        return *report.error;
    if (report.head.isEmpty() || report.head == commit.sha.toLatin1())
        return Error{ErrorKind::Usage, report.reason.isEmpty() ? u"nothing was undone"_s : report.reason};
    return Undone{.revert = report.commits.isEmpty() ? QString() : QString::fromLatin1(report.commits.first().sha),
                  .report = report};
}

Status recordUndo(Store &store, const CommitRecord &commit, const Undone &undone, Timestamp now)
{
    AC_TRY(store.recordAudit({.at = now,
                              .who = u"user"_s,
                              .what = u"undo"_s,
                              .target = commit.sha,
                              .from = u"local"_s,
                              .detail = undone.revert.isEmpty() ? u"soft"_s : undone.revert}));
    AC_TRY(recordReport(store, undone.report, commit.host, now));
    if (!undone.revert.isEmpty())
        return {};
    return store.pause(undoPause(commit, now));
}

PauseRecord undoPause(const CommitRecord &commit, Timestamp now)
{
    return {.host = commit.host,
            .repo = commit.repo,
            .reason = u"a commit was undone; its changes would be committed again"_s,
            .by = u"undo"_s,
            .since = now};
}

} // namespace AutoCommit
