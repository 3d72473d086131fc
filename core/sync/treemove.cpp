#include "core/sync/treemove.h"

#include "core/base/cleantext.h"
#include "core/base/diskspace.h"
#include "core/git/giterrors.h"
#include "core/git/refupdate.h"
#include "core/sync/movedpath.h"
#include "core/sync/reconcile.h"

#include <QDir>
#include <QSet>

#include <algorithm>
#include <array>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// What stands where a new path is to come; a directory does not count when all that is in it goes away.
QByteArray whatIsAt(const Git &git, const MovedPath &entry, const QSet<QByteArray> &goesAway)
{
    const FileStamp there
        = stampInWorkTree(git, entry.path); // what is behind a link is not in the way, the link may be
    if (!there.exists || (there.isDirectory() && entry.toMode == 0160000))
        return {};
    if (!there.isDirectory())
        return entry.path;
    return firstForeign(git, entry.path, [&](const QByteArray &path) { return goesAway.contains(path); });
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
        if (const QByteArray there = whatIsAt(git, entry, goesAway); !there.isEmpty())
            return Error{ErrorKind::WouldOverwrite,
                         u"incoming commits add %1, but %2 is there, which git does not track; move it away"_s.arg(
                             displayPath(entry.path), there == entry.path ? u"a file"_s : displayPath(there))};
        for (qsizetype slash = entry.path.lastIndexOf('/'); slash > 0; slash = entry.path.lastIndexOf('/', slash - 1)) {
            const QByteArray parent = entry.path.left(slash);
            const FileStamp there = stampInWorkTree(git, parent);
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
        if (isFileMode(entry.toMode))
            names += entry.toBlob + '\n';
    if (names.isEmpty())
        return {};
    AC_ASSIGN(const QByteArray sizes, git.read({u"cat-file"_s, u"--batch-check=%(objectsize)"_s}, names));
    qint64 need = 0;
    for (const QByteArray &size : sizes.split('\n'))
        need += size.toLongLong();
    return requireSpace(git.location().workTree, need + need / 5 + (64LL << 20), u"incoming commits need"_s);
}

/// -m checks every file against the index before it writes the first one, and takes no untracked file, ignored or not.
/// It goes by the stat data alone: a file that was touched, or a checkout that was copied, needs the index refreshed.
Result<ProcessOutput> writeTree(const Git &git, const TreeMove &move)
{
    const GitCall call{
        .arguments = {u"read-tree"_s, u"-m"_s, u"-u"_s, QString::fromLatin1(move.from), QString::fromLatin1(move.to)},
        .access = GitAccess::Write,
        .holdsLock = true};
    AC_ASSIGN(const ProcessOutput written, git.call(call));
    if (written.succeeded() || !written.errors.contains("not uptodate"))
        return written;
    AC_TRY(git.call(
        {.arguments = {u"update-index"_s, u"-q"_s, u"--refresh"_s}, .access = GitAccess::Write, .holdsLock = true}));
    return git.call(call);
}

/// git refused before it wrote the first file, over one that was as it should be when it was looked at. Told by git's
/// plumbing phrases here, as the file's own name may hold any of the words that failures are classified by.
Error refusedMove(const ProcessOutput &written)
{
    static constexpr std::array phrases{"Cannot merge.", "would lose untracked files",
                                        "Untracked working tree file"};
    const bool changed = std::ranges::any_of(phrases, [&](const char *text) { return written.errors.contains(text); });
    if (!changed)
        return classifyGitFailure(u"taking over the hub's commits"_s, written);
    return {ErrorKind::FileChanged,
            u"taking over the hub's commits: a file was changed here just now, or git was told to overlook its changes "
            "(assume-unchanged): %1"_s.arg(cleanText(written.errors.left(300).trimmed()))};
}

/// git only warns when it cannot remove a file, and goes on; as an untracked file it would be committed anew.
Status checkAllRemoved(const Git &git, const QList<MovedPath> &moved)
{
    for (const MovedPath &entry : moved) {
        if (!isFileMode(entry.fromMode) || entry.toMode != 0)
            continue;
        if (const FileStamp there = stampInWorkTree(git, entry.path); there.exists && !there.isDirectory())
            return Error{
                ErrorKind::PermissionDenied,
                u"incoming commits delete %1, but it cannot be removed; check its directory's permissions"_s.arg(
                    displayPath(entry.path))};
    }
    return {};
}

/// The branch is locked while the files move: a commit that a user makes meanwhile could only be made of both halves.
Status moveAll(const Git &git, const TreeMove &move, const QList<MovedPath> &moved)
{
    AC_ASSIGN(RefUpdate update,
              RefUpdate::prepare(git,
                                 {.ref = move.ref,
                                  .from = move.from,
                                  .to = move.to,
                                  .reflogMessage = u"auto-commit: take over the hub's commits"_s,
                                  .nameLength = move.nameLength}));
    if (symbolicHead(git.location()) != move.ref)
        return Error{ErrorKind::HeadMoved, u"another branch was checked out while auto-commit was at work"_s};
    AC_ASSIGN(const ProcessOutput written, writeTree(git, move));
    if (!written.succeeded())
        return refusedMove(written);
    AC_TRY(checkAllRemoved(git, moved));
    AC_TRY(update.commit());
    return update.finish();
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
    const Status done = moveAll(steady, move, moved);
    if (!done) {
        AC_TRY(
            reconcileMove(steady, entry, now)); // any failure of a command that moves the tree is handled like a crash
        return done;
    }
    journal.clear();
    return {};
}

} // namespace AutoCommit
