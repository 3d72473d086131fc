#include "core/agent/http/httpdoor.h"
#include "tests/support/apifixture.h"

#include <QProcess>
#include <QSslSocket>
#include <QStandardPaths>
#include <QTest>

#include <atomic>
#include <thread>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

/// With a certificate of its own, made for each run.
class TestApiTls : public QObject
{
    Q_OBJECT

    std::unique_ptr<ApiFixture> m_api;

    QString file(const QString &name) const { return m_api->steering.home() + u'/' + name; }

    bool makeCertificate(const QStringList &kind)
    {
        QProcess openssl;
        openssl.start(u"openssl"_s,
                      QStringList{u"req"_s, u"-x509"_s, u"-nodes"_s, u"-days"_s, u"2"_s, u"-subj"_s, u"/CN=localhost"_s,
                                  u"-keyout"_s, file(u"key.pem"_s), u"-out"_s, file(u"cert.pem"_s)}
                          + kind);
        m_api->steering.loaded.settings.tlsCertificate = file(u"cert.pem"_s);
        m_api->steering.loaded.settings.tlsKey = u"~/key.pem"_s;
        return openssl.waitForFinished() && openssl.exitCode() == 0;
    }

    /// What an agent that pins `certificate` (empty: one that asks the system's authorities) is answered.
    ErrorKind asAgent(const QByteArray &certificate) const
    {
        HttpDoor door({.url = u"https://127.0.0.1:%1"_s.arg(m_api->server.port()),
                       .token = m_api->token,
                       .certificateSha256 = certificate});
        std::atomic_bool done = false;
        Result<QJsonObject> answer = Error{ErrorKind::Internal, u"not asked"_s};
        std::thread thread([&] { // the server's event loop is this thread's
            answer = door.send(HostCall::Heartbeat, OutgoingJson(), std::chrono::seconds(10), {});
            done = true;
        });
        const bool inTime = QTest::qWaitFor([&] { return done.load(); }, 20'000);
        thread.join();
        return !inTime ? ErrorKind::Timeout : answer ? ErrorKind::Unknown : answer.error().kind;
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (QStandardPaths::findExecutable(u"openssl"_s).isEmpty() || !QSslSocket::supportsSsl())
            QSKIP("no openssl here");
    }
    void init()
    {
        m_api = std::make_unique<ApiFixture>(ApiOptions{.limits = {.headTime = std::chrono::milliseconds(700)}});
    }
    void cleanup() { m_api.reset(); }

    void aClientThatKnowsTheCertificateIsServed_data()
    {
        QTest::addColumn<QStringList>("kind");
        QTest::newRow("EC") << QStringList{u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:prime256v1"_s};
        QTest::newRow("RSA") << QStringList{u"-newkey"_s, u"rsa:2048"_s};
    }
    void aClientThatKnowsTheCertificateIsServed()
    {
        QFETCH(QStringList, kind);
        QVERIFY(makeCertificate(kind));
        m_api->steering.loaded.settings.apiBind = u"0.0.0.0"_s; // which needs TLS
        m_api->listen();
        QVERIFY(m_api->server.url().startsWith(u"https://127.0.0.1:"_s));
        QSslSocket client;
        client.setPeerVerifyMode(QSslSocket::VerifyNone);
        client.connectToHostEncrypted(u"127.0.0.1"_s, m_api->server.port());
        QTRY_VERIFY(client.isEncrypted());
        QVERIFY(client.peerCertificate() == QSslCertificate::fromPath(file(u"cert.pem"_s)).constFirst());
        for (int i = 0; i < 2; ++i) {
            client.write("GET /status HTTP/1.1\r\nHost: " + m_api->host() + "\r\nOrigin: https://" + m_api->host()
                         + "\r\nAuthorization: Bearer " + m_api->token + "\r\n\r\n");
            QByteArray answer;
            QTRY_VERIFY((answer += client.readAll()).contains("\"host\":\"plum\""));
            QVERIFY(answer.startsWith("HTTP/1.1 200"));
        }
        client.write("GET / HTTP/1.1\r\nHost : x\r\n\r\n"); // refused, told so, and ended in order
        QByteArray refusal;
        QTRY_VERIFY((refusal += client.readAll()).contains("400 Bad Request"));
        QTRY_COMPARE(client.state(), QAbstractSocket::UnconnectedState);
    }

    void anAgentSpeaksToTheCertificateItPinsAndToNoOther()
    {
        QVERIFY(makeCertificate({u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:prime256v1"_s}));
        m_api->listen();
        const QByteArray pin
            = QSslCertificate::fromPath(file(u"cert.pem"_s)).constFirst().digest(QCryptographicHash::Sha256);
        QCOMPARE(asAgent(pin), ErrorKind::Usage); // it got as far as being told that the heartbeat says nothing
        QByteArray other = pin;
        other[0] = static_cast<char>(~other[0]);
        QCOMPARE(asAgent(other), ErrorKind::TlsFailed);
        QCOMPARE(asAgent({}), ErrorKind::TlsFailed); // nobody the system trusts signed it
    }

    void oldVersionsAreRefused()
    {
        QVERIFY(makeCertificate({u"-newkey"_s, u"rsa:2048"_s}));
        m_api->listen();
        QSslSocket client;
        QSslConfiguration configuration = client.sslConfiguration();
        QT_WARNING_PUSH
        QT_WARNING_DISABLE_DEPRECATED
        configuration.setProtocol(QSsl::TlsV1_1);
        QT_WARNING_POP
        client.setSslConfiguration(configuration);
        client.setPeerVerifyMode(QSslSocket::VerifyNone);
        client.connectToHostEncrypted(u"127.0.0.1"_s, m_api->server.port());
        QTRY_COMPARE(client.state(), QAbstractSocket::UnconnectedState);
        QVERIFY(!client.isEncrypted());
    }

    void plainRequestsGetNothing()
    {
        QVERIFY(makeCertificate({u"-newkey"_s, u"rsa:2048"_s}));
        m_api->listen();
        RawClient client(m_api->server.port());
        client.send("GET /health HTTP/1.1\r\nHost: " + m_api->host() + "\r\n\r\n");
        QVERIFY(client.isClosed());
        QVERIFY(!client.input().contains("HTTP"));
    }

    void aHandshakeThatNeverComesIsCut()
    {
        QVERIFY(makeCertificate({u"-newkey"_s, u"rsa:2048"_s}));
        m_api->listen();
        RawClient client(m_api->server.port());
        QVERIFY(client.isClosed());
    }
};

QTEST_GUILESS_MAIN(TestApiTls)
#include "tst_apitls.moc"
