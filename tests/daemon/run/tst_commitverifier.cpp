#include "daemon/run/commitverifier.h"

#include "core/store/store.h"
#include "tests/support/temprepo.h"

#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

/// What another machine told of is compared with what this machine's checkout saw on the hub.
class TestCommitVerifier : public QObject
{
    Q_OBJECT

    std::unique_ptr<World> m_world;
    std::unique_ptr<TempRepo> m_here;
    QString m_there; ///< the other machine's checkout

    static constexpr const char *origin = "forge.example.org/dev/hello";

    QString commitThere(const QString &subject) const
    {
        m_world->git(m_there,
                     {u"-c"_s, u"user.name=x"_s, u"-c"_s, u"user.email=x@example.org"_s, u"commit"_s, u"-q"_s,
                      u"--allow-empty"_s, u"-m"_s, subject});
        return QString::fromLatin1(m_world->git(m_there, {u"rev-parse"_s, u"HEAD"_s}).trimmed());
    }
    QString branch() const
    {
        return QString::fromUtf8(m_world->git(m_there, {u"symbolic-ref"_s, u"--short"_s, u"HEAD"_s}).trimmed());
    }
    CommitRecord told(const QString &sha, const QString &onBranch) const
    {
        return {.host = u"cherry"_s,
                .repo = u"abcdefgh12345678"_s,
                .origin = QString::fromLatin1(origin),
                .branch = onBranch,
                .sha = sha,
                .committedAt = wallTime(SystemClock())};
    }
    QStringList seen(const QList<CommitRecord> &commits, const QString &remote = u"origin"_s,
                     const QStringList &aliases = {}) const
    {
        QStringList shas;
        for (const CommitRecord &commit : seenOnHub(commits, {{QString::fromLatin1(origin), m_here->path(), remote}},
                                                    aliases, m_world->tools(), CancelToken::never()))
            shas += commit.sha;
        return shas;
    }

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<World>();
        m_here = std::make_unique<TempRepo>(*m_world, u"here"_s);
        const QString hub = makeHub(*m_world, *m_here);
        m_there = m_world->path(u"there"_s);
        m_world->git(m_world->path(), {u"clone"_s, u"-q"_s, hub, m_there});
    }

    void aCommitIsBelievedOnceTheHubShowsIt()
    {
        const QString sha = commitThere(u"feat: wave"_s);
        const QList<CommitRecord> commits{told(sha, branch())};
        QVERIFY(seen(commits).isEmpty()); // told before it was pushed
        m_world->git(m_there, {u"push"_s, u"-q"_s});
        QVERIFY(seen(commits).isEmpty()); // pushed, and this machine has not looked since
        m_here->git({u"fetch"_s, u"-q"_s});
        QCOMPARE(seen(commits), QStringList{sha});
        commitThere(u"feat: wave again"_s);
        m_world->git(m_there, {u"push"_s, u"-q"_s});
        m_here->git({u"fetch"_s, u"-q"_s});
        QCOMPARE(seen(commits), QStringList{sha}); // an older one of the branch, too
    }

    void aHubThatTheOtherMachineCallsDifferentlyIsTheSameHub()
    {
        const QString sha = commitThere(u"feat: wave"_s);
        m_world->git(m_there, {u"push"_s, u"-q"_s});
        m_here->git({u"fetch"_s, u"-q"_s});
        CommitRecord commit = told(sha, branch());
        commit.origin = u"forge.lan:2222/dev/hello"_s;
        QVERIFY(seen({commit}).isEmpty());
        QCOMPARE(seen({commit}, u"origin"_s, {u"forge.lan:2222=forge.example.org"_s}), QStringList{sha});
    }

    void whatTheHubDoesNotShowIsNotBelieved_data()
    {
        QTest::addColumn<QString>("sha"); // empty: a true one
        QTest::addColumn<QString>("branch"); // empty: the true one
        QTest::addColumn<QString>("remote");
        QTest::newRow("an invented commit") << QString(40, u'a') << QString() << u"origin"_s;
        QTest::newRow("another branch") << QString() << u"release"_s << u"origin"_s;
        QTest::newRow("a pattern") << QString() << u"*"_s << u"origin"_s;
        QTest::newRow("an option") << QString() << u"--all"_s << u"origin"_s;
        QTest::newRow("no branch") << QString() << u" "_s << u"origin"_s;
        QTest::newRow("another remote") << QString() << QString() << u"mirror"_s;
        QTest::newRow("a remote that is an option") << QString() << QString() << u"--all"_s;
    }
    void whatTheHubDoesNotShowIsNotBelieved()
    {
        QFETCH(QString, sha);
        QFETCH(QString, branch);
        QFETCH(QString, remote);
        const QString known = commitThere(u"feat: wave"_s);
        m_world->git(m_there, {u"push"_s, u"-q"_s});
        m_here->git({u"fetch"_s, u"-q"_s});
        QCOMPARE(seen({told(known, this->branch())}), QStringList{known});
        QVERIFY(
            seen({told(sha.isEmpty() ? known : sha, branch.isEmpty() ? this->branch() : branch)}, remote).isEmpty());
    }

    /// Only on this machine, on a branch of the same name: that is no evidence of the hub's.
    void aLocalCommitIsNoEvidence()
    {
        m_here->write("new.txt", "x");
        m_here->git({u"add"_s, u"new.txt"_s});
        m_here->git({u"commit"_s, u"-q"_s, u"-m"_s, u"feat: local"_s});
        QVERIFY(seen({told(QString::fromLatin1(m_here->head()), branch())}).isEmpty());
    }

    void theHistoryListsWhatIsStillToBeSeen()
    {
        const SystemClock clock;
        Store store({.location = m_world->path(u"history.db"_s), .host = u"plum"_s}, clock);
        QVERIFY(store.open().ok());
        CommitRecord others = told(QString(40, u'a'), u"main"_s);
        CommitRecord old = told(QString(40, u'b'), u"main"_s);
        old.committedAt -= std::chrono::hours(48);
        CommitRecord own = told(QString(40, u'c'), u"main"_s);
        own.host = u"plum"_s;
        QVERIFY(store.recordCommits({others, old, own}).ok());
        const auto open
            = [&] { return store.unverifiedCommits(u"plum"_s, wallTime(clock) - std::chrono::hours(24), 10); };
        QCOMPARE(open()->size(), 1);
        QCOMPARE(open()->first().sha, others.sha);
        others.verifiedAt = wallTime(clock);
        QVERIFY(store.recordCommits({others}).ok());
        QVERIFY(open()->isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestCommitVerifier)
#include "tst_commitverifier.moc"
