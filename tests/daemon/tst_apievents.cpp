#include "tests/support/apifixture.h"

#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

class TestApiEvents : public QObject
{
    Q_OBJECT

    std::unique_ptr<ApiFixture> m_api;

    std::unique_ptr<RawClient> listener(const QByteArray &lastEventId = {})
    {
        auto client = std::make_unique<RawClient>(m_api->server.port());
        const QByteArray last = lastEventId.isEmpty() ? QByteArray() : "Last-Event-ID: " + lastEventId + "\r\n";
        client->send("GET /events HTTP/1.1\r\nHost: " + m_api->host() + "\r\nAuthorization: Bearer " + m_api->token
                     + "\r\n" + last + "\r\n");
        if (!client->waitFor("\r\n\r\n"))
            qWarning("no answer to /events");
        return client;
    }
    void commit(int number)
    {
        Q_EMIT m_api->steering.committed(FakeSteering::commitOf(QString::fromLatin1(ApiFixture::repoId), number));
    }
    static QByteArray lastIdOf(const QByteArray &text)
    {
        const qsizetype at = text.lastIndexOf("id: ");
        return text.mid(at + 4, text.indexOf('\n', at) - at - 4);
    }

private Q_SLOTS:
    void init()
    {
        m_api = std::make_unique<ApiFixture>();
        m_api->listen();
    }
    void cleanup() { m_api.reset(); }

    void aNewListenerIsToldToAskForEverything()
    {
        const auto client = listener();
        QVERIFY(client->waitFor("event: reset\ndata: {}\n\n"));
        QVERIFY(client->input().contains("Content-Type: text/event-stream\r\n"));
    }

    void everyKindIsTold()
    {
        const auto client = listener();
        commit(1);
        Q_EMIT m_api->steering.errorSeen({.kind = u"conflict"_s, .detail = u"canary"_s});
        Q_EMIT m_api->steering.cycleFinished({.reason = u"timer"_s});
        Q_EMIT m_api->steering.repoChanged(QString::fromLatin1(ApiFixture::repoId));
        Q_EMIT m_api->steering.statusChanged();
        for (const QByteArray name : {"commit", "error", "cycle", "repo", "status"})
            QVERIFY2(client->waitFor("event: " + name + "\ndata: {"), name.constData());
        QVERIFY(client->input().contains("feat: change number 1"));
        QVERIFY(!client->input().contains("canary"));
    }

    void aListenerThatComesBackMissesNothing()
    {
        auto client = listener();
        commit(1);
        QVERIFY(client->waitFor("change number 1\""));
        const QByteArray last = lastIdOf(client->input());
        client.reset();
        commit(2);
        commit(3);
        client = listener(last);
        QVERIFY(client->waitFor("change number 3\""));
        QVERIFY(client->input().contains("change number 2\""));
        QVERIFY(!client->input().contains("change number 1\""));
        QVERIFY(!client->input().contains("event: reset"));
        commit(4);
        QVERIFY(client->waitFor("change number 4\""));
    }

    void aListenerThatWasAwayForTooLongIsReset()
    {
        auto client = listener();
        commit(1);
        QVERIFY(client->waitFor("change number 1\""));
        const QByteArray last = lastIdOf(client->input());
        client.reset();
        for (int i = 2; i < 1003; ++i)
            commit(i);
        client = listener(last);
        QVERIFY(client->waitFor("event: reset"));
        QVERIFY(!client->input().contains("event: commit"));
        for (const QByteArray odd : {"1", "99999999999999999999", "x", "-1"})
            QVERIFY2(listener(odd)->waitFor("event: reset"), odd.constData());
    }

    void statusIsCoalesced()
    {
        const auto client = listener();
        for (int i = 0; i < 1000; ++i)
            Q_EMIT m_api->steering.statusChanged();
        commit(1);
        QVERIFY(client->waitFor("event: status"));
        commit(2);
        QVERIFY(client->waitFor("change number 2\""));
        QCOMPARE(client->input().count("event: status"), 1);
    }

    void aRepositoryIsToldOnceForManyChanges()
    {
        const auto client = listener();
        for (int i = 0; i < 100; ++i)
            Q_EMIT m_api->steering.repoChanged(QString::fromLatin1(ApiFixture::repoId));
        Q_EMIT m_api->steering.repoChanged(u"gonegonegone"_s);
        Q_EMIT m_api->steering.statusChanged();
        QVERIFY(client->waitFor("event: status"));
        QCOMPARE(client->input().count("event: repo"), 1);
    }

    void listenersAreBounded()
    {
        std::vector<std::unique_ptr<RawClient>> clients;
        for (int i = 0; i < 24; ++i)
            clients.push_back(listener());
        QVERIFY(listener()->input().startsWith("HTTP/1.1 503"));
        clients.pop_back();
        QTRY_VERIFY(listener()->input().startsWith("HTTP/1.1 200"));
        QCOMPARE(m_api->ask("GET", "/status").status, 200);
    }

    void aListenerNeedsAToken() { QCOMPARE(ask(m_api->server.port(), "GET", "/events").status, 401); }
};

QTEST_GUILESS_MAIN(TestApiEvents)
#include "tst_apievents.moc"
