#include "core/service/powersupply.h"
#include "core/service/surroundings.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <ctime>

using namespace AutoCommit;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

class WallClock final : public Clock
{
public:
    Wall wall() const override { return at; }
    Monotonic monotonic() const override { return Monotonic{1h}; }
    void sleepFor(std::chrono::milliseconds time) const override { at += time; }

    void set(const QString &utc)
    {
        at = Wall(std::chrono::seconds(QDateTime::fromString(utc + u'Z', Qt::ISODate).toSecsSinceEpoch()));
    }

    mutable Wall at{};
};

using Supplies = QMap<QString, QMap<QString, QByteArray>>; ///< name, file, what is in it

} // namespace

class TestSurroundings final : public QObject
{
    Q_OBJECT

    WallClock m_clock;
    std::optional<bool> m_battery;
    std::optional<bool> m_metered;
    int m_questions = 0;

    Surroundings surroundings()
    {
        return Surroundings({.onBattery = [this] { return ++m_questions, m_battery; },
                             .metered = [this] { return ++m_questions, m_metered; }},
                            m_clock);
    }

    static Settings settings(const QStringList &quiet, const QString &battery = u"run"_s,
                             const QString &metered = u"run"_s)
    {
        Settings result;
        result.quietHours = quiet;
        result.onBattery = battery;
        result.onMetered = metered;
        return result;
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("TZ", "UTC0");
        ::tzset();
    }

    void init()
    {
        m_battery.reset();
        m_metered.reset();
        m_questions = 0;
        m_clock.set(u"2026-11-23T12:00:00"_s);
    }

    void quietHoursAreNoticedWhenTheyBeginAndWhenTheyEnd()
    {
        Surroundings around = surroundings();
        const Settings night = settings({u"22:00-07:00"_s});
        QVERIFY(!around.look(night));
        QVERIFY(!around.holdsRuns());
        m_clock.set(u"2026-11-23T22:00:00"_s);
        QVERIFY(around.look(night));
        QVERIFY(around.holdsRuns());
        QVERIFY(!around.isLocal());
        QCOMPARE(around.holds().size(), 1);
        QCOMPARE(around.holds()[0].text, u"quiet until 07:00"_s);
        QCOMPARE(isoText(around.holds()[0].until.value_or(Timestamp())).left(19), u"2026-11-24T07:00:00"_s);
        m_clock.set(u"2026-11-24T00:30:00"_s);
        QVERIFY(!around.look(night)); // still the same
        QVERIFY(around.holdsRuns());
        m_clock.set(u"2026-11-24T07:00:00"_s);
        QVERIFY(around.look(night));
        QVERIFY(!around.holdsRuns());
    }

    void aClockThatIsSetBackOrForwardIsBelieved()
    {
        Surroundings around = surroundings();
        const Settings night = settings({u"22:00-07:00"_s});
        m_clock.set(u"2026-11-23T23:00:00"_s);
        around.look(night);
        m_clock.set(u"2026-11-23T20:00:00"_s);
        QVERIFY(around.look(night));
        QVERIFY(!around.holdsRuns());
        m_clock.set(u"2027-02-03T02:00:00"_s);
        QVERIFY(around.look(night));
        QVERIFY(around.holdsRuns());
    }

    void otherSettingsCountAtOnce()
    {
        Surroundings around = surroundings();
        QVERIFY(around.look(settings({u"11:00-13:00"_s})));
        QVERIFY(around.look(settings({u"11:00-14:00"_s})));
        QCOMPARE(around.holds().value(0).text, u"quiet until 14:00"_s);
        QVERIFY(around.look(settings({})));
        QVERIFY(!around.holdsRuns());
    }

    void theBatteryHoldsRunsOnlyWhereThatIsWanted()
    {
        Surroundings around = surroundings();
        m_battery = true;
        around.look(settings({}));
        QVERIFY(!around.holdsRuns());
        QCOMPARE(m_questions, 0); // nobody wants to know
        QVERIFY(around.look(settings({}, u"wait"_s)));
        QVERIFY(around.holdsRuns());
        QVERIFY(around.holds().value(0).text.contains(u"battery"_s));
        m_battery = false;
        QVERIFY(around.look(settings({}, u"wait"_s)));
        QVERIFY(!around.holdsRuns());
    }

    void aMeteredNetworkKeepsRunsLocalAndHoldsNone()
    {
        Surroundings around = surroundings();
        m_metered = true;
        around.look(settings({}));
        QVERIFY(!around.isLocal());
        QVERIFY(around.look(settings({}, u"run"_s, u"local"_s)));
        QVERIFY(around.isLocal());
        QVERIFY(!around.holdsRuns());
        QVERIFY(around.holds().value(0).text.contains(u"metered"_s));
        m_metered = false;
        QVERIFY(around.look(settings({}, u"run"_s, u"local"_s)));
        QVERIFY(!around.isLocal());
    }

    void aSystemThatDoesNotTellHoldsNothingAndThatIsSaid()
    {
        Surroundings around = surroundings();
        QVERIFY(around.look(settings({}, u"wait"_s, u"local"_s)));
        QVERIFY(around.holds().isEmpty());
        QCOMPARE(around.notes().size(), 2);
        QVERIFY(around.notes()[0].contains(u"on_battery"_s));
        QVERIFY(around.notes()[1].contains(u"on_metered"_s));
    }

    void thePowerSuppliesTellWhetherTheMachineRunsOnItsBattery_data()
    {
        QTest::addColumn<Supplies>("supplies");
        QTest::addColumn<bool>("onBattery");
        const QMap<QString, QByteArray> out{{u"type"_s, "Mains\n"}, {u"online"_s, "0\n"}};
        const QMap<QString, QByteArray> in{{u"type"_s, "Mains\n"}, {u"online"_s, "1\n"}};
        const QMap<QString, QByteArray> usb{{u"type"_s, "USB\n"}, {u"online"_s, "1\n"}};
        const QMap<QString, QByteArray> usbOut{{u"type"_s, "USB\n"}, {u"online"_s, "0\n"}};
        const QMap<QString, QByteArray> draining{{u"type"_s, "Battery\n"}, {u"status"_s, "Discharging\n"}};
        const QMap<QString, QByteArray> full{{u"type"_s, "Battery\n"}, {u"status"_s, "Full\n"}};
        const QMap<QString, QByteArray> mouse{
            {u"type"_s, "Battery\n"}, {u"status"_s, "Discharging\n"}, {u"scope"_s, "Device\n"}};
        QTest::newRow("no supply") << Supplies{} << false;
        QTest::newRow("unplugged") << Supplies{{u"AC"_s, out}, {u"BAT0"_s, draining}} << true;
        QTest::newRow("plugged in") << Supplies{{u"AC"_s, in}, {u"BAT0"_s, full}} << false;
        QTest::newRow("a weak charger") << Supplies{{u"BAT0"_s, draining}, {u"ucsi1"_s, usb}} << false;
        QTest::newRow("one of two plugs")
            << Supplies{{u"AC"_s, out}, {u"BAT0"_s, draining}, {u"ucsi1"_s, usb}} << false;
        QTest::newRow("neither plug") << Supplies{{u"AC"_s, out}, {u"BAT0"_s, draining}, {u"ucsi1"_s, usbOut}} << true;
        QTest::newRow("the second battery")
            << Supplies{{u"AC"_s, out}, {u"BAT0"_s, full}, {u"BAT1"_s, draining}} << true;
        QTest::newRow("just pulled, not draining yet") << Supplies{{u"AC"_s, out}, {u"BAT0"_s, full}} << false;
        QTest::newRow("a desktop's mouse") << Supplies{{u"hidpp_battery_0"_s, mouse}} << false;
        QTest::newRow("no plug listed") << Supplies{{u"BAT0"_s, draining}} << true;
    }
    void thePowerSuppliesTellWhetherTheMachineRunsOnItsBattery()
    {
#ifndef Q_OS_LINUX
        QSKIP("Linux alone lists its supplies");
#endif
        QFETCH(Supplies, supplies);
        QFETCH(bool, onBattery);
        const QTemporaryDir root;
        for (auto supply = supplies.cbegin(); supply != supplies.cend(); ++supply) {
            QVERIFY(QDir().mkpath(root.filePath(supply.key())));
            for (auto entry = supply->cbegin(); entry != supply->cend(); ++entry) {
                QFile file(root.filePath(supply.key() + u'/' + entry.key()));
                QVERIFY(file.open(QIODevice::WriteOnly));
                file.write(entry.value());
            }
        }
        QCOMPARE(isOnBattery(root.path()), std::optional(onBattery));
    }

    void aMachineThatListsNoSuppliesIsNotOnBattery()
    {
#ifndef Q_OS_LINUX
        QSKIP("Linux alone lists its supplies");
#endif
        QCOMPARE(isOnBattery(u"/nonexistent"_s), std::optional(false));
    }
};

QTEST_GUILESS_MAIN(TestSurroundings)
#include "tst_surroundings.moc"
