#include "app/firstruncommands.h"
#include "app/gitdiffsource.h"
#include "app/terminal.h"
#include "app/trayagent.h"
#include "app/traylogin.h"
#include "app/trayoptions.h"
#include "core/base/log.h"
#include "core/config/settingsloader.h"
#include "tray/icon/singleinstance.h"
#include "tray/icon/stateicon.h"
#include "tray/icon/trayicon.h"
#include "tray/model/endpoint.h"
#include "tray/window/commitspage.h"
#include "tray/window/firstrunguide.h"
#include "tray/window/statewindow.h"
#include "tray/window/theme.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QSysInfo>

#include <algorithm>

using namespace AutoCommit;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// The parts of the running program, each made once and handed to whoever needs it.
class Program
{
public:
    Program(const TrayOptions &options, const QProcessEnvironment &environment, const Paths &paths,
            const GitTools &tools, const ProcessRunner &processes, const ApiEndpoint &endpoint, const QString &hostName,
            LocalAgent *agent)
        : m_options(options)
        , m_environment(environment)
        , m_paths(paths)
        , m_memory(paths.configDir() + u"/tray.ini"_s)
        , m_api(endpoint)
        , m_events(endpoint)
        , m_daemon(m_api, m_events)
        , m_actions(m_daemon)
        , m_notifier(m_daemon, m_memory)
        , m_diffs(tools, paths, hostName, m_lane, m_cancel)
        , m_commands(processes, environment, m_lane, m_cancel)
        , m_login(LoginStart::ofThisSystem(environment, paths, QCoreApplication::applicationFilePath()),
                  options.viewArguments(), paths.home())
        , m_window(m_daemon, m_actions, m_diffs, m_memory, m_login)
        , m_tray(m_daemon, m_actions, m_notifier, agent)
    {
        QObject::connect(&m_tray, &TrayIcon::windowWanted, &m_window, [this](WindowPage page) { open(page); });
        QObject::connect(&m_tray, &TrayIcon::commitWanted, &m_window, [this](const QString &repo) {
            m_window.commits()->showRepo(repo);
            open(WindowPage::Commits);
        });
        QObject::connect(&m_tray, &TrayIcon::quitWanted, qApp, &QCoreApplication::quit);
        QObject::connect(&m_daemon, &DaemonModel::changed, &m_window, [this] { followDaemon(); });
        QObject::connect(qApp, &QGuiApplication::lastWindowClosed, &m_window, [] {
            if (!QSystemTrayIcon::isSystemTrayAvailable()) // or nobody could ever open it again
                QCoreApplication::quit();
        });
    }

    ~Program() { m_cancel.cancel(); }
    Q_DISABLE_COPY_MOVE(Program)

    void start(SingleInstance &single)
    {
        QObject::connect(&single, &SingleInstance::knocked, &m_window, [this] { m_window.bringForward(); });
        m_tray.show();
        m_daemon.start();
        if (m_options.openWindow)
            open(WindowPage::Repos);
        // A panel that starts after us shows the icon then; until one is there, the window has to do.
        QTimer::singleShot(3s, &m_window, [this] { lookForTray(); });
    }

private:
    void open(WindowPage page)
    {
        m_window.openPage(page);
        m_window.bringForward();
    }

    void lookForTray()
    {
        const bool there = QSystemTrayIcon::isSystemTrayAvailable();
        m_window.setNotice(there
                               ? QString()
                               : QCoreApplication::translate(
                                   "AutoCommit::Program",
                                   "This desktop shows no tray icons, so auto-commit stays in this window. Closing it "
                                   "ends the program, not the daemon."));
        if (there)
            return;
        if (!m_window.isVisible() && !m_saidNoTray)
            open(WindowPage::Repos);
        m_saidNoTray = true;
        QTimer::singleShot(5s, &m_window, [this] { lookForTray(); });
    }

    /// A daemon that was started again may be at another port; one that never ran is offered to be set up.
    void followDaemon()
    {
        if (m_daemon.picture().link != LinkState::Offline)
            return;
        const Result<ApiEndpoint> now = findEndpoint(m_options.endpoint, m_environment, m_paths, m_options.plainHttp);
        if (now && (now->url != m_api.endpoint().url || now->token != m_api.endpoint().token))
            m_daemon.connectTo(*now);
        else if (!m_daemon.picture().loaded)
            offerGuide();
    }

    void offerGuide()
    {
        const bool isNew = !QFile::exists(daemonsFile(m_paths)) && !QFile::exists(m_paths.configFile())
            && m_options.endpoint.url.isEmpty() && !m_environment.contains(u"AUTO_COMMIT_API_URL"_s);
        if (!isNew || !m_memory.text(u"guide"_s).isEmpty())
            return;
        m_memory.setText(u"guide"_s, u"shown"_s);
        auto *guide = new FirstRunGuide(m_commands, &m_window);
        guide->setAttribute(Qt::WA_DeleteOnClose);
        QObject::connect(guide, &QDialog::accepted, &m_window, [this] { m_daemon.retryNow(); });
        m_window.bringForward();
        guide->open();
    }

    const TrayOptions &m_options;
    const QProcessEnvironment &m_environment;
    const Paths &m_paths;
    CancelToken m_cancel;
    WorkLane m_lane;
    TrayMemory m_memory;
    ApiClient m_api;
    EventStream m_events;
    DaemonModel m_daemon;
    DaemonActions m_actions;
    Notifier m_notifier;
    GitDiffSource m_diffs;
    ProgramCommands m_commands;
    LoginSetting m_login;
    StateWindow m_window;
    TrayIcon m_tray;
    bool m_saidNoTray = false;
};

/// Off unless asked for: two programs that commit one machine's checkouts would only stand in each other's way.
Result<std::unique_ptr<TrayAgent>> makeAgent(const TrayOptions &options, LoadedSettings loaded, const Paths &paths,
                                             const GitTools &tools, const ApiEndpoint &endpoint, const Clock &clock)
{
    AC_ASSIGN(const QStringList roots, localRoots(options, paths));
    if (!options.endpoint.tokenFile.isEmpty())
        loaded.settings.apiTokenFile = options.endpoint.tokenFile;
    return TrayAgent::make({.url = endpoint.url.toString(), .roots = roots, .interval = loaded.settings.cycleInterval},
                           loaded, paths, tools, clock);
}

int fail(const Error &error)
{
    Terminal().errLine(u"commits-tray: error: "_s + error.message);
    return 2;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc == 2 && qstrcmp(argv[1], "--man") == 0) { // before a display is needed: packages are made with it
        Terminal().out(trayManualPage());
        return 0;
    }
    const bool showsNothing = std::any_of(argv + 1, argv + argc, [](const char *word) { // works without a display
        return QByteArrayView(word).startsWith("--start-at-login");
    });
    if (showsNothing) {
        const QCoreApplication app(argc, argv);
        const QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        const Paths paths(environment);
        return runStartAtLogin(parseTrayOptions(app),
                               LoginStart::ofThisSystem(environment, paths, QCoreApplication::applicationFilePath()),
                               paths);
    }
    QApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"commits-tray"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(AC_VERSION));
    QGuiApplication::setDesktopFileName(u"commits-tray"_s);
    QGuiApplication::setWindowIcon(applicationIcon());
    QGuiApplication::setQuitOnLastWindowClosed(false);
    installTranslation(app, QLocale());
    const TrayOptions options = parseTrayOptions(app);
    const QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const Paths paths(environment);
    const Result<LoadedSettings> loaded = loadSettings(paths.configFile(), environment, {});
    const Settings settings = loaded ? loaded->settings : Settings();
    const LogFile log(paths.log(), settings.logLevel, environment.value(u"AUTO_COMMIT_LOG"_s));
    const Result<ApiEndpoint> endpoint = findEndpoint(options.endpoint, environment, paths, options.plainHttp);
    if (!endpoint)
        return fail(endpoint.error());
    SingleInstance single(paths.runtimeDir());
    const Result<SingleInstance::Place> place = single.claim();
    if (!place)
        return fail(place.error());
    if (*place == SingleInstance::Place::Another)
        return 0;

    applyTheme(app, options.theme);
    const auto processes = makeProcessRunner();
    const Result<GitTools> tools = GitTools::find(environment, settings.extraPath, settings.gitProgram, *processes);
    const GitTools git = tools ? *tools : GitTools{u"git"_s, GitEnvironment(environment, {}), processes.get()};
    const QString hostName = settings.hostName.isEmpty() ? QSysInfo::machineHostName() : settings.hostName;
    const SystemClock clock;
    std::unique_ptr<TrayAgent> agent;
    if (options.commitLocal) {
        Result<std::unique_ptr<TrayAgent>> made = loaded ? makeAgent(options, *loaded, paths, git, *endpoint, clock)
                                                         : Result<std::unique_ptr<TrayAgent>>(loaded.error());
        if (!made)
            return fail(made.error());
        agent = *std::move(made);
    }
    Program program(options, environment, paths, git, *processes, *endpoint, hostName, agent.get());
    program.start(single);
    if (agent)
        agent->start();
    const int exitCode = QCoreApplication::exec();
    if (agent)
        agent->stop();
    return exitCode;
}
