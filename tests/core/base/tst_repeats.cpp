#include "core/base/log.h"
#include "core/base/repeats.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <numeric>

using namespace AutoCommit;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestRepeats final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTroubleThatLastsIsSaidAtOnceAtTenAndThenHourly()
    {
        Repeats repeats;
        Repeats::Time now{};
        QList<int> written;
        for (int cycle = 0; cycle < 480; ++cycle, now += 180s) // a day of cycles
            if (const auto times = repeats.take("the hub does not answer", now))
                written += *times;
        QCOMPARE(written.first(), 1);
        QCOMPARE(written.at(1), 9);
        QVERIFY(written.size() >= 24 && written.size() <= 26);
        QVERIFY(std::accumulate(written.begin(), written.end(), 0) > 460); // none is forgotten in the counts
    }

    void linesThatDifferInNumbersAloneAreTheSame()
    {
        Repeats repeats;
        QVERIFY(repeats.take("gave up after 31 s (process 4711)", {}));
        QVERIFY(!repeats.take("gave up after 30 s (process 12)", {}));
        QVERIFY(repeats.take("gave up after 30 s at b4def7b745", {}));
        QVERIFY(repeats.take("gave up after 30 s at b4def7b746", {})); // another commit
    }

    void whatHadEndedIsNewAgain()
    {
        Repeats repeats;
        QCOMPARE(repeats.take("x", Repeats::Time{}), 1);
        QVERIFY(!repeats.take("x", Repeats::Time{} + 5min));
        QCOMPARE(repeats.take("x", Repeats::Time{} + 4h), 1);
    }

    void manyDifferentLinesAreAllWritten()
    {
        Repeats repeats;
        for (int i = 0; i < 10'000; ++i)
            QVERIFY(repeats.take("line " + QByteArray(1 + i % 100, 'x') + QByteArray(i / 100, 'y') + 'z', {}));
    }

    void theLogFileSaysHowOften()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"a.log"_s);
        {
            const LogFile log(path, u"info"_s, {});
            for (int i = 0; i < 30; ++i)
                qCWarning(logSync) << "the hub does not answer";
        }
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArrayList lines = file.readAll().trimmed().split('\n');
        QCOMPARE(lines.size(), 2);
        QVERIFY2(lines.at(1).endsWith("(9 more times)"), lines.at(1).constData());
    }
};

QTEST_GUILESS_MAIN(TestRepeats)
#include "tst_repeats.moc"
