#include "tests/core/store/storesupport.h"

#include "core/store/database.h"
#include "core/store/historyreader.h"

#include <QCryptographicHash>
#include <QFile>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr quint32 seed = 20260822;

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(content), content.size());
}

} // namespace

/// A file that breaks costs nobody the history.
class TestStoreDamage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        CommitMaker maker(seed, m_clock.now());
        m_commits = maker.some(60);
        m_next = maker.some(400);
        Store store(m_sound.options(), m_clock);
        AC_VERIFY(store.open());
        AC_VERIFY(store.recordCommits(m_commits, PushNeed::NeedsPush));
        for (int i = 0; i < 60; ++i)
            AC_VERIFY(store.recordError({.kind = QString::number(i), .lastSeen = m_clock.now()}));
        store.close();
        m_database = contentOf(m_sound.file());
        m_log = contentOf(m_sound.log());
        QVERIFY(m_database.size() > 50'000);
    }

    void aFlippedByteAnywhereCostsNothing()
    {
        QRandomGenerator random(seed);
        QList<qsizetype> offsets;
        for (qsizetype i = 0; i < 100; ++i) // all of the file's header
            offsets.append(i);
        for (int i = 0; i < 250; ++i)
            offsets.append(random.bounded(m_database.size()));
        int repaired = 0;
        for (const qsizetype offset : std::as_const(offsets)) {
            QByteArray damaged = m_database;
            damaged[offset] = static_cast<char>(damaged[offset] ^ (1 << random.bounded(8)));
            repaired += historySurvives(damaged, u"byte %1"_s.arg(offset)) ? 1 : 0;
            if (QTest::currentTestFailed())
                return;
        }
        qInfo("%d of %lld flips were found and the file rebuilt", repaired, static_cast<long long>(offsets.size()));
        QVERIFY(repaired > 20);
    }

    void aFileCutAtAnyLengthCostsNothing()
    {
        QList<qsizetype> lengths{0, 1, 15, 16, 99, 100, 101, 511, 512, 4095, 4096, 4097};
        QRandomGenerator random(seed + 1);
        for (int i = 0; i < 120; ++i)
            lengths.append(random.bounded(m_database.size()));
        for (qsizetype page = 4096; page < m_database.size(); page += 4096)
            lengths.append(page);
        for (const qsizetype length : std::as_const(lengths)) {
            historySurvives(m_database.left(length), u"length %1"_s.arg(length));
            if (QTest::currentTestFailed())
                return;
        }
    }

    void anotherFileInItsPlaceCostsNothing_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("text") << QByteArray("This is not a database.\n").repeated(1000);
        QTest::newRow("zeros") << QByteArray(20'000, '\0');
        QTest::newRow("a header and nothing else") << m_database.left(16) + QByteArray(20'000, '\xff');
        QTest::newRow("the right half") << m_database.mid(m_database.size() / 2);
    }
    void anotherFileInItsPlaceCostsNothing()
    {
        QFETCH(QByteArray, content);
        QVERIFY(historySurvives(content, u"content"_s));
    }

    void aDamagedLogOfSqliteCostsNothing()
    {
        const StoreFolder folder;
        StoreOptions options = folder.options();
        options.shortLived = true;
        {
            Store store(options, m_clock);
            AC_VERIFY(store.open());
            for (int i = 0; i < 60; i += 10)
                AC_VERIFY(store.recordCommits(m_commits.sliced(i, 10)));
        }
        const QByteArray database = contentOf(folder.file());
        const QByteArray sqliteLog = contentOf(folder.file() + u"-wal"_s);
        const QByteArray activity = contentOf(folder.log());
        QVERIFY(sqliteLog.size() > 10'000);
        QRandomGenerator random(seed + 2);
        for (int i = 0; i < 60; ++i) {
            const StoreFolder copy;
            QByteArray damaged = sqliteLog;
            const qsizetype at = random.bounded(damaged.size());
            if (i % 2 == 0)
                damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
            else
                damaged.truncate(at);
            write(copy.file(), database);
            write(copy.file() + u"-wal"_s, damaged);
            write(copy.log(), activity);
            Store store(copy.options(), m_clock);
            AC_VERIFY(store.open());
            QCOMPARE(shasIn(store), shasOf(m_commits));
        }
    }

    void damageWhileTheFileIsOpenIsRepaired()
    {
        const StoreFolder folder;
        StoreOptions options = folder.options();
        StoreOpened repair;
        options.onRepaired = [&](const StoreOpened &opened) { repair = opened; };
        Store store(options, m_clock);
        AC_VERIFY(store.open());
        AC_VERIFY(store.recordCommits(m_commits, PushNeed::NeedsPush));
        QVERIFY(*store.check());

        QFile file(folder.file());
        QVERIFY(file.open(QIODevice::ReadWrite));
        QFile log(folder.file() + u"-wal"_s);
        QVERIFY(log.open(QIODevice::ReadWrite));
        log.seek(0);
        log.write(QByteArray(static_cast<int>(log.size()), '\x5a'));
        log.flush();
        for (qint64 page = 4096; page < std::max<qint64>(file.size(), 40'000); page += 4096) {
            file.seek(page);
            file.write(QByteArray(4000, '\x5a'));
        }
        file.flush();
        HistoryReader reader(folder.file(), m_clock);
        QCOMPARE(reader.checkIntegrity().error().kind, ErrorKind::DatabaseDamaged);
        QVERIFY(!*store.check());
        AC_VERIFY(reader.checkIntegrity());
        QVERIFY(QFileInfo::exists(repair.setAside));
        QCOMPARE(shasIn(store), shasOf(m_commits));
        QCOMPARE(store.needsPush(u"apricot"_s)->size(), 1);
        AC_VERIFY(store.recordCommits({m_next[0]}));
        QVERIFY(*store.check());
    }

    void aProgramThatHasTheFileOpenLetsGoOfItForTheRepair()
    {
        const StoreFolder folder;
        Store daemon(folder.options(), m_clock);
        AC_VERIFY(daemon.open());
        AC_VERIFY(daemon.recordCommits(m_commits));
        HistoryReader reader(folder.file(), m_clock);
        QCOMPARE(shasIn(reader), shasOf(m_commits));

        // Another program finds damage. It must not take the file away while the daemon has it open.
        write(folder.file() + u".damaged"_s, {});
        Store other(folder.options(), m_clock);
        QCOMPARE(other.open().error().kind, ErrorKind::DatabaseBusy);
        QVERIFY(folder.setAside().isEmpty());
        QCOMPARE(other.recordCommits({m_next[0]}).error().kind, ErrorKind::DatabaseBusy);
        QCOMPARE(other.pending(), 1);

        AC_VERIFY(daemon.recordCommits({m_next[1]}));
        QCOMPARE(folder.setAside().size(), 1);
        QVERIFY(!QFile::exists(folder.file() + u".damaged"_s));
        AC_VERIFY(other.flush());
        QCOMPARE(other.pending(), 0);
        const QSet<QString> all = shasOf(m_commits + m_next.first(2));
        QCOMPARE(shasIn(daemon), all);
        QCOMPARE(shasIn(other), all);
        QCOMPARE(shasIn(reader), all);
    }

    void aReaderThatEndsAfterTheRepairTakesNothingWithIt()
    {
        const StoreFolder folder;
        auto store = std::make_unique<Store>(folder.options(), m_clock);
        AC_VERIFY(store->open());
        AC_VERIFY(store->recordCommits(m_commits));
        auto reader = std::make_unique<HistoryReader>(folder.file(), m_clock);
        QCOMPARE(shasIn(*reader), shasOf(m_commits));
        write(folder.file() + u".damaged"_s, {});
        AC_VERIFY(store->recordCommits({m_next[0]})); // repairs; the reader still has the old file
        QCOMPARE(folder.setAside().size(), 1);
        reader.reset();
        QVERIFY2(QFile::exists(folder.file() + u"-wal"_s), "the log of the new file was deleted by name");
        QCOMPARE(shasIn(*store), shasOf(m_commits + m_next.first(1)));
    }

    void aVersionThatCannotBeIsDamageAndNotANewerProgram()
    {
        const StoreFolder folder;
        write(folder.log(), m_log);
        write(folder.file(), m_database);
        {
            auto database = Database::connect(parseStoreTarget(folder.file()).value(), {});
            AC_VERIFY((*database)->run(u"UPDATE schema_version SET version = 131 WHERE version = 3"_s));
        }
        Store store(folder.options(), m_clock);
        const auto opened = store.open();
        AC_VERIFY(opened);
        QVERIFY(!opened->setAside.isEmpty());
        QCOMPARE(shasIn(store), shasOf(m_commits));
    }

    void aRepairThatWasCutShortStartsOver()
    {
        const StoreFolder folder;
        write(folder.log(), m_log);
        write(folder.file(), m_database.left(4096));
        write(folder.file() + u".damaged"_s, {});
        Store store(folder.options(), m_clock);
        const auto opened = store.open();
        AC_VERIFY(opened);
        QVERIFY(!opened->setAside.isEmpty());
        QVERIFY(!QFile::exists(folder.file() + u".damaged"_s));
        QCOMPARE(shasIn(store), shasOf(m_commits));
    }

    void onlyTheNewestDamagedFilesAreKept()
    {
        const StoreFolder folder;
        write(folder.log(), m_log);
        for (int i = 0; i < 8; ++i) {
            write(folder.file(), QByteArray(5000, static_cast<char>('a' + i)));
            Store store(folder.options(), m_clock);
            AC_VERIFY(store.open());
            m_clock.pass(1s);
        }
        QCOMPARE(folder.setAside().size(), 5);
        QCOMPARE(contentOf(folder.file(folder.setAside().last())).at(0), 'h');
    }

    void aRemovedFileIsMadeAgainFromTheLog()
    {
        const StoreFolder folder;
        Store store(folder.options(), m_clock);
        AC_VERIFY(store.open());
        AC_VERIFY(store.recordCommits(m_commits));
        QVERIFY(QFile::remove(folder.file()));
        QFile::remove(folder.file() + u"-wal"_s);
        QFile::remove(folder.file() + u"-shm"_s);
        AC_VERIFY(store.recordCommits({m_next[0]}));
        HistoryReader reader(folder.file(), m_clock);
        QCOMPARE(shasIn(reader), shasOf(m_commits + m_next.first(1)));
    }

    void somebodyElsesDatabaseIsNotTouched()
    {
        const StoreFolder folder;
        {
            auto foreign = Database::connect(parseStoreTarget(folder.file()).value(), {});
            AC_VERIFY((*foreign)->runOnce(u"CREATE TABLE photos (id INTEGER PRIMARY KEY)"_s));
            AC_VERIFY((*foreign)->run(u"INSERT INTO photos VALUES (1)"_s));
        }
        const auto hash = [&] { return QCryptographicHash::hash(contentOf(folder.file()), QCryptographicHash::Sha1); };
        const QByteArray before = hash();
        {
            Store store(folder.options(), m_clock);
            QCOMPARE(store.open().error().kind, ErrorKind::Config);
            QVERIFY(!store.recordCommits({m_next[0]}));
        }
        QCOMPARE(hash(), before);
        QVERIFY(folder.setAside().isEmpty());
    }

private:
    /// Opens a history whose file is damaged like this, writes, checks: everything is there. True when the damage was
    /// found and the file set aside (a flip in unused space or inside a text is none that anybody could find).
    bool historySurvives(const QByteArray &damaged, const QString &what)
    {
        const StoreFolder folder;
        write(folder.file(), damaged);
        write(folder.log(), m_log);
        Store store(folder.options(), m_clock);
        const auto opened = store.open();
        const auto said = [&](const Error &e) { return what + u": "_s + e.message + u' ' + e.detail; };
        const auto verify = [&](const auto &result) {
            return QTest::qVerify(result.ok(), "ok", result.ok() ? "" : qPrintable(said(result.error())), __FILE__,
                                  __LINE__);
        };
        if (!verify(opened) || !verify(store.recordCommits({m_next[1]}, PushNeed::NeedsPush)) || !verify(store.check()))
            return false;
        QTest::qCompare(shasIn(store), shasOf(m_commits) + QSet<QString>{m_next[1].sha}, qPrintable(what), "all",
                        __FILE__, __LINE__);
        QTest::qCompare(store.pending(), 0, "pending", "0", __FILE__, __LINE__);
        const QStringList aside = folder.setAside();
        if (!aside.isEmpty() && damaged.size() > 4096) // nothing is thrown away
            QTest::qVerify(contentOf(folder.file(aside[0])).size() > 0, "kept", "", __FILE__, __LINE__);
        return !aside.isEmpty();
    }

    HandClock m_clock;
    StoreFolder m_sound;
    QByteArray m_database;
    QByteArray m_log;
    QList<CommitRecord> m_commits;
    QList<CommitRecord> m_next;
};

QTEST_GUILESS_MAIN(TestStoreDamage)
#include "tst_storedamage.moc"
