#include "daemon/run/discovery.h"

#include "core/base/pathtext.h"

#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QSet>

#include <algorithm>
#include <cstring>
#include <memory>

#include <dirent.h>
#include <sys/stat.h>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

struct Listing
{
    bool hasGit = false;
    QList<QByteArray> directories;
};

dev_t deviceOf(const QByteArray &path)
{
    struct stat info
    { };
    return ::lstat(path.constData(), &info) == 0 && S_ISDIR(info.st_mode) ? info.st_dev : 0;
}

Listing list(const QByteArray &directory)
{
    Listing found;
    const std::unique_ptr<DIR, int (*)(DIR *)> open(::opendir(directory.constData()), ::closedir);
    while (const dirent *entry = open ? ::readdir(open.get()) : nullptr) {
        const QByteArray name(entry->d_name);
        if (name == ".git")
            found.hasGit = true;
        else if (name != "." && name != ".." && (entry->d_type == DT_DIR || entry->d_type == DT_UNKNOWN))
            found.directories += name;
    }
    return found;
}

class Walk
{
public:
    Walk(const DiscoveryTask &task, QStringList &found)
        : m_task(task)
        , m_found(found)
    {
        for (const QString &name : task.options.exclude)
            m_exclude.insert(QFile::encodeName(name));
    }

    void from(const QString &root)
    {
        const QByteArray top = QFile::encodeName(QFileInfo(root).canonicalFilePath());
        if (!top.isEmpty())
            enter(top, m_task.options.depth, deviceOf(top));
    }

private:
    void enter(const QByteArray &directory, int depth, dev_t device)
    {
        const Listing here = list(directory);
        if (here.hasGit) {
            m_found += QFile::decodeName(directory);
            if (!m_task.insideCheckouts)
                return;
        }
        if (depth <= 0)
            return;
        for (const QByteArray &name : here.directories) {
            const QByteArray path = directory + '/' + name;
            if (!m_exclude.contains(name) && deviceOf(path) == device)
                enter(path, depth - 1, device);
        }
    }

    const DiscoveryTask &m_task;
    QStringList &m_found;
    QSet<QByteArray> m_exclude;
};

bool isBelow(const QString &path, const QString &root)
{
    return path == root || path.startsWith(root + u'/');
}

/// Known work trees that this walk could not have met.
QStringList keptFromBefore(const DiscoveryTask &task)
{
    QStringList kept;
    for (const RepoUnit &unit : task.known)
        for (const QString &path : unit.workTrees) {
            const bool rootIsGone = std::ranges::any_of(
                task.roots, [&](const QString &root) { return isBelow(path, root) && !QFileInfo(root).isReadable(); });
            if (rootIsGone || (!task.insideCheckouts && QFileInfo::exists(path + u"/.git"_s)))
                kept += path;
        }
    return kept;
}

QString familyOf(const RepoLocation &location)
{
    const QString outermost = location.superprojectGitDir();
    // of a linked work tree's submodules: the repository is what the family is about
    return outermost.isEmpty() ? location.commonDir : outermost.section(u"/worktrees/"_s, 0, 0);
}

} // namespace

QList<QStringList> familiesOf(const QList<RepoUnit> &units)
{
    QHash<QString, QList<const RepoUnit *>> byFamily;
    for (const RepoUnit &unit : units)
        byFamily[unit.family] += &unit;
    QList<QStringList> families;
    for (QList<const RepoUnit *> &members : byFamily) {
        if (members.size() < 2)
            continue;
        const auto depth = [](const RepoUnit *unit) { return unit->workTrees.first().count(u'/'); };
        std::ranges::stable_sort(members, std::greater(), depth);
        QStringList ids;
        for (const RepoUnit *unit : std::as_const(members))
            ids += unit->id;
        families += ids;
    }
    return families;
}

QList<RepoUnit> findRepositories(const DiscoveryTask &task)
{
    QStringList paths;
    Walk walk(task, paths);
    for (const QString &root : task.roots)
        task.recursive ? walk.from(root) : paths.append(root);
    paths += keptFromBefore(task);
    paths.sort();
    paths.removeDuplicates();

    QList<RepoUnit> units;
    QHash<QString, qsizetype> unitOf; // by common directory
    QHash<QString, QString> knownCommonDir;
    for (const RepoUnit &unit : task.known)
        for (const QString &path : unit.workTrees)
            knownCommonDir.insert(path, unit.commonDir);
    for (const QString &path : std::as_const(paths)) {
        const Result<RepoLocation> location = locateRepository(path);
        const QString workTree = location ? location->workTree : path;
        const QString common = location ? location->commonDir : knownCommonDir.value(path);
        if (common.isEmpty())
            continue;
        if (!unitOf.contains(common)) {
            unitOf.insert(common, units.size());
            units.append({.id = repoIdFor(QFile::encodeName(common)),
                          .commonDir = common,
                          .workTrees = {},
                          .family = location ? familyOf(*location) : common});
        }
        QStringList &trees = units[unitOf.value(common)].workTrees;
        const bool isMain = !location || !location->isLinked();
        if (!trees.contains(workTree))
            trees.insert(isMain ? 0 : trees.size(), workTree);
    }
    return units;
}

} // namespace AutoCommit
