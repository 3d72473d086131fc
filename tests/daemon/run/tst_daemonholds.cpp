#include "daemon/run/daemon.h"
#include "tests/support/temprepo.h"

#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// A daemon on a machine whose battery and network are made up.
class TestDaemonHolds final : public QObject
{
    Q_OBJECT

    static constexpr int patience = 60'000; // ms; a loaded machine is slow

    const SystemClock m_clock;
    std::unique_ptr<ProcessRunner> m_processes;
    std::unique_ptr<World> m_world;
    std::unique_ptr<TempRepo> m_repo;
    QString m_hub;
    std::unique_ptr<Daemon> m_daemon;
    bool m_battery = false;
    bool m_metered = false;

    bool isOnHub(const QByteArray &file) const
    {
        return m_world->gitExit(m_hub, {u"cat-file"_s, u"-e"_s, u"HEAD:"_s + QString::fromUtf8(file)}) == 0;
    }
    bool isCommitted(const QByteArray &file) const
    {
        return m_world->gitExit(m_repo->path(), {u"cat-file"_s, u"-e"_s, u"HEAD:"_s + QString::fromUtf8(file)}) == 0;
    }
    QString id() const { return m_daemon->repos().value(0).record.id; }
    bool isIdle() const { return !id().isEmpty() && m_daemon->status().state == u"idle"_s; }

    void start(const QMap<QString, QString> &settings)
    {
        SettingSources sources{
            .paths = Paths(m_world->environment()), .environment = m_world->environment(), .overrides = settings};
        sources.overrides.insert({{u"coordinator_url"_s, QString()}, {u"settle_seconds"_s, u"1"_s}});
        const auto kit = RunKit::make(sources, m_clock, *m_processes);
        QVERIFY(kit.ok());
        m_daemon = std::make_unique<Daemon>(
            DaemonOptions{.name = u"default"_s, .roots = {m_repo->path()}, .interval = 3600s}, sources, *kit,
            *m_processes, m_clock,
            SurroundingSources{.onBattery = [this] { return std::optional(m_battery); },
                               .metered = [this] { return std::optional(m_metered); }});
        m_daemon->start();
        QTRY_VERIFY_WITH_TIMEOUT(isIdle(), patience);
    }

private Q_SLOTS:
    void init()
    {
        m_processes = makeProcessRunner();
        m_world = std::make_unique<World>();
        m_repo = std::make_unique<TempRepo>(*m_world, u"here"_s);
        m_hub = makeHub(*m_world, *m_repo);
        m_battery = false;
        m_metered = false;
    }
    void cleanup()
    {
        m_daemon.reset();
        m_repo.reset();
        m_world.reset();
    }

    void overAMeteredNetworkCommitsStayUntilSomebodyAsksOrItIsOver()
    {
        m_metered = true;
        start({{u"on_metered"_s, u"local"_s}});
        m_repo->write("first.txt", "x\n");
        QTRY_VERIFY_WITH_TIMEOUT(isCommitted("first.txt") && isIdle(), patience);
        QVERIFY(!isOnHub("first.txt"));
        QCOMPARE(m_daemon->status().holds.size(), 1);
        QVERIFY(m_daemon->syncRepo(id(), u"user"_s).ok());
        QTRY_VERIFY_WITH_TIMEOUT(isOnHub("first.txt"), patience);
        QTRY_VERIFY_WITH_TIMEOUT(isIdle(), patience);
        m_repo->write("second.txt", "x\n");
        QTRY_VERIFY_WITH_TIMEOUT(isCommitted("second.txt") && isIdle(), patience);
        QVERIFY(!isOnHub("second.txt"));
        m_metered = false;
        QTRY_VERIFY_WITH_TIMEOUT(isOnHub("second.txt"), patience);
        QVERIFY(m_daemon->status().holds.isEmpty());
    }

    void aCycleThatIsToldHasTheNumberOfItsRow()
    {
        start({});
        QList<qint64> told;
        connect(m_daemon.get(), &Steering::cycleFinished, this, [&](const CycleRecord &cycle) { told += cycle.id; });
        QVERIFY(m_daemon->startCycle(u"user"_s).ok());
        QTRY_COMPARE_WITH_TIMEOUT(told.size(), 1, patience);
        const auto kept = m_daemon->history().ask([](Store &store) { return store.cycles({.limit = 1}); });
        QVERIFY(kept.ok());
        QVERIFY(told.first() > 0);
        QCOMPARE(told.first(), kept->items.first().id);
    }

    void onBatteryNothingBeginsUntilSomebodyAsksOrItIsPluggedIn()
    {
        m_battery = true;
        m_repo->write("first.txt", "x\n");
        start({{u"on_battery"_s, u"wait"_s}});
        QTest::qWait(3000); // longer than the settle time
        QVERIFY(!isCommitted("first.txt"));
        QVERIFY(m_daemon->startCycle(u"user"_s).ok());
        QTRY_VERIFY_WITH_TIMEOUT(isOnHub("first.txt"), patience);
        QTRY_VERIFY_WITH_TIMEOUT(isIdle(), patience);
        m_repo->write("second.txt", "x\n");
        QTest::qWait(3000);
        QVERIFY(!isCommitted("second.txt"));
        m_battery = false;
        QTRY_VERIFY_WITH_TIMEOUT(isOnHub("second.txt"), patience);
    }
};

QTEST_GUILESS_MAIN(TestDaemonHolds)
#include "tst_daemonholds.moc"
