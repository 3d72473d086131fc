#include "core/keychain/keychain.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace AutoCommit;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// A program of its own: a job that hangs holds up every later one of the process.
class TestKeychainSilence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// A message bus that takes the connection and never says a word.
    void aBusThatNeverAnswersCostsTheDeadlineOnly()
    {
        const QTemporaryDir directory;
        const QByteArray path = directory.filePath(u"silent"_s).toUtf8();
        const int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        qstrncpy(address.sun_path, path.constData(), sizeof address.sun_path);
        QCOMPARE(::bind(listener, reinterpret_cast<const sockaddr *>(&address), sizeof address), 0);
        QCOMPARE(::listen(listener, 8), 0);
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + path);

        QElapsedTimer clock;
        clock.start();
        const auto read = readSecret(u"coordinator"_s, 300ms);
        const qint64 took = clock.elapsed();
        const auto written = writeSecret(u"coordinator"_s, "hush-hush", 300ms);
        ::close(listener);
        QVERIFY(!read);
        QCOMPARE(read.error().kind, ErrorKind::Timeout);
        QVERIFY(took < 20000); // not the bus's own patience
        QVERIFY(!written);
        QCOMPARE(written.error().kind, ErrorKind::Timeout);
        QVERIFY(!written.error().message.contains(u"hush"_s));
    }
};

QTEST_GUILESS_MAIN(TestKeychainSilence)
#include "tst_keychainsilence.moc"
