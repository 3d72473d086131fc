#include "core/service/daemonregistry.h"
#include "tests/support/temprepo.h"
#include "tests/tray/pretend.h"
#include "tray/model/activity.h"
#include "tray/model/endpoint.h"
#include "tray/model/paritytable.h"
#include "tray/model/repotable.h"
#include "tray/model/settingsform.h"
#include "tray/model/statewords.h"
#include "tray/window/theme.h"

#include <QApplication>
#include <QDir>
#include <QJsonArray>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 60'000; // ms; a loaded machine is slow

QAbstractItemModel *rows(const QWidget &window, const QString &name)
{
    const auto views = window.findChildren<QTreeView *>();
    const auto at = std::ranges::find(views, name, &QWidget::accessibleName);
    return at == views.end() ? nullptr : (*at)->model();
}

QStringList texts(const QJsonArray &items, const QString &key)
{
    QStringList found;
    for (const auto &item : items)
        found += item[key].toString();
    found.sort();
    return found;
}

} // namespace

/// The window over the real daemon: what it shows is what the API says.
class TestTrayAgainstDaemon final : public QObject
{
    Q_OBJECT

    World m_world;
    QProcess m_daemon;
    std::unique_ptr<ApiClient> m_api;
    std::unique_ptr<EventStream> m_events;
    std::unique_ptr<DaemonModel> m_model;
    std::unique_ptr<DaemonActions> m_actions;

    Paths paths() const { return Paths(m_world.environment()); }

    QJsonObject get(const QString &path)
    {
        std::optional<Result<QJsonObject>> answer;
        m_api->get(path, {}, this, [&](const Result<QJsonObject> &told) { answer.emplace(told); });
        if (!QTest::qWaitFor([&] { return answer.has_value(); }, patience) || !*answer)
            return {};
        return **answer;
    }
    QJsonArray list(const QString &path) { return get(path).value(u"items"_s).toArray(); }

    bool hasCommitted(const QStringList &names) const
    {
        return std::ranges::all_of(names, [this](const QString &name) {
            const QList<ApiRepo> &repos = m_model->picture().repos;
            const auto at = std::ranges::find(repos, name, &ApiRepo::name);
            return at != repos.end() && at->committedAt.isValid() && !at->running && at->state == u"clean"_s;
        });
    }

private Q_SLOTS:
    void initTestCase()
    {
        applyTheme(*qApp, ThemeChoice::Light);
        for (const QString &name : {u"home/code/alpha"_s, u"home/code/beta"_s, u"home/code/local"_s}) {
            const TempRepo repo(m_world, name);
            if (!name.endsWith(u"local"_s))
                makeHub(m_world, repo, u"home/"_s + name.section(u'/', -1) + u".git"_s);
            repo.write("notes.txt", "one\ntwo\n", 3600);
        }
        const TempRepo trouble(m_world, u"home/code/gamma"_s); // pushes to a hub that is not there
        trouble.git({u"remote"_s, u"add"_s, u"origin"_s, m_world.path(u"home/nowhere.git"_s)});
        trouble.git({u"config"_s, u"branch.main.remote"_s, u"origin"_s});
        trouble.git({u"config"_s, u"branch.main.merge"_s, u"refs/heads/main"_s});
        trouble.write("notes.txt", "one\n", 3600);

        QProcessEnvironment variables = m_world.environment();
        variables.insert(u"AUTO_COMMIT_COORDINATOR_URL"_s, QString());
        variables.insert(u"AUTO_COMMIT_SETTLE_SECONDS"_s, u"1"_s);
        variables.insert(u"AUTO_COMMIT_API_PORT"_s, u"0"_s);
        m_daemon.setProcessEnvironment(variables);
        m_daemon.start(QStringLiteral(AC_COMMITS_PROGRAM),
                       {u"start"_s, u"10s"_s, u"-R"_s, m_world.path(u"home/code"_s), u"--foreground"_s});
        QVERIFY(m_daemon.waitForStarted());
        const DaemonRegistry registry(paths());
        QTRY_VERIFY_WITH_TIMEOUT(!registry.running()->isEmpty() && registry.running()->first().port > 0, patience);

        const Result<ApiEndpoint> endpoint = findEndpoint({}, m_world.environment(), paths(), false);
        QVERIFY(endpoint);
        m_api = std::make_unique<ApiClient>(*endpoint);
        m_events = std::make_unique<EventStream>(*endpoint);
        m_model = std::make_unique<DaemonModel>(*m_api, *m_events);
        m_actions = std::make_unique<DaemonActions>(*m_model);
        m_model->start();
        QTRY_VERIFY_WITH_TIMEOUT(hasCommitted({u"alpha"_s, u"beta"_s, u"local"_s}), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!m_model->picture().problems.isEmpty(), patience);
        // From here on nothing changes by itself, so that two questions get the same answer.
        m_actions->pauseFor(1h);
        QTRY_VERIFY_WITH_TIMEOUT(m_model->picture().status.pause.has_value(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!m_model->picture().status.cycle.running, patience);
    }

    void cleanupTestCase()
    {
        m_daemon.terminate();
        QVERIFY(m_daemon.waitForFinished(patience));
        QCOMPARE(m_daemon.exitCode(), 0);
    }

    void repositoriesAgree()
    {
        const QJsonArray repos = list(u"/repos"_s);
        QCOMPARE(texts(repos, u"name"_s), QStringList({u"alpha"_s, u"beta"_s, u"gamma"_s, u"local"_s}));
        for (const auto &item : repos) {
            const ApiRepo *repo = m_model->repo(item[u"id"].toString());
            QVERIFY(repo);
            QCOMPARE(repo->path, u"~/code/"_s + repo->name);
            QCOMPARE(repo->head, item[u"head"].toString());
            QCOMPARE(repo->branch, u"main"_s);
            QCOMPARE(repo->state, item[u"state"].toString());
            QCOMPARE(repo->ahead, item[u"ahead"].toInteger());
            QCOMPARE(repo->upstream, item[u"upstream"].toString());
            QCOMPARE(repo->error.has_value(), item[u"error"].isObject());
            QVERIFY2(repo->lookedAt.isValid(), qPrintable(repo->name));
        }
        QCOMPARE(m_model->picture().status.counts.repos, repos.size());
    }

    void commitsAgree()
    {
        const QJsonArray commits = list(u"/commits"_s);
        QCOMPARE(commits.size(), 4);
        const QList<ApiCommit> &recent = m_model->picture().recent;
        QCOMPARE(recent.size(), commits.size());
        for (const auto &item : commits) {
            const auto at = std::ranges::find(recent, item[u"sha"].toString(), &ApiCommit::sha);
            const auto same = std::ranges::find(recent, item[u"id"].toString(), &ApiCommit::id);
            QVERIFY(at != recent.end() && same != recent.end());
            QCOMPARE(same->subject, item[u"subject"].toString());
            QCOMPARE(same->paths, QStringList(u"notes.txt"_s));
            QCOMPARE(same->source, u"builtin"_s);
            QVERIFY(same->committedAt.isValid());
            QCOMPARE(same->verifiedAt.isValid(), item[u"verified_at"].isString());
            QVERIFY(m_model->repo(same->repo));
        }
    }

    void errorsAgree()
    {
        const QJsonArray errors = list(u"/errors"_s);
        QVERIFY(!errors.isEmpty());
        QTRY_COMPARE(m_model->picture().problems.size(), errors.size());
        for (const auto &item : errors) {
            const QList<ApiProblem> &all = m_model->picture().problems;
            const auto problem = std::ranges::find(all, item[u"id"].toString(), &ApiProblem::id);
            QVERIFY(problem != all.end());
            QCOMPARE(problem->name, u"gamma"_s);
            QCOMPARE(problem->kind, item[u"kind"].toString());
            QCOMPARE(problem->message, item[u"message"].toString());
            QCOMPARE(problem->advice, item[u"advice"].toString());
            QVERIFY(problem->firstSeen.isValid() && problem->lastSeen >= problem->firstSeen);
        }
    }

    void theOwnHostTakesPartInTheParity()
    {
        m_model->refreshHosts();
        const QJsonArray parity = list(u"/parity"_s);
        QVERIFY(texts(parity, u"name"_s).contains(u"alpha.git"_s));
        QTRY_COMPARE(m_model->picture().hosts.size(), 1);
        QCOMPARE(m_model->picture().hosts.first().name, m_model->picture().status.host);
        QCOMPARE(m_model->picture().hosts.first().version, m_model->picture().status.version);
        QTRY_COMPARE(m_model->picture().parity.size(), parity.size());
        const ParityTable table(*m_model);
        QCOMPARE(table.rowCount(), parity.size());
        for (const ApiParity &row : m_model->picture().parity) {
            QCOMPARE(row.state, u"single"_s);
            QVERIFY2(row.origin.startsWith(u"~/"_s), qPrintable(row.origin));
            QCOMPARE(row.hosts.size(), 1);
            const ApiRepo *repo = m_model->repo(row.hosts.first().repo);
            QVERIFY(repo);
            QCOMPARE(row.hosts.first().head, repo->head);
        }
    }

    void everySettingIsReadAndCanBeWritten()
    {
        const QJsonArray declared = get(u"/config"_s).value(u"settings"_s).toArray();
        SettingsForm form(*m_model);
        QSignalSpy saved(&form, &SettingsForm::saved);
        QSignalSpy failed(&form, &SettingsForm::failed);
        form.activate();
        QTRY_VERIFY(form.isLoaded());
        QCOMPARE(form.settings().size(), declared.size());
        for (const ApiSetting &setting : form.settings()) {
            QVERIFY2(!setting.key.isEmpty() && !setting.type.isEmpty() && !setting.help.isEmpty(),
                     qPrintable(setting.key));
            // What the form would send for an untouched value is the value.
            QCOMPARE(SettingsForm::fromText(setting, SettingsForm::toText(setting, setting.value)), setting.value);
        }
        form.setText(u"cycle_interval_seconds"_s, u"20"_s);
        form.apply();
        QTRY_VERIFY(saved.size() + failed.size() > 0);
        QVERIFY2(failed.isEmpty(), qPrintable(failed.value(0).value(0).toString()));
        form.setText(u"cycle_interval_seconds"_s, u"nonsense"_s);
        form.apply();
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(!failed.first().first().toString().isEmpty());
    }

    void theNumbersAgree()
    {
        Activity activity(*m_model);
        activity.activate();
        QTRY_VERIFY(activity.isLoaded());
        QVERIFY2(activity.error().isEmpty(), qPrintable(activity.error()));
        QCOMPARE(activity.stats().commits, 4);
        QCOMPARE(activity.stats().unpushed, get(u"/stats"_s).value(u"unpushed"_s).toInteger());
        QCOMPARE(activity.stats().bySource.size(), 1);
        QCOMPARE(activity.stats().byRepo.size(), 4);
        QVERIFY(activity.busiest().day.isValid());
    }

    void theWindowShowsThem()
    {
        PretendDiffs diffs;
        TrayMemory memory(m_world.path(u"tray.ini"_s));
        LoginSetting login(LoginStart(LoginForm::DesktopEntry, m_world.path(u"x.desktop"_s), u"/bin/sh"_s), {},
                           m_world.path(u"."_s));
        StateWindow window(*m_model, *m_actions, diffs, memory, login);
        window.show();
        for (const WindowPage page : {WindowPage::Commits, WindowPage::Errors, WindowPage::Activity, WindowPage::Hosts,
                                      WindowPage::Settings, WindowPage::Repos})
            window.openPage(page);
        QTRY_COMPARE(rows(window, u"Repositories"_s)->rowCount(), 4);
        QTRY_COMPARE(rows(window, u"Commits"_s)->rowCount(), 4);
    }

    void aPauseShowsUpAndEnds()
    {
        QCOMPARE(get(u"/status"_s).value(u"state"_s).toString(), u"paused"_s);
        QCOMPARE(m_model->picture().status.state, u"paused"_s);
        QCOMPARE(m_model->picture().status.pause->until.isValid(), true);
        m_actions->resume();
        QTRY_VERIFY_WITH_TIMEOUT(!m_model->picture().status.pause.has_value(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_model->picture().status.state != u"paused"_s, patience);
    }
};

QTEST_MAIN(TestTrayAgainstDaemon)
#include "tst_tray_against_daemon.moc"
