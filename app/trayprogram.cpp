#include "app/trayprogram.h"

#include "core/keychain/keychain.h"
#include "tray/model/endpoint.h"
#include "tray/window/commitspage.h"
#include "tray/window/firstrunguide.h"

#include <QApplication>
#include <QCryptographicHash>
#include <QFile>
#include <QSysInfo>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

QString hostNameOf(const Settings &settings)
{
    return settings.hostName.isEmpty() ? QSysInfo::machineHostName() : settings.hostName;
}

Result<ApiEndpoint> endpointFor(const EndpointWish &wish, const TrayParts &parts, const LoadedSettings &loaded)
{
    EndpointWish configured{.certificateSha256 = loaded.settings.apiCertificateSha256};
    if (loaded.origin.value(u"api_url"_s, u"default"_s) != u"default"_s) {
        configured.url = loaded.settings.apiUrl;
        configured.tokenFile = loaded.settings.apiTokenFile;
    }
    return findEndpoint(wish, parts.environment, parts.paths, parts.options.plainHttp, configured);
}

} // namespace

Result<ApiEndpoint> endpointNow(const TrayParts &parts, const LoadedSettings &loaded)
{
    return endpointFor(parts.options.endpoint, parts, loaded);
}

Result<QString> instanceName(const TrayParts &parts, const LoadedSettings &loaded)
{
    AC_ASSIGN(const ApiEndpoint wanted, endpointNow(parts, loaded));
    const Result<ApiEndpoint> unnamed = endpointFor({}, parts, loaded);
    if (parts.options.endpoint.url.isEmpty() || (unnamed && unnamed->url == wanted.url))
        return u"tray"_s; // also when that one is started anew at another port
    const QByteArray digest = QCryptographicHash::hash(wanted.url.toEncoded(), QCryptographicHash::Sha256);
    return u"tray-"_s + QString::fromLatin1(digest.toHex().left(12));
}

Result<std::unique_ptr<TrayAgent>> makeTrayAgent(const TrayParts &parts, const LoadedSettings &loaded,
                                                 const QStringList &roots)
{
    AC_ASSIGN(const ApiEndpoint endpoint, endpointNow(parts, loaded));
    LoadedSettings settings = loaded;
    if (!parts.options.endpoint.tokenFile.isEmpty())
        settings.settings.apiTokenFile = parts.options.endpoint.tokenFile;
    return TrayAgent::make({.url = endpoint.url.toString(), .roots = roots, .interval = loaded.settings.cycleInterval},
                           settings, parts.paths, parts.git, parts.clock);
}

TrayProgram::TrayProgram(const TrayParts &parts, const ApiEndpoint &endpoint, std::unique_ptr<TrayAgent> agent)
    : m_parts(parts)
    , m_memory(parts.paths.configDir() + u"/tray.ini"_s)
    , m_api(endpoint)
    , m_events(endpoint)
    , m_daemon(m_api, m_events)
    , m_actions(m_daemon)
    , m_notifier(m_daemon, m_memory)
    , m_diffs(parts.git, parts.paths, hostNameOf(parts.loaded.settings), m_lane, m_cancel)
    , m_commands(parts.processes, parts.environment, parts.paths, m_lane,
                 [this](const QStringList &folders) { return startAgent(folders); })
    , m_login(LoginStart::ofThisSystem(parts.environment, parts.paths, QCoreApplication::applicationFilePath()),
              parts.options.viewArguments(), parts.paths.home())
    , m_window(m_daemon, m_actions, m_diffs, m_memory, m_login)
    , m_agentPlace(parts.paths.runtimeDir(), u"tray-agent"_s)
    , m_agent(std::move(agent))
    , m_tray(m_daemon, m_actions, m_notifier, m_agent.get())
{
    m_actions.setLocalAgent(m_agent.get());
    connectParts();
}

TrayProgram::~TrayProgram()
{
    m_cancel.cancel();
}

void TrayProgram::connectParts()
{
    QObject::connect(&m_tray, &TrayIcon::windowWanted, &m_window, [this](WindowPage page) { open(page); });
    QObject::connect(&m_tray, &TrayIcon::commitWanted, &m_window, [this](const QString &repo) {
        m_window.commits()->showRepo(repo);
        open(WindowPage::Commits);
    });
    QObject::connect(&m_tray, &TrayIcon::guideWanted, &m_window, [this] { openGuide(); });
    QObject::connect(&m_window, &StateWindow::guideWanted, &m_window, [this] { openGuide(); });
    QObject::connect(&m_tray, &TrayIcon::quitWanted, qApp, &QCoreApplication::quit);
    QObject::connect(&m_window, &StateWindow::quitWanted, qApp, &QCoreApplication::quit);
    QObject::connect(&m_daemon, &DaemonModel::changed, &m_window, [this] { followDaemon(); });
    QObject::connect(&m_daemon, &DaemonModel::retried, &m_window, [this] {
        if (m_kept.token.isEmpty())
            m_kept = {}; // it was locked, or empty, the last time
        followDaemon();
    });
    QObject::connect(qApp, &QGuiApplication::lastWindowClosed, &m_window, [] {
        if (!QSystemTrayIcon::isSystemTrayAvailable()) // or nobody could ever open it again
            QCoreApplication::quit();
    });
}

/// Two of them would commit one machine's checkouts and share what they still have to tell.
Status TrayProgram::claimAgent()
{
    if (m_isAgent)
        return {};
    AC_ASSIGN(const SingleInstance::Place place, m_agentPlace.claim());
    m_isAgent = place == SingleInstance::Place::First;
    return m_isAgent
        ? Status()
        : Error{ErrorKind::Config,
                u"another commits-tray commits the checkouts of this machine already; quit that one first"_s};
}

Status TrayProgram::start(SingleInstance &single)
{
    if (m_agent)
        AC_TRY(claimAgent());
    QObject::connect(&single, &SingleInstance::knocked, &m_window, [this] { m_window.bringForward(); });
    m_tray.show();
    m_daemon.start();
    if (m_agent)
        m_agent->start();
    if (m_parts.options.openWindow)
        open(WindowPage::Repos);
    // A panel that starts after us shows the icon then; until one is there, the window has to do.
    QTimer::singleShot(3s, &m_window, [this] { lookForTray(); });
    return {};
}

void TrayProgram::stop()
{
    if (m_agent)
        m_agent->stop();
}

void TrayProgram::open(WindowPage page)
{
    m_window.openPage(page);
    m_window.bringForward();
}

void TrayProgram::lookForTray()
{
    const bool there = QSystemTrayIcon::isSystemTrayAvailable();
    m_window.setNotice(there ? QString()
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

LoadedSettings TrayProgram::freshSettings() const
{
    const Result<LoadedSettings> now = loadSettings(m_parts.paths.configFile(), m_parts.environment, {});
    return now ? *now : m_parts.loaded;
}

/// A daemon that was started again may be at another port; one that never ran is offered to be set up.
void TrayProgram::followDaemon()
{
    if (m_daemon.picture().link != LinkState::Offline)
        return;
    const Result<ApiEndpoint> now = endpointAsKnown();
    if (now && now->token.isEmpty())
        askKeychain();
    const ApiEndpoint &known = m_api.endpoint();
    if (now
        && (now->url != known.url || now->token != known.token || now->tokenTrouble != known.tokenTrouble
            || now->certificateSha256 != known.certificateSha256))
        m_daemon.connectTo(*now);
    else if (!m_daemon.picture().loaded)
        offerGuide();
}

Result<ApiEndpoint> TrayProgram::endpointAsKnown() const
{
    AC_ASSIGN(ApiEndpoint now, endpointNow(m_parts, freshSettings()));
    if (now.token.isEmpty() && now.url == m_kept.url)
        now.token = m_kept.token;
    return now;
}

/// For an address without a token file, and once until its user wants to try again: a keychain that is locked asks each
/// time.
void TrayProgram::askKeychain()
{
    const Result<ApiEndpoint> now = endpointNow(m_parts, freshSettings());
    const QString name = now ? hostTokenName(now->url) : QString();
    if (name.isEmpty() || now->url == m_kept.url || m_keychain.isAsking())
        return;
    m_kept = {.url = now->url};
    m_keychain.ask(name, [this, url = now->url](const Result<std::optional<QByteArray>> &secret) {
        if (!secret || !*secret)
            return;
        m_kept = {.url = url, .token = **secret};
        followDaemon();
    });
}

void TrayProgram::offerGuide()
{
    const bool isNew = !QFile::exists(daemonsFile(m_parts.paths)) && !QFile::exists(m_parts.paths.configFile())
        && m_parts.options.endpoint.url.isEmpty() && !m_parts.environment.contains(u"AUTO_COMMIT_API_URL"_s);
    if (!isNew || !m_memory.text(u"guide"_s).isEmpty())
        return;
    m_memory.setText(u"guide"_s, u"shown"_s);
    openGuide();
}

void TrayProgram::openGuide()
{
    m_window.bringForward();
    if (m_guide) {
        m_guide->activateWindow();
        return;
    }
    auto *guide = new FirstRunGuide(m_commands, m_login, &m_window);
    guide->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(guide, &QDialog::accepted, &m_window, [this] {
        m_daemon.retryNow();
        followDaemon();
    });
    m_guide = guide;
    guide->open();
}

Status TrayProgram::startAgent(const QStringList &folders)
{
    AC_TRY(claimAgent());
    AC_ASSIGN(std::unique_ptr<TrayAgent> agent, makeTrayAgent(m_parts, freshSettings(), folders));
    stop();
    m_tray.setAgent(agent.get());
    m_actions.setLocalAgent(agent.get());
    m_agent = std::move(agent);
    m_agent->start();
    return {};
}

} // namespace AutoCommit
