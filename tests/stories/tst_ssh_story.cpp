#include "core/service/story.h"
#include "core/service/sweep.h"
#include "core/sync/hubconnections.h"
#include "tests/support/runner.h"
#include "tests/support/sshhub.h"

#include <QElapsedTimer>
#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

class Quiet final : public SweepObserver
{
public:
    void stageStarted(const QString &, StageId) override { }
    void finished(const RunReport &) override { }
};

} // namespace

/// A hub behind a real ssh server, and everything that may be wrong with one.
class TestSshStory : public QObject
{
    Q_OBJECT

    struct Lab
    {
        World world;
        SshHub hub{world};
        Runner runner{world};
        SystemClock clock;

        std::unique_ptr<TempRepo> checkout(const QString &name) const
        {
            auto repo = std::make_unique<TempRepo>(world, name);
            const QString bare = makeHub(world, *repo, name + u".git"_s);
            repo->git({u"remote"_s, u"set-url"_s, u"origin"_s, hub.url(bare)});
            return repo;
        }

        QList<RunReport> sweep(const QStringList &paths, HubConnections &hubs, const Settings &settings = {}) const
        {
            const Story story = commitStory();
            LoadedSettings loaded;
            loaded.settings = settings;
            Quiet quiet;
            return runSweep(paths,
                            {.tools = world.tools(),
                             .settings = loaded,
                             .clock = clock,
                             .story = story,
                             .options = {},
                             .hubs = &hubs},
                            8, {}, quiet);
        }
    };

private Q_SLOTS:
    void initTestCase()
    {
        if (!SshHub::isAvailable())
            QSKIP("there is no sshd here");
    }

    void commitsGoThroughSsh()
    {
        Lab lab;
        const auto repo = lab.checkout(u"pear"_s);
        repo->write("a", "x\n");
        const RunReport report = lab.runner.once(*repo);
        QVERIFY2(report.pushed, qPrintable(report.reason));
        QCOMPARE(lab.world.git(lab.world.path(u"pear.git"_s), {u"rev-parse"_s, u"main"_s}), repo->head());
    }

    /// Any read may fetch what a partial clone lacks: with the user's own ssh settings, or the host is not even known.
    void aPartialCloneReadsThroughSsh()
    {
        Lab lab;
        lab.checkout(u"pear"_s);
        const QString bare = lab.world.path(u"pear.git"_s);
        lab.world.git(bare, {u"config"_s, u"uploadpack.allowFilter"_s, u"true"_s});
        lab.world.git(bare, {u"config"_s, u"uploadpack.allowAnySHA1InWant"_s, u"true"_s});
        const QString path = lab.world.path(u"partial"_s);
        lab.world.git(lab.world.path(),
                      {u"clone"_s, u"-q"_s, u"--no-checkout"_s, u"--filter=blob:none"_s, lab.hub.url(bare), path});
        lab.world.git(path, {u"reset"_s, u"-q"_s}); // the index, no blobs
        QFile file(path + u"/README"_s);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("another text\n") > 0 && file.flush());
        file.setFileTime(QDateTime::currentDateTime().addSecs(-60), QFileDevice::FileModificationTime);
        const RunReport report = lab.runner.once(path);
        QVERIFY2(!report.error && report.pushed, qPrintable(report.reason));
        QCOMPARE(lab.world.git(bare, {u"show"_s, u"main:README"_s}), "another text");
    }

    void whatIsWrongWithAServerIsSaidInTime_data()
    {
        QTest::addColumn<QString>("trouble");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("words");

        QTest::newRow("a host key nobody knows") << u"host key"_s << ErrorKind::HostKey << u"by hand"_s;
        QTest::newRow("a key with a passphrase and no agent") << u"locked"_s << ErrorKind::AuthFailed << u"agent"_s;
        QTest::newRow("nobody listens") << u"dead"_s << ErrorKind::Unreachable << u"refused"_s;
        QTest::newRow("it accepts and says nothing") << u"silent"_s << ErrorKind::Timeout << u"3 s"_s;
        QTest::newRow("one byte at a time") << u"dripping"_s << ErrorKind::Timeout << u"3 s"_s;
        QTest::newRow("the repository is not there") << u"missing"_s << ErrorKind::HubNotFound << u"URL"_s;
    }
    void whatIsWrongWithAServerIsSaidInTime()
    {
        QFETCH(QString, trouble);
        QFETCH(ErrorKind, kind);
        QFETCH(QString, words);
        Lab lab;
        const auto repo = lab.checkout(u"pear"_s);
        const DumbServer dumb(trouble == u"dripping"_s ? 200ms : 0ms);
        lab.runner.loaded.settings.networkTimeout = 3s;
        if (trouble == u"host key"_s)
            lab.hub.forgetHostKey();
        else if (trouble == u"locked"_s)
            lab.hub.lockKey();
        else if (trouble == u"dead"_s)
            lab.hub.stop();
        else if (trouble == u"missing"_s)
            repo->git({u"remote"_s, u"set-url"_s, u"origin"_s, lab.hub.url(u"/no/such.git"_s)});
        else
            lab.hub.configureClient({}, dumb.port());
        repo->write("a", "x\n");
        const RunReport report = lab.runner.once(*repo);
        QVERIFY(report.error.has_value());
        QVERIFY2(report.error->kind == kind, qPrintable(errorKindName(report.error->kind) + report.error->message));
        QVERIFY2(report.error->message.contains(words), qPrintable(report.error->message));
        QCOMPARE(report.commits.size(), 1); // made, and waiting
        QVERIFY(report.needsPush);
    }

    void checkoutsBehindOneServerShareAConnection()
    {
        Lab lab;
        QStringList paths;
        for (int i = 0; i < 6; ++i)
            paths += lab.checkout(u"pear%1"_s.arg(i))->path();
        const int before = lab.hub.connections();
        HubConnections hubs(lab.world.path(u"s"_s), lab.clock);
        for (const RunReport &report : lab.sweep(paths, hubs))
            QVERIFY2(!report.error, qPrintable(report.reason));
        QCOMPARE(lab.hub.connections() - before, 1);
        QCOMPARE(QFileInfo(lab.world.path(u"s"_s)).permissions() & (QFile::ReadGroup | QFile::ReadOther),
                 QFile::Permissions());
    }

    void aDeadServerIsFoundOutOnceForAllBehindIt()
    {
        Lab lab;
        QStringList paths;
        for (int i = 0; i < 6; ++i)
            paths += lab.checkout(u"pear%1"_s.arg(i))->path();
        const DumbServer dumb;
        lab.hub.configureClient({}, dumb.port());
        HubConnections hubs({}, lab.clock);
        Settings settings;
        settings.networkTimeout = 2s;
        for (const RunReport &report : lab.sweep(paths, hubs, settings))
            QVERIFY(report.error.has_value());
        QCOMPARE(dumb.accepted(), 1);
    }
};

QTEST_GUILESS_MAIN(TestSshStory)
#include "tst_ssh_story.moc"
