#include "daemon/release/registrychecker.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

namespace {

/// Answers every request with what it was told to.
class Registry
{
public:
    explicit Registry(QByteArray answer)
        : m_answer(std::move(answer))
    {
        m_server.listen(QHostAddress::LocalHost);
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
            QTcpSocket *client = m_server.nextPendingConnection();
            QObject::connect(client, &QTcpSocket::readyRead, client, [this, client] {
                requests += client->readAll();
                if (m_answer.isEmpty())
                    return; // a registry that never answers
                client->write(m_answer);
                client->disconnectFromHost();
            });
        });
    }

    QStringList asSetting() const
    {
        return {u"npm=http://127.0.0.1:%1/{package}/{version}"_s.arg(m_server.serverPort())};
    }
    QList<QByteArray> requests;

private:
    QTcpServer m_server;
    QByteArray m_answer;
};

QByteArray http(const QByteArray &status, const QByteArray &body)
{
    return "HTTP/1.1 " + status + "\r\nContent-Length: " + QByteArray::number(body.size())
        + "\r\nConnection: close\r\n\r\n" + body;
}

ReleaseRecord pear(qint64 checks = 0)
{
    return {.host = u"apricot"_s,
            .repo = u"r"_s,
            .package = u"pear"_s,
            .registry = u"npm"_s,
            .version = u"1.2.3"_s,
            .checks = checks};
}

} // namespace

class TestRegistryChecker : public QObject
{
    Q_OBJECT

    SystemClock m_clock;

    ReleaseRecord ask(const QStringList &registries, const ReleaseRecord &release,
                      std::chrono::milliseconds deadline = std::chrono::seconds(10))
    {
        RegistryChecker checker(registries, m_clock);
        checker.setDeadline(deadline);
        ReleaseRecord answer;
        connect(&checker, &RegistryChecker::checked, this, [&](const ReleaseRecord &checked) { answer = checked; });
        QSignalSpy spy(&checker, &RegistryChecker::checked);
        checker.check({release, release}); // asked once
        if (spy.isEmpty() && !spy.wait(20'000))
            return {};
        return answer;
    }

private Q_SLOTS:
    void aVersionThatArrivedIsPublished()
    {
        const Registry registry(http("200 OK", R"({"name":"pear","version":"1.2.3"})"));
        const ReleaseRecord checked = ask(registry.asSetting(), pear());
        QCOMPARE(checked.state, ReleaseState::Published);
        QVERIFY(checked.lastChecked && !checked.nextCheck);
        QCOMPARE(registry.requests.size(), 1);
        QVERIFY(registry.requests.first().startsWith("GET /pear/1.2.3 HTTP/1.1\r\n"));
    }

    void oneThatDidNotIsAskedForAgain()
    {
        const Registry registry(http("404 Not Found", "{}"));
        const ReleaseRecord checked = ask(registry.asSetting(), pear(3));
        QCOMPARE(checked.state, ReleaseState::Pending);
        QCOMPARE(checked.checks, 4);
        QCOMPARE(*checked.nextCheck - *checked.lastChecked, std::chrono::milliseconds(std::chrono::minutes(10)));
        QVERIFY(checked.detail.contains(u"npm"_s));
    }

    void afterAWeekItHasFailed()
    {
        const Registry registry(http("404 Not Found", "{}"));
        const ReleaseRecord checked = ask(registry.asSetting(), pear(1000));
        QCOMPARE(checked.state, ReleaseState::Failed);
        QVERIFY(!checked.nextCheck);
    }

    void aSilentRegistryIsGivenUp()
    {
        const Registry registry({});
        const ReleaseRecord checked = ask(registry.asSetting(), pear(), std::chrono::milliseconds(200));
        QCOMPARE(checked.state, ReleaseState::Pending);
        QVERIFY(checked.nextCheck.has_value());
    }

    void anotherHostIsNotFollowedTo()
    {
        const Registry elsewhere(http("200 OK", R"({"version":"1.2.3"})"));
        const QByteArray target = elsewhere.asSetting().first().section(u'=', 1).section(u'{', 0, 0).toLatin1();
        const Registry registry("HTTP/1.1 302 Found\r\nLocation: " + target
                                + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        QCOMPARE(ask(registry.asSetting(), pear()).state, ReleaseState::Pending);
        QVERIFY(elsewhere.requests.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestRegistryChecker)
#include "tst_registrychecker.moc"
