#include "daemon/run/discovery.h"
#include "tests/support/temprepo.h"

#include <QDir>
#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

class TestDiscovery final : public QObject
{
    Q_OBJECT

    std::unique_ptr<World> m_world;

    QString root() const { return QDir(m_world->path()).canonicalPath() + u"/code"_s; }

    QList<RepoUnit> find(const QList<RepoUnit> &known = {}, bool inside = true) const
    {
        return findRepositories({.roots = {root()},
                                 .recursive = true,
                                 .options = {.depth = 6, .exclude = {u"node_modules"_s}},
                                 .insideCheckouts = inside,
                                 .known = known});
    }

    QStringList names(const QList<RepoUnit> &units) const
    {
        QStringList list;
        for (const RepoUnit &unit : units)
            for (const QString &tree : unit.workTrees)
                list += tree.mid(root().size() + 1);
        return list;
    }

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<World>();
        QDir().mkpath(m_world->path(u"code"_s));
        TempRepo(*m_world, u"code/a"_s);
        TempRepo(*m_world, u"code/group/b"_s);
    }

    void checkoutsAreFoundInOrderAndNewAndVanishedOnesAreNoticed()
    {
        const auto first = find();
        QCOMPARE(names(first), (QStringList{u"a"_s, u"group/b"_s}));
        QVERIFY(first[0].id != first[1].id);
        TempRepo(*m_world, u"code/c"_s);
        QVERIFY(QDir(root() + u"/a"_s).removeRecursively());
        QCOMPARE(names(find(first)), (QStringList{u"c"_s, u"group/b"_s}));
    }

    void linkLoopsAndExcludedNamesAreNotEntered()
    {
        QVERIFY(QFile::link(root(), root() + u"/group/loop"_s));
        TempRepo(*m_world, u"code/node_modules/dep"_s);
        QCOMPARE(names(find()), (QStringList{u"a"_s, u"group/b"_s}));
    }

    void aSubmoduleAndItsSuperprojectAreAFamilyInnermostFirst()
    {
        m_world->git(root() + u"/group/b"_s,
                     {u"-c"_s, u"protocol.file.allow=always"_s, u"submodule"_s, u"--quiet"_s, u"add"_s,
                      root() + u"/a"_s, u"lib"_s});
        const auto units = find();
        QCOMPARE(names(units), (QStringList{u"a"_s, u"group/b"_s, u"group/b/lib"_s}));
        QCOMPARE(familiesOf(units), (QList<QStringList>{{units[2].id, units[1].id}}));
    }

    void linkedWorkTreesAreOneRepository()
    {
        m_world->git(root() + u"/group/b"_s, {u"worktree"_s, u"add"_s, u"-q"_s, root() + u"/aaa"_s});
        const auto units = find();
        QCOMPARE(units.size(), 2);
        const auto unit = std::ranges::find_if(units, [](const RepoUnit &u) { return u.workTrees.size() == 2; });
        QVERIFY(unit != units.end());
        QCOMPARE(unit->workTrees, (QStringList{root() + u"/group/b"_s, root() + u"/aaa"_s})); // the main one first
    }

    void aShortWalkKeepsTheCheckoutsInsideOthers()
    {
        TempRepo(*m_world, u"code/a/inner"_s);
        const auto all = find();
        QCOMPARE(names(all), (QStringList{u"a"_s, u"a/inner"_s, u"group/b"_s}));
        QCOMPARE(names(find({}, false)), (QStringList{u"a"_s, u"group/b"_s}));
        QCOMPARE(names(find(all, false)), names(all));
        QVERIFY(QDir(root() + u"/a/inner"_s).removeRecursively());
        QCOMPARE(names(find(all, false)), (QStringList{u"a"_s, u"group/b"_s}));
    }

    void aRootThatIsNotThereKeepsWhatIsKnownBelowIt()
    {
        const auto all = find();
        QVERIFY(QDir().rename(root(), root() + u"-unmounted"_s));
        QCOMPARE(names(find(all)), names(all));
    }

    void withoutRecursionTheRootsAreTheCheckouts()
    {
        const auto units = findRepositories({.roots = {root() + u"/group/b"_s}, .recursive = false, .options = {}});
        QCOMPARE(names(units), QStringList{u"group/b"_s});
    }
};

QTEST_GUILESS_MAIN(TestDiscovery)
#include "tst_discovery.moc"
