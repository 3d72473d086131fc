#include "tests/core/store/storesupport.h"

#include "core/store/historyreader.h"
#include "tests/support/mounted.h"

#include <QFile>

#include <csignal>

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

int modeOf(const QString &path)
{
    struct stat info
    { };
    return ::stat(QFile::encodeName(path).constData(), &info) == 0 ? static_cast<int>(info.st_mode & 0777) : -1;
}

} // namespace

/// Full, read-only, forbidden or far away: what the disk does to a history.
class TestStoreDisk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<StoreFolder>();
        m_clock = HandClock();
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
        {
            Store store(m_folder->options(), m_clock);
            AC_VERIFY(store.open());
            AC_VERIFY(store.recordCommits(CommitMaker(6, m_clock.now()).some(2)));
        }
        Mounted disk(m_folder->path());
        if (!disk.asItself())
            QSKIP("a read-only mount needs privileges");
        QVERIFY(disk.readOnly());
        Store store(m_folder->options(), m_clock);
        QCOMPARE(store.open().error().kind, ErrorKind::ReadOnly);
        QCOMPARE(store.recordCommits(CommitMaker(7, m_clock.now()).some(1)).error().kind, ErrorKind::ReadOnly);
        QCOMPARE(store.pending(), 1);
        QVERIFY(store.activityLogProblem());
        QVERIFY(disk.writable());
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
        Mounted disk(m_folder->path());
        if (!disk.asSmallDisk())
            QSKIP("a small filesystem needs privileges");
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

        QVERIFY(disk.larger());
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

private:
    std::unique_ptr<StoreFolder> m_folder;
    HandClock m_clock;
};

QTEST_GUILESS_MAIN(TestStoreDisk)
#include "tst_storedisk.moc"
