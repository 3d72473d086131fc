#include "core/service/daemonregistry.h"
#include "daemon/run/lease.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

class TestLease final : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    QString commonDir() const { return m_folder->path(); }

    /// What another daemon left.
    void leave(const QString &host, qint64 pid, const QString &startTime, qint64 secondsLeft) const
    {
        QFile file(commonDir() + u"/auto-commit/daemon"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QJsonDocument(QJsonObject{{u"daemon"_s, u"night"_s},
                                             {u"host"_s, host},
                                             {u"pid"_s, pid},
                                             {u"start_time"_s, startTime},
                                             {u"until"_s, QDateTime::currentSecsSinceEpoch() + secondsLeft}})
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
        leave(u"apricot"_s, parent, processStartTime(parent), -5000); // it needs no renewal: one can see that it lives
        const Lease lease(u"default"_s, u"apricot"_s);
        QVERIFY(lease.claim(commonDir()).contains(u"night"_s));
        leave(u"apricot"_s, parent, u"1"_s, 0); // another process has that number by now
        QCOMPARE(lease.claim(commonDir()), QString());
    }

    void aDaemonOfAnotherMachineKeepsItAsLongAsItSaid()
    {
        const Lease lease(u"default"_s, u"apricot"_s);
        leave(u"plum"_s, 77, u"1"_s, 300);
        QVERIFY(lease.claim(commonDir()).contains(u"plum"_s));
        leave(u"plum"_s, 77, u"1"_s, -1);
        QCOMPARE(lease.claim(commonDir()), QString());
        leave(u"plum"_s, 77, u"1"_s, 30LL * 86400); // its clock was wrong
        QCOMPARE(lease.claim(commonDir()), QString());
    }

    void whoComesByRarelyClaimsForLonger()
    {
        Lease lease(u"default"_s, u"apricot"_s);
        lease.setInterval(std::chrono::hours(2));
        QCOMPARE(lease.claim(commonDir()), QString());
        QFile file(commonDir() + u"/auto-commit/daemon"_s);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const qint64 until = QJsonDocument::fromJson(file.readAll()).object().value("until"_L1).toInteger();
        QVERIFY(until - QDateTime::currentSecsSinceEpoch() > 5 * 3600);
    }

    void aFileOfAnotherUserIsAClaimToo()
    {
        if (::geteuid() != 0)
            QSKIP("only root can give a file to another user and become one");
        leave(u"apricot"_s, 1, u"1"_s, 0);
        const QByteArray path = QFile::encodeName(commonDir() + u"/auto-commit/daemon"_s);
        QCOMPARE(::chmod(path.constData(), 0600), 0);
        QCOMPARE(::chmod(QFile::encodeName(commonDir()).constData(), 0755), 0);
        const auto asNobody = [&] { return ::seteuid(65534) == 0; };
        QVERIFY(asNobody());
        const QString who = Lease(u"default"_s, u"apricot"_s).claim(commonDir());
        QCOMPARE(::seteuid(0), 0);
        QVERIFY2(who.contains(u"another user"_s), qPrintable(who));
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
