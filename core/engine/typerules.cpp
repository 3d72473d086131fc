#include "core/engine/typerules.h"

#include "core/engine/renamed.h"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace AutoCommit {

namespace {

TypeSet setOf(std::initializer_list<CommitType> types)
{
    TypeSet set;
    for (const CommitType type : types)
        set.set(static_cast<std::size_t>(type));
    return set;
}

using ClassSet = std::bitset<pathClassCount>;

ClassSet classesOf(std::initializer_list<PathClass> classes)
{
    ClassSet set;
    for (const PathClass c : classes)
        set.set(static_cast<std::size_t>(c));
    return set;
}

bool isWithin(const ClassSet &part, const ClassSet &whole)
{
    return part.any() && (part & ~whole).none();
}

/// What programs append to: nobody wrote it as a feature.
bool isRecord(const QByteArray &path)
{
    constexpr std::array<const char *, 9> ends{".log", ".csv", ".tsv", ".jsonl", ".ndjson",
                                               ".dat", ".out", ".db",  ".sqlite"};
    const QByteArray lower = path.toLower();
    return std::any_of(ends.begin(), ends.end(), [&](const char *end) { return lower.endsWith(end); });
}

class Rules
{
public:
    Rules(const ChangeSet &change, const QList<qsizetype> &files, const History &history)
        : m_change(change)
        , m_files(files)
        , m_history(history)
        , m_young(history.typedMaturity() < 1)
    {
        for (const qsizetype i : files)
            m_classes.set(static_cast<std::size_t>(classOfPath(change.files[i].path)));
    }

    TypeSet possible() const
    {
        if (m_files.isEmpty())
            return TypeSet().set();
        if (const TypeSet told = byPaths(); told.any())
            return told;
        if (const TypeSet told = byLines(); told.any())
            return told;
        return m_young ? whileYoung() : TypeSet().set();
    }

private:
    template <typename Test> bool all(Test test) const
    {
        return std::all_of(m_files.begin(), m_files.end(), [&](qsizetype i) { return test(m_change.files[i]); });
    }

    TypeSet byPaths() const
    {
        const auto within = [&](std::initializer_list<PathClass> classes, CommitType usual) {
            const ClassSet group = classesOf(classes);
            return isWithin(m_classes, group) ? setOf({usual}) | byHabit(group) : TypeSet();
        };
        if (all([](const FileChange &f) { return isRecord(f.path); }))
            return setOf({CommitType::Chore});
        if (isWithin(m_classes, classesOf({PathClass::Manifest, PathClass::Lock})) && changesOwnVersion())
            return setOf({CommitType::Chore}) | byHabit(m_classes);
        TypeSet told = within({PathClass::Docs, PathClass::Changelog}, CommitType::Docs);
        told |= within({PathClass::Test, PathClass::Snapshot}, CommitType::Test);
        told |= within({PathClass::Ci}, CommitType::Ci);
        told |= within({PathClass::Build, PathClass::Manifest, PathClass::Lock}, CommitType::Build);
        return told;
    }

    /// Everything, once this repository has typed ten commits of such files: then its own ways are known. Else nothing.
    TypeSet byHabit(const ClassSet &group) const
    {
        constexpr int fewest = 10;
        int typed = 0;
        for (std::size_t c = 0; c < m_history.heads.size() && typed < fewest; ++c) {
            ClassSet classes;
            for (const quint32 path : m_history.pathsOf[c])
                classes.set(static_cast<std::size_t>(m_history.paths[path].facts.pathClass));
            typed += m_history.heads[c] && isWithin(classes, group);
        }
        return typed >= fewest ? TypeSet().set() : TypeSet();
    }

    TypeSet byLines() const
    {
        const auto isProse = [](const FileChange &f) { return classOfPath(f.path) == PathClass::Docs; };
        if (all([&](const FileChange &f) { return isProse(f) || onlyComments(f); }))
            return setOf({CommitType::Docs, CommitType::Chore, CommitType::Refactor});
        if (onlyRenames(m_change, m_files))
            return setOf({CommitType::Refactor});
        const bool code = isWithin(m_classes, classesOf({PathClass::Source, PathClass::Test}));
        if (m_young && code && replacesDefinition(m_change, m_files))
            return setOf({CommitType::Refactor});
        return {};
    }

    /// A package's own version ("version": "1.2.3" and nothing else), not that of something it depends on.
    bool changesOwnVersion() const
    {
        return all([](const FileChange &file) {
            return !file.hunks.isEmpty() && std::all_of(file.hunks.begin(), file.hunks.end(), [](const Hunk &hunk) {
                const auto own = [](const QByteArray &line) {
                    QByteArray text = line.trimmed();
                    while (text.startsWith('"') || text.startsWith('\''))
                        text.remove(0, 1);
                    return text.startsWith("version");
                };
                return std::all_of(hunk.removed.begin(), hunk.removed.end(), own)
                    && std::all_of(hunk.added.begin(), hunk.added.end(), own);
            });
        });
    }

    /// Where no habit speaks: what the files cannot be is left out.
    TypeSet whileYoung() const
    {
        TypeSet set = TypeSet().set();
        if (!all(onlyBlanks))
            set &= ~setOf({CommitType::Style});
        const bool shrinks = all([](const FileChange &f) {
            return f.kind == ChangeKind::Deleted || (f.kind == ChangeKind::Modified && f.addedLines <= f.removedLines);
        });
        const bool anyGone = std::any_of(m_files.begin(), m_files.end(),
                                         [&](qsizetype i) { return m_change.files[i].kind == ChangeKind::Deleted; });
        if (shrinks && anyGone)
            set &= ~setOf({CommitType::Feat, CommitType::Fix, CommitType::Perf});
        const bool modified = all([](const FileChange &f) { return f.kind == ChangeKind::Modified; });
        if (modified && isWithin(m_classes, classesOf({PathClass::Data, PathClass::Config})))
            return all([](const FileChange &f) { return !f.path.endsWith(".sql"); }) ? setOf({CommitType::Chore}) : set;
        const ClassSet product = classesOf(
            {PathClass::Source, PathClass::Sheet, PathClass::Translation, PathClass::Asset, PathClass::Data});
        if ((m_classes & product).none())
            return set & ~setOf({CommitType::Feat, CommitType::Fix, CommitType::Perf});
        set &= ~setOf({CommitType::Docs, CommitType::Test, CommitType::Ci}); // those commits have such files alone
        const ClassSet code = classesOf({PathClass::Source, PathClass::Sheet, PathClass::Translation});
        return (m_classes & code).any() ? set & ~setOf({CommitType::Build}) : set;
    }

    const ChangeSet &m_change;
    const QList<qsizetype> &m_files;
    const History &m_history;
    bool m_young = false;
    ClassSet m_classes;
};

} // namespace

TypeSet possibleTypes(const ChangeSet &change, const QList<qsizetype> &files, const History &history)
{
    return Rules(change, files, history).possible();
}

} // namespace AutoCommit
