#include "tests/core/store/storesupport.h"

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>

#include <csignal>

#include <unistd.h>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr quint32 seed = 4242;

/// The child: stores commits one after the other and says each time when it has been told that it is stored.
int keepWriting(const QString &file, const QString &log, quint32 ownSeed)
{
    const SystemClock clock;
    Store store({.location = file, .activityLog = log, .host = u"apricot"_s, .busyTimeout = 20s}, clock);
    if (!store.open())
        return 2;
    CommitMaker maker(ownSeed, HandClock().now());
    for (int i = 0; i < 100'000; ++i) {
        const CommitRecord commit = maker.next();
        if (!store.recordCommits({commit}, i % 2 == 0 ? PushNeed::NeedsPush : PushNeed::None))
            return 3;
        const QByteArray line = commit.sha.toLatin1() + '\n';
        if (::write(STDOUT_FILENO, line.constData(), static_cast<std::size_t>(line.size())) != line.size())
            return 4;
    }
    return 0;
}

class Writer
{
public:
    Writer(const StoreFolder &folder, bool withLog, quint32 ownSeed)
    {
        m_process.start(QCoreApplication::applicationFilePath(),
                        {u"--write"_s, folder.file(), withLog ? folder.log() : QString(), QString::number(ownSeed)});
    }

    bool waitForRows(int rows)
    {
        QElapsedTimer timer;
        timer.start();
        while (m_said.count('\n') < rows && timer.elapsed() < 30'000 && m_process.waitForReadyRead(30'000))
            m_said += m_process.readAllStandardOutput();
        return m_said.count('\n') >= rows;
    }

    /// kill -9, and what it had been told until then.
    QSet<QString> kill()
    {
        ::kill(static_cast<pid_t>(m_process.processId()), SIGKILL);
        m_process.waitForFinished(30'000);
        m_said += m_process.readAllStandardOutput();
        QSet<QString> shas;
        const QList<QByteArray> lines = m_said.split('\n');
        for (const QByteArray &line : lines) {
            if (line.size() == 40)
                shas += QString::fromLatin1(line);
        }
        return shas;
    }

private:
    QProcess m_process;
    QByteArray m_said;
};

} // namespace

/// Programs that die and programs that share.
class TestStoreProcesses : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasReportedSurvivesAKill_data()
    {
        QTest::addColumn<bool>("withLog");
        QTest::addColumn<int>("writers");
        QTest::newRow("one writer, database alone") << false << 1;
        QTest::newRow("one writer") << true << 1;
        QTest::newRow("two writers, database alone") << false << 2;
        QTest::newRow("two writers") << true << 2;
    }
    void whatWasReportedSurvivesAKill()
    {
        QFETCH(bool, withLog);
        QFETCH(int, writers);
        const StoreFolder folder;
        QRandomGenerator random(seed);
        QSet<QString> reported;
        for (int round = 0; round < 25; ++round) {
            std::vector<std::unique_ptr<Writer>> running;
            for (int i = 0; i < writers; ++i)
                running.push_back(std::make_unique<Writer>(folder, withLog, seed + 100 * round + i));
            for (const auto &writer : running) // a random point: anywhere from opening to the middle of some row
                QVERIFY(writer->waitForRows(random.bounded(30)));
            ::usleep(static_cast<useconds_t>(random.bounded(3000)));
            for (const auto &writer : running)
                reported += writer->kill();
        }
        QVERIFY(reported.size() > 200);

        HandClock clock;
        StoreOptions options = folder.options();
        options.busyTimeout = 10s;
        if (!withLog)
            options.activityLog.clear();
        Store store(options, clock);
        AC_VERIFY(store.open());
        QVERIFY(*store.check());
        QVERIFY(folder.setAside().isEmpty());
        const QSet<QString> stored = shasIn(store);
        QVERIFY2(stored.contains(reported), qPrintable(u"%1 missing"_s.arg((reported - stored).size())));
        QVERIFY(stored.size() <= reported.size() + 25 * writers); // at most one each was stored and not yet reported
        QCOMPARE(store.needsPush(u"apricot"_s)->size(), 1);
    }

    void twoProgramsWriteAtTheSameTime()
    {
        const StoreFolder folder;
        Writer first(folder, true, 1);
        Writer second(folder, true, 2);
        QVERIFY(first.waitForRows(150) && second.waitForRows(150));
        const QSet<QString> reported = first.kill() + second.kill();
        QVERIFY(reported.size() >= 300);
        HandClock clock;
        Store store(folder.options(), clock);
        AC_VERIFY(store.open());
        QVERIFY(shasIn(store).contains(reported));
    }
};

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"--write"_s)
        return keepWriting(arguments.value(2), arguments.value(3), arguments.value(4).toUInt());
    TestStoreProcesses test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_storeprocesses.moc"
