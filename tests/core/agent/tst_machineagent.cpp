#include "core/agent/machineagent.h"

#include "tests/support/temprepo.h"

#include <QFile>
#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

/// The agent of a machine whose battery and network are made up; the daemon it should ask is away.
class TestMachineAgent final : public QObject
{
    Q_OBJECT

    static constexpr int patience = 60'000; // ms; a loaded machine is slow

    const SystemClock m_clock;
    std::unique_ptr<World> m_world;
    std::unique_ptr<TempRepo> m_repo;
    QString m_hub;
    std::unique_ptr<MachineAgent> m_agent;
    bool m_battery = false;
    bool m_metered = false;

    bool isThere(const QString &repo, const QString &file) const
    {
        return m_world->gitExit(repo, {u"cat-file"_s, u"-e"_s, u"HEAD:"_s + file}) == 0;
    }
    bool isCommitted(const QString &file) const { return isThere(m_repo->path(), file); }
    bool isOnHub(const QString &file) const { return isThere(m_hub, file); }
    bool says(const QString &words) const { return m_agent->status().line.startsWith(words); }

    void start(const std::function<void(Settings &)> &configure)
    {
        const QString token = m_world->path(u"token"_s);
        QFile file(token);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("0123456789abcdef0123456789abcdef\n") > 0);
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        file.close();
        LoadedSettings loaded;
        loaded.settings.apiTokenFile = token;
        loaded.settings.onNoModel = u"fallback"_s;
        loaded.settings.hostName = u"plum"_s;
        configure(loaded.settings);
        auto made = MachineAgent::make(
            {.url = u"http://127.0.0.1:1"_s,
             .roots = {m_repo->path()},
             .recursive = false,
             .interval = std::chrono::hours(1),
             .surroundings = {.onBattery = [this] { return std::optional(m_battery); },
                              .metered = [this] { return std::optional(m_metered); }}},
            loaded, Paths(m_world->environment()), m_world->tools(), m_clock);
        QVERIFY2(made.ok(), made ? "" : qPrintable(made.error().message));
        m_agent = *std::move(made);
        m_agent->start();
    }

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<World>();
        m_repo = std::make_unique<TempRepo>(*m_world, u"here"_s);
        m_hub = makeHub(*m_world, *m_repo);
        m_battery = m_metered = false;
    }
    void cleanup()
    {
        if (m_agent)
            m_agent->stop();
        m_agent.reset();
        m_repo.reset();
        m_world.reset();
    }

    void onBatteryNothingBeginsUntilSomebodyAsksOrItIsPluggedIn()
    {
        m_battery = true;
        m_repo->write("first.txt", "x\n");
        start([](Settings &settings) { settings.onBattery = u"wait"_s; });
        QTRY_VERIFY_WITH_TIMEOUT(says(u"on battery"_s) && !m_agent->status().sweeping, patience);
        QVERIFY(!isCommitted(u"first.txt"_s));
        m_agent->sweepSoon();
        QTRY_VERIFY_WITH_TIMEOUT(isOnHub(u"first.txt"_s), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!m_agent->status().sweeping, patience);
        m_repo->write("second.txt", "x\n");
        m_battery = false;
        QTRY_VERIFY_WITH_TIMEOUT(isOnHub(u"second.txt"_s), patience);
    }

    void inQuietHoursNothingBegins()
    {
        m_repo->write("first.txt", "x\n");
        start([](Settings &settings) { // at least one of them, whatever the time
            settings.quietHours = {u"00:00-12:30"_s, u"12:00-00:30"_s};
        });
        QTRY_VERIFY_WITH_TIMEOUT(says(u"quiet until "_s) && !m_agent->status().sweeping, patience);
        QVERIFY(!isCommitted(u"first.txt"_s));
    }

    void overAMeteredNetworkCommitsStayUntilItIsOver()
    {
        m_metered = true;
        m_repo->write("first.txt", "x\n");
        start([](Settings &settings) { settings.onMetered = u"local"_s; });
        QTRY_VERIFY_WITH_TIMEOUT(isCommitted(u"first.txt"_s), patience);
        QTRY_VERIFY_WITH_TIMEOUT(says(u"the network is metered"_s) && !m_agent->status().sweeping, patience);
        QVERIFY(!isOnHub(u"first.txt"_s));
        m_metered = false;
        QTRY_VERIFY_WITH_TIMEOUT(isOnHub(u"first.txt"_s), patience);
    }
};

QTEST_GUILESS_MAIN(TestMachineAgent)
#include "tst_machineagent.moc"
