#include "core/inference/requestqueue.h"

#include <QTest>

#include <atomic>
#include <string>
#include <thread>

using namespace AutoCommit;
using namespace std::chrono_literals;

class TestRequestQueue : public QObject
{
    Q_OBJECT

    static WaitPoint::Time inTime(std::chrono::milliseconds time) { return std::chrono::steady_clock::now() + time; }

private Q_SLOTS:
    void aHigherClassGoesFirstAndEqualsInOrder()
    {
        RequestQueue queue(1);
        auto first = queue.enter(RequestClass::Batch, inTime(20s), {});
        QVERIFY(first);

        std::mutex lock;
        std::string order;
        std::atomic_int waiting = 0;
        std::vector<std::thread> threads;
        const auto enqueue = [&](RequestClass requestClass, char name) {
            threads.emplace_back([&, requestClass, name] {
                ++waiting;
                const auto turn = queue.enter(requestClass, inTime(20s), {});
                const std::lock_guard guard(lock);
                order += turn ? name : '-';
            });
            // In line before the next one comes.
            QTRY_COMPARE(waiting.load(), static_cast<int>(threads.size()));
            QTRY_COMPARE(queue.waiting(), static_cast<int>(threads.size()));
        };
        enqueue(RequestClass::Batch, 'b');
        enqueue(RequestClass::Recovery, 'r');
        enqueue(RequestClass::Batch, 'c');
        enqueue(RequestClass::Interactive, 'i');
        first.reset();
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(order, std::string("irbc"));
    }

    void whoGivesUpIsPassedOver()
    {
        RequestQueue queue(1);
        auto first = queue.enter(RequestClass::Batch, inTime(20s), {});
        QVERIFY(!queue.enter(RequestClass::Interactive, inTime(10ms), {}));
        CancelToken cancelled;
        cancelled.cancel();
        QVERIFY(!queue.enter(RequestClass::Interactive, inTime(20s), {.call = cancelled, .client = {}}));
        first.reset();
        QVERIFY(queue.enter(RequestClass::Batch, inTime(20s), {}));
    }

    void asManyAsAllowedGoAtOnce()
    {
        RequestQueue queue(2);
        const auto one = queue.enter(RequestClass::Batch, inTime(20s), {});
        auto two = queue.enter(RequestClass::Batch, inTime(20s), {});
        QVERIFY(one && two);
        QVERIFY(!queue.enter(RequestClass::Batch, inTime(10ms), {}));
        two.reset();
        QVERIFY(queue.enter(RequestClass::Batch, inTime(20s), {}));
    }
};

QTEST_GUILESS_MAIN(TestRequestQueue)
#include "tst_requestqueue.moc"
