#include "core/service/daemonregistry.h"
#include "tests/support/temprepo.h"
#include "tray/model/daemonmodel.h"
#include "tray/model/endpoint.h"
#include "tray/model/statewords.h"

#include <QFile>
#include <QProcess>
#include <QSslSocket>
#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 60'000; // ms; a loaded machine is slow

QByteArray changed(QByteArray fingerprint)
{
    fingerprint[0] = static_cast<char>(~fingerprint[0]);
    return fingerprint;
}

} // namespace

/// A real daemon with a certificate it made itself, and the two that speak to it: the tray and the command line.
class TestTrayOverTls final : public QObject
{
    Q_OBJECT

    World m_world;
    QProcess m_daemon;

    Paths paths() const { return Paths(m_world.environment()); }
    DaemonEntry entry() const { return registry().running()->value(0); }
    DaemonRegistry registry() const { return DaemonRegistry(paths()); }

    /// What openssl prints behind the "=".
    QString printedFingerprint() const
    {
        QProcess openssl;
        openssl.start(u"openssl"_s,
                      {u"x509"_s, u"-noout"_s, u"-fingerprint"_s, u"-sha256"_s, u"-in"_s, m_world.path(u"cert.pem"_s)});
        openssl.waitForFinished(patience);
        const QString printed = QString::fromLatin1(openssl.readAllStandardOutput()).section(u'=', 1).trimmed();
        return printed.isEmpty() ? u"openssl printed nothing"_s : printed;
    }

    bool makeCertificate() const
    {
        QProcess openssl;
        openssl.start(u"openssl"_s,
                      {u"req"_s, u"-x509"_s, u"-nodes"_s, u"-days"_s, u"2"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s,
                       u"ec_paramgen_curve:prime256v1"_s, u"-subj"_s, u"/CN=x"_s, u"-keyout"_s,
                       m_world.path(u"key.pem"_s), u"-out"_s, m_world.path(u"cert.pem"_s)});
        return openssl.waitForFinished() && openssl.exitCode() == 0;
    }

    void startDaemon()
    {
        QProcessEnvironment variables = m_world.environment();
        variables.insert(u"AUTO_COMMIT_COORDINATOR_URL"_s, QString());
        variables.insert(u"AUTO_COMMIT_API_PORT"_s, u"0"_s);
        variables.insert(u"AUTO_COMMIT_TLS_CERTIFICATE"_s, m_world.path(u"cert.pem"_s));
        variables.insert(u"AUTO_COMMIT_TLS_KEY"_s, m_world.path(u"key.pem"_s));
        m_daemon.setProcessEnvironment(variables);
        m_daemon.start(QStringLiteral(AC_COMMITS_PROGRAM),
                       {u"start"_s, u"1h"_s, u"-R"_s, m_world.path(u"code"_s), u"--foreground"_s});
        QVERIFY(m_daemon.waitForStarted());
        QTRY_VERIFY_WITH_TIMEOUT(!registry().running()->isEmpty() && entry().port > 0, patience);
    }

    void stopDaemon()
    {
        m_daemon.terminate();
        QVERIFY(m_daemon.waitForFinished(patience));
    }

    /// What the tray finds, although the settings name the daemon of another machine and its certificate.
    Result<ApiEndpoint> found() const
    {
        const EndpointWish configured{.url = u"https://apricot:8200"_s, .certificateSha256 = QString(64, u'a')};
        return findEndpoint({}, m_world.environment(), paths(), false, configured);
    }

    static ErrorKind outcomeAt(const ApiEndpoint &endpoint, QString *words = nullptr)
    {
        ApiClient api(endpoint);
        std::optional<Result<QJsonObject>> answer;
        api.get(u"/status"_s, {}, &api, [&](const Result<QJsonObject> &told) { answer.emplace(told); });
        if (!QTest::qWaitFor([&] { return answer.has_value(); }, patience))
            return ErrorKind::Timeout;
        if (words && !*answer)
            *words = answer->error().message;
        return *answer ? ErrorKind::Unknown : answer->error().kind;
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!QSslSocket::supportsSsl() || !makeCertificate())
            QSKIP("no openssl here");
        const TempRepo repo(m_world, u"code/alpha"_s);
        startDaemon();
    }
    void cleanupTestCase()
    {
        if (m_daemon.state() != QProcess::NotRunning)
            stopDaemon();
    }

    void theTrayTrustsTheCertificateThatTheDaemonWroteDown()
    {
        const auto endpoint = found();
        QVERIFY(endpoint);
        QCOMPARE(endpoint->url.scheme(), u"https"_s);
        QCOMPARE(endpoint->certificateSha256, entry().certificateSha256);
        ApiClient api(*endpoint);
        EventStream events(*endpoint);
        DaemonModel model(api, events);
        model.start();
        QTRY_VERIFY_WITH_TIMEOUT(model.picture().loaded && model.picture().link == LinkState::Online, patience);
        QTRY_COMPARE_WITH_TIMEOUT(model.picture().repos.size(), 1, patience);
    }

    void whoeverNamesItByItsAddressTrustsTheSame()
    {
        const EndpointWish configured{.url = u"https://apricot:8200"_s, .certificateSha256 = QString(64, u'a')};
        const auto endpoint
            = findEndpoint({.url = entry().url + u'/'}, m_world.environment(), paths(), false, configured);
        QVERIFY(endpoint);
        QCOMPARE(endpoint->certificateSha256, entry().certificateSha256);
        const auto apricot
            = findEndpoint({.url = u"https://apricot:8200"_s}, m_world.environment(), paths(), false, configured);
        QCOMPARE(apricot->certificateSha256.toHex(), QByteArray(64, 'a'));
        const auto other
            = findEndpoint({.url = u"https://quince:8200"_s}, m_world.environment(), paths(), false, configured);
        QVERIFY(other->certificateSha256.isEmpty());
    }

    void anotherCertificateIsRefusedInClearWords()
    {
        ApiEndpoint endpoint = *found();
        endpoint.certificateSha256 = changed(endpoint.certificateSha256);
        QString words;
        QCOMPARE(outcomeAt(endpoint, &words), ErrorKind::TlsFailed);
        QVERIFY2(words.contains(u"another certificate than the expected one; nothing was sent"_s), qPrintable(words));
        QVERIFY2(words.contains(printedFingerprint()), qPrintable(words));
        endpoint.certificateSha256.clear(); // and nobody the system trusts signed it
        QCOMPARE(outcomeAt(endpoint, &words), ErrorKind::TlsFailed);
        QVERIFY2(words.contains(u"is not trusted"_s) && words.contains(printedFingerprint()), qPrintable(words));
    }

    void theWindowSaysWhyItIsOffline()
    {
        ApiEndpoint endpoint = *found();
        endpoint.certificateSha256 = changed(endpoint.certificateSha256);
        ApiClient api(endpoint);
        EventStream events(endpoint);
        DaemonModel model(api, events);
        model.start();
        QTRY_COMPARE_WITH_TIMEOUT(model.picture().link, LinkState::Offline, patience);
        QCOMPARE(model.picture().linkError.kind, ErrorKind::TlsFailed);
        QVERIFY(model.picture().linkError.message.contains(u"another certificate"_s));
        const QString sentence = StateWords::summarise(model.picture(), QDateTime::currentDateTimeUtc()).sentence;
        QVERIFY2(sentence.contains(u"shows a certificate that is not the expected one"_s), qPrintable(sentence));
    }

    void theCommandLineRefusesItInClearWords()
    {
        DaemonEntry known = entry();
        QVERIFY(QFile::remove(known.socket)); // which it would take first
        const auto status = [this] {
            QProcess commits;
            commits.setProcessEnvironment(m_world.environment());
            commits.start(QStringLiteral(AC_COMMITS_PROGRAM), {u"status"_s});
            commits.waitForFinished(patience);
            return QString::fromUtf8(commits.readAllStandardOutput() + commits.readAllStandardError());
        };
        const QString good = status();
        QVERIFY2(good.contains(u"repositories  1"_s) && !good.contains(u"certificate"_s), qPrintable(good));
        known.certificateSha256 = changed(known.certificateSha256);
        QVERIFY(registry().leave(known.name, known.pid).ok());
        QVERIFY(registry().enter(known).ok());
        const QString refused = status();
        QVERIFY2(refused.contains(u"shows a certificate that is not the expected one"_s), qPrintable(refused));
        QVERIFY2(refused.contains(printedFingerprint()), qPrintable(refused));
    }

    void aDaemonThatComesBackWithANewOneIsFound()
    {
        const QByteArray before = entry().certificateSha256;
        stopDaemon();
        QVERIFY(makeCertificate());
        startDaemon();
        const auto endpoint = found();
        QVERIFY(endpoint->certificateSha256 != before);
        QCOMPARE(outcomeAt(*endpoint), ErrorKind::Unknown); // no error at all
    }
};

QTEST_GUILESS_MAIN(TestTrayOverTls)
#include "tst_trayovertls.moc"
