#include "core/git/giterrors.h"

#include <QTest>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

/// What git, curl and ssh say, and the kind of trouble it is. The texts are those of git 2.39 with OpenSSL and GnuTLS.
class TestGitErrors final : public QObject
{
    Q_OBJECT

    static Error classified(const QByteArray &said)
    {
        return classifyGitFailure(u"git push"_s, {.exitCode = 128, .output = {}, .errors = said});
    }

private Q_SLOTS:
    void aNameIsNotTakenForTheTrouble_data()
    {
        QTest::addColumn<QByteArray>("said");
        QTest::addColumn<int>("kind");
        const auto row = [](const char *name, const QByteArray &said, ErrorKind kind) {
            QTest::newRow(name) << said << static_cast<int>(kind);
        };
        row("openssl, no network",
            "fatal: unable to access 'https://hub.example/openssl/openssl.git/': Could not resolve host: hub.example\n",
            ErrorKind::Unreachable);
        row("a repository of certificates, no password",
            "fatal: Authentication failed for 'https://hub.example/server certificate.git/'\n", ErrorKind::AuthFailed);
        row("gitleaks, overtaken",
            "remote: Resolving deltas: 100% (1/1), done.\nTo https://hub.example/gitleaks/gitleaks.git\n"
            " ! [rejected]        main -> main (fetch first)\nerror: failed to push some refs to "
            "'https://hub.example/gitleaks/gitleaks.git'\nhint: Updates were rejected\n",
            ErrorKind::NonFastForward);
        row("a file that tells of a full disk",
            "error: open(\"a\"): Permission denied\nerror: unable to index file 'no space left on device.md'\n",
            ErrorKind::PermissionDenied);
        row("a lock of a repository with a quote in its name",
            "fatal: Unable to create '/home/x/it's/.git/index.lock': File exists.\n", ErrorKind::LockHeld);
        row("the hub's disk, not this one",
            "remote: fatal: write error: No space left on device\nerror: remote unpack "
            "failed: index-pack abnormal exit\n",
            ErrorKind::HubDiskFull);
        row("a branch named ssl", "fatal: couldn't find remote ref refs/heads/ssl\n", ErrorKind::UpstreamGone);
    }
    void aNameIsNotTakenForTheTrouble()
    {
        QFETCH(QByteArray, said);
        QFETCH(int, kind);
        const Error error = classified(said);
        QVERIFY2(error.kind == static_cast<ErrorKind>(kind), qPrintable(error.message));
    }

    void troubleWithTlsIsToldFromOtherTrouble_data()
    {
        QTest::addColumn<QByteArray>("said");
        const QByteArray start = "fatal: unable to access 'https://hub.example/pear.git/': ";
        QTest::newRow("unknown issuer") << start + "SSL certificate problem: unable to get local issuer certificate\n";
        QTest::newRow("another name") << start
                + "SSL: no alternative certificate subject name matches target host name 'hub.example'\n";
        QTest::newRow("GnuTLS, unknown issuer")
            << start + "server certificate verification failed. CAfile: none CRLfile: none\n";
        QTest::newRow("GnuTLS, cut off") << start
                + "gnutls_handshake() failed: The TLS connection was non-properly terminated.\n";
        QTest::newRow("OpenSSL, cut off")
            << start + "OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to hub.example:443\n";
        QTest::newRow("LibreSSL") << start
                + "LibreSSL SSL_connect: SSL_ERROR_SYSCALL in connection to hub.example:443\n";
        QTest::newRow("an old protocol") << start + "error:0A000102:SSL routines::unsupported protocol\n";
        QTest::newRow("no bundle") << start + "error setting certificate file: /etc/ssl/none.pem\n";
        QTest::newRow("OpenSSL 3") << start + "TLS connect error: error:0A000126:SSL routines::unexpected eof\n";
    }
    void troubleWithTlsIsToldFromOtherTrouble()
    {
        QFETCH(QByteArray, said);
        const Error error = classified(said);
        QVERIFY2(error.kind == ErrorKind::TlsFailed, qPrintable(error.message));
    }
};

QTEST_GUILESS_MAIN(TestGitErrors)
#include "tst_giterrors.moc"
