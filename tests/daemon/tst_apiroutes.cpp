#include "tests/support/apifixture.h"

#include "core/config/settingsloader.h"

#include <QJsonArray>
#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

namespace {

const QByteArray repoPath = "/repos/abcdefgh12345678";

QJsonObject settingOf(const QJsonObject &config, const QString &key)
{
    for (const QJsonValue &value : config[u"settings"].toArray()) {
        if (value[u"key"].toString() == key)
            return value.toObject();
    }
    return {};
}

} // namespace

class TestApiRoutes : public QObject
{
    Q_OBJECT

    std::unique_ptr<ApiFixture> m_api;

    void record(int count)
    {
        QList<CommitRecord> commits;
        for (int i = 1; i <= count; ++i)
            commits.append(FakeSteering::commitOf(QString::fromLatin1(ApiFixture::repoId), i));
        QVERIFY(m_api->steering.store().recordCommits(commits).ok());
    }

private Q_SLOTS:
    void init()
    {
        m_api = std::make_unique<ApiFixture>();
        m_api->listen();
    }
    void cleanup() { m_api.reset(); }

    void healthIsAllThatNeedsNoToken()
    {
        const RawAnswer answer = ask(m_api->server.port(), "GET", "/health");
        QCOMPARE(answer.status, 200);
        QCOMPARE(jsonOf(answer), (QJsonObject{{u"status"_s, u"ok"_s}}));
    }

    void statusTellsWhatNeedsAPerson()
    {
        ErrorRecord error{.host = u"plum"_s, .repo = u"abcdefgh12345678"_s, .kind = u"auth-failed"_s};
        error.message = m_api->steering.home() + u"/code/hello: no"_s;
        error.detail = u"canary-detail"_s;
        m_api->steering.checkouts.front().error = error;
        m_api->steering.checkouts.front().record.needsPush = true;
        m_api->steering.checkouts.front().excluded = 3;
        const RawAnswer answer = m_api->ask("GET", "/status");
        const QJsonObject status = jsonOf(answer);
        QCOMPARE(status[u"host"].toString(), u"plum"_s);
        QCOMPARE(status[u"counts"][u"attention"].toInt(), 1);
        QCOMPARE(status[u"counts"][u"unpushed"].toInt(), 1);
        QCOMPARE(status[u"counts"][u"excluded"].toInt(), 3);
        const QJsonObject needed = status[u"attention"].toArray().first().toObject();
        QCOMPARE(needed[u"message"].toString(), u"~/code/hello: no"_s);
        QVERIFY(!needed[u"advice"].toString().isEmpty());
        QVERIFY(status[u"pause"].isNull());
        QVERIFY(!answer.body.contains("canary-detail"));
        QVERIFY(!answer.body.contains(m_api->steering.home().toUtf8()));
    }

    void commitsOfTodayAreCountedFromTheHistory()
    {
        record(3);
        Q_EMIT m_api->steering.committed(FakeSteering::commitOf(QString::fromLatin1(ApiFixture::repoId), 1));
        QTRY_COMPARE(jsonOf(m_api->ask("GET", "/status"))[u"counts"][u"commits_today"].toInt(), 3);
    }

    void repositoriesComeInPagesWhenAskedTo()
    {
        for (int i = 0; i < 4; ++i)
            m_api->steering.addRepo(u"repository%1"_s.arg(i), u"r%1"_s.arg(i), {});
        QCOMPARE(jsonOf(m_api->ask("GET", "/repos"))[u"items"].toArray().size(), 5);
        QStringList seen;
        QByteArray cursor;
        do {
            const QJsonObject page = jsonOf(m_api->ask("GET", "/repos?limit=2&cursor=" + cursor));
            for (const QJsonValue &item : page[u"items"].toArray())
                seen += item[u"id"].toString();
            cursor = page[u"next"].toString().toLatin1();
        } while (!cursor.isEmpty());
        QCOMPARE(seen.size(), 5);
        QCOMPARE(seen.removeDuplicates(), 0);
    }

    void aRepositoryTellsWhatIsLeftOut()
    {
        QVERIFY(m_api->steering.store()
                    .replaceExclusions(u"plum"_s, QString::fromLatin1(ApiFixture::repoId),
                                       {{.host = u"plum"_s,
                                         .repo = QString::fromLatin1(ApiFixture::repoId),
                                         .path = ".env",
                                         .reason = u"a name of secrets"_s,
                                         .rule = u"dotenv"_s}})
                    .ok());
        const QJsonObject repo = jsonOf(m_api->ask("GET", repoPath));
        QCOMPARE(repo[u"path"].toString(), u"~/code/hello"_s);
        QCOMPARE(repo[u"web_url"].toString(), u"https://forge.example.org/dev/hello"_s);
        QCOMPARE(repo[u"exclusions"].toArray().first()[u"rule"].toString(), u"dotenv"_s);
    }

    void explanationsComeFromTheTrace()
    {
        QVERIFY(m_api->steering.store()
                    .recordDecisions({{.host = u"plum"_s,
                                       .repo = QString::fromLatin1(ApiFixture::repoId),
                                       .at = wallTime(m_api->steering.clock()),
                                       .stage = u"push"_s,
                                       .what = u"skipped"_s,
                                       .why = u"no upstream"_s}})
                    .ok());
        const QJsonObject answer = jsonOf(m_api->ask("GET", repoPath + "/explain"));
        QCOMPARE(answer[u"repo"][u"id"].toString(), QString::fromLatin1(ApiFixture::repoId));
        QCOMPARE(answer[u"decisions"].toArray().first()[u"why"].toString(), u"no upstream"_s);
    }

    void everyCommitIsOnExactlyOnePage()
    {
        record(23);
        QStringList seen;
        QByteArray cursor;
        do {
            const QJsonObject page = jsonOf(m_api->ask("GET", "/commits?limit=10&cursor=" + cursor));
            for (const QJsonValue &item : page[u"items"].toArray())
                seen += item[u"sha"].toString();
            cursor = page[u"next"].toString().toLatin1();
        } while (!cursor.isEmpty());
        QCOMPARE(seen.size(), 23);
        QCOMPARE(seen.removeDuplicates(), 0);
        QCOMPARE(jsonOf(m_api->ask("GET", "/commits/" + seen.front().toLatin1()))[u"items"].toArray().size(), 1);
        QCOMPARE(m_api->ask("GET", "/commits/fffffff").status, 404);
    }

    void parametersThatMakeNoSenseAreRefused_data()
    {
        QTest::addColumn<QByteArray>("path");
        for (const QByteArray path :
             {"/commits?limit=0", "/commits?limit=1001", "/commits?limit=x", "/commits?since=yesterday",
              "/commits?cursor=nonsense", "/stats?days=0", "/logs?limit=-1", "/repos?limit=0", "/repos?cursor=zzz"})
            QTest::newRow(path.constData()) << path;
    }
    void parametersThatMakeNoSenseAreRefused()
    {
        QFETCH(QByteArray, path);
        const RawAnswer answer = m_api->ask("GET", path);
        QCOMPARE(answer.status, 400);
        QCOMPARE(jsonOf(answer)[u"error"][u"kind"].toString(), u"usage"_s);
    }

    void errorsAreResolvedOnce()
    {
        const auto seen = m_api->steering.store().recordError({.host = u"plum"_s,
                                                               .repo = u"abcdefgh12345678"_s,
                                                               .kind = u"auth-failed"_s,
                                                               .message = u"no"_s,
                                                               .detail = u"canary-detail"_s,
                                                               .lastSeen = wallTime(m_api->steering.clock())});
        QVERIFY(seen.ok());
        const RawAnswer standing = m_api->ask("GET", "/errors");
        QVERIFY(!standing.body.contains("canary-detail"));
        const QJsonObject error = jsonOf(standing)[u"items"].toArray().first().toObject();
        QCOMPARE(error[u"name"].toString(), u"hello"_s);
        const QByteArray path = "/errors/" + error[u"id"].toString().toLatin1() + "/resolve";
        QCOMPARE(m_api->ask("POST", path).status, 200);
        QCOMPARE(m_api->ask("POST", path).status, 404);
        QCOMPARE(jsonOf(m_api->ask("GET", "/errors"))[u"items"].toArray().size(), 0);
        const QJsonArray all = jsonOf(m_api->ask("GET", "/errors?all=1"))[u"items"].toArray();
        QCOMPARE(all.first()[u"resolved_by"].toString(), u"owner"_s);
    }

    void pausesHaveAnEnd()
    {
        const QJsonObject status = jsonOf(m_api->ask("POST", "/pause", R"({"reason":"lunch","seconds":900})"));
        QCOMPARE(status[u"pause"][u"reason"].toString(), u"lunch"_s);
        QCOMPARE(status[u"pause"][u"by"].toString(), u"owner"_s);
        QVERIFY(!status[u"pause"][u"until"].toString().isEmpty());
        QVERIFY(jsonOf(m_api->ask("POST", "/resume"))[u"pause"].isNull());
        QVERIFY(!jsonOf(m_api->ask("POST", repoPath + "/pause"))[u"pause"].isNull());
        QVERIFY(jsonOf(m_api->ask("POST", repoPath + "/resume"))[u"pause"].isNull());
        for (const QByteArray wrong : {R"({"seconds":-1})", R"({"seconds":0})", R"({"seconds":"x"})",
                                       R"({"seconds":1e99})", R"({"until":"2001-01-01T00:00:00Z"})", R"({"until":"x"})",
                                       R"({"seconds":5,"until":"2999-01-01T00:00:00Z"})", R"({"reason":5})",
                                       R"({"unitl":"2999-01-01T00:00:00Z"})", R"({"reason":"x","minutes":5})"}) {
            QCOMPARE(m_api->ask("POST", "/pause", wrong).status, 400);
            QCOMPARE(m_api->ask("POST", repoPath + "/pause", wrong).status, 400);
        }
        QVERIFY(!m_api->steering.snapshot.pause);
    }

    void controlReachesTheDaemon()
    {
        QCOMPARE(jsonOf(m_api->ask("POST", "/cycle"))[u"cycle"].toInt(), 8);
        QCOMPARE(m_api->ask("POST", repoPath + "/sync").status, 202);
        QCOMPARE(m_api->ask("POST", "/reload").status, 200);
        QCOMPARE(m_api->ask("POST", "/shutdown").status, 202);
        QCOMPARE(m_api->steering.calls,
                 (QStringList{u"cycle user"_s, u"sync abcdefgh12345678 user"_s, u"reload"_s, u"shutdown"_s}));
        for (const QByteArray verb : {"/sync", "/pause", "/resume", "/undo"})
            QCOMPARE(m_api->ask("POST", "/repos/unknownrepository" + verb).status, 404);
        QCOMPARE(m_api->steering.calls.size(), 4);
    }

    void anUndoIsAnsweredWhenItIsDone()
    {
        RawClient client(m_api->server.port());
        const QByteArray body = R"({"sha":"abcdef1"})";
        client.send("POST " + repoPath + "/undo HTTP/1.1\r\nHost: " + m_api->host() + "\r\nAuthorization: Bearer "
                    + m_api->token + "\r\nContent-Type: application/json\r\nContent-Length: "
                    + QByteArray::number(body.size()) + "\r\n\r\n" + body);
        QTRY_COMPARE(m_api->steering.undoing.size(), 1);
        m_api->steering.undoing.front()(UndoDone{.soft = true});
        QCOMPARE(jsonOf(*client.answer()), (QJsonObject{{u"sha"_s, QString()}, {u"soft"_s, true}}));
        QCOMPARE(m_api->ask("POST", repoPath + "/undo").status, 400);
        QCOMPARE(m_api->ask("POST", repoPath + "/undo", R"({"sha":"--hard x"})").status, 400);
        QCOMPARE(m_api->ask("POST", repoPath + "/undo", R"({"sha":"HEAD"})").status, 400);
        QCOMPARE(m_api->steering.undoing.size(), 1);
    }

    void settingsChangeAllOrNone()
    {
        const RawAnswer good
            = m_api->ask("PATCH", "/config", R"({"max_new_files":10,"exclude":["*.tmp","*.o"],"push":false})");
        QCOMPARE(good.status, 200);
        QCOMPARE(settingOf(jsonOf(good), u"max_new_files"_s)[u"value"].toInt(), 10);
        QCOMPARE(settingOf(jsonOf(good), u"exclude"_s)[u"value"].toArray().size(), 2);
        QVERIFY(settingOf(jsonOf(good), u"push"_s)[u"origin"].toString().startsWith(u"~/"));
        QVERIFY(m_api->steering.calls.contains(u"reload"_s));
        for (const QByteArray wrong :
             {R"({"max_new_files":20,"subject_length":1})", R"({"max_new_files":20,"nonsense":1})",
              R"({"max_new_files":20,"push":"maybe"})", R"({"max_new_files":20,"exclude":["a,b"]})",
              R"({"max_new_files":20,"exclude":[1]})"})
            QCOMPARE(m_api->ask("PATCH", "/config", wrong).status, 400);
        QCOMPARE(m_api->steering.settings().settings.maxNewFiles, 10);
        m_api->steering.calls.clear();
        const RawAnswer open = m_api->ask("PATCH", "/config", R"({"max_new_files":20,"api_bind":"0.0.0.0"})");
        QCOMPARE(open.status, 400); // each is well, and no daemon would start with them
        QVERIFY2(open.body.contains("tls_certificate"), open.body.constData());
        QVERIFY(!m_api->steering.calls.contains(u"reload"_s));
        QVERIFY(m_api->steering.reload().ok());
        QCOMPARE(m_api->steering.settings().settings.maxNewFiles, 10); // nothing was written
        QCOMPARE(m_api->ask("PATCH", "/config", R"({"max_new_files":null})").status, 200);
        QCOMPARE(m_api->steering.settings().settings.maxNewFiles, Settings().maxNewFiles);
    }

    void whatRunsProgramsIsTheOwnersAlone()
    {
        const QByteArray token = m_api->tokenFor(TokenScope::Control);
        for (const QByteArray body :
             {R"({"git_program":"/tmp/evil"})", R"({"coordinator_url":["http://169.254.169.254"]})",
              R"({"trusted_filters":["x"]})", R"({"api_bind":"0.0.0.0"})", R"({"extra_path":["/tmp"]})",
              R"({"allow_names":["*"]})"}) {
            QCOMPARE(ask(m_api->server.port(), "PATCH", "/config", token, body).status, 403);
        }
        QCOMPARE(ask(m_api->server.port(), "PATCH", "/config", token, R"({"settle_seconds":11})").status, 200);
        QVERIFY(m_api->steering.settings().settings.gitProgram.isEmpty());
        QCOMPARE(m_api->ask("PATCH", "/config", R"({"extra_path":["/opt/bin"]})").status, 200);
    }

    /// Over the whole table: a setting that is new belongs to the owner until somebody has judged it, here as well.
    void aTokenWithControlChangesWhatIsHarmlessAlone()
    {
        const QStringList harmless{
            u"cycle_interval_seconds"_s,
            u"file_quiet_seconds"_s,
            u"hook_timeout_seconds"_s,
            u"log_level"_s,
            u"max_parallel_repos"_s,
            u"message_body"_s,
            u"message_style"_s,
            u"model_timeout_seconds"_s,
            u"network_timeout_seconds"_s,
            u"no_model_wait_seconds"_s,
            u"on_battery"_s,
            u"on_metered"_s,
            u"on_no_model"_s,
            u"once_wait_seconds"_s,
            u"pre_cycle_pull"_s,
            u"quiet_hours"_s,
            u"settle_cap_seconds"_s,
            u"settle_seconds"_s,
            u"share_connections"_s,
            u"split_commits"_s,
            u"subject_length"_s,
            u"watch_files"_s,
        };
        const QByteArray token = m_api->tokenFor(TokenScope::Control);
        const Settings defaults;
        for (const SettingSpec &spec : settingSpecs()) {
            for (const QJsonValue &value : {settingJson(spec, defaults), QJsonValue()}) { // null: back to the default
                const QByteArray body = QJsonDocument(QJsonObject{{spec.name(), value}}).toJson();
                const RawAnswer answer = ask(m_api->server.port(), "PATCH", "/config", token, body);
                QVERIFY2(answer.status == (harmless.contains(spec.name()) ? 200 : 403), spec.key);
            }
            const RawAnswer shown = ask(m_api->server.port(), "GET", "/config", token);
            QCOMPARE(settingOf(jsonOf(shown), spec.name())[u"writable"].toBool(), harmless.contains(spec.name()));
        }
    }

    void everySettingIsDescribedAndNoPasswordShown()
    {
        m_api->steering.loaded.settings.databaseUrl = u"postgresql://dev:canary@db.example.org/history"_s;
        const RawAnswer answer = m_api->ask("GET", "/config");
        QCOMPARE(jsonOf(answer)[u"settings"].toArray().size(), static_cast<qsizetype>(settingSpecs().size()));
        QVERIFY(!answer.body.contains("canary"));
        QCOMPARE(jsonOf(answer)[u"file"].toString(), u"~/.config/commits/startup-config.json"_s);
    }

    void theLogsTailIsShown()
    {
        QVERIFY(makePrivateDir(m_api->steering.paths().cacheDir()));
        QFile log(m_api->steering.paths().log());
        QVERIFY(log.open(QIODevice::WriteOnly));
        for (int i = 0; i < 20'000; ++i)
            log.write("line " + QByteArray::number(i) + " of " + m_api->steering.home().toUtf8()
                      + "/code and more words\n");
        log.close();
        const QJsonArray lines = jsonOf(m_api->ask("GET", "/logs?limit=3"))[u"items"].toArray();
        QCOMPARE(lines.size(), 3);
        QCOMPARE(lines.last().toString(), u"line 19999 of ~/code and more words"_s);
    }

    void metricsAreReadable()
    {
        CommitRecord commit;
        commit.source = MessageSource::Llm;
        Q_EMIT m_api->steering.committed(commit);
        Q_EMIT m_api->steering.cycleFinished(
            {.reason = u"ti\"mer"_s, .startedAt = Timestamp(), .finishedAt = Timestamp() + std::chrono::seconds(2)});
        const RawAnswer answer = m_api->ask("GET", "/metrics");
        QVERIFY(answer.fields["content-type"].startsWith("text/plain; version=0.0.4"));
        QVERIFY(answer.body.contains("\nauto_commit_commits_total{source=\"llm\"} 1\n"));
        QVERIFY(answer.body.contains("\nauto_commit_cycles_total{reason=\"ti\\\"mer\"} 1\n"));
        QVERIFY(answer.body.contains("\nauto_commit_last_cycle_duration_seconds 2\n"));
        QVERIFY(answer.body.contains("\nauto_commit_repos{state=\"clean\"} 1\n"));
        QByteArrayList names;
        for (const QByteArray &line : answer.body.split('\n')) {
            if (line.startsWith("# TYPE"))
                names += line.split(' ').value(2);
            else if (!line.isEmpty() && !line.startsWith('#'))
                QCOMPARE(line.left(names.constLast().size()), names.constLast());
        }
        QVERIFY(names.contains("process_resident_memory_bytes"));
        const qsizetype at = answer.body.indexOf("\nprocess_resident_memory_bytes ");
        QVERIFY(answer.body.mid(at + 31, 20).toLongLong() > 0
                || answer.body.mid(at + 31).split('\n').front().toLongLong() > 1 << 20);
    }

    void checksAreGivenByTheDaemon()
    {
        QCOMPARE(m_api->ask("GET", "/doctor").status, 503);
        ApiFixture other({.doctor = [](const QString &repo, const std::function<void(QList<Check>)> &done) {
            done({{.id = u"git"_s, .state = CheckState::Ok, .repo = repo}});
        }});
        other.listen();
        QCOMPARE(jsonOf(other.ask("GET", "/doctor"))[u"checks"].toArray().first()[u"state"].toString(), u"ok"_s);
        QCOMPARE(other.ask("GET", "/doctor?repo=nonsense").status, 404);
    }

    void theVersionOfGitIsKnownSoon()
    {
        QTRY_VERIFY(jsonOf(m_api->ask("GET", "/version"))[u"git"].toString().count(u'.') >= 2);
    }
};

QTEST_GUILESS_MAIN(TestApiRoutes)
#include "tst_apiroutes.moc"
