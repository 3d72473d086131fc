#include "core/sync/localhub.h"

#include "tests/support/temprepo.h"

#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

class TestLocalHub final : public QObject
{
    Q_OBJECT

    World m_world;

private Q_SLOTS:
    void aLooseAndAPackedRefAreRead()
    {
        const TempRepo repo(m_world, u"repo"_s);
        const QString hub = makeHub(m_world, repo);
        QCOMPARE(localHubTip(hub, "refs/heads/main"), std::optional(repo.head()));
        m_world.git(hub, {u"pack-refs"_s, u"--all"_s});
        QCOMPARE(localHubTip(hub, "refs/heads/main"), std::optional(repo.head()));
    }

    void aCheckoutServesAsHubToo()
    {
        const TempRepo repo(m_world, u"other"_s);
        QCOMPARE(localHubTip(repo.path(), "refs/heads/main"), std::optional(repo.head()));
    }

    void whatIsNotCertainIsLeftToGit()
    {
        const TempRepo repo(m_world, u"odd"_s);
        repo.git({u"symbolic-ref"_s, u"refs/heads/alias"_s, u"refs/heads/main"_s});
        QCOMPARE(localHubTip(repo.path(), "refs/heads/alias"), std::nullopt);
        QCOMPARE(localHubTip(repo.path(), "refs/heads/none"), std::nullopt);
        QCOMPARE(localHubTip(m_world.path(u"nowhere"_s), "refs/heads/main"), std::nullopt);
        QDir().mkpath(repo.path() + u"/.git/reftable"_s);
        QCOMPARE(localHubTip(repo.path(), "refs/heads/main"), std::nullopt);
    }
};

QTEST_GUILESS_MAIN(TestLocalHub)
#include "tst_localhub.moc"
