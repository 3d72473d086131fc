#include "core/engine/nuclei.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace AutoCommit {

namespace {

using View = std::string_view;

struct Named
{
    QByteArray folder; ///< without the last '/'
    QByteArray base;
    QByteArray name; ///< base up to its last dot
    QByteArray ending; ///< behind it, lower case
};

Named named(const QByteArray &path)
{
    Named n;
    const qsizetype slash = path.lastIndexOf('/');
    n.folder = path.left(std::max<qsizetype>(0, slash));
    n.base = path.mid(slash + 1);
    const qsizetype dot = n.base.lastIndexOf('.');
    n.name = dot > 0 ? n.base.left(dot) : n.base;
    n.ending = dot > 0 ? n.base.mid(dot + 1).toLower() : QByteArray();
    return n;
}

/// Which manifest a lock file pins; the manifest is named in lower case.
constexpr std::array<std::pair<View, View>, 15> lockedBy{{{"package-lock.json", "package.json"},
                                                          {"npm-shrinkwrap.json", "package.json"},
                                                          {"pnpm-lock.yaml", "package.json"},
                                                          {"yarn.lock", "package.json"},
                                                          {"bun.lock", "package.json"},
                                                          {"bun.lockb", "package.json"},
                                                          {"cargo.lock", "cargo.toml"},
                                                          {"go.sum", "go.mod"},
                                                          {"poetry.lock", "pyproject.toml"},
                                                          {"uv.lock", "pyproject.toml"},
                                                          {"pdm.lock", "pyproject.toml"},
                                                          {"composer.lock", "composer.json"},
                                                          {"gemfile.lock", "gemfile"},
                                                          {"pipfile.lock", "pipfile"},
                                                          {"flake.lock", "flake.nix"}}};

bool isHeader(const QByteArray &ending)
{
    return ending == "h" || ending == "hpp" || ending == "hh" || ending == "hxx";
}

bool isCompiled(const QByteArray &ending)
{
    return ending == "c" || ending == "cpp" || ending == "cc" || ending == "cxx" || ending == "m" || ending == "mm";
}

/// Names that every folder has one of: equal names say nothing there.
bool isCommonName(const QByteArray &name)
{
    constexpr std::array<View, 12> common{"index", "main",  "mod",    "lib",    "utils",    "util",
                                          "types", "setup", "config", "common", "__init__", "helpers"};
    const qsizetype dot = name.indexOf('.', 1);
    const QByteArray lower = (dot < 0 ? name : name.left(dot)).toLower();
    return std::find(common.begin(), common.end(), View(lower.constData(), static_cast<std::size_t>(lower.size())))
        != common.end();
}

bool below(const QByteArray &folder, const QByteArray &top)
{
    return top.isEmpty() || folder == top || folder.startsWith(top + '/');
}

class Finder
{
public:
    Finder(const QList<FileChange> &files, const std::vector<PathFacts> &paths)
        : m_files(files)
        , m_paths(paths)
    {
        for (const FileChange &file : files)
            m_names.push_back(named(file.path));
    }

    std::vector<Nucleus> find()
    {
        for (std::size_t i = 0; i < m_names.size(); ++i) {
            if (m_paths[i].pathClass == PathClass::Lock)
                joinLock(i);
            if (m_paths[i].pathClass == PathClass::Test || m_paths[i].pathClass == PathClass::Snapshot)
                joinTest(i);
            for (std::size_t j = i + 1; j < m_names.size(); ++j)
                joinAlike(i, j);
        }
        return std::move(m_found);
    }

private:
    void join(std::size_t i, std::size_t j, Bond bond) { m_found.push_back({std::min(i, j), std::max(i, j), bond}); }

    /// The manifest beside the lock file, or the only one below it (a workspace).
    void joinLock(std::size_t lock)
    {
        const QByteArray base = m_names[lock].base.toLower();
        const auto entry = std::find_if(lockedBy.begin(), lockedBy.end(), [&](const auto &pair) {
            return base == QByteArrayView(pair.first.data(), static_cast<qsizetype>(pair.first.size()));
        });
        if (entry == lockedBy.end())
            return;
        std::vector<std::size_t> inside;
        for (std::size_t i = 0; i < m_names.size(); ++i) {
            const QByteArrayView manifest(entry->second.data(), static_cast<qsizetype>(entry->second.size()));
            if (m_names[i].base.toLower() != manifest || !below(m_names[i].folder, m_names[lock].folder))
                continue;
            if (m_names[i].folder == m_names[lock].folder)
                return join(lock, i, Bond::ManifestAndLock);
            inside.push_back(i);
        }
        if (inside.size() == 1)
            join(lock, inside.front(), Bond::ManifestAndLock);
    }

    /// What a test tests: the one file with its name, where that is beyond doubt.
    void joinTest(std::size_t test)
    {
        const bool snapshot = m_paths[test].pathClass == PathClass::Snapshot;
        const PathClass wanted = snapshot ? PathClass::Test : PathClass::Source;
        if (m_paths[test].stem == 0 || m_paths[test].stemLength < 4 || (!snapshot && !saysTest(test)))
            return;
        std::optional<std::size_t> found;
        for (std::size_t i = 0; i < m_paths.size(); ++i) {
            if (m_paths[i].pathClass != wanted || m_paths[i].stem != m_paths[test].stem)
                continue;
            if (found)
                return;
            found = i;
        }
        if (found && !isCommonName(m_names[*found].name))
            join(test, *found, snapshot ? Bond::SnapshotAndTest : Bond::TestAndSource);
    }

    /// By its own name, or (tests/gauges.py for src/gauges.py) by its folder and a name long enough to be no accident.
    bool saysTest(std::size_t i) const
    {
        const QByteArray lower = m_names[i].name.toLower();
        return m_paths[i].testMark || m_paths[i].stemLength >= 6 || lower.endsWith("test") || lower.endsWith("tests")
            || lower.endsWith("spec");
    }

    void joinAlike(std::size_t i, std::size_t j)
    {
        const Named &a = m_names[i];
        const Named &b = m_names[j];
        const bool code = (isHeader(a.ending) && isCompiled(b.ending)) || (isHeader(b.ending) && isCompiled(a.ending));
        if (a.name == b.name && code && (a.folder == b.folder || !isCommonName(a.name)))
            join(i, j, Bond::HeaderAndSource);
        else if (a.name == b.name && a.folder == b.folder && isComponent(i) && isComponent(j))
            join(i, j, Bond::SameName);
        const FileChange &f = m_files[static_cast<qsizetype>(i)];
        const FileChange &g = m_files[static_cast<qsizetype>(j)];
        if ((f.kind == ChangeKind::Deleted && g.kind == ChangeKind::Added && !f.oldBlob.isEmpty()
             && f.oldBlob == g.newBlob)
            || (g.kind == ChangeKind::Deleted && f.kind == ChangeKind::Added && !g.oldBlob.isEmpty()
                && g.oldBlob == f.newBlob))
            join(i, j, Bond::Moved);
    }

    bool isComponent(std::size_t i) const
    {
        constexpr std::array<View, 16> endings{"ts",   "tsx",  "js",   "jsx",   "vue",  "svelte", "html", "css",
                                               "scss", "less", "sass", "razor", "xaml", "cs",     "hbs",  "ui"};
        const QByteArray &e = m_names[i].ending;
        return std::find(endings.begin(), endings.end(), View(e.constData(), static_cast<std::size_t>(e.size())))
            != endings.end();
    }

    const QList<FileChange> &m_files;
    const std::vector<PathFacts> &m_paths;
    std::vector<Named> m_names;
    std::vector<Nucleus> m_found;
};

} // namespace

std::vector<Nucleus> findNuclei(const QList<FileChange> &files, const std::vector<PathFacts> &paths)
{
    return Finder(files, paths).find();
}

} // namespace AutoCommit
