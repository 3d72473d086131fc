#include "core/api/apiclient.h"
#include "tests/support/fakeapi.h"

#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

namespace {

/// Collects one answer.
struct Inbox : QObject
{
    QList<Result<QJsonObject>> answers;
    ApiClient::Answer taker()
    {
        return [this](const Result<QJsonObject> &answer) { answers.append(answer); };
    }
};

} // namespace

class TestApiClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anAnswerArrivesWithTokenAndProtocolOnTheWire()
    {
        FakeApi api;
        ApiClient client(api.endpoint());
        Inbox inbox;
        client.get(u"/status"_s, {}, &inbox, inbox.taker());
        QTRY_COMPARE(inbox.answers.size(), 1);
        QVERIFY(inbox.answers.first());
        QCOMPARE(inbox.answers.first()->value(u"host"_s).toString(), u"apricot"_s);
        const FakeRequest seen = api.requests().first();
        QCOMPARE(seen.headers.value("authorization"), "Bearer " + api.token);
        QCOMPARE(seen.headers.value("x-auto-commit-protocol"), "1");
        QVERIFY(seen.headers.value("user-agent").startsWith("auto-commit/"));
    }

    void errorsSayWhatHappened_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("words");
        const auto row
            = [](const char *name, int status, const QByteArray &body, ErrorKind kind, const QString &words) {
                  QTest::newRow(name) << status << body << static_cast<int>(kind) << words;
              };
        row("named by the daemon", 409,
            R"({"error":{"kind":"lock-held","message":"Another git is at work.","advice":"Try again."}})",
            ErrorKind::LockHeld, u"Another git is at work. Try again."_s);
        row("wrong token", 401, "{}", ErrorKind::AuthFailed, u"does not accept the token"_s);
        row("no json", 200, "<html>", ErrorKind::IoError, u"does not talk like"_s);
        row("a list instead of an object", 200, "[]", ErrorKind::IoError, u"does not talk like"_s);
        row("no words", 500, "", ErrorKind::Unknown, u"status 500"_s);
        row("a redirect is not followed", 302, "{}", ErrorKind::Unknown, u"status 302"_s);
    }

    void errorsSayWhatHappened()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(int, kind);
        QFETCH(QString, words);
        FakeApi api;
        api.intercept = [&](const FakeRequest &) { return FakeReply{.status = status, .body = body}; };
        ApiClient client(api.endpoint());
        Inbox inbox;
        client.post(u"/cycle"_s, {}, &inbox, inbox.taker());
        QTRY_COMPARE(inbox.answers.size(), 1);
        QVERIFY(!inbox.answers.first());
        QCOMPARE(static_cast<int>(inbox.answers.first().error().kind), kind);
        QVERIFY2(inbox.answers.first().error().message.contains(words),
                 qPrintable(inbox.answers.first().error().message));
    }

    void aShortBodyIsAnError()
    {
        FakeApi api;
        api.intercept = [](const FakeRequest &) { return FakeReply{.body = R"({"host":"apricot"})", .cut = true}; };
        ApiClient client(api.endpoint());
        Inbox inbox;
        client.get(u"/status"_s, {}, &inbox, inbox.taker());
        QTRY_COMPARE(inbox.answers.size(), 1);
        QVERIFY(!inbox.answers.first());
        QCOMPARE(inbox.answers.first().error().kind, ErrorKind::Unreachable);
    }

    void nobodyListeningIsUnreachable()
    {
        FakeApi api;
        const ApiEndpoint endpoint = api.endpoint();
        api.stop();
        ApiClient client(endpoint);
        Inbox inbox;
        client.get(u"/status"_s, {}, &inbox, inbox.taker());
        QTRY_COMPARE(inbox.answers.size(), 1);
        QCOMPARE(inbox.answers.first().error().kind, ErrorKind::Unreachable);
    }

    void silenceEndsARequest_data()
    {
        QTest::addColumn<int>("silence");
        QTest::addColumn<int>("total");
        QTest::newRow("by the pause") << 100 << 60000;
        QTest::newRow("by the deadline") << 60000 << 100;
    }

    void silenceEndsARequest()
    {
        QFETCH(int, silence);
        QFETCH(int, total);
        FakeApi api;
        api.intercept = [](const FakeRequest &) { return FakeReply{.silent = true}; };
        ApiClient client(api.endpoint());
        client.setTimeouts(std::chrono::milliseconds(silence), std::chrono::milliseconds(total));
        Inbox inbox;
        client.get(u"/status"_s, {}, &inbox, inbox.taker());
        QTRY_COMPARE(inbox.answers.size(), 1);
        QCOMPARE(inbox.answers.first().error().kind, ErrorKind::Timeout);
    }

    void aPostIsSentOnceWhenTheDaemonDies()
    {
        FakeApi api;
        api.intercept = [&](const FakeRequest &) {
            api.stop();
            return FakeReply{.silent = true};
        };
        ApiClient client(api.endpoint());
        Inbox inbox;
        client.post(u"/cycle"_s, {}, &inbox, inbox.taker());
        connect(&api, &FakeApi::requested, &api, &FakeApi::listen);
        QTRY_COMPARE(inbox.answers.size(), 1);
        QCOMPARE(inbox.answers.first().error().kind, ErrorKind::Unreachable);
        QCOMPARE(api.count("POST", u"/cycle"_s), 1);
    }

    void noAnswerComesAfterItsReaderIsGone()
    {
        FakeApi api;
        ApiClient client(api.endpoint());
        int calls = 0;
        {
            QObject reader;
            client.get(u"/status"_s, {}, &reader, [&](const auto &) { ++calls; });
        }
        Inbox inbox;
        client.get(u"/repos"_s, {}, &inbox, inbox.taker());
        QTRY_COMPARE(inbox.answers.size(), 1);
        QTRY_COMPARE(api.count("GET", u"/status"_s), 1);
        QCOMPARE(calls, 0);
    }
};

QTEST_GUILESS_MAIN(TestApiClient)
#include "tst_apiclient.moc"
