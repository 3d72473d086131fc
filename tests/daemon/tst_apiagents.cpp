#include "tests/support/apifixture.h"

#include "daemon/api/guard.h"
#include "tests/core/privacy/samples.h"

#include <QDirIterator>
#include <QJsonArray>
#include <QMessageAuthenticationCode>
#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

namespace {

QJsonObject recordBody(const QString &requestId, int number = 1, const QString &host = u"cherry"_s)
{
    const QJsonObject commit{{u"repo"_s, u"cherryrepository"_s},
                             {u"origin"_s, u"git@forge.example.org:dev/hello.git"_s},
                             {u"branch"_s, u"main"_s},
                             {u"sha"_s, u"%1"_s.arg(static_cast<qlonglong>(number), 40, 16, QLatin1Char('0'))},
                             {u"subject"_s, u"fix: a thing"_s},
                             {u"source"_s, u"llm"_s},
                             {u"paths"_s, QJsonArray{u"a.txt"_s}},
                             {u"path_count"_s, 1},
                             {u"committed_at"_s, u"2024-08-22T10:11:12.345Z"_s}};
    return {{u"request_id"_s, requestId}, {u"host"_s, host}, {u"commits"_s, QJsonArray{commit}}};
}

QJsonObject generateBody(const QString &requestId = u"r1"_s)
{
    return {{u"request_id"_s, requestId},
            {u"host"_s, u"cherry"_s},
            {u"origin"_s, u"https://forge.example.org/dev/hello.git"_s},
            {u"branch"_s, u"main"_s},
            {u"style"_s,
             QJsonObject{{u"recent_subjects"_s,
                          QJsonArray{QJsonObject{{u"subject"_s, u"feat: x"_s}, {u"author_is_me"_s, true}}}}}},
            {u"files"_s,
             QJsonArray{QJsonObject{{u"path"_s, u"a.txt"_s}, {u"status"_s, u"M"_s}, {u"added"_s, 2}},
                        QJsonObject{{u"path"_s, u"b.txt"_s}, {u"old_path"_s, u"c.txt"_s}, {u"status"_s, u"R"_s}}}},
            {u"patch"_s, u"diff --git a/a.txt b/a.txt\n"_s}};
}

QByteArray bytes(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

GenerateAnswer answerFor(const GenerateRequest &request)
{
    GenerateGroup group{.subject = u"feat: y"_s, .source = MessageSource::Llm};
    for (const GenerateFile &file : request.files)
        group.paths.append(file.path);
    return {{group}};
}

} // namespace

class TestApiAgents : public QObject
{
    Q_OBJECT

    std::unique_ptr<ApiFixture> m_api;

    RawAnswer post(const QByteArray &path, const QJsonObject &body, const QByteArray &token = {})
    {
        return ask(m_api->server.port(), "POST", path, token.isEmpty() ? m_api->token : token, bytes(body));
    }
    std::unique_ptr<RawClient> postLater(const QByteArray &path, const QJsonObject &body)
    {
        auto client = std::make_unique<RawClient>(m_api->server.port());
        const QByteArray text = bytes(body);
        client->send("POST " + path + " HTTP/1.1\r\nHost: " + m_api->host() + "\r\nAuthorization: Bearer "
                     + m_api->token + "\r\nContent-Type: application/json\r\nContent-Length: "
                     + QByteArray::number(text.size()) + "\r\n\r\n" + text);
        return client;
    }
    QByteArray hook(const QByteArray &body, const QByteArray &delivery, const QByteArray &signature = {}) const
    {
        const QByteArray own = QMessageAuthenticationCode::hash(body, "s3cret", QCryptographicHash::Sha256).toHex();
        return "X-Forgejo-Signature: " + (signature.isEmpty() ? own : signature) + "\r\nX-Forgejo-Delivery: " + delivery
            + "\r\n";
    }
    RawAnswer deliver(const QByteArray &body, const QByteArray &fields)
    {
        return ask(m_api->server.port(), "POST", "/webhook/forgejo", {}, body, fields);
    }
    qsizetype commitsKnown() { return m_api->steering.store().commits()->items.size(); }

private Q_SLOTS:
    void init()
    {
        m_api = std::make_unique<ApiFixture>();
        QFile secret(m_api->steering.home() + u"/secret"_s);
        QVERIFY(secret.open(QIODevice::WriteOnly) && secret.write("s3cret\n") > 0);
        m_api->steering.loaded.settings.webhookSecretFile = u"~/secret"_s;
        m_api->listen();
    }
    void cleanup() { m_api.reset(); }

    void commitsAreRecordedOnce()
    {
        QCOMPARE(jsonOf(post("/record-commit", recordBody(u"1"_s)))[u"recorded"].toInt(), 1);
        QCOMPARE(jsonOf(post("/record-commit", recordBody(u"1"_s)))[u"recorded"].toInt(), 1); // the first one's answer
        QCOMPARE(jsonOf(post("/record-commit", recordBody(u"2"_s)))[u"recorded"].toInt(),
                 0); // known by host, repo, sha
        QCOMPARE(jsonOf(post("/record-commit", recordBody(u"3"_s, 2)))[u"recorded"].toInt(), 1);
        QCOMPARE(commitsKnown(), 2);
        const CommitRecord record = m_api->steering.store().commits()->items.front();
        QCOMPARE(record.host, u"cherry"_s);
        QCOMPARE(record.origin, u"forge.example.org/dev/hello"_s);
        QCOMPARE(record.source, MessageSource::Llm);
        QVERIFY(m_api->steering.calls.isEmpty());
    }

    void nobodyVouchesForHisOwnCommits()
    {
        QJsonObject body = recordBody(u"1"_s);
        QJsonObject commit = body[u"commits"].toArray().first().toObject();
        commit[u"verified_at"] = commit[u"committed_at"];
        body[u"commits"] = QJsonArray{commit};
        QCOMPARE(post("/record-commit", body).status, 200);
        QVERIFY(!m_api->steering.store().commits()->items.front().verifiedAt);
        QCOMPARE(jsonOf(m_api->ask("GET", "/commits"))[u"items"][0][u"verified_at"], QJsonValue(QJsonValue::Null));
    }

    void anIdBelongsToOneBody()
    {
        QCOMPARE(post("/record-commit", recordBody(u"1"_s)).status, 200);
        QCOMPARE(post("/record-commit", recordBody(u"1"_s, 2)).status, 409);
        QCOMPARE(commitsKnown(), 1);
    }

    void aTokenSpeaksForItsHostAlone()
    {
        const QByteArray token = m_api->tokenFor(TokenScope::Record, u"cherry"_s);
        QCOMPARE(post("/record-commit", recordBody(u"1"_s, 1, u"plum"_s), token).status, 403);
        QCOMPARE(post("/heartbeat", {{u"host"_s, u"plum"_s}}, token).status, 403);
        QCOMPARE(commitsKnown(), 0);
        QVERIFY(m_api->steering.store().hosts()->isEmpty());
        QCOMPARE(post("/record-commit", recordBody(u"1"_s), token).status, 200);
        QCOMPARE(post("/heartbeat", {{u"host"_s, u"cherry"_s}}, token).status, 200);
    }

    void aTokenWithoutAHostMayNotSpeakForTheDaemonsOwn()
    {
        const QByteArray any = m_api->tokenFor(TokenScope::Record);
        for (const QByteArray &token : {any, m_api->token}) {
            QCOMPARE(post("/record-commit", recordBody(u"1"_s, 1, u"plum"_s), token).status, 403);
            QCOMPARE(post("/heartbeat", {{u"host"_s, u"plum"_s}}, token).status, 403);
        }
        QCOMPARE(commitsKnown(), 0);
        QCOMPARE(post("/record-commit", recordBody(u"1"_s), any).status, 200);
        const QByteArray own = m_api->tokenFor(TokenScope::Record, u"plum"_s);
        QCOMPARE(post("/record-commit", recordBody(u"1"_s, 1, u"plum"_s), own).status, 200);
    }

    void whatLooksLikeASecretIsNotKept()
    {
        QRandomGenerator random{7};
        const QByteArray token = QByteArray("gl") + "pat-" + Samples::randomText(random, Samples::alnum, 20);
        const QString secret = QString::fromLatin1(token);
        QJsonObject body = recordBody(u"1"_s);
        QJsonObject commit = body[u"commits"].toArray().first().toObject();
        for (const QString &field : {u"subject"_s, u"body"_s, u"branch"_s, u"model"_s})
            commit[field] = QString(u"use "_s + secret);
        commit[u"paths"] = QJsonArray{QString(u"keys/"_s + secret + u".txt"_s)};
        body[u"commits"] = QJsonArray{commit};
        QCOMPARE(post("/record-commit", body).status, 200);
        QCOMPARE(post("/heartbeat", {{u"host"_s, u"cherry"_s}, {u"system"_s, secret}}).status, 200);
        QCOMPARE(
            m_api->ask("POST", "/pause", bytes({{u"reason"_s, QString(u"until "_s + secret + u" works"_s)}})).status,
            200);
        QVERIFY(m_api->ask("GET", "/commits").body.contains("use "));
        QDirIterator files(m_api->steering.home(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        bool any = false;
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray content = file.readAll();
            QVERIFY2(!content.contains(token), qPrintable(file.fileName()));
            any = any || content.contains("keys/");
        }
        QVERIFY(any); // it looked where the history is
    }

    void recordsThatMakeNoSenseAreRefused_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QJsonValue>("value");
        QTest::newRow("short sha") << u"sha"_s << QJsonValue(u"abc"_s);
        QTest::newRow("no sha") << u"sha"_s << QJsonValue();
        QTest::newRow("option for a sha") << u"sha"_s << QJsonValue(QString(40, u'-'));
        QTest::newRow("path for a repo") << u"repo"_s << QJsonValue(u"../../etc"_s);
        QTest::newRow("number for a branch") << u"branch"_s << QJsonValue(5);
        QTest::newRow("long subject") << u"subject"_s << QJsonValue(QString(1001, u'x'));
        QTest::newRow("no time") << u"committed_at"_s << QJsonValue();
        QTest::newRow("odd time") << u"committed_at"_s << QJsonValue(u"yesterday"_s);
        QTest::newRow("from tomorrow on")
            << u"committed_at"_s << QJsonValue(isoText(wallTime(SystemClock()) + std::chrono::hours(25)));
        QTest::newRow("another century") << u"committed_at"_s << QJsonValue(u"1999-12-31T23:59:59Z"_s);
        QTest::newRow("written long ago") << u"authored_at"_s << QJsonValue(u"1970-01-01T00:00:00Z"_s);
        QTest::newRow("pushed far ahead") << u"pushed_at"_s << QJsonValue(u"2999-01-01T00:00:00Z"_s);
        QTest::newRow("text for paths") << u"paths"_s << QJsonValue(u"a"_s);
        QTest::newRow("negative count") << u"path_count"_s << QJsonValue(-1);
        QTest::newRow("half a count") << u"path_count"_s << QJsonValue(1.5);
        QTest::newRow("NUL in a subject") << u"subject"_s << QJsonValue(QString(QChar(u'\0')));
    }
    void recordsThatMakeNoSenseAreRefused()
    {
        QFETCH(QString, field);
        QFETCH(QJsonValue, value);
        QJsonObject body = recordBody(u"1"_s);
        QJsonObject commit = body[u"commits"].toArray().first().toObject();
        commit[field] = value;
        body[u"commits"] = QJsonArray{commit};
        QCOMPARE(post("/record-commit", body).status, 400);
        QCOMPARE(commitsKnown(), 0);
    }

    void heartbeatsMakeHostsComparable()
    {
        const QJsonObject repo{{u"repo"_s, u"cherryrepository"_s},
                               {u"origin"_s, u"https://forge.example.org/dev/hello"_s},
                               {u"branch"_s, u"main"_s},
                               {u"head"_s, QString(40, u'a')}};
        QJsonObject body{
            {u"host"_s, u"cherry"_s}, {u"version"_s, u"9.9.9"_s}, {u"protocol"_s, 1}, {u"repos"_s, QJsonArray{repo}}};
        const QJsonObject answer = jsonOf(post("/heartbeat", body));
        QCOMPARE(answer[u"host"].toString(), u"plum"_s);
        QVERIFY(answer[u"drift"].toString().contains(u"9.9.9"));
        body[u"host"] = u"peach"_s;
        body[u"version"] = QStringLiteral(AC_VERSION);
        QVERIFY(jsonOf(post("/heartbeat", body))[u"drift"].toString().isEmpty());
        const QJsonArray parity = jsonOf(m_api->ask("GET", "/parity"))[u"items"].toArray();
        QCOMPARE(parity.size(), 1);
        QCOMPARE(parity.first()[u"state"].toString(), u"same"_s);
        QCOMPARE(jsonOf(m_api->ask("GET", "/hosts"))[u"items"].toArray().size(), 3);
    }

    void aMessageIsAskedForAndAnswered()
    {
        const auto client = postLater("/generate-message", generateBody());
        QTRY_COMPARE(m_api->messages.requests.size(), 1);
        const GenerateRequest &request = m_api->messages.requests.front();
        QCOMPARE(request.origin, u"forge.example.org/dev/hello"_s);
        QCOMPARE(request.recentSubjects.front().authorIsMe, std::optional(true));
        QCOMPARE(request.files.at(1).kind, ChangeKind::Renamed);
        QCOMPARE(request.files.at(1).oldPath, "c.txt");
        QCOMPARE(request.patch, "diff --git a/a.txt b/a.txt\n");
        m_api->messages.waiting.front()(answerFor(request));
        const QJsonObject group = jsonOf(*client->answer())[u"groups"].toArray().first().toObject();
        QCOMPARE(group[u"paths"].toArray().size(), 2);
        QCOMPARE(group[u"source"].toString(), u"llm"_s);
    }

    void aRepeatedRequestSharesTheAnswer()
    {
        const auto one = postLater("/generate-message", generateBody());
        QTRY_COMPARE(m_api->messages.requests.size(), 1);
        const auto two = postLater("/generate-message", generateBody());
        QCOMPARE(m_api->ask("GET", "/status").status, 200); // the second one is in by now
        m_api->messages.waiting.front()(answerFor(m_api->messages.requests.front()));
        QCOMPARE(one->answer()->body, two->answer()->body);
        QCOMPARE(post("/generate-message", generateBody()).status, 200);
        QCOMPARE(m_api->messages.requests.size(), 1);
    }

    void aFailureMayBeTriedAgain()
    {
        const auto one = postLater("/generate-message", generateBody());
        QTRY_COMPARE(m_api->messages.waiting.size(), 1);
        m_api->messages.waiting.front()(Error{ErrorKind::ModelUnavailable, u"later"_s});
        QCOMPARE(one->answer()->status, 503);
        const auto two = postLater("/generate-message", generateBody());
        QTRY_COMPARE(m_api->messages.waiting.size(), 2);
    }

    void aFoundSecretIs422()
    {
        const auto client = postLater("/generate-message", generateBody());
        QTRY_COMPARE(m_api->messages.waiting.size(), 1);
        m_api->messages.waiting.front()(Error{ErrorKind::RejectedSecret, u"the change holds a secret"_s});
        const auto answer = client->answer();
        QCOMPARE(answer->status, 422);
        QCOMPARE(jsonOf(*answer)[u"error"][u"kind"].toString(), u"secret-found"_s);
    }

    void anAnswerThatLosesAPathIsNotPassedOn_data()
    {
        QTest::addColumn<QList<QByteArray>>("paths");
        QTest::newRow("one is missing") << QList<QByteArray>{"a.txt"};
        QTest::newRow("one twice") << QList<QByteArray>{"a.txt", "a.txt", "b.txt"};
        QTest::newRow("a stranger") << QList<QByteArray>{"a.txt", "b.txt", "/etc/passwd"};
    }
    void anAnswerThatLosesAPathIsNotPassedOn()
    {
        QFETCH(QList<QByteArray>, paths);
        const auto client = postLater("/generate-message", generateBody());
        QTRY_COMPARE(m_api->messages.waiting.size(), 1);
        m_api->messages.waiting.front()(GenerateAnswer{{GenerateGroup{.paths = paths}}});
        QCOMPARE(client->answer()->status, 500);
    }

    void anAnswerAfterTheServersEndDoesNothing()
    {
        const auto client = postLater("/generate-message", generateBody());
        QTRY_COMPARE(m_api->messages.waiting.size(), 1);
        const auto done = m_api->messages.waiting.front();
        const GenerateAnswer answer = answerFor(m_api->messages.requests.front());
        m_api.reset();
        done(answer);
    }

    void changesThatMakeNoSenseAreRefused_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QJsonValue>("value");
        const auto file = [](const QString &path, const QString &status = u"M"_s) {
            return QJsonValue(QJsonArray{QJsonObject{{u"path"_s, path}, {u"status"_s, status}}});
        };
        QJsonArray many;
        for (int i = 0; i <= GenerateRequest::maxFiles; ++i)
            many.append(QJsonObject{{u"path"_s, QString::number(i)}, {u"status"_s, u"A"_s}});
        QJsonArray subjects;
        for (int i = 0; i <= GenerateRequest::maxSubjects; ++i)
            subjects.append(QJsonObject{{u"subject"_s, u"x"_s}});
        QTest::newRow("no files") << u"files"_s << QJsonValue(QJsonArray());
        QTest::newRow("too many files") << u"files"_s << QJsonValue(many);
        QTest::newRow("a file twice") << u"files"_s
                                      << QJsonValue(QJsonArray{file(u"a"_s).toArray().first(),
                                                               file(u"a"_s).toArray().first()});
        QTest::newRow("absolute path") << u"files"_s << file(u"/etc/passwd"_s);
        QTest::newRow("path upwards") << u"files"_s << file(u"a/../../b"_s);
        QTest::newRow("path into .git") << u"files"_s << file(u".git/config"_s);
        QTest::newRow("unknown status") << u"files"_s << file(u"a"_s, u"X"_s);
        QTest::newRow("too many subjects") << u"style"_s << QJsonValue(QJsonObject{{u"recent_subjects"_s, subjects}});
        QTest::newRow("text for style") << u"style"_s << QJsonValue(u"plain"_s);
        QTest::newRow("no id") << u"request_id"_s << QJsonValue();
        QTest::newRow("no host") << u"host"_s << QJsonValue(QString());
        QTest::newRow("list for a patch") << u"patch"_s << QJsonValue(QJsonArray());
    }
    void changesThatMakeNoSenseAreRefused()
    {
        QFETCH(QString, field);
        QFETCH(QJsonValue, value);
        QJsonObject body = generateBody();
        body[field] = value;
        QCOMPARE(post("/generate-message", body).status, 400);
        QVERIFY(m_api->messages.requests.isEmpty());
    }

    void aPushOfTheForgeRunsItsCheckouts()
    {
        const QByteArray body
            = R"({"repository":{"clone_url":"https://forge.example.org/dev/hello.git","ssh_url":"ssh://git@forge.example.org:2222/dev/hello.git"}})";
        const RawAnswer answer = deliver(body, hook(body, "d1"));
        QCOMPARE(answer.status, 202);
        QCOMPARE(jsonOf(answer)[u"repos"].toInt(), 1);
        QVERIFY(m_api->steering.calls.contains(u"origin forge.example.org/dev/hello webhook"_s));
    }

    void aReplayedPushRunsNothing()
    {
        const QByteArray body = R"({"repository":{"clone_url":"https://forge.example.org/dev/hello.git"}})";
        QCOMPARE(deliver(body, hook(body, "d1")).status, 202);
        const qsizetype calls = m_api->steering.calls.size();
        QCOMPARE(jsonOf(deliver(body, hook(body, "d1")))[u"repos"].toInt(), 0);
        QCOMPARE(jsonOf(deliver(body, hook(body, "d2")))[u"repos"].toInt(), 0); // a new id on the old body
        QCOMPARE(m_api->steering.calls.size(), calls);
    }

    void aPushThatIsNotSignedIsRefused_data()
    {
        QTest::addColumn<QByteArray>("signature");
        QTest::newRow("wrong") << QByteArray(64, 'a');
        QTest::newRow("short") << QByteArray("ab");
        QTest::newRow("prefixed") << QByteArray("sha256=") + QByteArray(64, 'a');
        QTest::newRow("with another secret")
            << QMessageAuthenticationCode::hash(R"({"repository":{"clone_url":"https://a/b/c"}})", "other",
                                                QCryptographicHash::Sha256)
                   .toHex();
    }
    void aPushThatIsNotSignedIsRefused()
    {
        QFETCH(QByteArray, signature);
        const QByteArray body = R"({"repository":{"clone_url":"https://a/b/c"}})";
        QCOMPARE(deliver(body, hook(body, "d1", signature)).status, 401);
        QCOMPARE(deliver(body, "X-Forgejo-Delivery: d1\r\n").status, 401);
        QCOMPARE(ask(m_api->server.port(), "POST", "/webhook/forgejo", m_api->token, body).status,
                 401); // no token helps
        QVERIFY(m_api->steering.calls.isEmpty());
    }

    void withoutASecretNoPushIsTaken()
    {
        m_api->steering.loaded.settings.webhookSecretFile.clear();
        const QByteArray body = R"({"repository":{"clone_url":"https://a/b/c"}})";
        QCOMPARE(deliver(body, hook(body, "d1")).status, 404);
    }
};

QTEST_GUILESS_MAIN(TestApiAgents)
#include "tst_apiagents.moc"
