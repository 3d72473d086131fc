#include "tests/core/store/storesupport.h"

#include <QFile>

#include <atomic>

#include <sys/syscall.h>
#include <unistd.h>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

namespace {

/// What a power cut leaves: of every file the content at its last sync, nothing of what came after.
class SyncedDisk
{
public:
    static void watch(const QString &folder, const QString &image)
    {
        s_folder = folder;
        s_image = image;
        s_syncs = 0;
    }
    static int syncs() { return s_syncs; }

    static void synced(int descriptor)
    {
        if (s_folder.isEmpty())
            return;
        const QString path = QFile::symLinkTarget(u"/proc/self/fd/%1"_s.arg(descriptor));
        if (!path.startsWith(s_folder) || !QFileInfo(path).isFile())
            return;
        ++s_syncs;
        const QString copy = s_image + u'/' + QFileInfo(path).fileName();
        QFile::remove(copy);
        QFile::copy(path, copy);
    }

private:
    static inline QString s_folder;
    static inline QString s_image;
    static inline std::atomic_int s_syncs = 0;
};

} // namespace

// The database library finds these before the ones of the system.
extern "C" int fdatasync(int descriptor)
{
    const int result = static_cast<int>(::syscall(SYS_fdatasync, descriptor));
    SyncedDisk::synced(descriptor);
    return result;
}

extern "C" int fsync(int descriptor)
{
    const int result = static_cast<int>(::syscall(SYS_fsync, descriptor));
    SyncedDisk::synced(descriptor);
    return result;
}

/// Durable means: on the disk before it is reported.
class TestStoreDurability : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<StoreFolder>();
        m_image = std::make_unique<StoreFolder>();
        SyncedDisk::watch(m_folder->path(), m_image->path());
    }
    void cleanup() { SyncedDisk::watch({}, {}); }

    void whatWasReportedDurableSurvivesAPowerCut_data()
    {
        QTest::addColumn<StoreOptions::Journal>("journal");
        QTest::newRow("write-ahead log") << StoreOptions::Journal::WriteAhead;
        QTest::newRow("rollback journal") << StoreOptions::Journal::Rollback;
    }
    void whatWasReportedDurableSurvivesAPowerCut()
    {
        QFETCH(StoreOptions::Journal, journal);
        StoreOptions options = m_folder->options();
        options.activityLog.clear(); // the database alone has to hold it
        options.journal = journal;
        Store store(options, m_clock);
        AC_VERIFY(store.open());
        CommitMaker maker(1, m_clock.now());
        QList<CommitRecord> commits;
        for (int i = 0; i < 40; ++i) {
            for (int n = i % 3; n > 0; --n)
                AC_VERIFY(store.recordCycle({.startedAt = m_clock.now()})); // not durable, in between
            commits += maker.some(1 + i % 2);
            AC_VERIFY(store.recordCommits(commits.last(1 + i % 2), PushNeed::NeedsPush));
            if (i % 5 == 0)
                AC_VERIFY(store.pause({.host = u"apricot"_s, .repo = QString::number(i), .since = m_clock.now()}));
            afterPowerCut([&](Store &survivor) {
                QCOMPARE(shasIn(survivor), shasOf(commits));
                QCOMPARE(survivor.needsPush(u"apricot"_s)->value(0).sha, commits.last().sha);
                QCOMPARE(survivor.pauses(u"apricot"_s)->size(), i / 5 + 1);
            });
        }
    }

    void ordinaryRowsCostNoSync()
    {
        Store store(m_folder->options(), m_clock);
        AC_VERIFY(store.open());
        AC_VERIFY(store.recordCommits(CommitMaker(2, m_clock.now()).some(1)));
        const int before = SyncedDisk::syncs();
        QVERIFY(before > 0);
        for (int i = 0; i < 20; ++i) {
            AC_VERIFY(store.recordCycle({.startedAt = m_clock.now()}));
            AC_VERIFY(store.recordError({.kind = u"k"_s, .lastSeen = m_clock.now()}));
            AC_VERIFY(store.saveHost({.name = u"plum"_s, .lastSeen = m_clock.now()}));
        }
        QCOMPARE(SyncedDisk::syncs(), before);
        AC_VERIFY(store.recordCommits(CommitMaker(3, m_clock.now()).some(1)));
        QCOMPARE(SyncedDisk::syncs(), before + 1);
    }

    void aShortLivedProgramSyncsOnce()
    {
        StoreOptions options = m_folder->options();
        options.shortLived = true;
        {
            Store first(options, m_clock);
            AC_VERIFY(first.open());
            AC_VERIFY(first.recordCommits(CommitMaker(4, m_clock.now()).some(1)));
        }
        const int before = SyncedDisk::syncs();
        {
            Store second(options, m_clock);
            AC_VERIFY(second.open());
            AC_VERIFY(second.recordCommits(CommitMaker(5, m_clock.now()).some(1)));
        }
        QCOMPARE(SyncedDisk::syncs(), before + 1);
    }

private:
    template <typename Check> void afterPowerCut(const Check &check)
    {
        const StoreFolder survivor;
        const QDir image(m_image->path());
        const QStringList files = image.entryList(QDir::Files);
        for (const QString &file : files) {
            if (!file.endsWith("-journal"_L1) || QFile::exists(m_folder->file(file))) // a deletion is synced as well
                QVERIFY(QFile::copy(image.filePath(file), survivor.file(file)));
        }
        StoreOptions options = survivor.options();
        options.activityLog.clear();
        Store store(options, m_clock);
        AC_VERIFY(store.open());
        QVERIFY(survivor.setAside().isEmpty());
        check(store);
    }

    std::unique_ptr<StoreFolder> m_folder;
    std::unique_ptr<StoreFolder> m_image;
    HandClock m_clock;
};

QTEST_GUILESS_MAIN(TestStoreDurability)
#include "tst_storedurability.moc"
