#include "core/inference/breaker.h"

#include <QTest>

using namespace AutoCommit;
using namespace std::chrono_literals;

class TestBreaker : public QObject
{
    Q_OBJECT

    const Breaker::Time start{1h};

private Q_SLOTS:
    void itOpensAfterAsManyFailuresInARow()
    {
        Breaker breaker(3, 5min);
        for (int i = 0; i < 3; ++i) {
            QVERIFY(breaker.admit(start));
            breaker.failed(start);
        }
        QVERIFY(!breaker.admit(start + 4min));
    }

    void aSuccessInBetweenStartsTheCountAnew()
    {
        Breaker breaker(2, 5min);
        breaker.failed(start);
        breaker.succeeded();
        breaker.failed(start);
        QVERIFY(breaker.admit(start));
    }

    void oneProbeAtATimeDecides()
    {
        Breaker breaker(1, 5min);
        breaker.failed(start);
        QVERIFY(breaker.admit(start + 5min));
        QVERIFY(!breaker.admit(start + 5min));
        breaker.failed(start + 6min);
        QVERIFY(!breaker.admit(start + 10min));
        QVERIFY(breaker.admit(start + 11min));
        breaker.succeeded();
        QVERIFY(breaker.admit(start + 11min));
        QVERIFY(breaker.admit(start + 11min));
    }

    void aCancelledProbeLeavesTheDoorForAnother()
    {
        Breaker breaker(1, 5min);
        breaker.failed(start);
        QVERIFY(breaker.admit(start + 5min));
        breaker.withdrawn();
        QVERIFY(breaker.admit(start + 5min));
    }

    void whoIsHeardFromIsTriedAtOnce()
    {
        Breaker breaker(1, 5min);
        breaker.failed(start);
        QVERIFY(breaker.isOpen(start + 1min));
        breaker.wake();
        QVERIFY(!breaker.isOpen(start + 1min));
        QVERIFY(breaker.admit(start + 1min));
        QVERIFY(!breaker.admit(start + 1min));
    }
};

QTEST_APPLESS_MAIN(TestBreaker)
#include "tst_breaker.moc"
