#include "core/sync/reconcile.h"

#include "core/base/cleantext.h"
#include "core/base/log.h"
#include "core/git/indexfile.h"
#include "core/git/refupdate.h"
#include "core/git/stalelocks.h"
#include "core/git/statusparser.h"
#include "core/sync/movejudge.h"

#include <QFile>

#include <cerrno>

#include <unistd.h>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;
using Content = MoveJudge::Content;

void removeOwnLocks(const Git &git, const JournalEntry &entry, qint64 now)
{
    const GitActivity activity = GitActivity::of(git.location());
    for (const QString &lock : presentLocks(git.location(), QString::fromUtf8(entry.ref)))
        if (judgeLock(lock, git.location(), entry, activity, now) == LockVerdict::Ours)
            QFile::remove(lock);
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

/// The paths whose index entry is of one of the two ends; any other is what the user staged since.
Result<QList<QByteArray>> notStaged(const Git &git, const IndexFile &index, const QList<MovedPath> &moved)
{
    QList<QByteArray> paths;
    for (const MovedPath &entry : moved)
        paths += entry.path;
    QHash<QByteArray, QByteArray> blobs;
    if (QFile::exists(git.location().gitDir + u"/index"_s)) {
        AC_ASSIGN(const QList<IndexEntry> present, index.entries(paths));
        for (const IndexEntry &entry : present)
            blobs.insert(entry.path, entry.blob);
    }
    QList<QByteArray> ours;
    for (const MovedPath &entry : moved) {
        const QByteArray blob = blobs.value(entry.path);
        if (blob.isEmpty() || blob == entry.fromBlob || blob == entry.toBlob)
            ours += entry.path;
    }
    return ours;
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

Status restore(const Git &git, const QList<MovedPath> &moved, const QList<MovedPath> &ours, const QByteArray &goal,
               bool goalIsTo)
{
    const IndexFile index(git, git.location().gitDir + u"/index"_s, goal.size());
    AC_ASSIGN(const QList<QByteArray> reset, notStaged(git, index, moved));
    if (!reset.isEmpty())
        AC_TRY(index.resetPaths(goal, reset));
    QList<QByteArray> write;
    for (const MovedPath &entry : ours) {
        if ((goalIsTo ? entry.toMode : entry.fromMode) != 0)
            write += entry.path;
        else
            AC_TRY(removeWithParents(git, entry.path));
    }
    if (write.isEmpty())
        return {};
    for (const QByteArray &path : std::as_const(write)) // checkout-index -f would remove what is below, too
        if (stampInWorkTree(git, path).isDirectory())
            removeEmptyBelow(inWorkTree(git, path));
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

} // namespace

Status reconcileMove(const Git &git, const JournalEntry &entry, qint64 now)
{
    removeOwnLocks(git, entry, now);
    AC_ASSIGN(const QByteArray at, git.read({u"rev-parse"_s, u"--verify"_s, u"-q"_s, QString::fromUtf8(entry.ref)}));
    AC_ASSIGN(const QList<MovedPath> moved, movedPaths(git, entry.from, entry.to));
    const bool goalIsTo = at.trimmed() == entry.to;
    if (symbolicHead(git.location()) != entry.ref || (!goalIsTo && at.trimmed() != entry.from))
        return acceptIfClean(git, moved);
    AC_ASSIGN(const Verdict verdict, judgeAll(git, moved, goalIsTo));
    // An edit on an otherwise whole tree is just an edit: git checks every file before it writes the first one.
    if (!verdict.edited.isEmpty() && !verdict.ours.isEmpty())
        return Error{
            ErrorKind::FileChanged,
            u"an update of the work tree was interrupted and %1 was edited since; nothing is touched until you have looked"_s
                .arg(displayPath(verdict.edited))};
    AC_TRY(restore(git, moved, verdict.ours, goalIsTo ? entry.to : entry.from, goalIsTo));
    Journal(git.location()).clear();
    qCInfo(logSync) << git.location().workTree << "brought an interrupted update to its"
                    << (goalIsTo ? "end" : "start");
    return {};
}

} // namespace AutoCommit
