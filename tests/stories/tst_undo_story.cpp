#include "core/recovery/stallfile.h"
#include "core/service/undo.h"
#include "tests/support/runner.h"

#include <QDir>
#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

/// Taking a commit back, in a real repository.
class TestUndoStory final : public QObject
{
    Q_OBJECT

    std::unique_ptr<World> m_world;
    std::unique_ptr<TempRepo> m_repo;
    SystemClock m_clock;

    Result<Undone> undo(const QByteArray &sha) const
    {
        const auto loaded = loadSettings(m_world->path(u"none.json"_s), m_world->environment());
        const Story none;
        return undoCommit({.path = QFile::encodeName(m_repo->path()), .sha = QString::fromLatin1(sha)},
                          {.tools = m_world->tools(), .settings = *loaded, .clock = m_clock, .story = none}, {});
    }

    QByteArray commit(const QByteArray &file, const QByteArray &content, const QString &subject) const
    {
        m_repo->write(file, content);
        m_repo->git({u"add"_s, u"."_s});
        m_repo->git({u"commit"_s, u"-qm"_s, subject});
        return m_repo->head();
    }

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<World>();
        m_repo = std::make_unique<TempRepo>(*m_world, u"repo"_s);
    }

    void theTipThatNobodySawIsTakenBackAndTheWorkTreeStays()
    {
        const QByteArray before = m_repo->head();
        const QByteArray sha = commit("a.txt", "new\n", u"feat: add a"_s);
        const auto undone = undo(sha);
        QVERIFY2(undone, undone ? "" : qPrintable(undone.error().message));
        QVERIFY(undone->revert.isEmpty());
        QCOMPARE(m_repo->head(), before);
        QCOMPARE(m_repo->read("a.txt"), QByteArray("new\n"));
        QCOMPARE(m_repo->git({u"status"_s, u"--porcelain"_s}), QByteArray("?? a.txt")); // as before it was committed
    }

    void aSecondUndoGoesFurtherBack()
    {
        Store store({.location = m_world->path(u"history.db"_s), .activityLog = {}, .host = u"h"_s}, m_clock);
        QVERIFY(store.open());
        const Timestamp now = wallTime(m_clock);
        const auto made = [&](const char *sha, int second) {
            CommitRecord row{.host = u"h"_s, .repo = u"r"_s, .sha = QString::fromLatin1(sha)};
            row.authoredAt = row.committedAt = now + std::chrono::seconds(second);
            QVERIFY(store.recordCommits({row}));
        };
        const auto next = [&] {
            const auto commit = commitToUndo(store, u"h"_s, u"r"_s, {});
            return commit ? commit->sha : commit.error().message;
        };
        made("aaaaaaa", 0);
        made("bbbbbbb", 1);
        QCOMPARE(next(), u"bbbbbbb"_s);
        made("ccccccc", 2); // the revert of bbbbbbb
        QVERIFY(store.recordAudit({.at = now, .what = u"undo"_s, .target = u"bbbbbbb"_s, .detail = u"ccccccc"_s}));
        QCOMPARE(next(), u"aaaaaaa"_s);
        QVERIFY(store.recordAudit({.at = now, .what = u"undo"_s, .target = u"aaaaaaa"_s, .detail = u"soft"_s}));
        QVERIFY2(next().contains(u"taken back already"_s), qPrintable(next()));
        // A pull puts them on top of what others did: the revert and what it took back get other names.
        QVERIFY(store.recordRenamed(
            {.host = u"h"_s, .repo = u"r"_s, .names = {{u"bbbbbbb"_s, u"ddddddd"_s}, {u"ccccccc"_s, u"eeeeeee"_s}}}));
        QVERIFY2(next().contains(u"taken back already"_s), qPrintable(next()));
    }

    void anEditMadeSinceSurvivesASoftUndo()
    {
        const QByteArray sha = commit("README", "hello again\n", u"docs: say it again"_s);
        m_repo->write("README", "hello again\nand more\n");
        m_repo->write("other", "staged\n");
        m_repo->git({u"add"_s, u"other"_s});
        QVERIFY(undo(sha));
        QCOMPARE(m_repo->read("README"), QByteArray("hello again\nand more\n"));
        QCOMPARE(m_repo->git({u"status"_s, u"--porcelain"_s}), QByteArray("M README\nA  other"));
    }

    void aPushedCommitIsRevertedByANewOne()
    {
        const QString hub = makeHub(*m_world, *m_repo);
        const QByteArray sha = commit("a.txt", "new\n", u"feat: add a"_s);
        m_repo->git({u"push"_s, u"-q"_s});
        const auto undone = undo(sha);
        QVERIFY2(undone, undone ? "" : qPrintable(undone.error().message));
        QCOMPARE(undone->revert.toLatin1(), m_repo->head());
        QCOMPARE(m_repo->subjects().first(), QByteArray("Revert \"feat: add a\""));
        QVERIFY(!QFile::exists(m_repo->file("a.txt")));
        QCOMPARE(m_repo->git({u"status"_s, u"--porcelain"_s}), QByteArray());
    }

    void anOlderCommitIsRevertedAndTheLaterOnesStay()
    {
        commit("a.txt", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", u"feat: numbers"_s);
        const QByteArray older = commit("a.txt", "1\ntwo\n3\n4\n5\n6\n7\n8\n9\n", u"feat: two"_s);
        commit("a.txt", "1\ntwo\n3\n4\n5\n6\n7\neight\n9\n", u"feat: eight"_s);
        m_repo->write("untracked", "mine\n");
        QVERIFY(undo(older));
        QCOMPARE(m_repo->read("a.txt"), QByteArray("1\n2\n3\n4\n5\n6\n7\neight\n9\n"));
        QCOMPARE(m_repo->read("untracked"), QByteArray("mine\n"));
    }

    void pathsWithUncommittedChangesAreNeverTouched()
    {
        const QByteArray older = commit("a.txt", "one\n", u"feat: a"_s);
        commit("b.txt", "b\n", u"feat: b"_s);
        m_repo->write("a.txt", "one\nedited\n");
        const QByteArray head = m_repo->head();
        const auto undone = undo(older);
        QVERIFY(!undone);
        QCOMPARE(undone.error().kind, ErrorKind::WouldOverwrite);
        QCOMPARE(m_repo->head(), head);
        QCOMPARE(m_repo->read("a.txt"), QByteArray("one\nedited\n"));
    }

    void anEditOfAnotherFileDoesNotHinderARevertAndStays()
    {
        const QByteArray older = commit("a.txt", "one\n", u"feat: a"_s);
        commit("b.txt", "b\n", u"feat: b"_s);
        m_repo->write("b.txt", "b\nedited\n");
        QVERIFY(undo(older));
        QVERIFY(!QFile::exists(m_repo->file("a.txt")));
        QCOMPARE(m_repo->read("b.txt"), QByteArray("b\nedited\n"));
        QCOMPARE(m_repo->git({u"status"_s, u"--porcelain"_s}), QByteArray("M b.txt"));
    }

    void aRepositoryThatARecoveryHoldsIsUndoneWhenItsPersonAsks()
    {
        const QByteArray before = m_repo->head();
        const QByteArray sha = commit("a.txt", "new\n", u"feat: add a"_s);
        const auto location = locateRepository(m_repo->path());
        QVERIFY(location);
        const qint64 now = m_clock.wall().time_since_epoch().count();
        constexpr qint64 hour = 3600LL * 1'000'000'000;
        QDir().mkpath(location->commonDir + u"/auto-commit"_s);
        QVERIFY(StallFile(*location).hold({{.path = {}, .until = now + hour}}, now));
        QVERIFY(StallFile(*location).heldUntil(now) > now);
        const auto undone = undo(sha);
        QVERIFY2(undone, undone ? "" : qPrintable(undone.error().message));
        QCOMPARE(m_repo->head(), before);
        QCOMPARE(m_repo->read("a.txt"), QByteArray("new\n"));
    }

    void whatCannotBeUndoneChangesNothingAndSaysWhy_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("a later commit changed the same lines") << u"conflict"_s << ErrorKind::Conflict;
        QTest::newRow("the first commit") << u"first"_s << ErrorKind::Conflict;
        QTest::newRow("a commit of another branch") << u"elsewhere"_s << ErrorKind::HeadMoved;
        QTest::newRow("undone already") << u"twice"_s << ErrorKind::Usage;
    }

    void whatCannotBeUndoneChangesNothingAndSaysWhy()
    {
        QFETCH(const QString, what);
        QFETCH(const ErrorKind, kind);
        QByteArray sha = m_repo->head();
        if (what == u"conflict"_s) {
            sha = commit("a.txt", "one\n", u"feat: a"_s);
            commit("a.txt", "something else\n", u"feat: a again"_s);
        } else if (what == u"elsewhere"_s) {
            m_repo->git({u"checkout"_s, u"-q"_s, u"-b"_s, u"side"_s});
            sha = commit("a.txt", "one\n", u"feat: a"_s);
            m_repo->git({u"checkout"_s, u"-q"_s, u"-"_s});
        } else if (what == u"twice"_s) {
            sha = commit("a.txt", "one\n", u"feat: a"_s);
            commit("b.txt", "b\n", u"feat: b"_s);
            QVERIFY(undo(sha));
        }
        const QByteArray head = m_repo->head();
        const auto tree = m_repo->tree();
        const auto undone = undo(sha);
        QVERIFY(!undone);
        QCOMPARE(undone.error().kind, kind);
        if (what == u"conflict"_s) // whoever is told so has to know how it goes on
            QVERIFY2(undone.error().message.contains(u"git revert "_s + QString::fromLatin1(sha.left(10))),
                     qPrintable(undone.error().message));
        QCOMPARE(m_repo->head(), head);
        QCOMPARE(m_repo->tree(), tree);
    }
};

QTEST_GUILESS_MAIN(TestUndoStory)
#include "tst_undo_story.moc"
