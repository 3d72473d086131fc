#include "daemon/schedule/backoff.h"
#include "daemon/schedule/runqueue.h"
#include "daemon/schedule/settle.h"
#include "daemon/schedule/sleepwatch.h"

#include <QTest>

using namespace AutoCommit;
using namespace std::chrono_literals;

namespace {

class TwoClocks final : public Clock
{
public:
    Wall wall() const override { return Wall{} + m_wall; }
    Monotonic monotonic() const override { return Monotonic{} + m_monotonic; }
    void sleepFor(std::chrono::milliseconds) const override { }

    std::chrono::seconds m_wall{1'000'000};
    std::chrono::seconds m_monotonic{5000};
};

bool anyone(const QString &)
{
    return true;
}

} // namespace

/// The small rules of time, each on its own.
class TestSettle final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRepositoryIsDueWhenItIsQuietOrTheFirstChangeIsOld_data()
    {
        QTest::addColumn<QList<int>>("changes"); // seconds
        QTest::addColumn<int>("due");
        QTest::newRow("one change") << QList<int>{0} << 10;
        QTest::newRow("one more while it settles") << QList<int>{0, 9} << 19;
        QTest::newRow("written for half a minute") << QList<int>{0, 8, 16, 24, 30} << 40;
        QTest::newRow("just before the cap") << QList<int>{0, 10, 20, 30, 40, 49} << 59;
        QTest::newRow("never quiet") << QList<int>{0, 9, 18, 27, 36, 45, 54} << 60;
        QTest::newRow("late in the day") << QList<int>{100, 105} << 115;
    }

    void aRepositoryIsDueWhenItIsQuietOrTheFirstChangeIsOld()
    {
        QFETCH(const QList<int>, changes);
        QFETCH(const int, due);
        Settle settle;
        for (const int at : changes)
            settle.changed(Clock::Monotonic{std::chrono::seconds(at)});
        const SettleRule rule{.quiet = 10s, .cap = 60s};
        QCOMPARE(settle.due(rule)->time_since_epoch(), std::chrono::nanoseconds(std::chrono::seconds(due)));
    }

    void nothingIsDueBeforeAChangeAndAfterItWasTaken()
    {
        Settle settle;
        QVERIFY(!settle.due({}));
        settle.changed(Clock::Monotonic{5s});
        QVERIFY(settle.waits());
        settle.clear();
        QVERIFY(!settle.due({}));
    }

    void aCapBelowTheQuietTimeDoesNotCutItShort()
    {
        Settle settle;
        settle.changed(Clock::Monotonic{0s});
        QCOMPARE(settle.due({.quiet = 30s, .cap = 5s})->time_since_epoch(), std::chrono::nanoseconds(30s));
    }

    void failuresDoubleTheWaitUpToAnHour()
    {
        const Clock::Monotonic now{100'000s};
        BackOff backOff;
        QVERIFY(!backOff.holds(now));
        const QList<int> cyclesHeld{0, 1, 3, 7, 15, 19, 19}; // of 180 s each that pass before the next try
        for (const int held : cyclesHeld) {
            backOff.failed(now, 180s);
            int passed = 0;
            for (auto at = now + 180s; backOff.holds(at); at += 180s)
                ++passed;
            QCOMPARE(passed, held);
        }
        backOff.succeeded();
        QVERIFY(!backOff.holds(now + 1s));
    }

    void sleepShowsAsAJumpOfTheCalendarOnly_data()
    {
        QTest::addColumn<int>("wall");
        QTest::addColumn<int>("monotonic");
        QTest::addColumn<bool>("slept");
        QTest::newRow("time passes") << 15 << 15 << false;
        QTest::newRow("a lid was closed for ten minutes") << 615 << 15 << true;
        QTest::newRow("the program was held up") << 600 << 600 << false;
        QTest::newRow("the clock is set by a second") << 16 << 15 << false;
        QTest::newRow("the clock is set back") << -3600 << 15 << false;
    }

    void sleepShowsAsAJumpOfTheCalendarOnly()
    {
        QFETCH(const int, wall);
        QFETCH(const int, monotonic);
        TwoClocks clock;
        SleepWatch watch(clock);
        clock.m_wall += std::chrono::seconds(wall);
        clock.m_monotonic += std::chrono::seconds(monotonic);
        QTEST(watch.slept(), "slept");
        QVERIFY(!watch.slept()); // told once
    }

    void urgentOnesGoAheadButOneInFourIsPatient()
    {
        RunQueue queue;
        for (const char *name : {"a", "b", "c", "d"})
            queue.push(QString::fromLatin1(name), false);
        for (const char *name : {"1", "2", "3", "4", "5"})
            queue.push(QString::fromLatin1(name), true);
        queue.push(QStringLiteral("a"), true); // waits already
        QString order;
        while (const auto next = queue.pop(anyone))
            order += *next;
        QCOMPARE(order, QStringLiteral("123a45bcd"));
    }

    void whatWasTakenOutDoesNotComeUp()
    {
        RunQueue queue;
        queue.push(QStringLiteral("a"), false);
        queue.push(QStringLiteral("b"), true);
        queue.remove(QStringLiteral("b"));
        QCOMPARE(queue.pop(anyone), QStringLiteral("a"));
        QVERIFY(queue.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestSettle)
#include "tst_settle.moc"
