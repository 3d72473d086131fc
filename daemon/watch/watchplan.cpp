#include "daemon/watch/watchplan.h"

#include <QFile>

#include <cstring>
#include <memory>

#include <dirent.h>
#include <sys/stat.h>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

bool isDirectory(const dirent &entry, const QByteArray &path)
{
    if (entry.d_type != DT_UNKNOWN)
        return entry.d_type == DT_DIR;
    struct stat info
    { };
    return ::lstat(path.constData(), &info) == 0 && S_ISDIR(info.st_mode);
}

/// The directories in `directory`; empty, with `isCheckout` set, when it is a checkout of its own.
QList<QByteArray> subdirectories(const QByteArray &directory, bool &isCheckout)
{
    QList<QByteArray> found;
    const std::unique_ptr<DIR, int (*)(DIR *)> open(::opendir(directory.constData()), ::closedir);
    while (const dirent *entry = open ? ::readdir(open.get()) : nullptr) {
        if (std::strcmp(entry->d_name, ".git") == 0) {
            isCheckout = true;
            continue;
        }
        if (std::strcmp(entry->d_name, ".") == 0 || std::strcmp(entry->d_name, "..") == 0)
            continue;
        const QByteArray path = directory + '/' + entry->d_name;
        if (isDirectory(*entry, path))
            found += path;
    }
    return found;
}

Status walk(const QByteArray &top, int limit, WatchPlan &plan)
{
    QList<QByteArray> open{top};
    while (!open.isEmpty()) {
        const QByteArray directory = open.takeLast();
        bool isCheckout = false;
        const QList<QByteArray> below = subdirectories(directory, isCheckout);
        if (isCheckout && directory != top) {
            plan.ignored.insert(directory);
            continue;
        }
        plan.directories += directory;
        if (plan.directories.size() > limit)
            return Error{ErrorKind::OutOfResources, u"more than %1 directories"_s.arg(limit)};
        for (const QByteArray &path : below)
            if (!plan.ignored.contains(path))
                open += path;
    }
    return {};
}

} // namespace

Result<WatchPlan> makeWatchPlan(const QStringList &workTrees, const GitTools &tools, const CancelToken &cancel,
                                int limit)
{
    WatchPlan plan;
    for (const QString &path : workTrees) {
        AC_ASSIGN(const RepoLocation location, locateRepository(path));
        const QByteArray top = QFile::encodeName(location.workTree);
        const Git git(tools, location, cancel);
        AC_ASSIGN(const QByteArray ignored,
                  git.read({u"ls-files"_s, u"-o"_s, u"-i"_s, u"--exclude-standard"_s, u"--directory"_s, u"-z"_s}));
        for (const QByteArray &entry : ignored.split('\0'))
            if (entry.endsWith('/'))
                plan.ignored.insert(top + '/' + entry.chopped(1));
        AC_TRY(walk(top, limit, plan));
        plan.gitDirs += QFile::encodeName(location.gitDir);
    }
    return plan;
}

} // namespace AutoCommit
