#include "tray/icon/trayicon.h"

#include "tray/icon/stateicon.h"
#include "tray/model/problemwords.h"
#include "tray/model/repowords.h"
#include "tray/window/banner.h"
#include "tray/window/statewindow.h"

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr qsizetype recentShown = 8;
constexpr qsizetype lineLength = 72;

/// As one line of a menu: short, and '&' shown as it is.
QString menuText(const QString &text)
{
    QString line = text.size() > lineLength ? text.left(lineLength - 1) + u'…' : text;
    return line.replace(u'&', u"&&"_s).replace(u'\n', u' ');
}

} // namespace

TrayIcon::TrayIcon(DaemonModel &daemon, DaemonActions &actions, Notifier &notifier, LocalAgent *agent, QObject *parent)
    : QObject(parent)
    , m_daemon(daemon)
    , m_actions(actions)
    , m_notes(makeNoteSink(m_icon))
{
    buildMenu();
    m_icon.setContextMenu(&m_menu);
    connect(&m_icon, &QSystemTrayIcon::activated, this, &TrayIcon::activated);
    connect(&daemon, &DaemonModel::changed, this, &TrayIcon::update);
    connect(&daemon, &DaemonModel::reposReset, this, &TrayIcon::update);
    connect(&daemon, &DaemonModel::repoChanged, this, &TrayIcon::update);
    connect(&daemon, &DaemonModel::recentChanged, this, &TrayIcon::fillRecent);
    connect(&daemon, &DaemonModel::problemsChanged, this, &TrayIcon::fillErrors);
    connectNotes(notifier);
    setAgent(agent);
    connect(&m_ages, &QTimer::timeout, this, &TrayIcon::update);
    m_ages.start(30s); // the age in the tool tip, and evidence that has become too old
    fillRecent();
    fillErrors();
}

void TrayIcon::show()
{
    m_icon.show();
}

void TrayIcon::connectNotes(Notifier &notifier)
{
    connect(&notifier, &Notifier::note, m_notes.get(), &NoteSink::show);
    connect(&notifier, &Notifier::openWanted, this,
            [this](bool errors) { Q_EMIT windowWanted(errors ? WindowPage::Errors : WindowPage::Repos); });
    connect(&notifier, &Notifier::retryWanted, &m_actions, [this](const QStringList &repos) {
        for (const QString &repo : repos)
            m_actions.syncRepo(repo);
    });
    connect(m_notes.get(), &NoteSink::acted, &notifier, &Notifier::act);
    connect(m_notes.get(), &NoteSink::inhibitedChanged, &notifier, &Notifier::lookAgain);
    notifier.setInhibited([this] { return m_notes->isInhibited(); });
    connect(&m_actions, &DaemonActions::failed, this, [this](const QString &why) {
        m_notes->show({NoteLevel::Warning, QStringLiteral("action"), tr("That did not work"), why, {}});
    });
}

void TrayIcon::setAgent(LocalAgent *agent)
{
    if (m_agent)
        m_agent->disconnect(this);
    m_agent = agent;
    if (m_agent)
        connect(m_agent, &LocalAgent::changed, this, &TrayIcon::update);
    update();
}

void TrayIcon::buildMenu()
{
    m_state = m_menu.addAction(QString(), this, [this] { Q_EMIT windowWanted(WindowPage::Repos); });
    m_agentLine = m_menu.addAction(QString());
    m_agentLine->setEnabled(false);
    m_local = m_menu.addMenu(tr("On this machine"));
    m_menu.setToolTipsVisible(true);
    m_menu.addSeparator();
    m_menu.addAction(tr("Open window"), this, [this] { Q_EMIT windowWanted(WindowPage::Repos); });
    m_sync = m_menu.addAction(tr("Sync now"), &m_actions, &DaemonActions::syncNow);
    m_pause = m_menu.addMenu(tr("Pause"));
    addPauseActions(*m_pause, m_actions);
    m_resume = m_menu.addAction(tr("Resume"), &m_actions, &DaemonActions::resume);
    m_menu.addSeparator();
    m_recent = m_menu.addMenu(tr("Recent commits"));
    m_errors = m_menu.addMenu(tr("Errors"));
    m_menu.addSeparator();
    m_menu.addAction(tr("Settings"), this, [this] { Q_EMIT windowWanted(WindowPage::Settings); });
    m_menu.addAction(tr("Set up…"), this, &TrayIcon::guideWanted);
    m_menu.addAction(tr("Quit"), QKeySequence(u"Ctrl+Q"_s), this, &TrayIcon::quitWanted);
}

void TrayIcon::update()
{
    const StateSummary now = StateWords::summarise(m_daemon.picture(), QDateTime::currentDateTimeUtc());
    const bool canSteer = m_actions.canSteer();
    const bool canResume = m_actions.canResume();
    m_sync->setEnabled(canSteer);
    m_pause->menuAction()->setVisible(m_actions.canPause() || !canResume);
    m_pause->setEnabled(canSteer);
    m_resume->setVisible(canResume);
    for (QAction *action : {m_sync, m_pause->menuAction(), m_resume})
        action->setToolTip(m_actions.whyNot());
    fillLocal();
    const QStringList lines = m_agent ? m_agent->statusLines() : QStringList();
    m_agentLine->setText(m_agent ? menuText(lines.value(0, tr("This machine: committed here")))
                                 : tr("This machine's checkouts: not committed by this program"));
    if (m_drawn && now == m_shown)
        return;
    if (!m_drawn || now.state != m_shown.state)
        m_icon.setIcon(stateIcon(now.state));
    m_drawn = true;
    m_shown = now;
    m_state->setText(menuText(now.sentence));
    m_icon.setToolTip(u"auto-commit: %1\n%2"_s.arg(now.title, now.sentence));
}

void TrayIcon::fillLocal()
{
    const LocalPicture &local = m_daemon.picture().local;
    QStringList lines;
    for (const ApiRepo &repo : local.repos)
        lines += menuText(u"%1: %2"_s.arg(repo.name, RepoWords::label(repo)));
    m_local->menuAction()->setVisible(local.present);
    if (lines == m_localLines && !m_local->isEmpty())
        return; // a menu that is open is not pulled away
    m_localLines = lines;
    m_local->clear();
    for (const QString &line : std::as_const(lines))
        m_local->addAction(line, this, [this] { Q_EMIT windowWanted(WindowPage::Repos); });
    if (lines.isEmpty())
        m_local->addAction(tr("none yet"))->setEnabled(false);
}

void TrayIcon::fillRecent()
{
    m_recent->clear();
    const QList<ApiCommit> &recent = m_daemon.picture().recent;
    for (const ApiCommit &commit : recent.first(std::min(recent.size(), recentShown)))
        m_recent->addAction(menuText(u"%1: %2"_s.arg(commit.name, commit.subject)), this,
                            [this, repo = commit.repo] { Q_EMIT commitWanted(repo); });
    if (recent.isEmpty())
        m_recent->addAction(tr("none yet"))->setEnabled(false);
}

void TrayIcon::fillErrors()
{
    m_errors->clear();
    const QList<ApiProblem> problems = m_daemon.picture().allProblems();
    m_errors->setTitle(problems.isEmpty() ? tr("Errors") : tr("Errors (%1)").arg(problems.size()));
    for (const ApiProblem &problem : problems.first(std::min(problems.size(), recentShown)))
        m_errors->addAction(
            menuText(LocalPicture::owns(problem.id)
                         ? tr("%1 (this machine): %2").arg(problem.name, ProblemWords::title(problem.kind))
                         : u"%1: %2"_s.arg(problem.name, ProblemWords::title(problem.kind))),
            this, [this] { Q_EMIT windowWanted(WindowPage::Errors); });
    if (problems.isEmpty())
        m_errors->addAction(tr("none"))->setEnabled(false);
}

void TrayIcon::activated(QSystemTrayIcon::ActivationReason reason)
{
#ifdef Q_OS_MACOS
    Q_UNUSED(reason) // a click opens the menu there, and the window must not open over it
#else
    if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick)
        Q_EMIT windowWanted(WindowPage::Repos);
#endif
}

} // namespace AutoCommit
