#include "core/agent/outbox.h"

#include "core/pipeline/repocontext.h"
#include "tests/support/runner.h"

#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

/// What the other machine still has to be told, over kills, pushes and rebases.
class TestOutbox : public QObject
{
    Q_OBJECT

    struct Lab
    {
        World world;
        TempRepo repo{world, u"plum"_s};
        SystemClock clock;
        QString directory = world.path(u"outbox"_s);
        Outbox outbox{directory, u"plum"_s, clock};

        QByteArray commit(const QByteArray &name, const QByteArray &subject) const
        {
            repo.write(name, name);
            repo.git({u"add"_s, u"-A"_s});
            repo.git({u"commit"_s, u"-q"_s, u"-m"_s, QString::fromUtf8(subject)});
            return repo.head();
        }
        RunReport report(const QList<QByteArray> &shas, bool pushed, bool needsPush) const
        {
            const RepoLocation location = *locateRepository(repo.path());
            RunReport made{.path = location.workTree,
                           .commonDir = location.commonDir,
                           .branch = u"main"_s,
                           .origin = u"hub/me/r"_s,
                           .state = RunState::Committed,
                           .pushed = pushed,
                           .needsPush = needsPush};
            for (const QByteArray &sha : shas)
                made.commits
                    += {.sha = sha,
                        .subject = QString::fromUtf8(
                            repo.git({u"log"_s, u"-1"_s, u"--format=%s"_s, QString::fromLatin1(sha)}).trimmed()),
                        .paths = {"f"}};
            return made;
        }
        QStringList ready()
        {
            QStringList shas;
            const auto commits = outbox.ready(100);
            for (const CommitRecord &commit : *commits)
                shas += commit.sha;
            return shas;
        }
        /// A run that is about to make these commits.
        void intend(const QStringList &subjects)
        {
            LoadedSettings loaded;
            RepoContext context({.clock = clock}, Git(world.tools(), *locateRepository(repo.path()), {}), loaded);
            context.status.head = repo.head();
            context.status.branch = "main";
            context.changes.files = {{.path = "f"}};
            for (const QString &subject : subjects)
                context.plan += {.files = {0}, .subject = subject, .source = MessageSource::Llm, .model = u"writer"_s};
            QVERIFY(outbox.intend(context));
        }
    };

private Q_SLOTS:
    void whatIsOnTheHubCanBeToldAtOnce()
    {
        Lab lab;
        const QByteArray before = lab.repo.head();
        const QByteArray sha = lab.commit("a", "feat: a");
        QVERIFY(lab.outbox.finish(lab.report({sha}, true, false), lab.world.tools()));
        const auto ready = lab.outbox.ready(100);
        QCOMPARE(ready->size(), 1);
        QCOMPARE(ready->first().sha, QString::fromLatin1(sha));
        QCOMPARE(ready->first().parent, QString::fromLatin1(before));
        QVERIFY(ready->first().pushedAt);
        QVERIFY(lab.outbox.remove(*ready));
        QVERIFY(lab.ready().isEmpty());
    }

    void whatIsNotPushedWaitsForThePushAndKeepsTheOrder()
    {
        Lab lab;
        const QByteArray one = lab.commit("a", "feat: a");
        QVERIFY(lab.outbox.finish(lab.report({one}, false, true), lab.world.tools()));
        QVERIFY(lab.ready().isEmpty());
        const QByteArray two = lab.commit("b", "feat: b");
        QVERIFY(lab.outbox.finish(lab.report({two}, true, false), lab.world.tools()));
        QCOMPARE(lab.ready(), (QStringList{QString::fromLatin1(one), QString::fromLatin1(two)}));
    }

    void whatTheHubHasIsToldAlthoughTheAnswerToThePushWasLost()
    {
        Lab lab;
        const QByteArray one = lab.commit("a", "feat: a");
        QVERIFY(lab.outbox.finish(lab.report({one}, false, true), lab.world.tools()));
        RunReport later = lab.report({}, false, false);
        later.state = RunState::Clean;
        QVERIFY(lab.outbox.finish(later, lab.world.tools())); // no upstream, no proof
        later.upstream = u"origin/main"_s;
        later.ahead = 1;
        QVERIFY(lab.outbox.finish(later, lab.world.tools()));
        QVERIFY(lab.ready().isEmpty());
        later.ahead = 0;
        QVERIFY(lab.outbox.finish(later, lab.world.tools()));
        QCOMPARE(lab.ready(), QStringList{QString::fromLatin1(one)});
        QVERIFY(lab.outbox.ready(1)->first().pushedAt);
    }

    void withoutAHubItIsToldAtOnce()
    {
        Lab lab;
        const QByteArray one = lab.commit("a", "feat: a");
        QVERIFY(lab.outbox.finish(lab.report({one}, false, false), lab.world.tools()));
        QCOMPARE(lab.ready(), QStringList{QString::fromLatin1(one)});
        QVERIFY(!lab.outbox.ready(1)->first().pushedAt);
    }

    void aCommitThatGotANewNameIsToldByIt()
    {
        Lab lab;
        const QByteArray one = lab.commit("a", "feat: a");
        QVERIFY(lab.outbox.finish(lab.report({one}, false, true), lab.world.tools()));
        lab.repo.git({u"commit"_s, u"-q"_s, u"--amend"_s, u"--no-edit"_s, u"--date=2001-01-01T00:00:00"_s});
        QVERIFY(lab.repo.head() != one);
        QVERIFY(lab.outbox.finish(lab.report({}, true, false), lab.world.tools()));
        QCOMPARE(lab.ready(), QStringList{QString::fromLatin1(lab.repo.head())});
    }

    void theSameRunToldTwiceIsThereOnce()
    {
        Lab lab;
        const QByteArray one = lab.commit("a", "feat: a");
        const RunReport report = lab.report({one}, true, false);
        QVERIFY(lab.outbox.finish(report, lab.world.tools()));
        QVERIFY(lab.outbox.finish(report, lab.world.tools()));
        QCOMPARE(lab.ready().size(), 1);
    }

    void aRunThatWasKilledAfterItsCommitsIsFound()
    {
        Lab lab;
        lab.intend({u"feat: a"_s, u"fix: b"_s});
        const QByteArray one = lab.commit("a", "feat: a");
        const QByteArray two = lab.commit("b", "fix: b");
        lab.commit("c", "by hand, later");
        Outbox next(lab.directory, u"plum"_s, lab.clock); // another process
        QVERIFY(next.settle(lab.world.tools()));
        QCOMPARE(lab.ready(), (QStringList{QString::fromLatin1(one), QString::fromLatin1(two)}));
        QCOMPARE(next.ready(1)->first().source, MessageSource::Llm);
        QCOMPARE(next.ready(1)->first().model, u"writer"_s);
        QVERIFY(next.settle(lab.world.tools()));
        QCOMPARE(lab.ready().size(), 2);
    }

    void aRunThatWasKilledBeforeItsCommitsLeavesNothing()
    {
        Lab lab;
        lab.intend({u"feat: a"_s});
        QVERIFY(lab.outbox.settle(lab.world.tools()));
        QVERIFY(lab.ready().isEmpty());
        lab.commit("a", "feat: a"); // by hand, much later
        QVERIFY(lab.outbox.settle(lab.world.tools()));
        QVERIFY(lab.ready().isEmpty());
    }

    void aRunThatGoesOnIsLeftAlone()
    {
        Lab lab;
        lab.intend({u"feat: a"_s});
        {
            const auto lock = RepoLock::acquire(*locateRepository(lab.repo.path()));
            QVERIFY(lock);
            QVERIFY(lab.outbox.settle(lab.world.tools()));
        }
        const QByteArray one = lab.commit("a", "feat: a");
        QVERIFY(lab.outbox.settle(lab.world.tools()));
        QCOMPARE(lab.ready(), QStringList{QString::fromLatin1(one)});
    }

    void theNextRunTakesInWhatTheKilledOneLeft()
    {
        Lab lab;
        lab.intend({u"feat: a"_s});
        const QByteArray one = lab.commit("a", "feat: a");
        lab.intend({u"feat: z"_s});
        QCOMPARE(lab.ready(), QStringList{QString::fromLatin1(one)});
    }

    /// Whose words the intent does not know: a hook changed them.
    void whatAKilledRunNotedIsToldWithItsTime()
    {
        Lab lab;
        const QByteArray one = lab.commit("a", "feat: a");
        const QByteArray two = lab.commit("b", "feat: b");
        RunReport next = lab.report({two}, true, false);
        next.untold = lab.report({one}, false, false).commits;
        next.untold.first().madeAt = Clock::Wall(std::chrono::hours(480'000));
        QVERIFY(lab.outbox.finish(next, lab.world.tools()));
        QCOMPARE(lab.ready(), (QStringList{QString::fromLatin1(one), QString::fromLatin1(two)}));
        const CommitRecord first = lab.outbox.ready(1)->first();
        QCOMPARE(first.committedAt, Timestamp(std::chrono::hours(480'000)));
        QVERIFY(first.pushedAt);
    }

    void whetherAKilledRunPushedIsAskedOfTheHub()
    {
        Lab lab;
        const QByteArray one = lab.commit("a", "feat: a");
        RunReport next = lab.report({}, false, false);
        next.untold = lab.report({one}, false, false).commits;
        next.upstream = u"origin/main"_s;
        next.ahead = 1;
        next.error = Error{ErrorKind::Unreachable, u"the hub is away"_s};
        QVERIFY(lab.outbox.finish(next, lab.world.tools()));
        QVERIFY(lab.ready().isEmpty());
        next.error.reset();
        next.ahead = 0;
        QVERIFY(lab.outbox.finish(next, lab.world.tools()));
        QCOMPARE(lab.ready(), QStringList{QString::fromLatin1(one)});
    }

    void aNoteThatTheHistoryCouldNotTakeIsToldOnce()
    {
        Lab lab;
        const QByteArray one = lab.commit("a", "feat: a");
        RunReport next = lab.report({}, true, false);
        next.untold = lab.report({one}, false, false).commits;
        QVERIFY(lab.outbox.finish(next, lab.world.tools()));
        QVERIFY(lab.outbox.remove(*lab.outbox.ready(10)));
        QVERIFY(lab.outbox.finish(next, lab.world.tools()));
        QVERIFY(lab.ready().isEmpty());
    }

    void aRebaseGivesWhatIsHeldItsNewNameOrTakesItAway()
    {
        Lab lab;
        const QByteArray one = lab.commit("a", "feat: a");
        const QByteArray two = lab.commit("b", "feat: b");
        QVERIFY(lab.outbox.finish(lab.report({one, two}, false, true), lab.world.tools()));
        lab.repo.git({u"commit"_s, u"-q"_s, u"--amend"_s, u"-m"_s, u"quite other words"_s});
        RunReport next = lab.report({}, false, true);
        next.renamed = {{one, {}}, {two, lab.repo.head()}};
        QVERIFY(lab.outbox.finish(next, lab.world.tools()));
        QVERIFY(lab.outbox.finish(lab.report({}, true, false), lab.world.tools()));
        QCOMPARE(lab.ready(), QStringList{QString::fromLatin1(lab.repo.head())});
    }

    void onlyTheOwnerCanReadIt()
    {
        Lab lab;
        QVERIFY(lab.outbox.finish(lab.report({lab.commit("a", "feat: a")}, true, false), lab.world.tools()));
        QCOMPARE(
            QFile::permissions(lab.directory + u"/outbox.json"_s)
                & (QFileDevice::ReadGroup | QFileDevice::ReadOther | QFileDevice::WriteGroup | QFileDevice::WriteOther),
            QFileDevice::Permissions());
    }
};

QTEST_GUILESS_MAIN(TestOutbox)
#include "tst_outbox.moc"
