#include "core/git/landing.h"

#include "core/base/log.h"
#include "core/git/refupdate.h"

#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QThread>

#include <cerrno>
#include <cstdio>

#include <fcntl.h>
#include <unistd.h>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QString userIndex(const RepoLocation &location)
{
    return location.gitDir + u"/index"_s;
}
QString indexLock(const RepoLocation &location)
{
    return location.gitDir + u"/index.lock"_s;
}
QString preparedIndex(const RepoLocation &location)
{
    return location.stateDir() + u"/index.next"_s;
}

QByteArray fileBytes(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A copy of the user's index in which the landed paths are as in the new commit. Answers the stamp of what was copied.
Result<FileStamp> prepareIndex(const Git &git, const Landing &landing)
{
    const RepoLocation &location = git.location();
    const QString next = preparedIndex(location);
    QFile::remove(next);
    const FileStamp stamp = FileStamp::of(userIndex(location));
    if (stamp.exists && !QFile::copy(userIndex(location), next))
        return Error{ErrorKind::IoError, u"the index could not be copied"_s};

    const IndexFile index(git, next, landing.nameLength);
    QList<QByteArray> paths;
    for (const IndexEntry &entry : landing.before)
        paths += entry.path;
    if (stamp != landing.indexAtStatus) { // somebody wrote the index since: touch only what is still as it was
        AC_ASSIGN(const QList<IndexEntry> present, index.entries(paths));
        QHash<QByteArray, IndexEntry> byPath;
        for (const IndexEntry &entry : present)
            byPath.insert(entry.path, entry);
        paths.clear();
        for (const IndexEntry &expected : landing.before)
            if (byPath.value(expected.path, {.path = expected.path, .mode = 0, .blob = {}}) == expected)
                paths += expected.path;
    }
    if (!paths.isEmpty())
        AC_TRY(index.resetPaths(landing.to, paths));
    return stamp;
}

/// Takes index.lock with the prepared content in it. On file systems without hard links it is copied in.
Status takeIndexLock(const RepoLocation &location)
{
    const QByteArray next = QFile::encodeName(preparedIndex(location));
    const QByteArray lock = QFile::encodeName(indexLock(location));
    if (::link(next.constData(), lock.constData()) == 0)
        return {};
    if (errno == EEXIST)
        return Error{ErrorKind::LockHeld, u"another git command is using the index"_s};
    const int fd = ::open(lock.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0)
        return Error{errno == EEXIST ? ErrorKind::LockHeld : ErrorKind::IoError, u"index.lock could not be taken"_s};
    QFile file;
    const QByteArray content = fileBytes(preparedIndex(location));
    const bool written = file.open(fd, QIODevice::WriteOnly, QFile::AutoCloseHandle)
        && file.write(content) == content.size() && file.flush();
    if (written)
        return {};
    ::unlink(lock.constData());
    return Error{ErrorKind::IoError, u"index.lock could not be written"_s};
}

void dropIndexLock(const RepoLocation &location)
{
    QFile::remove(indexLock(location));
}

/// Under index.lock: is everything still as it was when the index was copied?
Status verifyUnmoved(const RepoLocation &location, const Landing &landing, const FileStamp &copied)
{
    if (FileStamp::of(userIndex(location)) != copied)
        return Error{ErrorKind::LockHeld, u"the index changed just now"_s};
    if (symbolicHead(location) != landing.ref)
        return Error{ErrorKind::HeadMoved, u"another branch was checked out while the commit was being made"_s};
    return {};
}

Status landOnce(const Git &git, const Landing &landing)
{
    const RepoLocation &location = git.location();
    AC_ASSIGN(const FileStamp copied, prepareIndex(git, landing));
    AC_ASSIGN(RefUpdate update,
              RefUpdate::prepare(git,
                                 {.ref = landing.ref,
                                  .from = landing.from,
                                  .to = landing.to,
                                  .reflogMessage = landing.reflogMessage,
                                  .nameLength = landing.nameLength}));
    AC_TRY(takeIndexLock(location));
    if (Status unmoved = verifyUnmoved(location, landing, copied); !unmoved) {
        dropIndexLock(location);
        return unmoved; // the update's end gives the ref back
    }
    if (Status moved = update.commit(); !moved) {
        dropIndexLock(location);
        return moved;
    }
    if (std::rename(QFile::encodeName(indexLock(location)).constData(),
                    QFile::encodeName(userIndex(location)).constData())
        != 0) {
        dropIndexLock(location);
        return Error{ErrorKind::IoError, u"the new index could not be installed"_s};
    }
    QFile::remove(preparedIndex(location));
    return update.finish();
}

bool isOurLock(const RepoLocation &location)
{
    const QByteArray ours = fileBytes(preparedIndex(location));
    return QFileInfo::exists(indexLock(location)) && !ours.isEmpty() && ours.startsWith(fileBytes(indexLock(location)));
}

} // namespace

Status land(const Git &git, const Landing &landing, qint64 now)
{
    const Git steady = git.uncancellable();
    const Journal journal(git.location());
    AC_TRY(journal.write({.act = JournalEntry::Act::Land,
                          .ref = landing.ref,
                          .from = landing.from,
                          .to = landing.to,
                          .startedAt = now}));
    Status landed;
    for (int attempt = 0; attempt < 4; ++attempt) {
        landed = landOnce(steady, landing);
        if (landed || landed.error().kind != ErrorKind::LockHeld)
            break;
        QThread::msleep(100U << attempt); // the user's git is quick; anything longer waits for the next sweep
    }
    journal.clear();
    return landed;
}

void recoverLanding(const Git &git, const JournalEntry &entry)
{
    const RepoLocation &location = git.location();
    if (!isOurLock(location))
        return;
    const Result<QByteArray> at = git.read({u"rev-parse"_s, u"--verify"_s, u"-q"_s, QString::fromUtf8(entry.ref)});
    if (at && at->trimmed() == entry.to) {
        std::rename(QFile::encodeName(indexLock(location)).constData(),
                    QFile::encodeName(userIndex(location)).constData());
        qCInfo(logGit) << location.workTree << "finished a commit that was interrupted";
    } else {
        dropIndexLock(location);
    }
}

} // namespace AutoCommit
