#include "daemon/api/guard.h"
#include "daemon/api/openapi.h"
#include "daemon/api/route.h"
#include "tests/support/apifixture.h"

#include <QDir>
#include <QJsonArray>
#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

namespace {

QByteArray pathOf(const Route &route)
{
    const QByteArray pattern = route.pattern;
    QByteArray path = pattern;
    return path.replace("{id}", pattern.startsWith("/errors/") ? "1" : ApiFixture::repoId).replace("{sha}", "abcdef1");
}

const QList<TokenScope> allScopes{TokenScope::Monitor, TokenScope::Generate, TokenScope::Record, TokenScope::Control};

} // namespace

class TestApiGuard : public QObject
{
    Q_OBJECT

    std::unique_ptr<ApiFixture> m_api;

    RawAnswer withHost(const QByteArray &fields)
    {
        RawClient client(m_api->server.port());
        client.send("GET /health HTTP/1.1\r\n" + fields + "\r\n");
        return client.answer().value_or(RawAnswer());
    }
    static QByteArray at(const QByteArray &text, quint16 port)
    {
        return QByteArray(text).replace("PORT", QByteArray::number(port));
    }

private Q_SLOTS:
    void init() { m_api = std::make_unique<ApiFixture>(); }
    void cleanup() { m_api.reset(); }

    void onlyItsOwnNamesAreAnswered_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<int>("status");
        const QList<std::pair<QByteArray, int>> rows{
            {"localhost:PORT", 200},
            {"LOCALHOST:PORT", 200},
            {"127.0.0.1:PORT", 200},
            {"[::1]:PORT", 200},
            {"plum.local:PORT", 200},
            {"Plum.Local:PORT", 200},
            {"", 421},
            {"localhost", 421},
            {"localhost:", 421},
            {"localhost:80", 421},
            {"localhost:8200", 421},
            {"localhost.:PORT", 421},
            {"127.1:PORT", 421},
            {"127.0.0.2:PORT", 421},
            {"0.0.0.0:PORT", 421},
            {"0:PORT", 421},
            {"2130706433:PORT", 421},
            {"0x7f000001:PORT", 421},
            {"0177.0.0.1:PORT", 421},
            {"[::]:PORT", 421},
            {"::1:PORT", 421},
            {"[::ffff:127.0.0.1]:PORT", 421},
            {"[0:0:0:0:0:0:0:1]:PORT", 421},
            {"evil.example:PORT", 421},
            {"localhost.evil.example:PORT", 421},
            {"127.0.0.1.nip.io:PORT", 421},
            {"user@localhost:PORT", 421},
            {"localhost:PORT@evil.example", 421},
            {"http://localhost:PORT", 421},
            {"localhost:PORT/", 421},
            {"localhost:PORT, evil.example", 421},
            {"localhost :PORT", 421},
            {"localhost:PORT evil", 421},
            {"local%68ost:PORT", 421},
            {"localhost:0PORT", 421},
            {"localhost:+PORT", 421},
            {"*", 421},
        };
        for (const auto &[host, status] : rows)
            QTest::newRow(host.constData()) << host << status;
    }
    void onlyItsOwnNamesAreAnswered()
    {
        m_api->steering.loaded.settings.apiHosts = QStringList{u"plum.local"_s};
        m_api->listen();
        QFETCH(QByteArray, host);
        QTEST(withHost("Host: " + at(host, m_api->server.port()) + "\r\n").status, "status");
    }

    void missingAndDoubledHostsAreBadRequests()
    {
        m_api->listen();
        QCOMPARE(withHost({}).status, 400);
        QCOMPARE(withHost("Host: " + m_api->host() + "\r\nHost: " + m_api->host() + "\r\n").status, 400);
    }

    void pagesOfOtherSitesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<int>("status");
        QTest::newRow("no page") << QByteArray() << 200;
        QTest::newRow("own page") << QByteArray("Origin: http://HOST\r\nSec-Fetch-Site: same-origin\r\n") << 200;
        QTest::newRow("typed in") << QByteArray("Sec-Fetch-Site: none\r\n") << 200;
        QTest::newRow("other site") << QByteArray("Origin: https://evil.example\r\n") << 403;
        QTest::newRow("sandboxed page") << QByteArray("Origin: null\r\n") << 403;
        QTest::newRow("empty origin") << QByteArray("Origin:\r\n") << 403;
        QTest::newRow("other port") << QByteArray("Origin: http://127.0.0.1:1\r\n") << 403;
        QTest::newRow("other scheme") << QByteArray("Origin: https://HOST\r\n") << 403;
        QTest::newRow("two origins") << QByteArray("Origin: http://HOST\r\nOrigin: https://evil.example\r\n") << 403;
        QTest::newRow("cross site") << QByteArray("Sec-Fetch-Site: cross-site\r\n") << 403;
        QTest::newRow("same site") << QByteArray("Sec-Fetch-Site: same-site\r\n") << 403;
        QTest::newRow("web socket") << QByteArray("Origin: https://evil.example\r\nUpgrade: websocket\r\n"
                                                  "Connection: Upgrade\r\nSec-WebSocket-Key: eA==\r\n")
                                    << 403;
    }
    void pagesOfOtherSitesAreRefused()
    {
        m_api->listen();
        QFETCH(QByteArray, fields);
        const RawAnswer answer = m_api->ask("GET", "/status", {}, fields.replace("HOST", m_api->host()));
        QTEST(answer.status, "status");
        for (auto it = answer.fields.begin(); it != answer.fields.end(); ++it)
            QVERIFY2(!it.key().startsWith("access-control"), it.key().constData());
    }

    void changesNeedJson_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<int>("status");
        QTest::newRow("json") << QByteArray("Content-Type: application/json\r\n") << 202;
        QTest::newRow("with charset") << QByteArray("Content-Type: Application/JSON; charset=\"UTF-8\"\r\n") << 202;
        QTest::newRow("none") << QByteArray() << 415;
        QTest::newRow("text") << QByteArray("Content-Type: text/plain\r\n") << 415;
        QTest::newRow("form") << QByteArray("Content-Type: application/x-www-form-urlencoded\r\n") << 415;
        QTest::newRow("multipart") << QByteArray("Content-Type: multipart/form-data; boundary=x\r\n") << 415;
        QTest::newRow("nearly json") << QByteArray("Content-Type: application/jsonp\r\n") << 415;
        QTest::newRow("other charset") << QByteArray("Content-Type: application/json; charset=utf-7\r\n") << 415;
        QTest::newRow("two") << QByteArray("Content-Type: application/json\r\nContent-Type: text/plain\r\n") << 415;
    }
    void changesNeedJson()
    {
        m_api->listen();
        QFETCH(QByteArray, type);
        RawClient client(m_api->server.port());
        client.send("POST /cycle HTTP/1.1\r\nHost: " + m_api->host() + "\r\nAuthorization: Bearer " + m_api->token
                    + "\r\nContent-Length: 2\r\n" + type + "\r\n{}");
        const auto answer = client.answer();
        QVERIFY(answer.has_value());
        QTEST(answer->status, "status");
        QCOMPARE(m_api->steering.calls.size(), answer->status == 202 ? 1 : 0);
    }

    void bodiesThatMakeNoSenseAreRefused_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        const auto nested
            = [](int depth) { return "{\"a\":" + QByteArray(depth - 1, '[') + QByteArray(depth - 1, ']') + '}'; };
        QTest::newRow("empty") << QByteArray() << 202;
        QTest::newRow("as deep as allowed") << nested(32) << 202;
        QTest::newRow("too deep") << nested(33) << 400;
        QTest::newRow("much too deep") << nested(100'000) << 400;
        QTest::newRow("brackets in text")
            << QByteArray("{\"a\":\"" + QByteArray(100, '[') + "\\\"" + QByteArray(100, '{') + "\"}") << 202;
        QTest::newRow("a list") << QByteArray("[]") << 400;
        QTest::newRow("half") << QByteArray("{\"a\":") << 400;
        QTest::newRow("not UTF-8") << QByteArray("{\"a\":\"\xff\"}") << 400;
        QTest::newRow("two values") << QByteArray("{}{}") << 400;
    }
    void bodiesThatMakeNoSenseAreRefused()
    {
        m_api->listen();
        QFETCH(QByteArray, body);
        QTEST(m_api->ask("POST", "/cycle", body).status, "status");
    }

    /// Every route with no token, a wrong one, and each set of scopes: 2^4 combinations.
    void everyRouteTakesExactlyTheScopesOfItsRow()
    {
        m_api = std::make_unique<ApiFixture>(ApiOptions{
            .controlPerMinute = 1'000'000, .ownerControlPerMinute = 1'000'000, .failuresPerMinute = 1'000'000});
        m_api->listen();
        int checked = 0;
        for (int bits = 0; bits < 16; ++bits) {
            TokenScopes scopes;
            for (const TokenScope scope : allScopes)
                scopes.setFlag(scope, (bits & static_cast<int>(scope)) != 0);
            const QByteArray token = bits == 0 ? QByteArray("wrong") : m_api->tokenFor(scopes);
            for (const Route &route : apiRoutes()) {
                const int status = statusOf(route, token);
                const bool tokenless = route.access == Access::Open || route.access == Access::Signed;
                const bool refused = status == (bits == 0 ? 401 : 403) && !tokenless;
                QVERIFY2(refused == (!tokenless && (bits == 0 || !mayUse(scopes, route.access))), route.pattern);
                QVERIFY2(status != 0 && (refused || status != 401 || route.access == Access::Signed), route.pattern);
                ++checked;
            }
        }
        for (const Route &route : apiRoutes()) {
            if (route.access != Access::Open && route.access != Access::Signed && QByteArray(route.pattern) != "/docs")
                QCOMPARE(statusOf(route, {}), 401);
        }
        QCOMPARE(checked, static_cast<int>(16 * apiRoutes().size()));
        // Said once more in other words than mayUse()'s, so that a slip there is not repeated here.
        QCOMPARE(statusWith(TokenScope::Monitor, "POST", "/cycle"), 403);
        QCOMPARE(statusWith(TokenScope::Monitor, "PATCH", "/config"), 403);
        QCOMPARE(statusWith(TokenScope::Generate, "GET", "/status"), 403);
        QCOMPARE(statusWith(TokenScope::Record, "POST", "/generate-message"), 403);
        QCOMPARE(statusWith(TokenScope::Control, "POST", "/record-commit"), 403);
        QCOMPARE(statusWith(TokenScope::Control, "GET", "/status"), 200);
        QCOMPARE(statusWith(TokenScope::Monitor, "GET", "/status"), 200);
    }

    void onlyHealthIsOpen()
    {
        for (const Route &route : apiRoutes()) {
            QCOMPARE(route.access == Access::Open, QByteArray(route.pattern) == "/health");
            QCOMPARE(route.access == Access::Signed, QByteArray(route.pattern).startsWith("/webhook/"));
            QVERIFY(QByteArray(route.method) == "GET" || route.access != Access::Monitor);
        }
    }

    void guessingIsSlowedDownButDoesNotLockTheOwnerOut()
    {
        m_api->listen();
        for (int i = 0; i < 5; ++i)
            QCOMPARE(ask(m_api->server.port(), "GET", "/status", "guess").status, 401);
        const RawAnswer sixth = ask(m_api->server.port(), "GET", "/status", "guess");
        QCOMPARE(sixth.status, 429);
        QVERIFY(sixth.fields["retry-after"].toInt() > 0 && sixth.fields["retry-after"].toInt() <= 60);
        QCOMPARE(m_api->ask("GET", "/status").status, 200);
    }

    void controlIsCountedAndWrittenDown()
    {
        m_api = std::make_unique<ApiFixture>(ApiOptions{});
        m_api->listen();
        const QByteArray owner = std::exchange(m_api->token, m_api->tokenFor(TokenScope::Control));
        for (int i = 0; i < 10; ++i)
            QCOMPARE(m_api->ask("POST", "/repos/abcdefgh12345678/sync").status, 202);
        const RawAnswer refused = m_api->ask("POST", "/cycle");
        QCOMPARE(refused.status, 429);
        QVERIFY(refused.fields.contains("retry-after"));
        QCOMPARE(m_api->ask("GET", "/status").status, 200);
        QCOMPARE(m_api->steering.calls.size(), 10);
        const auto audit = m_api->steering.store().audit();
        QVERIFY(audit.ok());
        QCOMPARE(audit->items.size(), 10);
        QCOMPARE(audit->items.front().what, u"POST /repos/{id}/sync"_s);
        QCOMPARE(audit->items.front().target, u"abcdefgh12345678"_s);
        QCOMPARE(audit->items.front().who, u"t1"_s);
        QCOMPARE(audit->items.front().from, u"local"_s);
        m_api->token = owner; // a script over all repositories of this machine
        for (int i = 0; i < 60; ++i)
            QCOMPARE(m_api->ask("POST", "/repos/abcdefgh12345678/sync").status, 202);
    }

    void whatWasRefusedAsWrongUsageIsNotCounted()
    {
        m_api = std::make_unique<ApiFixture>(ApiOptions{});
        m_api->listen();
        m_api->token = m_api->tokenFor(TokenScope::Control);
        for (int i = 0; i < 12; ++i) {
            QCOMPARE(m_api->ask("POST", "/pause", R"({"seconds":-1})").status, 400);
            QCOMPARE(m_api->ask("POST", "/repos/zzzzzzzz12345678/sync").status, 404);
        }
        QCOMPARE(m_api->ask("POST", "/repos/abcdefgh12345678/sync").status, 202);
    }

    void idsThatAreNoneAreNotFound_data()
    {
        QTest::addColumn<QByteArray>("path");
        for (const QByteArray path :
             {"/repos/../../etc/passwd", "/repos/%2e%2e%2fetc", "/repos/..", "/repos/%00", "/repos/abcdefg",
              "/repos/ABCDEFGH", "/repos/abcdefgh%00", "/repos/abcdefghabcdefghabcdefghabcdefgha",
              "/repos/%c0%ae%c0%ae%c0%af", "/repos//etc", "/repos/zzzzzzzzzzzz", "/commits/abcdef",
              "/commits/HEAD~1234", "/commits/-abcdef1", "/repos/abcdefgh-/explain", "/status/", "/nothing"})
            QTest::newRow(path.constData()) << path;
    }
    void idsThatAreNoneAreNotFound()
    {
        m_api->listen();
        QFETCH(QByteArray, path);
        const RawAnswer answer = m_api->ask("GET", path);
        QCOMPARE(answer.status, 404);
        QCOMPARE(jsonOf(answer)[u"error"][u"kind"].toString(), u"not-found"_s);
    }

    void methodsAreTold()
    {
        m_api->listen();
        const RawAnswer wrong = m_api->ask("PUT", "/config");
        QCOMPARE(wrong.status, 405);
        QCOMPARE(wrong.fields["allow"], "GET, PATCH, HEAD, OPTIONS");
        QCOMPARE(m_api->ask("GET", "/cycle").status, 405);
        const RawAnswer options = m_api->ask("OPTIONS", "/cycle");
        QCOMPARE(options.status, 204);
        QCOMPARE(options.fields["allow"], "POST, OPTIONS");
        QCOMPARE(m_api->ask("HEAD", "/status").status, 200);
    }

    void elsewhereThanLoopbackTlsIsNeeded_data()
    {
        QTest::addColumn<QString>("bind");
        QTest::addColumn<bool>("starts");
        QTest::newRow("loopback") << u"127.0.0.1"_s << true;
        QTest::newRow("name") << u"localhost"_s << true;
        QTest::newRow("everything") << u"0.0.0.0"_s << false;
        QTest::newRow("everything, version 6") << u"::"_s << false;
        QTest::newRow("a LAN") << u"192.168.1.5"_s << false;
        QTest::newRow("no address") << u"plum.local"_s << false;
    }
    void elsewhereThanLoopbackTlsIsNeeded()
    {
        QFETCH(QString, bind);
        m_api->steering.loaded.settings.apiBind = bind;
        const Status listening = m_api->server.listen();
        QTEST(listening.ok(), "starts");
        if (!listening)
            QVERIFY2(listening.error().message.contains("api_bind"_L1), qPrintable(listening.error().message));
    }

    void aCertificateThatIsNoneIsNamed()
    {
        m_api->steering.loaded.settings.tlsCertificate = u"/nowhere/cert.pem"_s;
        m_api->steering.loaded.settings.tlsKey = u"/nowhere/key.pem"_s;
        const Status listening = m_api->server.listen();
        QVERIFY(!listening.ok());
        QVERIFY(listening.error().message.contains("tls_certificate"_L1));
    }

    void theDescriptionCoversEveryRouteAndItsReferencesLead()
    {
        const QJsonObject document = openApiDocument();
        QCOMPARE(document[u"openapi"].toString(), u"3.1.0"_s);
        const QJsonObject schemas = document[u"components"][u"schemas"].toObject();
        QStringList operations;
        for (const Route &route : apiRoutes()) {
            const QJsonObject operation
                = document[u"paths"][QLatin1StringView(route.pattern)][QString::fromLatin1(route.method).toLower()]
                      .toObject();
            QVERIFY2(!operation.isEmpty(), route.pattern);
            QVERIFY2(operation[u"responses"].toObject().contains(QString::number(route.success)), route.pattern);
            operations += operation[u"operationId"].toString();
            for (const char *name : {route.requestSchema, route.responseSchema})
                QVERIFY2(*name == '\0' || schemas.contains(QLatin1StringView(name)), name);
        }
        QCOMPARE(operations.removeDuplicates(), 0);
        const QByteArray text = QJsonDocument(document).toJson(QJsonDocument::Compact);
        const QByteArray mark = "\"$ref\":\"#/components/schemas/";
        int references = 0;
        for (qsizetype at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1), ++references) {
            const QByteArray name = text.mid(at + mark.size(), text.indexOf('"', at + mark.size()) - at - mark.size());
            QVERIFY2(schemas.contains(QString::fromLatin1(name)), name.constData());
        }
        QVERIFY(references > 100);
    }

    void theOwnersTokenComesBackWhenItIsRemoved()
    {
        m_api->listen();
        const QString file = m_api->server.tokenFile();
        for (int round = 0; round < 2; ++round) {
            QVERIFY(round == 0 ? QFile::remove(file) : QDir(QFileInfo(file).path()).removeRecursively());
            QTRY_VERIFY(QFile::exists(file)); // without a request
            QFile made(file);
            QVERIFY(made.open(QIODevice::ReadOnly));
            const QByteArray token = made.readAll().trimmed();
            QVERIFY(token != m_api->token);
            QCOMPARE(ask(m_api->server.port(), "GET", "/status", m_api->token).status, 401);
            QCOMPARE(ask(m_api->server.port(), "GET", "/status", token).status, 200);
        }
    }

    void aBrowserWithoutATokenIsToldHowToReadThePage()
    {
        m_api->listen();
        const quint16 port = m_api->server.port();
        const QByteArray html = "Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\n";
        const RawAnswer page = ask(port, "GET", "/docs", "no-such-token", {}, html);
        QCOMPARE(page.status, 401);
        QVERIFY(page.fields["content-type"].startsWith("text/html"));
        QVERIFY(page.fields.contains("www-authenticate"));
        QVERIFY(page.body.contains("curl -H") && page.body.contains("commits/token"));
        QVERIFY(page.body.contains(m_api->host() + "/docs"));
        QVERIFY(!page.body.contains(m_api->token));
        QVERIFY(!page.body.contains("/repos/{id}"));
        for (const RawAnswer &other : {ask(port, "GET", "/docs", "no-such-token", {}, "Accept: */*\r\n"),
                                       ask(port, "GET", "/repos", {}, {}, html)}) {
            QCOMPARE(other.status, 401);
            QCOMPARE(jsonOf(other)[u"error"][u"kind"].toString(), u"unauthorized"_s);
        }
    }

    void onThisMachineABrowserReadsThePageWithoutAToken()
    {
        m_api->listen();
        const quint16 port = m_api->server.port();
        const RawAnswer page = ask(port, "GET", "/docs", {}, {}, "Accept: text/html\r\nSec-Fetch-Site: none\r\n");
        QCOMPARE(page.status, 200);
        QVERIFY(page.body.contains("/repos/{id}"));
        for (const QByteArray &mine : {m_api->token, QByteArray(ApiFixture::repoId), QByteArray("pear")})
            QVERIFY2(!page.body.contains(mine), mine.constData());
        QCOMPARE(ask(port, "GET", "/docs", {}, {}, "Sec-Fetch-Site: cross-site\r\n").status, 403);
        QCOMPARE(ask(port, "GET", "/openapi.json", {}, {}, "Accept: text/html\r\n").status, 401);
    }

    void thePageLoadsNothingFromElsewhere()
    {
        m_api->listen();
        const RawAnswer page = m_api->ask("GET", "/docs");
        QCOMPARE(page.status, 200);
        QVERIFY(page.fields["content-type"].startsWith("text/html"));
        QVERIFY(page.fields["content-security-policy"].contains("default-src 'none'"));
        for (const QByteArray foreign : {"<script", "<link", "src=", "@import", "url("})
            QVERIFY2(!page.body.contains(foreign), foreign.constData());
        for (const Route &route : apiRoutes())
            QVERIFY2(page.body.contains(route.pattern), route.pattern);
        QVERIFY(page.body.contains("prefers-color-scheme: dark"));
    }

private:
    int statusOf(const Route &route, const QByteArray &token)
    {
        return ask(m_api->server.port(), route.method == QByteArray("GET") ? "HEAD" : route.method, pathOf(route),
                   token, "{\"x\":1}")
            .status;
    }
    int statusWith(TokenScope scope, const QByteArray &method, const QByteArray &path)
    {
        return ask(m_api->server.port(), method, path, m_api->tokenFor(scope), "{}").status;
    }
};

QTEST_GUILESS_MAIN(TestApiGuard)
#include "tst_apiguard.moc"
