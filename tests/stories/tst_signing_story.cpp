#include "tests/stories/checkoutlab.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

/// Where git is set up to sign, commits are signed, or not made: nobody is there to type a passphrase (SAFETY row 81).
/// Real ssh-keygen and real gpg.
class TestSigningStory final : public QObject
{
    Q_OBJECT

    std::unique_ptr<CheckoutLab> m_lab;

    const TempRepo &repo() const { return m_lab->repo; }
    QString home(const QString &name) const { return m_lab->world.path(u"home/"_s + name); }

    bool run(const QString &program, const QStringList &arguments) const
    {
        QProcess process;
        process.setProcessEnvironment(m_lab->world.environment());
        process.start(program, arguments);
        return process.waitForFinished(60000) && process.exitStatus() == QProcess::NormalExit
            && process.exitCode() == 0;
    }

    void configure(const QString &name, const QString &value, const QString &scope = u"--global"_s) const
    {
        repo().git({u"config"_s, scope, name, value});
    }

    bool signWithSsh(const QString &passphrase) const
    {
        configure(u"commit.gpgsign"_s, u"true"_s);
        configure(u"gpg.format"_s, u"ssh"_s);
        configure(u"user.signingkey"_s, home(u"key"_s));
        return run(u"ssh-keygen"_s,
                   {u"-q"_s, u"-t"_s, u"ed25519"_s, u"-N"_s, passphrase, u"-C"_s, u"robin"_s, u"-f"_s, home(u"key"_s)});
    }

    bool signWithGpg(const QString &passphrase) const
    {
        QDir().mkpath(home(u".gnupg"_s));
        QFile::setPermissions(home(u".gnupg"_s), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        configure(u"commit.gpgsign"_s, u"true"_s);
        configure(u"user.signingkey"_s, u"robin@example.invalid"_s);
        const bool made
            = run(u"gpg"_s,
                  {u"--batch"_s, u"--quiet"_s, u"--pinentry-mode"_s, u"loopback"_s, u"--passphrase"_s, passphrase,
                   u"--quick-generate-key"_s, u"Robin <robin@example.invalid>"_s, u"ed25519"_s, u"sign"_s, u"never"_s});
        QFile agent(home(u".gnupg/gpg-agent.conf"_s));
        if (!agent.open(QIODevice::WriteOnly)
            || agent.write("pinentry-program " + QFile::encodeName(home(u"pinentry"_s)) + '\n') < 0)
            return false;
        agent.close();
        return made && run(u"gpgconf"_s, {u"--kill"_s, u"gpg-agent"_s}); // which would remember the passphrase
    }

    /// What gpg shows its dialog with.
    bool makeDialog() const
    {
        QFile file(home(u"pinentry"_s));
        return file.open(QIODevice::WriteOnly) && file.write("#!/bin/sh\ntouch \"$0.shown\"\nexit 1\n") > 0
            && file.setPermissions(QFile::ReadOwner | QFile::ExeOwner);
    }

    QByteArray signatureOf(const QByteArray &revision) const
    {
        const QByteArray commit = repo().git({u"cat-file"_s, u"commit"_s, QString::fromUtf8(revision)});
        const qsizetype at = commit.indexOf("\ngpgsig ");
        return at < 0 ? QByteArray() : commit.mid(at + 8, 40);
    }

private Q_SLOTS:
    void init()
    {
        m_lab = std::make_unique<CheckoutLab>();
        repo().write("new", "uncommitted\n");
    }
    void cleanup()
    {
        if (QFile::exists(home(u".gnupg"_s)))
            run(u"gpgconf"_s, {u"--kill"_s, u"all"_s});
        QVERIFY(m_lab->isSound());
    }

    void aCommitIsSigned_data()
    {
        QTest::addColumn<bool>("gpg");
        QTest::newRow("ssh") << false;
        QTest::newRow("gpg") << true;
    }
    void aCommitIsSigned()
    {
        QFETCH(bool, gpg);
        QVERIFY(gpg ? signWithGpg({}) : signWithSsh({}));
        const RunReport report = m_lab->once();
        QVERIFY2(!report.error, report.error ? qPrintable(report.error->message) : "");
        QCOMPARE(report.state, RunState::Committed);
        QVERIFY(signatureOf("HEAD").startsWith(gpg ? "-----BEGIN PGP SIGNATURE" : "-----BEGIN SSH SIGNATURE"));
        if (gpg)
            QCOMPARE(m_lab->world.gitExit(repo().path(), {u"verify-commit"_s, u"HEAD"_s}), 0);
    }

    void aKeyThatNeedsItsPassphraseIsNeverAskedFor_data() { aCommitIsSigned_data(); }
    void aKeyThatNeedsItsPassphraseIsNeverAskedFor()
    {
        QFETCH(bool, gpg);
        QVERIFY(makeDialog());
        QVERIFY(gpg ? signWithGpg(u"open sesame"_s) : signWithSsh(u"open sesame"_s));
        const Untouched before{repo()};
        const RunReport report = m_lab->once();
        QVERIFY(report.error);
        QCOMPARE(report.error->kind, ErrorKind::SigningFailed);
        QVERIFY(before.holds());

        m_lab->runner.loaded.settings.onSigningUnavailable = u"unsigned"_s;
        const RunReport unsignedOne = m_lab->once();
        QVERIFY2(!unsignedOne.error, unsignedOne.error ? qPrintable(unsignedOne.error->message) : "");
        QCOMPARE(unsignedOne.state, RunState::Committed);
        QVERIFY(signatureOf("HEAD").isEmpty());
        QVERIFY(!QFile::exists(home(u"pinentry.shown"_s)));
    }

    void aProgramThatTheRepositoryNamesForSigningIsNotRun_data()
    {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("name");
        QTest::newRow("openpgp") << u"openpgp"_s << u"gpg.program"_s;
        QTest::newRow("openpgp, by its newer name") << u"openpgp"_s << u"gpg.openpgp.program"_s;
        QTest::newRow("ssh") << u"ssh"_s << u"gpg.ssh.program"_s;
        QTest::newRow("x509") << u"x509"_s << u"gpg.x509.program"_s;
    }
    void aProgramThatTheRepositoryNamesForSigningIsNotRun()
    {
        QFETCH(QString, format);
        QFETCH(QString, name);
        repo().write(".git/evil", "#!/bin/sh\ntouch \"$0.ran\"\nexit 1\n");
        QFile::setPermissions(repo().file(".git/evil"), QFile::ReadOwner | QFile::ExeOwner);
        configure(u"commit.gpgsign"_s, u"true"_s, u"--local"_s);
        configure(u"gpg.format"_s, format, u"--local"_s);
        configure(u"user.signingkey"_s, u"key"_s, u"--local"_s);
        configure(name, repo().file(".git/evil"), u"--local"_s);
        const Untouched before{repo()};
        const RunReport report = m_lab->once();
        QVERIFY(report.error);
        QCOMPARE(report.error->kind, ErrorKind::Untrusted);
        QVERIFY2(report.error->message.contains(name), qPrintable(report.error->message));
        QVERIFY(before.holds());
        QVERIFY(!QFile::exists(repo().file(".git/evil.ran")));
    }
};

QTEST_GUILESS_MAIN(TestSigningStory)
#include "tst_signing_story.moc"
