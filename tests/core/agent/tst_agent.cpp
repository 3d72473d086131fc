#include "core/agent/agent.h"

#include "tests/core/privacy/samples.h"
#include "tests/support/fakehost.h"
#include "tests/support/runner.h"

#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

/// A machine whose messages another one writes: real git, a real hub, the other machine's service without HTTP.
class TestAgent : public QObject
{
    Q_OBJECT

    struct Lab
    {
        World world;
        TempRepo repo{world, u"plum"_s};
        QString hub = makeHub(world, repo);
        FakeHost host;
        SystemClock clock;
        LoadedSettings loaded;
        QList<RunReport> reports;
        std::unique_ptr<Agent> agent;

        Agent &start(bool background = false)
        {
            agent = std::make_unique<Agent>(
                host, world.tools(), loaded, clock, "salt", [this] { return QStringList{repo.path()}; },
                AgentOptions{.host = u"plum"_s, .outbox = world.path(u"outbox"_s), .background = background});
            return *agent;
        }
        RunReport sweep()
        {
            if (!agent)
                start();
            return agent->sweepOnce({}).first();
        }
        QStringList shas() const ///< of everything but the first commit, oldest first
        {
            const QByteArray log = repo.git({u"log"_s, u"--reverse"_s, u"--format=%H"_s});
            return QString::fromLatin1(log.trimmed()).split(u'\n').mid(1);
        }
        QByteArray hubHead() const { return world.git(hub, {u"rev-parse"_s, u"main"_s}).trimmed(); }
    };

    static Error away() { return {ErrorKind::Unreachable, u"apricot cannot be reached"_s}; }

private Q_SLOTS:
    void aChangeIsCommittedInTheHostsWordsPushedAndTold()
    {
        Lab lab;
        lab.host.subject = u"feat: greet the other machine"_s;
        lab.repo.write("greet.py", "print('hello')\n");
        const RunReport report = lab.sweep();
        QCOMPARE(report.state, RunState::Committed);
        QCOMPARE(report.commits.size(), 1);
        QCOMPARE(report.commits[0].subject, u"feat: greet the other machine"_s);
        QCOMPARE(report.commits[0].source, MessageSource::Llm);
        QCOMPARE(report.commits[0].model, u"writer"_s);
        QCOMPARE(lab.hubHead(), lab.repo.head());
        QCOMPARE(lab.host.recorded, lab.shas());
        QCOMPARE(lab.host.records[0][u"subject"].toString(), u"feat: greet the other machine"_s);
        QVERIFY(!lab.host.records[0][u"pushed_at"].isNull());
        const QJsonObject beat = lab.host.lastHeartbeat[u"repos"][0].toObject();
        QCOMPARE(beat[u"head"].toString(), QString::fromLatin1(lab.repo.head()));
        QCOMPARE(beat[u"branch"].toString(), u"main"_s);
        QVERIFY(!beat[u"origin"].toString().isEmpty());
        QCOMPARE(beat[u"ahead"].toInt(), 0);
        QCOMPARE(lab.agent->status().hostState, u"ok"_s);
        QCOMPARE(lab.agent->status().host.name, u"apricot"_s);
    }

    void aCheckoutInTroubleIsSaidThoughTheHostAnswers()
    {
        Lab lab;
        lab.repo.write(".git/MERGE_HEAD", lab.repo.head() + '\n');
        lab.repo.write("greet.py", "print('hello')\n");
        QVERIFY(lab.sweep().needsUser());
        QCOMPARE(lab.agent->status().hostState, u"ok"_s);
        QCOMPARE(lab.agent->status().line, u"1 checkout needs you; apricot answers"_s);
    }

    /// The history of this machine gets its rows after the other one's: until then the note is all there is.
    void theNoteOfACommitIsLeftToWhoeverKeepsTheHistory()
    {
        Lab lab;
        lab.repo.write("greet.py", "print('hello')\n");
        const RunReport report = lab.sweep();
        QCOMPARE(report.notes.size(), 1);
        QVERIFY(QFile::exists(report.notes[0]));
        const RunReport next = lab.sweep(); // the history was not there
        QCOMPARE(next.untold.size(), 1);
        QCOMPARE(next.untold[0].sha, report.commits[0].sha);
        QVERIFY(next.untold[0].madeAt);
        QCOMPARE(lab.host.recorded, lab.shas());
    }

    void aCleanCheckoutAsksNothingAndIsStillReported()
    {
        Lab lab;
        QCOMPARE(lab.sweep().state, RunState::Clean);
        QCOMPARE(lab.host.questions.size(), 0);
        QCOMPARE(lab.host.heartbeats, 1);
        QCOMPARE(lab.host.lastHeartbeat[u"repos"][0][u"head"].toString(), QString::fromLatin1(lab.repo.head()));
        QVERIFY(!lab.host.lastHeartbeat[u"repos"][0][u"origin"].toString().isEmpty());
    }

    void aHostThatNeverAnswersCostsOneWaitAndNoMore()
    {
        Lab lab;
        lab.host.trouble = Error{ErrorKind::Timeout, u"apricot did not answer in time"_s};
        lab.repo.write("a.txt", "a\n");
        QCOMPARE(lab.sweep().state, RunState::Committed);
        QCOMPARE(lab.host.calls, 1);
        QVERIFY(lab.host.longest <= std::chrono::seconds(60));
        QCOMPARE(lab.agent->status().hostState, u"away"_s);
        QCOMPARE(lab.agent->status().untold, 1);
    }

    void inTheBackgroundTheHostHasMoreTime()
    {
        Lab lab;
        lab.repo.write("a.txt", "a\n");
        QCOMPARE(lab.start(true).sweepOnce({}).first().state, RunState::Committed);
        QCOMPARE(lab.host.longest, std::chrono::milliseconds(std::chrono::minutes(5)));
    }

    void stagedWorkIsLeftAlone()
    {
        Lab lab;
        lab.repo.write("mine.txt", "staged\n");
        lab.repo.git({u"add"_s, u"mine.txt"_s});
        lab.repo.write("other.txt", "not staged\n");
        const QByteArray index = lab.repo.indexBytes();
        const QByteArray head = lab.repo.head();
        const RunReport report = lab.sweep();
        QCOMPARE(report.state, RunState::Skipped);
        QCOMPARE(report.error->kind, ErrorKind::StagedWork);
        QCOMPARE(lab.repo.head(), head);
        QCOMPARE(lab.repo.indexBytes(), index);
        QCOMPARE(lab.host.questions.size(), 0);
    }

    void aSecretNeitherLeavesNorIsCommitted()
    {
        Lab lab;
        QRandomGenerator random{8};
        const QByteArray token = QByteArray("gl") + "pat-" + Samples::randomText(random, Samples::alnum, 20);
        lab.repo.write("conf.py", "token = '" + token + "'\n");
        lab.repo.write(".env", "TOKEN=" + token + "\n");
        lab.repo.write("ok.py", "x = 1\n");
        const RunReport report = lab.sweep();
        QCOMPARE(report.commits.size(), 1);
        QCOMPARE(report.commits[0].paths, QList<QByteArray>{"ok.py"});
        for (const QByteArray &body : lab.host.sent)
            QVERIFY(!body.contains(token.mid(6)));
        for (const QJsonValue file : lab.host.questions[0][u"files"].toArray())
            QCOMPARE(file[u"path"].toString(), u"ok.py"_s);
    }

    void wordsThatDoNotHoldAreReplacedByOurOwn_data()
    {
        QTest::addColumn<QString>("subject");
        QTest::newRow("generic") << u"update files"_s;
        QTest::newRow("refusal") << u"I'm sorry, but I cannot help with that request."_s;
        QTest::newRow("escape") << u"fix: \x1b[31mred"_s + QString(200, u'x');
        QTest::newRow("empty") << u" "_s;
    }
    void wordsThatDoNotHoldAreReplacedByOurOwn()
    {
        QFETCH(QString, subject);
        Lab lab;
        lab.host.subject = subject;
        lab.repo.write("greet.py", "print('hello')\n");
        const RunReport report = lab.sweep();
        QCOMPARE(report.state, RunState::Committed);
        QCOMPARE(report.commits[0].source, MessageSource::Builtin);
        QVERIFY(report.commits[0].subject != subject);
    }

    void anAnswerForOtherFilesCommitsOurs()
    {
        Lab lab;
        lab.host.twist = [](QJsonObject &answer) {
            answer
                = {{u"groups"_s,
                    QJsonArray{QJsonObject{{u"paths"_s, QJsonArray{u"../../etc/passwd"_s}}, {u"subject"_s, u"x"_s}}}}};
        };
        lab.repo.write("greet.py", "print('hello')\n");
        const RunReport report = lab.sweep();
        QCOMPARE(report.state, RunState::Committed);
        QCOMPARE(report.commits[0].paths, QList<QByteArray>{"greet.py"});
        QCOMPARE(report.commits[0].source, MessageSource::Builtin);
    }

    void whatIsWrittenWhileTheHostThinksStaysUncommitted()
    {
        Lab lab;
        lab.repo.write("greet.py", "print('hello')\n");
        lab.host.meanwhile = [&] { lab.repo.write("greet.py", "print('changed')\n"); };
        QCOMPARE(lab.sweep().state, RunState::Committed);
        QCOMPARE(lab.repo.blobAt("HEAD", "greet.py"), QByteArray("print('hello')\n"));
        QCOMPARE(lab.repo.read("greet.py"), QByteArray("print('changed')\n"));
    }

    void whileTheHostIsAwayItIsWaitedForIfThatIsThePolicy()
    {
        Lab lab;
        lab.loaded.settings.onNoModel = u"wait"_s;
        lab.host.trouble = away();
        lab.repo.write("greet.py", "print('hello')\n");
        const RunReport report = lab.sweep();
        QCOMPARE(report.state, RunState::Skipped);
        QCOMPARE(report.error->kind, ErrorKind::ModelUnavailable);
        QCOMPARE(lab.shas().size(), 0);
        QCOMPARE(lab.agent->status().hostState, u"away"_s);
    }

    void otherwiseTheBuiltInEngineWritesAndTheHostIsToldLaterOnceAndInOrder()
    {
        Lab lab;
        lab.loaded.settings.onNoModel = u"fallback"_s;
        lab.host.trouble = away();
        for (int i = 0; i < 3; ++i) {
            lab.repo.write("file" + QByteArray::number(i) + ".py", "print('hello')\n");
            const RunReport report = lab.sweep();
            QCOMPARE(report.state, RunState::Committed);
            QCOMPARE(report.commits[0].source, MessageSource::Builtin);
        }
        QCOMPARE(lab.shas().size(), 3);
        QCOMPARE(lab.hubHead(), lab.repo.head()); // the hub is not away
        QCOMPARE(lab.agent->status().untold, 3);
        lab.host.trouble.reset();
        lab.start(); // a new process finds what the old one left
        lab.sweep();
        QCOMPARE(lab.host.recorded, lab.shas());
        QCOMPARE(lab.agent->status().untold, 0);
        lab.sweep();
        QCOMPARE(lab.host.recorded, lab.shas());
    }

    void anAnswerLostOnTheWayTellsNothingTwice()
    {
        Lab lab;
        lab.repo.write("a.py", "print('hello')\n");
        lab.host.loseAnswers = true;
        lab.loaded.settings.onNoModel = u"fallback"_s;
        QCOMPARE(lab.sweep().state, RunState::Committed);
        QCOMPARE(lab.host.recorded.size(), 1); // it took it, and we do not know
        lab.host.loseAnswers = false;
        lab.sweep();
        QCOMPARE(lab.host.recorded, lab.shas());
    }

    void whileTheHubIsAwayNothingIsToldThatTheHostCouldNotSee()
    {
        Lab lab;
        lab.sweep(); // the origin is known
        QVERIFY(QFile::rename(lab.hub, lab.hub + u".away"_s));
        lab.repo.write("a.py", "print('hello')\n");
        QVERIFY(lab.sweep().needsPush);
        QCOMPARE(lab.host.recorded.size(), 0);
        QCOMPARE(lab.host.lastHeartbeat[u"repos"][0][u"ahead"].toInt(), 1);
        QVERIFY(QFile::rename(lab.hub + u".away"_s, lab.hub));
        QVERIFY(lab.sweep().pushed);
        QCOMPARE(lab.host.recorded, lab.shas());
    }

    void theLoopSweepsAndStops()
    {
        Lab lab;
        lab.host.subject = u"feat: greet the other machine"_s;
        lab.repo.write("greet.py", "print('hello')\n");
        Agent &agent = lab.start(true);
        agent.start();
        QTRY_COMPARE_WITH_TIMEOUT(lab.shas().size(), 1, 60000);
        QTRY_VERIFY_WITH_TIMEOUT(!agent.status().sweeping, 60000);
        lab.host.subject = u"fix: greet louder"_s;
        lab.repo.write("greet.py", "print('HELLO!')\n"); // another size: the time stamp may be the same
        agent.sweepSoon();
        QTRY_COMPARE_WITH_TIMEOUT(lab.shas().size(), 2, 60000);
        agent.stop();
        QVERIFY(!agent.status().running);
    }
};

QTEST_GUILESS_MAIN(TestAgent)
#include "tst_agent.moc"
