#include "core/service/daemonregistry.h"
#include "tests/support/canarymachine.h"
#include "tests/support/fakemodelserver.h"
#include "tests/support/wireshapes.h"
#include "tests/tray/pretend.h"
#include "tests/tray/windowtexts.h"
#include "tray/model/endpoint.h"
#include "tray/model/notifier.h"
#include "tray/window/theme.h"

#include <QApplication>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPointer>
#include <QTest>
#include <QTreeView>

#include <atomic>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 240'000; // ms; a loaded machine is slow

QByteArray json(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

/// A new file of these lines, as `git diff` writes it.
QString patchOf(const QString &path, const QString &text)
{
    const QStringList lines = text.split(u'\n');
    return u"diff --git a/%1 b/%1\nnew file mode 100644\n--- /dev/null\n+++ b/%1\n@@ -0,0 +1,%2 @@\n+%3\n"_s.arg(
        path, QString::number(lines.size()), lines.join(u"\n+"_s));
}

/// The window and the notes of commits-tray over a real daemon.
struct Tray
{
    explicit Tray(const ApiEndpoint &endpoint, const World &world)
        : api(endpoint)
        , events(endpoint)
        , memory(world.path(u"tray.ini"_s))
        , login(LoginStart(LoginForm::DesktopEntry, world.path(u"x.desktop"_s), u"/bin/sh"_s), {}, world.path(u"."_s))
    {
        QObject::connect(&notifier, &Notifier::note, &notifier,
                         [this](const TrayNote &note) { notes += note.title + u'\n' + note.text + u'\n'; });
        daemon.start();
        window.show();
    }

    ApiClient api;
    EventStream events;
    DaemonModel daemon{api, events};
    DaemonActions actions{daemon};
    TrayMemory memory;
    Notifier notifier{daemon, memory};
    PretendDiffs diffs;
    LoginSetting login;
    StateWindow window{daemon, actions, diffs, memory, login};
    QString notes; ///< all that were shown
};

} // namespace

/// Secrets of every family lie on two machines, come back in the answers of models, and stand in what strangers send to
/// the API. A daemon, its window, and an agent on the other machine do their work; then none of them is found anywhere.
class TestCanaryDoors final : public QObject
{
    Q_OBJECT

    Canaries m_canaries{23};
    FakeModelServer m_models;
    std::atomic_int m_answers = 0;
    CanaryMachine m_apricot{u"apricot"_s, m_canaries};
    CanaryMachine m_plum{u"plum"_s, m_canaries};
    QNetworkAccessManager m_network;
    QString m_url;
    QByteArray m_token;
    QByteArray m_events;
    QPointer<QNetworkReply> m_stream;
    std::unique_ptr<Tray> m_tray;

    QString canary(const QByteArray &family) const { return QString::fromUtf8(m_canaries.of(family).value); }

    /// One answer in three is good; the others repeat what no answer may hold, or lines of the question.
    WireScript modelAnswer(const SeenRequest &request, const QByteArrayList &telling)
    {
        const int number = m_answers++;
        const QStringList lines = request.message(u"user"_s).split(u'\n').filter(u"-"_s);
        const QString echo = number % 3 == 1 || lines.isEmpty() ? QString::fromUtf8(telling[number % telling.size()])
                                                                : lines[number % lines.size()];
        const bool good = number % 3 == 0;
        const QJsonObject message{{u"type"_s, u"refactor"_s},
                                  {u"scope"_s, QJsonValue::Null},
                                  {u"breaking"_s, false},
                                  {u"subject"_s, good ? u"read settings from the vault"_s : u"drop "_s + echo},
                                  {u"body"_s, good ? QJsonArray() : QJsonArray{u"It was "_s + echo}}};
        return Wire::answer(QString::fromUtf8(json(message)), "stop", 900);
    }

    QNetworkRequest request(const QString &path) const
    {
        QNetworkRequest request(QUrl(m_url + path));
        request.setRawHeader("Authorization", "Bearer " + m_token);
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
        return request;
    }
    /// The body, and behind it the head.
    QByteArray ask(const QByteArray &verb, const QNetworkRequest &request, const QByteArray &body = {})
    {
        const std::unique_ptr<QNetworkReply> reply(m_network.sendCustomRequest(request, verb, body));
        if (!QTest::qWaitFor([&] { return reply->isFinished(); }, patience))
            return {};
        QByteArray head = "\n\n";
        for (const auto &[name, value] : reply->rawHeaderPairs())
            head += name + ": " + value + '\n';
        return reply->readAll() + head;
    }
    QByteArray get(const QString &path) { return ask("GET", request(path)); }
    QByteArray post(const QString &path, const QJsonObject &body) { return ask("POST", request(path), json(body)); }
    QJsonObject object(const QString &path)
    {
        const QByteArray answer = get(path);
        return QJsonDocument::fromJson(answer.first(answer.indexOf("\n\n"))).object();
    }
    QStringList listed(const QString &list, const QString &key)
    {
        QStringList values;
        for (const auto &item : object(list)[u"items"_s].toArray())
            values += item[key].toString();
        return values;
    }

    void expectNone(const QByteArray &place, const QByteArray &bytes)
    {
        QVERIFY2(!bytes.isEmpty(), place.constData());
        const QByteArrayList found = m_canaries.foundIn(bytes);
        QVERIFY2(found.isEmpty(), (found.join(", ") + " in " + place).constData());
    }

    /// For whoever reads a failure.
    QByteArray stateOfThings()
    {
        QByteArray text = '\n' + m_apricot.left() + m_plum.left();
        for (const auto &repo : object(u"/repos"_s)[u"items"_s].toArray())
            text += (repo[u"name"_s].toString() + u' ' + repo[u"state"_s].toString() + u' '
                     + repo[u"reason"_s].toString())
                        .toUtf8()
                + '\n';
        QFile said(m_plum.world.path(u"home/said.err"_s));
        return said.open(QIODevice::ReadOnly) ? text + said.readAll() : text;
    }

    void startApricot()
    {
        m_apricot.variables = {{u"AUTO_COMMIT_COORDINATOR_URL"_s, m_models.baseUrl()},
                               {u"AUTO_COMMIT_COORDINATOR_KEY"_s, canary("the models' key")}};
        m_apricot.start({u"1h"_s, u"-R"_s, u"."_s});
        const Paths paths(m_apricot.world.environment());
        const DaemonRegistry registry(paths);
        QTRY_VERIFY_WITH_TIMEOUT(!registry.running()->isEmpty() && registry.running()->first().port > 0, patience);
        m_url = u"http://127.0.0.1:%1"_s.arg(registry.running()->first().port);
        QFile token(paths.configDir() + u"/token"_s);
        QVERIFY(token.open(QIODevice::ReadOnly));
        m_token = token.readAll().trimmed();
        m_stream = m_network.get(request(u"/events"_s));
        connect(m_stream, &QNetworkReply::readyRead, this, [this] { m_events += m_stream->readAll(); });
        QTRY_VERIFY_WITH_TIMEOUT(!m_events.isEmpty(), patience);
        const auto endpoint = findEndpoint({}, m_apricot.world.environment(), paths, false);
        QVERIFY(endpoint);
        m_tray = std::make_unique<Tray>(*endpoint, m_apricot.world);
    }

    void startPlum()
    {
        const QString directory = Paths(m_plum.world.environment()).configDir();
        QDir().mkpath(directory);
        QFile file(directory + u"/token"_s);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
        file.write(m_apricot.commits({u"token"_s, u"create"_s, u"plum"_s, u"--host"_s, u"plum"_s}));
        file.close();
        m_plum.start({u"10s"_s, u"-R"_s, u"."_s, u"--remote"_s, m_url});
    }

    QByteArray generate(const QString &id, const QString &path, const QString &text, const QString &branch)
    {
        const QJsonObject file{{u"path"_s, path}, {u"status"_s, u"A"_s}};
        return post(u"/generate-message"_s,
                    {{u"request_id"_s, id},
                     {u"host"_s, u"cherry"_s},
                     {u"origin"_s, u"https://me:%1@hub.corp.net/x/y"_s.arg(canary("url"))},
                     {u"branch"_s, branch},
                     {u"files"_s, QJsonArray{file}},
                     {u"patch"_s, patchOf(path, text)}});
    }

    QJsonObject toldCommit(int number, const Canary &canary) const
    {
        const QString text = QString::fromUtf8(canary.text).trimmed();
        return {{u"repo"_s, u"abcdefgh"_s},
                {u"sha"_s, u"%1"_s.arg(number, 40, 16, QChar(u'0'))},
                {u"origin"_s, u"https://me:%1@hub.corp.net/x/y.git"_s.arg(this->canary("url"))},
                {u"branch"_s, u"fix/"_s + this->canary("gitlab-pat")},
                {u"subject"_s, text.left(990)},
                {u"body"_s, text},
                {u"model"_s, this->canary("github-fine-pat")},
                {u"paths"_s, QJsonArray{u"keys/"_s + this->canary("slack-bot-old")}},
                {u"committed_at"_s, QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs)}};
    }

private Q_SLOTS:
    void initTestCase()
    {
        applyTheme(*qApp, ThemeChoice::Light);
        m_canaries.watch("the models' key", m_canaries.letters(40));
        m_models.setResponder([this, telling = m_canaries.tellingByThemselves()](const SeenRequest &request) {
            return modelAnswer(request, telling);
        });
        m_apricot.prepare();
        m_plum.prepare();
        startApricot();
        QTRY_VERIFY_WITH_TIMEOUT(m_tray->daemon.picture().loaded, patience);
        m_apricot.plant();
        m_plum.plant();
        startPlum();
        QVERIFY(!post(u"/cycle"_s, {}).isEmpty());
        QTRY_VERIFY2_WITH_TIMEOUT(m_apricot.left().isEmpty() && m_plum.left().isEmpty(), stateOfThings().constData(),
                                  patience);
        const auto troubled = [this] { return listed(u"/errors?limit=1000"_s, u"name"_s); };
        for (const QString &name : {u"hooked"_s, u"refusing"_s, u"fenced"_s, u"mine"_s})
            QTRY_VERIFY2_WITH_TIMEOUT(troubled().contains(name), qPrintable(name), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!object(u"/status"_s)[u"cycle"_s][u"running"_s].toBool(), patience);
        QVERIFY(listed(u"/commits?limit=1000"_s, u"source"_s).contains(u"llm"_s)); // the models did take part
        QVERIFY(listed(u"/commits?limit=1000"_s, u"host"_s).contains(u"plum"_s));
    }

    void cleanupTestCase()
    {
        m_tray.reset();
        delete m_stream;
    }

    void noneComesBackFromAChangeThatNobodyLookedAt()
    {
        const QList<Canary> all = m_canaries.all();
        for (qsizetype i = 0; i < all.size(); ++i)
            expectNone("the answer about " + all[i].family,
                       generate(QString::number(i), u"conf.txt"_s, QString::fromUtf8(all[i].text), u"main"_s));
        const QString token = canary("gitlab-pat");
        expectNone("a path", generate(u"path"_s, u"keys/%1.txt"_s.arg(token), u"hello"_s, u"main"_s));
        expectNone("a branch", generate(u"branch"_s, u"a.txt"_s, u"hello"_s, u"fix/"_s + token));
        expectNone("an id", generate(token, u"a.txt"_s, u"hello"_s, u"main"_s));
    }

    void noneComesBackFromWhatAStrangerTells()
    {
        const QList<Canary> all = m_canaries.all();
        QJsonArray commits;
        for (int i = 0; i < all.size(); ++i)
            commits.append(toldCommit(i + 1, all[i]));
        expectNone(
            "POST /record-commit",
            post(u"/record-commit"_s, {{u"request_id"_s, u"1"_s}, {u"host"_s, u"cherry"_s}, {u"commits"_s, commits}}));
        const QString token = canary("gitlab-pat");
        const QJsonObject repo{
            {u"repo"_s, u"abcdefgh"_s}, {u"branch"_s, token}, {u"origin"_s, u"hub.corp.net/"_s + token}};
        for (const QString &host : {u"cherry"_s, token})
            expectNone(
                "POST /heartbeat",
                post(u"/heartbeat"_s,
                     {{u"host"_s, host}, {u"version"_s, token}, {u"system"_s, token}, {u"repos"_s, QJsonArray{repo}}}));
    }

    void noneComesBackFromWhatWasPastedIntoAWrongField()
    {
        const QString token = canary("github-fine-pat");
        expectNone("POST /pause", post(u"/pause"_s, {{u"reason"_s, u"until %1 works"_s.arg(token)}}));
        expectNone("GET /status", get(u"/status"_s));
        expectNone("POST /resume", post(u"/resume"_s, {}));
        expectNone("POST /repos/{id}/sync", post(u"/repos/%1/sync"_s.arg(token), {}));
        expectNone("POST /webhook/forgejo", post(u"/webhook/forgejo"_s, {{u"ref"_s, token}}));
        for (const QJsonObject &body :
             {QJsonObject{{token, 1}}, QJsonObject{{u"subject_length"_s, token}}, QJsonObject{{u"log_level"_s, token}}})
            expectNone("PATCH /config", ask("PATCH", request(u"/config"_s), json(body)));
        for (const QString &path : {u"/"_s, u"/repos/"_s, u"/commits/"_s, u"/commits?repo="_s, u"/commits?cursor="_s,
                                    u"/errors?since="_s, u"/logs?limit="_s, u"/doctor?repo="_s})
            expectNone("GET " + path.toUtf8(), get(path + token));
    }

    void noneIsInAnyAnswerOfTheApi()
    {
        const QJsonObject paths = object(u"/openapi.json"_s)[u"paths"_s].toObject();
        QVERIFY(paths.size() > 20);
        const QStringList repos = listed(u"/repos"_s, u"id"_s);
        const QStringList shas = listed(u"/commits?limit=1000"_s, u"sha"_s);
        QVERIFY(repos.size() > 5 && shas.size() > 100);
        for (auto path = paths.begin(); path != paths.end(); ++path) {
            if (!path->toObject().contains(u"get"_s) || path.key() == u"/events"_s)
                continue;
            const QString pattern = path.key();
            if (pattern.contains(u"{id}"_s)) {
                for (const QString &id : repos)
                    expectNone(pattern.toUtf8(), get(QString(pattern).replace(u"{id}"_s, id)));
            } else if (pattern.contains(u"{sha}"_s)) {
                for (const QString &sha : shas.first(50))
                    expectNone(pattern.toUtf8(), get(QString(pattern).replace(u"{sha}"_s, sha)));
            } else {
                expectNone(pattern.toUtf8(), get(pattern));
                expectNone(pattern.toUtf8(), get(pattern + u"?limit=1000"_s));
            }
        }
        expectNone("/errors?all=1", get(u"/errors?all=1&limit=1000"_s));
        expectNone("/events", m_events);
        QVERIFY(m_events.contains("event: commit") && m_events.contains("event: error"));
    }

    void noneWasSentToAModel()
    {
        QVERIFY(m_models.chats().size() > 10);
        QByteArray asked;
        for (const SeenRequest &request : m_models.requests()) {
            asked += request.verb + ' ' + request.path + '\n' + request.body + '\n';
            for (auto field = request.headers.cbegin(); field != request.headers.cend(); ++field)
                asked += field.key() == "authorization" ? QByteArray() : field.key() + ": " + *field + '\n';
        }
        QVERIFY(asked.contains("conf/")); // the changes were in them
        expectNone("requests to the models", asked);
    }

    void noneIsInTheWindowOrItsNotes()
    {
        StateWindow &window = m_tray->window;
        QString texts;
        for (const WindowPage page : {WindowPage::Commits, WindowPage::Errors, WindowPage::Activity, WindowPage::Hosts,
                                      WindowPage::Settings, WindowPage::Repos}) {
            window.openPage(page);
            QTest::qWait(500); // for what a page asks for when it is opened; fewer texts are no failure
            const auto views = window.findChildren<QTreeView *>();
            for (QTreeView *view : views) {
                view->expandAll();
                for (int row = 0; view->isVisible() && row < std::min(view->model()->rowCount(), 40); ++row) {
                    view->setCurrentIndex(view->model()->index(row, 0));
                    QTest::qWait(5);
                    texts += textsOf(window);
                }
            }
            texts += textsOf(window);
        }
        for (const QString &name : {u"hooked"_s, u"refusing"_s, u"fenced"_s, u"mine"_s, u"named"_s})
            QVERIFY2(texts.contains(name), qPrintable(name));
        expectNone("the window", texts.toUtf8());
        expectNone("notes", m_tray->notes.toUtf8());
    }

    void aCrashWouldLeaveNoDump()
    {
        for (const CanaryMachine *machine : {&m_apricot, &m_plum}) {
            QFile limits(u"/proc/%1/limits"_s.arg(machine->pid()));
            if (!limits.open(QIODevice::ReadOnly))
                QSKIP("the limits of a process are not shown here");
            const QByteArray text = limits.readAll();
            const QByteArray line = text.sliced(text.indexOf("Max core file size")).simplified();
            QVERIFY2(line.startsWith("Max core file size 0 "), line.left(60).constData());
        }
    }

    void noneWasWrittenAnywhere()
    {
        m_models.setResponder([this](const SeenRequest &) {
            return Wire::error(401,
                               "{\"error\":{\"message\":\"Incorrect API key provided: "
                                   + m_canaries.of("the models' key").value + "\"}}");
        });
        m_apricot.repo(u"past0"_s).write("src/last.py", "print('the end')\n");
        QTRY_VERIFY2_WITH_TIMEOUT(m_apricot.left().isEmpty(), m_apricot.left().constData(), patience);
        m_apricot.stop();
        m_plum.stop();
        for (const CanaryMachine *machine : {&m_apricot, &m_plum}) {
            const QMap<QByteArray, QByteArray> written = machine->written();
            QByteArrayList places = written.keys();
            for (const char *name : {"auto_commit.db", "activity.jsonl", "auto-commit.log", "/past0"})
                QVERIFY2(places.join(' ').contains(name), name);
            for (auto place = written.cbegin(); place != written.cend(); ++place)
                if (!place->isEmpty())
                    expectNone(place.key(), *place);
        }
    }
};

QTEST_MAIN(TestCanaryDoors)
#include "tst_canary_doors.moc"
