#include "core/sync/treemove.h"

#include "core/base/cleantext.h"
#include "core/base/log.h"
#include "core/git/filestamp.h"
#include "core/git/giterrors.h"
#include "core/git/stalelocks.h"

#include <QDir>
#include <QFile>
#include <QSet>
#include <QStorageInfo>

#include <unistd.h>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// One path that the move touches.
struct MovedPath
{
    QByteArray path;
    quint32 fromMode = 0; ///< 0 = absent
    quint32 toMode = 0;
    QByteArray fromBlob;
    QByteArray toBlob;
};

Result<QList<MovedPath>> movedPaths(const Git &git, const QByteArray &from, const QByteArray &to)
{
    AC_ASSIGN(const QByteArray output,
              git.read({u"diff-tree"_s, u"-r"_s, u"-z"_s, u"--raw"_s, u"--no-renames"_s, u"--no-abbrev"_s,
                        QString::fromLatin1(from), QString::fromLatin1(to)}));
    QList<MovedPath> moved;
    const QList<QByteArray> parts = output.split('\0');
    for (qsizetype i = 0; i + 1 < parts.size(); i += 2) { // ":100644 100644 old new M" then the path
        const QList<QByteArray> fields = parts[i].mid(1).split(' ');
        moved.append({.path = parts[i + 1],
                      .fromMode = fields.value(0).toUInt(nullptr, 8),
                      .toMode = fields.value(1).toUInt(nullptr, 8),
                      .fromBlob = fields.value(2),
                      .toBlob = fields.value(3)});
    }
    return moved;
}

QByteArray absolute(const Git &git, const QByteArray &path)
{
    return QFile::encodeName(git.location().workTree) + '/' + path;
}

bool isFile(quint32 mode)
{
    return mode != 0 && mode != 0160000;
}

/// Plain `git pull` overwrites ignored files; so everything that is in the way counts, ignored or not.
Status checkNothingInTheWay(const Git &git, const QList<MovedPath> &moved)
{
    QSet<QByteArray> goesAway;
    for (const MovedPath &entry : moved)
        if (entry.toMode == 0)
            goesAway.insert(entry.path);
    for (const MovedPath &entry : moved) {
        if (entry.fromMode != 0 || entry.toMode == 0)
            continue;
        if (const FileStamp there = FileStamp::of(absolute(git, entry.path));
            there.exists && !(there.isDirectory() && entry.toMode == 0160000))
            return Error{ErrorKind::WouldOverwrite,
                         u"incoming commits add %1, but a file that git does not track is there; move it away"_s.arg(
                             displayPath(entry.path))};
        for (qsizetype slash = entry.path.lastIndexOf('/'); slash > 0; slash = entry.path.lastIndexOf('/', slash - 1)) {
            const QByteArray parent = entry.path.left(slash);
            const FileStamp there = FileStamp::of(absolute(git, parent));
            if (there.exists && !there.isDirectory() && !goesAway.contains(parent))
                return Error{ErrorKind::WouldOverwrite,
                             u"incoming commits need a directory where %1 is; move it away"_s.arg(displayPath(parent))};
        }
    }
    return {};
}

Status checkSpace(const Git &git, const QList<MovedPath> &moved)
{
    QByteArray names;
    for (const MovedPath &entry : moved)
        if (isFile(entry.toMode))
            names += entry.toBlob + '\n';
    if (names.isEmpty())
        return {};
    AC_ASSIGN(const QByteArray sizes, git.read({u"cat-file"_s, u"--batch-check=%(objectsize)"_s}, names));
    qint64 need = 0;
    for (const QByteArray &size : sizes.split('\n'))
        need += size.toLongLong();
    const qint64 wanted = need + need / 5 + (64LL << 20);
    const QStorageInfo disk(git.location().workTree);
    if (disk.bytesAvailable() < wanted)
        return Error{
            ErrorKind::DiskFull,
            u"incoming commits need %1 MiB, %2 MiB are free"_s.arg(wanted >> 20).arg(disk.bytesAvailable() >> 20)};
    return {};
}

Status moveRef(const Git &git, const TreeMove &move)
{
    const QByteArray input = "update " + move.ref + ' ' + move.to + ' ' + move.from + '\n';
    AC_ASSIGN(
        const ProcessOutput answer,
        git.call({.arguments = {u"update-ref"_s, u"-m"_s, u"auto-commit: take over the hub's commits"_s, u"--stdin"_s},
                  .access = GitAccess::Write,
                  .input = input,
                  .holdsLock = true}));
    if (answer.succeeded())
        return {};
    Error error = classifyGitFailure(u"moving the branch"_s, answer);
    if (error.detail.contains("but expected"_L1))
        error.kind = ErrorKind::HeadMoved;
    return error;
}

enum class Content { Goal, Ours, Users };

/// What the work tree has at a path, against both ends of the move.
class Judge
{
public:
    Judge(const Git &git, bool goalIsTo)
        : m_git(git)
        , m_goalIsTo(goalIsTo)
    { }

    Result<Content> judge(const MovedPath &entry) const
    {
        const FileStamp there = FileStamp::of(absolute(m_git, entry.path));
        const quint32 goalMode = m_goalIsTo ? entry.toMode : entry.fromMode;
        if (!there.exists)
            return goalMode == 0 ? Content::Goal : Content::Ours;
        if (there.isDirectory())
            return goalMode == 0 || goalMode == 0160000 ? Content::Goal : Content::Users;
        AC_ASSIGN(const QByteArray blob, blobOf(entry.path, there));
        if (goalMode != 0 && blob == (m_goalIsTo ? entry.toBlob : entry.fromBlob))
            return Content::Goal;
        if (there.size == 0 || blob == entry.toBlob || blob == entry.fromBlob)
            return Content::Ours;
        AC_ASSIGN(const bool prefix, isPrefixOfTarget(entry));
        return prefix ? Content::Ours : Content::Users;
    }

private:
    /// Through the filters, as git would store it.
    Result<QByteArray> blobOf(const QByteArray &path, const FileStamp &there) const
    {
        if (there.isSymlink()) {
            QByteArray text(static_cast<qsizetype>(there.size) + 1, '\0');
            const auto length
                = ::readlink(absolute(m_git, path).constData(), text.data(), static_cast<size_t>(text.size()));
            text.truncate(std::max<qsizetype>(0, length));
            AC_ASSIGN(const QByteArray name, m_git.read({u"hash-object"_s, u"--stdin"_s}, text));
            return name.trimmed();
        }
        if (path.contains('\n'))
            return Error{ErrorKind::Internal, u"%1: the name holds a line break"_s.arg(displayPath(path))};
        AC_ASSIGN(const QByteArray name, m_git.read({u"hash-object"_s, u"--stdin-paths"_s}, path + '\n'));
        return name.trimmed();
    }

    /// A file that was being written when the process died holds the beginning of what it was to hold.
    Result<bool> isPrefixOfTarget(const MovedPath &entry) const
    {
        if (!isFile(entry.toMode))
            return false;
        AC_ASSIGN(const QByteArray target,
                  m_git.read({u"cat-file"_s, u"--filters"_s, u"--path="_s + QString::fromUtf8(entry.path),
                              QString::fromLatin1(entry.toBlob)}));
        QFile file(QFile::decodeName(absolute(m_git, entry.path)));
        return file.open(QIODevice::ReadOnly) && target.startsWith(file.readAll());
    }

    const Git &m_git;
    bool m_goalIsTo;
};

Status restore(const Git &git, const QList<MovedPath> &moved, const QList<MovedPath> &ours, const QByteArray &goal,
               bool goalIsTo)
{
    QList<QByteArray> all;
    for (const MovedPath &entry : moved)
        all += entry.path;
    // Only the moved paths: what a user staged elsewhere since is not ours to drop.
    AC_TRY(IndexFile(git, git.location().gitDir + u"/index"_s, goal.size()).resetPaths(goal, all));
    QList<QByteArray> write;
    for (const MovedPath &entry : ours) {
        if ((goalIsTo ? entry.toMode : entry.fromMode) != 0)
            write += entry.path;
        else
            ::unlink(absolute(git, entry.path).constData());
    }
    if (!write.isEmpty()) {
        AC_TRY(git.output(u"git checkout-index"_s,
                          {.arguments = {u"checkout-index"_s, u"-f"_s, u"-u"_s, u"-z"_s, u"--stdin"_s},
                           .access = GitAccess::Write,
                           .input = joinNul(write),
                           .holdsLock = true}));
    }
    return {};
}

void removeOwnLocks(const Git &git, const JournalEntry &entry, qint64 now)
{
    const GitActivity activity = GitActivity::of(git.location());
    for (const QString &lock : presentLocks(git.location(), QString::fromUtf8(entry.ref)))
        if (judgeLock(lock, git.location(), entry, activity, now) == LockVerdict::Ours)
            QFile::remove(lock);
}

} // namespace

Status moveTree(const Git &git, const TreeMove &move, qint64 now)
{
    const Git steady = git.uncancellable();
    AC_ASSIGN(const QList<MovedPath> moved, movedPaths(steady, move.from, move.to));
    AC_TRY(checkNothingInTheWay(steady, moved));
    AC_TRY(checkSpace(steady, moved));
    const Journal journal(git.location());
    const JournalEntry entry{
        .act = JournalEntry::Act::MoveTree, .ref = move.ref, .from = move.from, .to = move.to, .startedAt = now};
    AC_TRY(journal.write(entry));
    // -m checks every file against the index before it writes it, and takes no untracked file, ignored or not.
    AC_ASSIGN(const ProcessOutput written,
              steady.call({.arguments = {u"read-tree"_s, u"-m"_s, u"-u"_s, QString::fromLatin1(move.from),
                                         QString::fromLatin1(move.to)},
                           .access = GitAccess::Write,
                           .holdsLock = true}));
    Status done = written.succeeded() ? moveRef(steady, move)
                                      : Status(classifyGitFailure(u"taking over the hub's commits"_s, written));
    if (!done) {
        AC_TRY(
            reconcileMove(steady, entry, now)); // any failure of a command that moves the tree is handled like a crash
        return done;
    }
    journal.clear();
    return {};
}

Status reconcileMove(const Git &git, const JournalEntry &entry, qint64 now)
{
    removeOwnLocks(git, entry, now);
    AC_ASSIGN(const QByteArray at, git.read({u"rev-parse"_s, u"--verify"_s, u"-q"_s, QString::fromUtf8(entry.ref)}));
    const bool goalIsTo = at.trimmed() == entry.to;
    if (!goalIsTo && at.trimmed() != entry.from)
        return Error{ErrorKind::HeadMoved,
                     u"the branch moved after an update of the work tree was interrupted; look at `git status`"_s};
    AC_ASSIGN(const QList<MovedPath> moved, movedPaths(git, entry.from, entry.to));
    const Judge judge(git, goalIsTo);
    QList<MovedPath> ours;
    QByteArray edited;
    for (const MovedPath &path : moved) {
        AC_ASSIGN(const Content content, judge.judge(path));
        if (content == Content::Users)
            edited = path.path;
        else if (content == Content::Ours)
            ours += path;
    }
    // An edit on an otherwise whole tree is just an edit: git checks every file before it writes the first one.
    if (!edited.isEmpty() && !ours.isEmpty())
        return Error{
            ErrorKind::FileChanged,
            u"an update of the work tree was interrupted and %1 was edited since; nothing is touched until you have looked"_s
                .arg(displayPath(edited))};
    AC_TRY(restore(git, moved, ours, goalIsTo ? entry.to : entry.from, goalIsTo));
    Journal(git.location()).clear();
    qCInfo(logSync) << git.location().workTree << "brought an interrupted update to its"
                    << (goalIsTo ? "end" : "start");
    return {};
}

} // namespace AutoCommit
