#include "core/service/daemonregistry.h"
#include "daemon/run/lease.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

class TestLease final : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    QString commonDir() const { return m_folder->path(); }

    /// What another daemon left.
    void leave(const QString &host, qint64 pid, const QString &startTime, qint64 secondsAgo) const
    {
        QFile file(commonDir() + u"/auto-commit/daemon"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QJsonDocument(QJsonObject{{u"daemon"_s, u"night"_s},
                                             {u"host"_s, host},
                                             {u"pid"_s, pid},
                                             {u"start_time"_s, startTime},
                                             {u"at"_s, QDateTime::currentSecsSinceEpoch() - secondsAgo}})
                       .toJson());
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QDir().mkpath(commonDir() + u"/auto-commit"_s);
    }

    void whoeverIsFirstHasItAndKeepsIt()
    {
        const Lease first(u"default"_s, u"apricot"_s);
        QCOMPARE(first.claim(commonDir()), QString());
        QCOMPARE(first.claim(commonDir()), QString());
        const Lease elsewhere(u"default"_s, u"plum"_s); // the same disk
        QVERIFY(elsewhere.claim(commonDir()).contains(u"apricot"_s));
        QCOMPARE(first.claim(commonDir()), QString());
    }

    void aLivingDaemonIsNamedAndADeadOneIsNot()
    {
        const qint64 parent = ::getppid();
        leave(u"apricot"_s, parent, processStartTime(parent), 5000); // it needs no renewal: one can see that it lives
        const Lease lease(u"default"_s, u"apricot"_s);
        QVERIFY(lease.claim(commonDir()).contains(u"night"_s));
        leave(u"apricot"_s, parent, u"1"_s, 0); // another process has that number by now
        QCOMPARE(lease.claim(commonDir()), QString());
    }

    void aDaemonOfAnotherMachineHasToRenewIt()
    {
        const Lease lease(u"default"_s, u"apricot"_s);
        leave(u"plum"_s, 77, u"1"_s, 300);
        QVERIFY(lease.claim(commonDir()).contains(u"plum"_s));
        leave(u"plum"_s, 77, u"1"_s, 700);
        QCOMPARE(lease.claim(commonDir()), QString());
    }

    void rubbishAndAMissingDirectoryAreNoClaim()
    {
        const Lease lease(u"default"_s, u"apricot"_s);
        QFile file(commonDir() + u"/auto-commit/daemon"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{");
        file.close();
        QCOMPARE(lease.claim(commonDir()), QString());
        QCOMPARE(lease.claim(commonDir() + u"/nowhere"_s), QString());
    }
};

QTEST_GUILESS_MAIN(TestLease)
#include "tst_lease.moc"
