#include "core/git/locate.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>

#include <sys/stat.h>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

Error notARepository(const QString &path, const QString &why)
{
    return {ErrorKind::NotARepository, u"%1: %2"_s.arg(path, why)};
}

/// First line of a small file, such as `.git` ("gitdir: ...") or `commondir`.
QString firstLine(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QFile::decodeName(file.readLine(8192).trimmed());
}

bool looksLikeGitDir(const QString &dir)
{
    return QFileInfo::exists(dir + u"/HEAD"_s)
        && (QFileInfo(dir + u"/objects"_s).isDir() || QFileInfo::exists(dir + u"/commondir"_s));
}

/// The git directory of a work tree whose top is `top`; empty when `top` is not one.
QString gitDirOf(const QString &top)
{
    const QFileInfo dotGit(top + u"/.git"_s);
    if (dotGit.isDir())
        return looksLikeGitDir(dotGit.filePath()) ? dotGit.canonicalFilePath() : QString();
    if (!dotGit.isFile() || dotGit.size() > 8192)
        return {};
    const QString line = firstLine(dotGit.filePath());
    if (!line.startsWith("gitdir:"_L1))
        return {};
    const QString target = QDir(top).absoluteFilePath(line.sliced(7).trimmed());
    return looksLikeGitDir(target) ? QFileInfo(target).canonicalFilePath() : QString();
}

dev_t deviceOf(const QString &path)
{
    struct stat info
    { };
    return ::lstat(QFile::encodeName(path).constData(), &info) == 0 ? info.st_dev : 0;
}

void discover(const QString &dir, int depth, dev_t device, const DiscoverOptions &options, QStringList &found)
{
    if (!gitDirOf(dir).isEmpty())
        found += dir;
    if (depth <= 0)
        return;
    const auto entries
        = QDir(dir).entryInfoList(QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot | QDir::NoSymLinks, QDir::Name);
    for (const QFileInfo &entry : entries) {
        const QString name = entry.fileName();
        if (name != u".git"_s && !options.exclude.contains(name) && deviceOf(entry.filePath()) == device)
            discover(entry.filePath(), depth - 1, device, options, found);
    }
}

} // namespace

Result<RepoLocation> locateRepository(const QString &path)
{
    QFileInfo start(path);
    if (!start.exists())
        return notARepository(path, u"no such file or directory"_s);
    QString top = start.isDir() ? start.canonicalFilePath() : QFileInfo(start.canonicalFilePath()).path();
    for (QString dir = top;; dir = QFileInfo(dir).path()) {
        if (const QString gitDir = gitDirOf(dir); !gitDir.isEmpty()) {
            RepoLocation location{.workTree = dir, .gitDir = gitDir, .commonDir = gitDir};
            if (const QString common = firstLine(gitDir + u"/commondir"_s); !common.isEmpty())
                location.commonDir = QFileInfo(QDir(gitDir).absoluteFilePath(common)).canonicalFilePath();
            return location.commonDir.isEmpty()
                ? notARepository(dir, u"the main repository of this linked work tree is gone"_s)
                : Result<RepoLocation>(location);
        }
        if (QFileInfo::exists(dir + u"/.git"_s))
            return notARepository(dir, u".git is not a usable git directory"_s);
        if (dir == u"/"_s)
            break;
    }
    return notARepository(path,
                          looksLikeGitDir(top) ? u"this is a bare repository; there is nothing to commit in it"_s
                                               : u"not inside a git checkout"_s);
}

QString RepoLocation::superprojectGitDir() const
{
    const qsizetype git = commonDir.indexOf("/.git/"_L1);
    return git >= 0 && commonDir.indexOf("/modules/"_L1, git) >= 0 ? commonDir.left(git + 5) : QString();
}

QString operationInProgress(const RepoLocation &location)
{
    // REBASE_HEAD is not a sign: git leaves it behind after a finished rebase.
    static const QList<std::pair<QString, QString>> signs{
        {u"MERGE_HEAD"_s, u"merge"_s},          {u"rebase-merge"_s, u"rebase"_s},
        {u"rebase-apply"_s, u"rebase or am"_s}, {u"CHERRY_PICK_HEAD"_s, u"cherry-pick"_s},
        {u"REVERT_HEAD"_s, u"revert"_s},        {u"BISECT_START"_s, u"bisect"_s},
        {u"BISECT_LOG"_s, u"bisect"_s},         {u"sequencer"_s, u"cherry-pick or revert"_s},
    };
    for (const auto &[file, name] : signs)
        if (QFileInfo::exists(location.gitDir + u'/' + file))
            return name;
    return {};
}

QStringList presentLocks(const RepoLocation &location, const QString &branchRef)
{
    QStringList candidates{location.gitDir + u"/index.lock"_s, location.gitDir + u"/HEAD.lock"_s,
                           location.commonDir + u"/packed-refs.lock"_s, location.commonDir + u"/shallow.lock"_s};
    if (!branchRef.isEmpty())
        candidates += location.commonDir + u'/' + branchRef + u".lock"_s;
    QStringList present;
    for (const QString &lock : candidates)
        if (QFileInfo::exists(lock))
            present += lock;
    return present;
}

QStringList discoverRepositories(const QString &root, const DiscoverOptions &options)
{
    QStringList found;
    const QString top = QFileInfo(root).canonicalFilePath();
    if (!top.isEmpty())
        discover(top, options.depth, deviceOf(top), options, found);
    found.sort();
    return found;
}

} // namespace AutoCommit
