#include "tests/core/store/storesupport.h"

#include "core/store/database.h"
#include "core/store/historyreader.h"
#include "core/store/pendingwrites.h"

#include <QProcess>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Another program that holds the database: this one, started again.
class Holder
{
public:
    explicit Holder(const QString &file)
    {
        m_process.start(QCoreApplication::applicationFilePath(), {u"--hold"_s, file});
        m_process.waitForReadyRead(10'000);
    }
    bool holds() { return m_process.readAllStandardOutput() == "held\n"; }
    void letGo()
    {
        m_process.closeWriteChannel();
        m_process.waitForFinished(10'000);
    }

private:
    QProcess m_process;
};

int hold(const QString &file)
{
    const auto database = Database::connect(parseStoreTarget(file).value(), {});
    if (!database || !(*database)->runOnce(u"PRAGMA locking_mode=EXCLUSIVE"_s)
        || !(*database)->runOnce(u"BEGIN EXCLUSIVE"_s)
        || !(*database)->runOnce(u"INSERT INTO cached_messages VALUES ('x', '', '', '', '', '')"_s))
        return 1;
    std::puts("held");
    std::fflush(stdout);
    std::getchar();
    return 0;
}

int commitOnce(const QString &file, quint32 seed)
{
    const SystemClock clock;
    Store store({.location = file, .host = u"apricot"_s, .shortLived = true}, clock);
    return store.open() && store.recordCommits(CommitMaker(seed, wallTime(clock)).some(1)) ? 0 : 1;
}

} // namespace

/// What cannot be written now is written later, and the caller goes on.
class TestStoreLocks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<StoreFolder>();
        m_clock = HandClock();
    }

    void aLockIsWaitedForThenToldAndNoRowIsLost()
    {
        Store store(m_folder->options(), m_clock);
        AC_VERIFY(store.open());
        const auto commits = CommitMaker(1, m_clock.now()).some(6);
        AC_VERIFY(store.recordCommits({commits[0]}));
        store.close();
        Holder holder(m_folder->file());
        QVERIFY(holder.holds());

        for (int i = 1; i < 5; ++i)
            QCOMPARE(store.recordCommits({commits[i]}, PushNeed::NeedsPush).error().kind, ErrorKind::DatabaseBusy);
        QCOMPARE(store.pending(), 4);
        QCOMPARE(store.commits().error().kind, ErrorKind::DatabaseBusy);
        holder.letGo();
        QCOMPARE(store.recordCommits({commits[5]}).error().kind, ErrorKind::DatabaseBusy); // not tried yet
        m_clock.pass(61s);
        AC_VERIFY(store.recordCycle({.startedAt = m_clock.now()}));
        QCOMPARE(store.pending(), 0);
        QVERIFY(!store.problem());
        QCOMPARE(shasIn(store), shasOf(commits));
        QCOMPARE(store.needsPush(u"apricot"_s)->value(0).sha, commits[4].sha);
    }

    void openingALockedFileIsToldAndTriedAgain()
    {
        {
            Store first(m_folder->options(), m_clock);
            AC_VERIFY(first.open());
        }
        Holder holder(m_folder->file());
        QVERIFY(holder.holds());
        Store store(m_folder->options(), m_clock);
        QCOMPARE(store.open().error().kind, ErrorKind::DatabaseBusy);
        QVERIFY(!store.recordAudit({.at = m_clock.now(), .who = u"me"_s}));
        holder.letGo();
        AC_VERIFY(store.flush());
        QCOMPARE(store.audit()->items.size(), 1);
    }

    void aReaderIsNotHeldUpByAWriter()
    {
        Store store(m_folder->options(), m_clock);
        AC_VERIFY(store.open());
        const auto commits = CommitMaker(2, m_clock.now()).some(3);
        AC_VERIFY(store.recordCommits(commits));
        const auto writer = Database::connect(parseStoreTarget(m_folder->file()).value(), {});
        AC_VERIFY((*writer)->runOnce(u"BEGIN IMMEDIATE"_s));
        HistoryReader reader(m_folder->file(), m_clock);
        QCOMPARE(shasIn(reader), shasOf(commits));
        QCOMPARE(shasIn(store), shasOf(commits));
        QCOMPARE(store.recordCycle({}).error().kind, ErrorKind::DatabaseBusy);
    }

    void memoryIsBoundedAndTracesGoFirst()
    {
        StoreOptions options = m_folder->options();
        options.pendingLimit = 20;
        options.busyTimeout = 1ms;
        Store store(options, m_clock);
        AC_VERIFY(store.open());
        store.close();
        Holder holder(m_folder->file());
        QVERIFY(holder.holds());
        const auto commits = CommitMaker(3, m_clock.now()).some(15);
        for (int i = 0; i < 15; ++i) {
            QVERIFY(!store.recordCycle({.startedAt = m_clock.now() + i * 1s, .repos = i}));
            QVERIFY(!store.recordCommits({commits[i]}));
        }
        QCOMPARE(store.pending(), 20);
        QCOMPARE(store.dropped(), 10);
        holder.letGo();
        AC_VERIFY(store.flush());
        QCOMPARE(shasIn(store), shasOf(commits));
        QCOMPARE(store.cycles()->items.size(), 5);
        QCOMPARE(store.cycles()->items.last().repos, 10);
    }

    void aRowDroppedFromMemoryComesBackFromTheLog()
    {
        StoreOptions options = m_folder->options();
        options.pendingLimit = 2;
        const auto commits = CommitMaker(4, m_clock.now()).some(8);
        Store store(options, m_clock);
        AC_VERIFY(store.open());
        store.close();
        Holder holder(m_folder->file());
        QVERIFY(holder.holds());
        for (const CommitRecord &commit : commits)
            QVERIFY(!store.recordCommits({commit}));
        QCOMPARE(store.dropped(), 6);
        holder.letGo();
        AC_VERIFY(store.flush());
        QCOMPARE(shasIn(store), shasOf(commits));
    }

    void oneImpossibleRowDoesNotHoldUpTheOthers()
    {
        Store store(m_folder->options(), m_clock);
        AC_VERIFY(store.open());
        const auto database = Database::connect(parseStoreTarget(m_folder->file()).value(), {});
        PendingWrites pending(100);
        for (int i = 0; i < 30; ++i)
            pending.add({.work = [i](Database &db) -> Status {
                const QString name = i % 10 == 4 ? u"no_such_column"_s : u"snapshot"_s;
                AC_TRY(db.run(u"INSERT INTO cached_messages (%1, subject, body, source, model, created_at)"
                              " VALUES (?, '', '', '', '', '')"_s.arg(name),
                              {QString::number(i)}));
                return {};
            }});
        AC_VERIFY(pending.flushInto(**database));
        QCOMPARE(pending.size(), 0);
        QCOMPARE(pending.dropped(), 3);
        QVERIFY(store.cachedMessage(u"29"_s)->has_value());
        QVERIFY(store.cachedMessage(u"5"_s)->has_value());
        QVERIFY(!store.cachedMessage(u"4"_s)->has_value());
    }

    void aShortLivedProgramLeavesASmallLogAndWorksOffALargeOne()
    {
        int left = 0;
        for (int i = 1; i <= 40; ++i) {
            QCOMPARE(QProcess::execute(QCoreApplication::applicationFilePath(),
                                       {u"--commit"_s, m_folder->file(), QString::number(i)}),
                     0);
            const qint64 size = QFileInfo(m_folder->file() + u"-wal"_s).size();
            QVERIFY(size <= 1024 * 1024);
            left += size > 0 ? 1 : 0;
        }
        QVERIFY2(left > 20 && left < 40, qPrintable(QString::number(left)));
        HistoryReader reader(m_folder->file(), m_clock);
        QCOMPARE(shasIn(reader).size(), 40);
    }

private:
    std::unique_ptr<StoreFolder> m_folder;
    HandClock m_clock;
};

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"--hold"_s)
        return hold(arguments.value(2));
    if (arguments.value(1) == u"--commit"_s)
        return commitOnce(arguments.value(2), arguments.value(3).toUInt());
    TestStoreLocks test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_storelocks.moc"
