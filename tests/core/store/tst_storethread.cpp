#include "core/store/storethread.h"

#include <QTemporaryDir>
#include <QTest>

#include <future>

using namespace AutoCommit;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestStoreThread final : public QObject
{
    Q_OBJECT

    const SystemClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;

    StoreOptions options() const { return {.location = m_folder->filePath(u"history.db"_s), .host = u"apricot"_s}; }

    /// A database that answers nothing until the promise is kept.
    static void freeze(StoreThread &history, std::promise<void> &goOn)
    {
        history.post([waits = std::make_shared<std::future<void>>(goOn.get_future())](Store &) { waits->wait(); });
    }

    static Result<qint64> cycle(Store &store)
    {
        return store.recordCycle({.host = u"apricot"_s, .daemon = u"default"_s, .reason = u"timer"_s});
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void whatIsAskedIsAnsweredInTurn()
    {
        StoreThread history(options(), m_clock, 60s);
        QVERIFY(history.ask([](Store &store) { return store.open(); }).ok());
        QVERIFY(history.write(cycle).ok());
        QCOMPARE(history.ask([](Store &store) { return store.cycles({.limit = 10}); })->items.size(), 1);
        QVERIFY(!history.health().late);
    }

    void aSilentDatabaseCostsOneWaitAndNothingIsLost()
    {
        StoreThread history(options(), m_clock, 50ms);
        QVERIFY(history.ask([](Store &store) { return store.open(); }, 60s).ok());
        std::promise<void> goOn;
        freeze(history, goOn);
        QCOMPARE(history.write(cycle).error().kind, ErrorKind::DatabaseBusy);
        QVERIFY(history.health().late);
        for (int i = 0; i < 99; ++i)
            QCOMPARE(history.write(cycle).error().kind, ErrorKind::DatabaseBusy);
        const auto asked = history.ask([](Store &store) { return store.cycles({}); }, 60s); // would wait in vain
        QCOMPARE(asked.error().kind, ErrorKind::DatabaseBusy);
        QCOMPARE(history.health().queued, 101);

        goOn.set_value();
        QTRY_COMPARE_WITH_TIMEOUT(history.health().queued, 0, 60'000);
        QVERIFY(!history.health().late);
        const auto all = history.ask([](Store &store) { return store.cycles({.limit = 1000}); }, 60s);
        QCOMPARE(all->items.size(), 100);
    }

    void closingLetsWhatWaitsBeWritten()
    {
        std::promise<void> goOn;
        {
            StoreThread history(options(), m_clock, 10ms);
            freeze(history, goOn);
            static_cast<void>(history.write(cycle));
            history.close();
            QVERIFY(!history.isDone());
            QVERIFY(!history.write(cycle).ok()); // too late
            goOn.set_value();
            QTRY_VERIFY_WITH_TIMEOUT(history.isDone(), 60'000);
        }
        Store store(options(), m_clock);
        QVERIFY(store.open().ok());
        QCOMPARE(store.cycles({})->items.size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestStoreThread)
#include "tst_storethread.moc"
