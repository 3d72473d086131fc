#include "core/sync/reconcile.h"

#include "core/base/cleantext.h"
#include "core/base/log.h"
#include "core/git/indexfile.h"
#include "core/git/refupdate.h"
#include "core/git/stalelocks.h"
#include "core/git/statusparser.h"
#include "core/sync/movejudge.h"

#include <QFile>

#include <algorithm>

#include <cerrno>

#include <unistd.h>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;
using Content = MoveJudge::Content;

/// A lock on the index says that git died over the files. That is written down before the lock goes.
Status removeOwnLocks(const Git &git, JournalEntry &entry, qint64 now)
{
    const GitActivity activity = GitActivity::of(git.location());
    for (const QString &lock : presentLocks(git.location(), QString::fromUtf8(entry.ref))) {
        if (judgeLock(lock, git.location(), entry, activity, now) != LockVerdict::Ours)
            continue;
        if (!entry.begun && lock.endsWith("/index.lock"_L1)) {
            entry.begun = true;
            AC_TRY(Journal(git.location()).write(entry));
        }
        QFile::remove(lock);
    }
    return {};
}

/// The user went on with git although the move was half done. What git itself calls clean, is not half done.
Status acceptIfClean(const Git &git, const QList<MovedPath> &moved)
{
    QSet<QByteArray> names;
    for (const MovedPath &entry : moved)
        names.insert(entry.path);
    AC_ASSIGN(const QByteArray output, git.read(statusArguments()));
    AC_ASSIGN(const RepoStatus status, parseStatus(output));
    for (const StatusEntry &entry : status.entries)
        if (names.contains(entry.path))
            return Error{
                ErrorKind::HeadMoved,
                u"the branch moved after an update of the work tree was interrupted, and %1 may be half written; commit or restore it"_s
                    .arg(displayPath(entry.path))};
    Journal(git.location()).clear();
    return {};
}

/// The blobs that the index has for the moved paths.
Result<QHash<QByteArray, QByteArray>> indexed(const Git &git, const QList<MovedPath> &moved, qsizetype nameLength)
{
    QHash<QByteArray, QByteArray> blobs;
    const QString path = git.location().gitDir + u"/index"_s;
    if (!QFile::exists(path))
        return blobs;
    QList<QByteArray> paths;
    for (const MovedPath &entry : moved)
        paths += entry.path;
    AC_ASSIGN(const QList<IndexEntry> present, IndexFile(git, path, nameLength).entries(paths));
    for (const IndexEntry &entry : present)
        blobs.insert(entry.path, entry.blob);
    return blobs;
}

/// Directories that the interrupted move made or emptied; rmdir takes no other.
void removeEmptyBelow(const QByteArray &directory)
{
    for (const QByteArray &name : namesIn(directory))
        if (const QByteArray path = directory + '/' + name; FileStamp::of(path).isDirectory())
            removeEmptyBelow(path);
    ::rmdir(directory.constData());
}

Status removeWithParents(const Git &git, const QByteArray &path)
{
    if (::unlink(inWorkTree(git, path).constData()) != 0 && errno != ENOENT && errno != ENOTDIR)
        return Error{ErrorKind::PermissionDenied,
                     u"%1, which an interrupted update left, cannot be removed"_s.arg(displayPath(path))};
    for (qsizetype slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1))
        if (::rmdir(inWorkTree(git, path.left(slash)).constData()) != 0)
            break;
    return {};
}

/// What stands where a file is to be written is known to be ours. checkout-index -f would remove what is below a
/// directory, too, and would skip a file that looks like the index's entry: size, inode and both times to the second
/// are the same where a file was written within the second of the one before.
Status makeWay(const Git &git, const QByteArray &path)
{
    const FileStamp there = stampInWorkTree(git, path);
    if (there.isDirectory())
        removeEmptyBelow(inWorkTree(git, path));
    else if (there.exists && ::unlink(inWorkTree(git, path).constData()) != 0 && errno != ENOENT)
        return Error{ErrorKind::PermissionDenied,
                     u"%1, which an interrupted update left, cannot be replaced"_s.arg(displayPath(path))};
    return {};
}

/// What was brought back has to be what the goal has, by its content.
Status checkRestored(const Git &git, const QList<MovedPath> &moved, const QList<MovedPath> &restored, bool goalIsTo)
{
    if (restored.isEmpty())
        return {};
    MoveJudge judge(git, moved, goalIsTo);
    AC_TRY(judge.readTree());
    for (const MovedPath &entry : restored) {
        AC_ASSIGN(const bool isGoal, judge.isAtGoal(entry));
        if (!isGoal)
            return Error{
                ErrorKind::IoError,
                u"an update of the work tree was interrupted and %1 could not be brought back; restore it"_s.arg(
                    displayPath(entry.path))};
    }
    return {};
}

Status restore(const Git &git, const QList<MovedPath> &moved, const QList<MovedPath> &ours, const QByteArray &goal,
               bool goalIsTo)
{
    AC_ASSIGN(const auto blobs, indexed(git, moved, goal.size()));
    QList<QByteArray> reset; // any entry but those of the two ends is what the user staged since
    for (const MovedPath &entry : moved)
        if (const QByteArray blob = blobs.value(entry.path);
            blob.isEmpty() || blob == entry.fromBlob || blob == entry.toBlob)
            reset += entry.path;
    if (!reset.isEmpty())
        AC_TRY(IndexFile(git, git.location().gitDir + u"/index"_s, goal.size()).resetPaths(goal, reset));
    QList<QByteArray> write;
    for (const MovedPath &entry : ours) {
        if ((goalIsTo ? entry.toMode : entry.fromMode) != 0)
            write += entry.path;
        else
            AC_TRY(removeWithParents(git, entry.path));
    }
    if (write.isEmpty())
        return {};
    for (const QByteArray &path : std::as_const(write))
        AC_TRY(makeWay(git, path));
    AC_TRY(git.output(u"git checkout-index"_s,
                      {.arguments = {u"checkout-index"_s, u"-f"_s, u"-u"_s, u"-z"_s, u"--stdin"_s},
                       .access = GitAccess::Write,
                       .input = joinNul(write),
                       .holdsLock = true}));
    return {};
}

struct Verdict
{
    QList<MovedPath> ours;
    QByteArray edited; ///< the first path that holds the user's own content
};

Result<Verdict> judgeAll(const Git &git, const QList<MovedPath> &moved, bool goalIsTo)
{
    MoveJudge judge(git, moved, goalIsTo);
    AC_TRY(judge.readTree());
    Verdict verdict;
    for (const MovedPath &entry : moved) {
        AC_ASSIGN(const Content content, judge.judge(entry));
        if (content == Content::Ours)
            verdict.ours += entry;
        else if (content == Content::Users && verdict.edited.isEmpty())
            verdict.edited = entry.path;
    }
    return verdict;
}

/// Whether the work tree was written to before the branch moved: then an edited file may be an edited half.
Result<bool> wasBegun(const Git &git, const JournalEntry &entry, const QList<MovedPath> &moved)
{
    AC_ASSIGN(const auto blobs, indexed(git, moved, entry.to.size()));
    return entry.begun || std::ranges::any_of(moved, [&](const MovedPath &path) {
               return isFileMode(path.toMode) && path.toBlob != path.fromBlob && blobs.value(path.path) == path.toBlob;
           });
}

} // namespace

Status reconcileMove(const Git &git, const JournalEntry &journaled, qint64 now)
{
    JournalEntry entry = journaled;
    AC_TRY(removeOwnLocks(git, entry, now));
    AC_ASSIGN(const QByteArray at, git.read({u"rev-parse"_s, u"--verify"_s, u"-q"_s, QString::fromUtf8(entry.ref)}));
    AC_ASSIGN(const QList<MovedPath> moved, movedPaths(git, entry.from, entry.to));
    const bool goalIsTo = at.trimmed() == entry.to;
    if (symbolicHead(git.location()) != entry.ref || (!goalIsTo && at.trimmed() != entry.from))
        return acceptIfClean(git, moved);
    AC_ASSIGN(const Verdict verdict, judgeAll(git, moved, goalIsTo));
    // An edit on a tree that is whole is just an edit: git checks every file before it writes the first one.
    bool halfDone = !verdict.ours.isEmpty();
    if (!verdict.edited.isEmpty() && !halfDone && !goalIsTo) {
        AC_ASSIGN(halfDone, wasBegun(git, entry, moved));
    }
    if (!verdict.edited.isEmpty() && halfDone)
        return Error{
            ErrorKind::FileChanged,
            u"an update of the work tree was interrupted and %1 was edited since; nothing is touched until you commit or restore it"_s
                .arg(displayPath(verdict.edited))};
    AC_TRY(restore(git, moved, verdict.ours, goalIsTo ? entry.to : entry.from, goalIsTo));
    AC_TRY(checkRestored(git, moved, verdict.ours, goalIsTo));
    Journal(git.location()).clear();
    qCInfo(logSync) << git.location().workTree << "brought an interrupted update to its"
                    << (goalIsTo ? "end" : "start");
    return {};
}

} // namespace AutoCommit
