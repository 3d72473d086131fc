#include "core/base/clock.h"
#include "daemon/api/historythread.h"

#include <QSemaphore>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

/// A database that takes its time holds up nobody but those who ask it.
class TestHistoryThread : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;
    SystemClock m_clock;

    QString location() const { return m_dir.filePath(u"history.db"_s); }

private Q_SLOTS:
    void theAskingThreadGoesOnMeanwhile()
    {
        QSemaphore slow;
        HistoryThread history(location(), m_clock);
        bool answered = false;
        QThread *asker = QThread::currentThread();
        history.ask<bool>(
            [&](HistoryQueries &) -> Result<bool> {
                slow.acquire();
                return QThread::currentThread() != asker;
            },
            [&](const Result<bool> &elsewhere) {
                QVERIFY(*elsewhere);
                QCOMPARE(QThread::currentThread(), asker);
                answered = true;
            });
        bool turned = false;
        QMetaObject::invokeMethod(
            this, [&] { turned = true; }, Qt::QueuedConnection);
        QTRY_VERIFY(turned);
        QVERIFY(!answered);
        slow.release();
        QTRY_VERIFY(answered);
    }

    void answersComeInTheOrderOfTheQuestions()
    {
        HistoryThread history(location(), m_clock);
        QList<int> order;
        for (int i = 0; i < 20; ++i)
            history.ask<int>([i](HistoryQueries &) -> Result<int> { return i; },
                             [&](const Result<int> &n) { order += *n; });
        QTRY_COMPARE(order.size(), 20);
        QVERIFY(std::ranges::is_sorted(order));
    }

    void tooManyQuestionsAreTurnedAwayAtOnce()
    {
        QSemaphore slow;
        HistoryThread history(location(), m_clock);
        int busy = 0;
        int fine = 0;
        for (int i = 0; i < 300; ++i) {
            history.ask<int>(
                [&](HistoryQueries &) -> Result<int> {
                    slow.acquire();
                    return 1;
                },
                [&](const Result<int> &answer) { ++(answer ? fine : busy); });
        }
        QCOMPARE(busy, 44);
        slow.release(300);
        QTRY_COMPARE(fine, 256);
    }

    void noHistoryYetIsAnEmptyOne()
    {
        HistoryThread history(location(), m_clock);
        bool answered = false;
        history.ask<Page<CommitRecord>>([](HistoryQueries &h) { return h.commits(); },
                                        [&](const Result<Page<CommitRecord>> &page) {
                                            QVERIFY(page.ok());
                                            QVERIFY(page->items.isEmpty());
                                            answered = true;
                                        });
        QTRY_VERIFY(answered);
    }

    void questionsThatWaitAtTheEndAreForgotten()
    {
        bool answered = false;
        {
            HistoryThread history(location(), m_clock);
            history.ask<int>([](HistoryQueries &) -> Result<int> { return 1; },
                             [&](const Result<int> &) { answered = true; });
        }
        QCoreApplication::sendPostedEvents();
        QVERIFY(!answered);
    }
};

QTEST_GUILESS_MAIN(TestHistoryThread)
#include "tst_historythread.moc"
