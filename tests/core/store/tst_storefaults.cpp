#include "storesupport.h"

#include "core/store/database.h"
#include "core/store/historyreader.h"
#include "core/store/pendingwrites.h"

#include <QFile>
#include <QProcess>

#include <csignal>

#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Permissions mean nothing to root: be somebody they hold for.
class WithoutPrivileges
{
public:
    WithoutPrivileges()
        : m_wasRoot(::geteuid() == 0 && ::seteuid(65534) == 0)
    { }
    ~WithoutPrivileges()
    {
        if (m_wasRoot && ::seteuid(0) != 0)
            std::abort();
    }
    Q_DISABLE_COPY_MOVE(WithoutPrivileges)

private:
    const bool m_wasRoot;
};

/// No file may grow beyond this: what a full disk is to a writer.
class FileSizeLimit
{
public:
    explicit FileSizeLimit(qint64 bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{static_cast<rlim_t>(bytes), m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit() { ::setrlimit(RLIMIT_FSIZE, &m_before); }
    Q_DISABLE_COPY_MOVE(FileSizeLimit)

private:
    rlimit m_before{};
};

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

int modeOf(const QString &path)
{
    struct stat info
    { };
    return ::stat(QFile::encodeName(path).constData(), &info) == 0 ? static_cast<int>(info.st_mode & 0777) : -1;
}

} // namespace

/// What cannot be written now is written later, and the caller goes on.
class TestStoreFaults : public QObject
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

    void aDirectoryThatMayNotBeWrittenIsTold()
    {
        QVERIFY(QFile::setPermissions(m_folder->path(),
                                      QFile::ReadOwner | QFile::ExeOwner | QFile::ReadOther | QFile::ExeOther));
        Store store(m_folder->options(), m_clock);
        {
            const WithoutPrivileges nobody;
            const auto opened = store.open();
            QVERIFY(!opened);
            QCOMPARE(opened.error().kind, ErrorKind::PermissionDenied);
            QVERIFY(!store.recordAudit({.at = m_clock.now(), .who = u"me"_s}));
            QVERIFY(store.commits().error().kind == ErrorKind::PermissionDenied);
        }
        QCOMPARE(store.pending(), 1);
        QVERIFY(QFile::setPermissions(m_folder->path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        AC_VERIFY(store.flush());
        QCOMPARE(store.audit()->items.size(), 1);
    }

    void aReadOnlyFilesystemIsTold()
    {
        const QByteArray place = QFile::encodeName(m_folder->path());
        {
            Store store(m_folder->options(), m_clock);
            AC_VERIFY(store.open());
            AC_VERIFY(store.recordCommits(CommitMaker(6, m_clock.now()).some(2)));
        }
        if (::mount(place.constData(), place.constData(), nullptr, MS_BIND, nullptr) != 0)
            QSKIP("a read-only mount needs privileges");
        const auto unmount = qScopeGuard([&] { ::umount2(place.constData(), MNT_DETACH); });
        QCOMPARE(::mount(nullptr, place.constData(), nullptr, MS_BIND | MS_REMOUNT | MS_RDONLY, nullptr), 0);
        Store store(m_folder->options(), m_clock);
        QCOMPARE(store.open().error().kind, ErrorKind::ReadOnly);
        QCOMPARE(store.recordCommits(CommitMaker(7, m_clock.now()).some(1)).error().kind, ErrorKind::ReadOnly);
        QCOMPARE(store.pending(), 1);
        QVERIFY(store.activityLogProblem());
        QCOMPARE(::mount(nullptr, place.constData(), nullptr, MS_BIND | MS_REMOUNT, nullptr), 0);
        AC_VERIFY(store.flush());
        QCOMPARE(store.commits()->items.size(), 3);
        QVERIFY(m_folder->setAside().isEmpty());
    }

    void aFileThatMayNotGrowKeepsRowsInMemory()
    {
        CommitMaker maker(8, m_clock.now());
        Store store(m_folder->options(), m_clock);
        AC_VERIFY(store.open());
        const auto before = maker.some(20);
        AC_VERIFY(store.recordCommits(before));
        const auto during = maker.some(30);
        {
            const FileSizeLimit limit(QFileInfo(m_folder->file() + u"-wal"_s).size() + 10'000);
            int failed = 0;
            for (const CommitRecord &commit : during)
                failed += store.recordCommits({commit}) ? 0 : 1;
            QVERIFY(failed > 20);
            QCOMPARE(store.pending(), failed);
        }
        AC_VERIFY(store.flush());
        QCOMPARE(shasIn(store), shasOf(before + during));
        QVERIFY(*store.check());
    }

    void aFullDiskKeepsRowsInMemory()
    {
        const QByteArray place = QFile::encodeName(m_folder->path());
        if (::mount("tmpfs", place.constData(), "tmpfs", 0, "size=600k") != 0)
            QSKIP("a small filesystem needs privileges");
        const auto unmount = qScopeGuard([&] { ::umount2(place.constData(), MNT_DETACH); });
        CommitMaker maker(9, m_clock.now());
        QFile ballast(m_folder->file(u"ballast"_s));
        QVERIFY(ballast.open(QIODevice::WriteOnly));
        ballast.write(QByteArray(100'000, 'x'));
        ballast.flush();

        Store store(m_folder->options(), m_clock);
        AC_VERIFY(store.open());
        const auto commits = maker.some(200);
        auto kind = ErrorKind::Unknown;
        int stored = 0;
        for (const CommitRecord &commit : commits) {
            const auto recorded = store.recordCommits({commit}, PushNeed::NeedsPush);
            if (recorded)
                ++stored;
            else
                kind = recorded.error().kind;
        }
        QCOMPARE(kind, ErrorKind::DiskFull);
        QVERIFY(stored > 0 && store.pending() > 0);
        QCOMPARE(stored + store.pending(), 200);
        QVERIFY(store.activityLogProblem() || QFileInfo(m_folder->log()).size() > 0);

        QCOMPARE(::mount(nullptr, place.constData(), nullptr, MS_REMOUNT, "size=20m"), 0);
        AC_VERIFY(store.flush());
        QCOMPARE(shasIn(store), shasOf(commits));
        QVERIFY(*store.check());
        QVERIFY(m_folder->setAside().isEmpty());
    }

    void aLogThatCannotBeWrittenCostsNoRow()
    {
        QVERIFY(QDir().mkpath(m_folder->log())); // a directory where the log should be
        Store store(m_folder->options(), m_clock);
        AC_VERIFY(store.open());
        AC_VERIFY(store.recordCommits(CommitMaker(10, m_clock.now()).some(2)));
        QVERIFY(store.activityLogProblem());
        QCOMPARE(store.commits()->items.size(), 2);
    }

    void filesBelongToTheirOwnerAlone()
    {
        StoreOptions options = m_folder->options();
        options.location = m_folder->file(u"cache/commits/a.db"_s);
        Store store(options, m_clock);
        AC_VERIFY(store.open());
        AC_VERIFY(store.recordCommits(CommitMaker(11, m_clock.now()).some(1)));
        QCOMPARE(modeOf(m_folder->file(u"cache"_s)), 0700);
        QCOMPARE(modeOf(m_folder->file(u"cache/commits"_s)), 0700);
        for (const QString &suffix : {u""_s, u"-wal"_s, u"-shm"_s, u".lock"_s})
            QCOMPARE(modeOf(options.location + suffix), 0600);
        store.close();
        QVERIFY(QFile::setPermissions(options.location, QFile::Permissions(0x6644)));
        AC_VERIFY(store.open());
        QCOMPARE(modeOf(options.location), 0600);
    }

    void aSymlinkedFileIsRepairedWhereItIs()
    {
        QVERIFY(QDir().mkpath(m_folder->file(u"real"_s)));
        QFile real(m_folder->file(u"real/history.db"_s));
        QVERIFY(real.open(QIODevice::WriteOnly));
        real.write(QByteArray(9000, 'x'));
        real.close();
        QVERIFY(QFile::link(real.fileName(), m_folder->file()));
        Store store(m_folder->options(), m_clock);
        const auto opened = store.open();
        AC_VERIFY(opened);
        QVERIFY(opened->setAside.startsWith(real.fileName()));
        QVERIFY(QFileInfo(m_folder->file()).isSymLink());
        AC_VERIFY(store.recordCommits(CommitMaker(12, m_clock.now()).some(1)));
        QVERIFY(QFile::exists(real.fileName() + u"-wal"_s));
    }

    void onANetworkFilesystemThereIsNoLogInSharedMemory()
    {
        const auto commits = CommitMaker(13, m_clock.now()).some(4);
        {
            Store store(m_folder->options(), m_clock);
            AC_VERIFY(store.open());
            AC_VERIFY(store.recordCommits(commits.first(2)));
        }
        StoreOptions options = m_folder->options();
        options.journal = StoreOptions::Journal::Rollback; // what Automatic picks there
        Store store(options, m_clock);
        AC_VERIFY(store.open());
        QVERIFY(!QFile::exists(m_folder->file() + u"-wal"_s));
        QVERIFY(!QFile::exists(m_folder->file() + u"-shm"_s));
        AC_VERIFY(store.recordCommits(commits.mid(2)));
        QVERIFY(!QFile::exists(m_folder->file() + u"-wal"_s));
        HistoryReader reader(m_folder->file(), m_clock);
        QCOMPARE(shasIn(reader), shasOf(commits));
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
    TestStoreFaults test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_storefaults.moc"
