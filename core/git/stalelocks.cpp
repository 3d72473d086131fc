#include "core/git/stalelocks.h"

#include "core/base/log.h"
#include "core/git/filestamp.h"
#include "core/git/landing.h"

#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <array>
#ifdef Q_OS_LINUX
#    include <sys/vfs.h>
#endif

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 second = 1'000'000'000;
constexpr qint64 abandonedAfter = 600 * second;

QStringList descriptorsOf(const QString &process)
{
    QStringList targets;
    for (const QFileInfo &fd :
         QDir(process + u"/fd"_s).entryInfoList(QDir::Files | QDir::System | QDir::NoDotAndDotDot))
        targets += fd.symLinkTarget();
    return targets;
}

bool isLocalFilesystem(const QString &path)
{
#ifdef Q_OS_LINUX
    struct statfs info
    { };
    if (::statfs(QFile::encodeName(path).constData(), &info) != 0)
        return false;
    constexpr std::array<quint32, 6> remote{0x6969, 0xFF534D42, 0xFE534D42,
                                            0x517B, 0x65735546, 0x01021997}; // NFS CIFS SMB2 SMB FUSE 9P
    return std::ranges::find(remote, static_cast<quint32>(info.f_type)) == remote.end();
#else
    Q_UNUSED(path)
    return false;
#endif
}

/// Row 5: an interrupted checkout or merge of somebody else leaves files that were written about when the lock was.
bool treeChangedAround(const RepoLocation &location, qint64 lockTime)
{
    QDirIterator it(location.workTree, QDir::Files | QDir::Hidden | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
    for (int looked = 0; it.hasNext() && looked < 20000; ++looked) {
        const QString path = it.next();
        if (path.startsWith(location.workTree + u"/.git/"_s))
            continue;
        if (std::abs(FileStamp::of(path).mtime - lockTime) <= 5 * second)
            return true;
    }
    return false;
}

QStringList locksBelow(const QString &directory)
{
    QStringList locks;
    QDirIterator it(directory, {u"*.lock"_s}, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (it.hasNext())
        locks += it.next();
    return locks;
}

/// Which locks an interrupted act of ours can have left.
QStringList possibleLocks(const RepoLocation &location, const JournalEntry &entry)
{
    QStringList locks = presentLocks(location, QString::fromUtf8(entry.ref));
    if (entry.act == JournalEntry::Act::Network)
        locks += locksBelow(location.commonDir + u"/refs/remotes"_s);
    return locks;
}

void clearOwn(const Git &git, const JournalEntry &entry, const GitActivity &activity, qint64 now)
{
    const RepoLocation &location = git.location();
    if (entry.act == JournalEntry::Act::Land)
        recoverLanding(git, entry);
    for (const QString &lock : possibleLocks(location, entry)) {
        if (judgeLock(lock, location, entry, activity, now) == LockVerdict::Ours) {
            qCInfo(logGit) << "removed a lock that an interrupted run left:" << lock;
            QFile::remove(lock);
        }
    }
}

} // namespace

GitActivity GitActivity::of(const RepoLocation &location)
{
    GitActivity activity{.known = QFileInfo(u"/proc/self/fd"_s).isDir(), .gitInside = false, .openFiles = {}};
    if (!activity.known)
        return activity;
    for (const QString &pid : QDir(u"/proc"_s).entryList({u"[0-9]*"_s}, QDir::Dirs)) {
        const QString process = u"/proc/"_s + pid;
        const QString program = QFileInfo(QFile::symLinkTarget(process + u"/exe"_s)).fileName();
        const QString cwd = QFile::symLinkTarget(process + u"/cwd"_s);
        const bool inside
            = cwd == location.workTree || cwd.startsWith(location.workTree + u'/') || cwd.startsWith(location.gitDir);
        activity.gitInside = activity.gitInside || (inside && program.startsWith("git"_L1));
        for (const QString &file : descriptorsOf(process))
            if (file.startsWith(location.gitDir + u'/') || file.startsWith(location.commonDir + u'/'))
                activity.openFiles += file;
    }
    return activity;
}

namespace {

/// The names of HEAD and of the journal, and links below refs/, lead anywhere in a git directory that somebody made up.
bool liesIn(const RepoLocation &location, const QString &lock)
{
    const QString directory = QFileInfo(QFileInfo(lock).path()).canonicalFilePath() + u'/';
    return std::ranges::any_of(QStringList{location.gitDir, location.commonDir}, [&](const QString &own) {
        const QString root = QFileInfo(own).canonicalFilePath();
        return !root.isEmpty() && directory.startsWith(root + u'/');
    });
}

} // namespace

LockVerdict judgeLock(const QString &lock, const RepoLocation &location, const std::optional<JournalEntry> &journal,
                      const GitActivity &activity, qint64 now)
{
    const FileStamp stamp = FileStamp::of(lock);
    if (!liesIn(location, lock))
        return LockVerdict::Fresh; // another program's, whatever it is
    if (activity.gitInside || activity.openFiles.contains(lock))
        return LockVerdict::Fresh;
    // The file system's clock ticks coarser than ours: a lock made right after the entry may look a little older.
    if (journal && stamp.mtime >= journal->startedAt - second / 50)
        return LockVerdict::Ours;
    if (!activity.known || now - stamp.mtime < abandonedAfter || !isLocalFilesystem(lock))
        return LockVerdict::Fresh;
    return lock.endsWith("/index.lock"_L1) && treeChangedAround(location, stamp.mtime) ? LockVerdict::Suspicious
                                                                                       : LockVerdict::Abandoned;
}

void clearPrivateLocks(const RepoLocation &location)
{
    for (const QByteArray &name : namesIn(QFile::encodeName(location.stateDir())))
        if (name.endsWith(".lock"))
            QFile::remove(location.stateDir() + u'/' + QFile::decodeName(name));
}

Status setLockAside(const RepoLocation &location, const QString &lock, qint64 now)
{
    QString kept = lock;
    if (lock.startsWith(location.commonDir + u"/refs/"_s)) // there git would take the new name for a branch
        kept = location.commonDir + u'/' + lock.sliced(location.commonDir.size() + 1).replace(u'/', u'-');
    kept += u".stale-"_s + QDateTime::fromMSecsSinceEpoch(now / 1'000'000, Qt::UTC).toString(u"yyyyMMdd'T'HHmmss'Z'"_s);
    if (!QFile::rename(lock, kept))
        return Error{ErrorKind::StaleLock, u"%1 is abandoned but cannot be renamed"_s.arg(lock)};
    qCWarning(logGit) << "set an abandoned lock aside:" << kept;
    return {};
}

Status clearLocks(const Git &git, const QByteArray &branchRef, qint64 now)
{
    const RepoLocation &location = git.location();
    const Journal journal(location);
    const std::optional<JournalEntry> entry = journal.read();
    QStringList locks = presentLocks(location, QString::fromUtf8(branchRef));
    if (!entry && locks.isEmpty())
        return {};
    const GitActivity activity = GitActivity::of(location);
    if (entry && entry->act != JournalEntry::Act::MoveTree) {
        clearOwn(git, *entry, activity, now);
        // What a child that outlived its parent still holds is ours the next time, too: the entry is what tells.
        const QStringList held = entry->act == JournalEntry::Act::Network && activity.gitInside
            ? locksBelow(location.commonDir + u"/refs/remotes"_s)
            : QStringList();
        if (!held.isEmpty())
            return Error{ErrorKind::LockHeld, u"%1 exists: an earlier fetch or push has not ended"_s.arg(held.first())};
        journal.clear();
        locks = presentLocks(location, QString::fromUtf8(branchRef));
    }
    for (const QString &lock : locks) {
        const QString age = u"%1 s"_s.arg(std::max<qint64>(0, now - FileStamp::of(lock).mtime) / second);
        switch (judgeLock(lock, location, entry, activity, now)) {
        case LockVerdict::Ours:
        case LockVerdict::Abandoned:
            AC_TRY(setLockAside(location, lock, now));
            break;
        case LockVerdict::Fresh:
            return Error{ErrorKind::LockHeld,
                         u"%1 exists (%2 old): another git command is at work here"_s.arg(lock, age)};
        case LockVerdict::Suspicious:
            return Error{
                ErrorKind::StaleLock,
                u"%1 (%2 old) was left by a git command that died while it changed files; check `git status`, then remove it"_s
                    .arg(lock, age)};
        }
    }
    return {};
}

} // namespace AutoCommit
