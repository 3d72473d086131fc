#include "core/pipeline/modelwait.h"

#include "tests/support/scriptedmodel.h"

#include <QTemporaryDir>
#include <QTest>

using namespace AutoCommit;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// How long a checkout's commit is put off while no model answers.
class TestModelWait : public QObject
{
    Q_OBJECT

    const Error m_away{ErrorKind::ModelUnavailable, u"nobody answers"_s};

private Q_SLOTS:
    void itIsPutOffFromRunToRunUntilTheTimeIsUp()
    {
        const QTemporaryDir directory;
        const QString file = directory.filePath(u"waits"_s);
        const HandClock clock;
        clock.sleepFor(1h);
        int putOff = 0;
        for (int run = 0; run < 20; ++run) { // each as after a restart: nothing is remembered but the file
            const ModelWait wait(file, 30min, clock);
            const auto later = wait.putOff(m_away);
            QCOMPARE(later.has_value(), run * 3 < 30);
            if (later) {
                ++putOff;
                QCOMPARE(later->kind, ErrorKind::ModelUnavailable);
                QVERIFY(later->message.contains(u"nobody answers"_s));
            }
            clock.sleepFor(3min);
        }
        QCOMPARE(putOff, 10);
    }

    void noRunAsksBeyondTheEndOfTheWait()
    {
        const QTemporaryDir directory;
        const QString file = directory.filePath(u"waits"_s);
        const HandClock clock;
        QCOMPARE(ModelWait(file, 30min, clock).patience(15min), std::chrono::seconds(15min));
        QVERIFY(ModelWait(file, 30min, clock).putOff(m_away));
        clock.sleepFor(20min);
        QCOMPARE(ModelWait(file, 30min, clock).patience(15min), std::chrono::seconds(10min));
        clock.sleepFor(20min);
        QCOMPARE(ModelWait(file, 30min, clock).patience(15min), 30s); // and whether they are back is still seen
    }

    /// A server that hangs uses up a run's time before the commit is put off.
    void theTimeOfTheFirstRunCounts()
    {
        const QTemporaryDir directory;
        const QString file = directory.filePath(u"waits"_s);
        const HandClock clock;
        const ModelWait first(file, 30min, clock);
        clock.sleepFor(15min);
        QVERIFY(first.putOff(m_away));
        clock.sleepFor(15min);
        QVERIFY(!ModelWait(file, 30min, clock).putOff(m_away));
    }

    void whoWasAnsweredBeginsAnew()
    {
        const QTemporaryDir directory;
        const QString file = directory.filePath(u"waits"_s);
        const HandClock clock;
        QVERIFY(ModelWait(file, 30min, clock).putOff(m_away));
        clock.sleepFor(25min);
        ModelWait(file, 30min, clock).end();
        QVERIFY(!QFile::exists(file));
        QVERIFY(ModelWait(file, 30min, clock).putOff(m_away));
        clock.sleepFor(25min);
        QVERIFY(ModelWait(file, 30min, clock).putOff(m_away));
    }

    void aFileOfAnotherWaitOrWithoutSenseIsPassedOver_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("words") << "some time ago"_ba;
        QTest::newRow("from the future") << "99999999999999 99999999999999\n"_ba;
        QTest::newRow("touched before it began") << "172800000 100\n"_ba;
        QTest::newRow("forgotten") << "1000 2000\n"_ba;
    }
    void aFileOfAnotherWaitOrWithoutSenseIsPassedOver()
    {
        QFETCH(QByteArray, content);
        const QTemporaryDir directory;
        const QString path = directory.filePath(u"waits"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        const HandClock clock;
        clock.sleepFor(48h);
        QVERIFY(ModelWait(path, 30min, clock).putOff(m_away));
    }

    void whereNothingCanBeKeptNothingIsPutOff()
    {
        const HandClock clock;
        QVERIFY(!ModelWait(u"/nowhere/waits"_s, 30min, clock).putOff(m_away));
    }
};

QTEST_APPLESS_MAIN(TestModelWait)
#include "tst_modelwait.moc"
