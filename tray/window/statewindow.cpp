#include "tray/window/statewindow.h"

#include "tray/icon/stateicon.h"
#include "tray/model/statewords.h"
#include "tray/window/activitypage.h"
#include "tray/window/banner.h"
#include "tray/window/commitspage.h"
#include "tray/window/errorspage.h"
#include "tray/window/hostspage.h"
#include "tray/window/parts.h"
#include "tray/window/repospage.h"
#include "tray/window/settingspage.h"

#include <QApplication>
#include <QCloseEvent>
#include <QListWidget>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <QWindow>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

} // namespace

StateWindow::StateWindow(DaemonModel &daemon, DaemonActions &actions, DiffSource &diffs, TrayMemory &memory,
                         LoginSetting &login, QWidget *parent)
    : QMainWindow(parent)
    , m_daemon(daemon)
    , m_memory(memory)
    , m_sidebar(new QListWidget(this))
    , m_pages(new QStackedWidget(this))
    , m_banner(new Banner(daemon, actions, this))
    , m_stripText(makeLabel({}, u"body"_s, this))
    , m_strip(makeStrip())
    , m_toast(makeLabel({}, u"toast"_s, this))
    , m_repos(new ReposPage(daemon, actions, memory, this))
    , m_commits(new CommitsPage(daemon, actions, diffs, memory, this))
{
    setWindowTitle(tr("auto-commit"));
    setWindowIcon(applicationIcon());
    addPage(u"repos"_s, tr("Repositories"), m_repos);
    addPage(u"commits"_s, tr("Commits"), m_commits);
    addPage(u"errors"_s, tr("Errors"), new ErrorsPage(daemon, actions, memory, this));
    addPage(u"activity"_s, tr("Activity"), new ActivityPage(daemon, this));
    auto *hosts = new HostsPage(daemon, memory, this);
    addPage(u"hosts"_s, tr("Hosts"), hosts);
    auto *settings = new SettingsPage(daemon, login, memory, this);
    addPage(u"settings"_s, tr("Settings"), settings);
    connect(settings, &SettingsPage::guideWanted, this, &StateWindow::guideWanted);

    auto *top = new QVBoxLayout;
    top->setContentsMargins(12, 12, 12, 10);
    top->setSpacing(8);
    top->addWidget(m_banner);
    top->addWidget(m_strip);
    auto *right = new QVBoxLayout;
    right->setContentsMargins(0, 0, 0, 0);
    right->setSpacing(0);
    right->addLayout(top);
    right->addWidget(m_pages, 1);
    right->addWidget(m_toast);
    auto *central = new QWidget(this);
    auto *layout = new QHBoxLayout(central);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeSidebar());
    layout->addLayout(right, 1);
    setCentralWidget(central);

    for (const QKeySequence &keys : {QKeySequence(u"Ctrl+W"_s), QKeySequence(Qt::Key_Escape)})
        connect(new QShortcut(keys, this), &QShortcut::activated, this, &QWidget::close);
    connect(new QShortcut(QKeySequence(u"Ctrl+Q"_s), this), &QShortcut::activated, this, &StateWindow::quitWanted);
    connect(m_sidebar, &QListWidget::currentRowChanged, m_pages, &QStackedWidget::setCurrentIndex);
    connect(m_repos, &ReposPage::commitsWanted, this, [this](const QString &repo) {
        m_commits->showRepo(repo);
        openPage(WindowPage::Commits);
    });
    connect(&daemon, &DaemonModel::changed, this, &StateWindow::updateState);
    connect(&daemon, &DaemonModel::reposReset, this, &StateWindow::updateState);
    connect(&daemon, &DaemonModel::problemsChanged, this, &StateWindow::updateErrorCount);
    connect(&actions, &DaemonActions::succeeded, this, [this](const QString &text) { say(text, 8s); });
    connect(&actions, &DaemonActions::failed, this, [this](const QString &text) { say(text, 20s); });
    connect(&m_ages, &QTimer::timeout, this, [this, hosts] {
        updateState();
        hosts->refreshAges();
        m_repos->refreshAges();
        m_commits->refreshAges();
    });
    m_toast->hide();
    m_toastEnd.setSingleShot(true);
    connect(&m_toastEnd, &QTimer::timeout, m_toast, &QWidget::hide);
    resize(1180, 740);
    restoreGeometry(memory.state(u"geometry"_s));
    m_sidebar->setCurrentRow(0);
    updateState();
    updateErrorCount();
}

StateWindow::~StateWindow()
{
    m_memory.setState(u"geometry"_s, saveGeometry());
}

void StateWindow::addPage(const QString &icon, const QString &name, QWidget *page)
{
    auto *item = new QListWidgetItem(uiIcon(icon), name, m_sidebar);
    item->setData(Qt::UserRole, name);
    const int at = m_pages->addWidget(page);
    auto *key = new QShortcut(QKeySequence(u"Ctrl+%1"_s.arg(at + 1)), this);
    item->setToolTip(u"%1 (%2)"_s.arg(name, key->key().toString(QKeySequence::NativeText)));
    connect(key, &QShortcut::activated, this, [this, at] { openPage(static_cast<WindowPage>(at)); });
}

QWidget *StateWindow::makeSidebar()
{
    m_sidebar->setObjectName(u"sidebar"_s);
    m_sidebar->setAccessibleName(tr("Pages"));
    m_sidebar->setIconSize(QSize(20, 20));
    m_sidebar->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *box = new QWidget(this);
    box->setObjectName(u"sidebarBox"_s);
    box->setFixedWidth(196);
    auto *logo = new QLabel(box);
    logo->setPixmap(applicationIcon().pixmap(QSize(26, 26), devicePixelRatioF()));
    auto *head = new QHBoxLayout;
    head->setContentsMargins(18, 18, 12, 8);
    head->setSpacing(10);
    head->addWidget(logo);
    head->addWidget(makeLabel(tr("auto-commit"), u"heading"_s, box), 1);
    m_foot = makeLabel({}, u"muted"_s, box);
    m_foot->setContentsMargins(18, 8, 12, 14);
    m_foot->setWordWrap(true);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_sidebar, 1);
    layout->addWidget(m_foot);
    return box;
}

QWidget *StateWindow::makeStrip()
{
    auto *strip = new QFrame(this);
    strip->setObjectName(u"strip"_s);
    m_stripText->setWordWrap(true);
    auto *layout = new QHBoxLayout(strip);
    layout->setContentsMargins(14, 8, 14, 8);
    layout->addWidget(m_stripText);
    strip->hide();
    return strip;
}

void StateWindow::openPage(WindowPage page)
{
    m_sidebar->setCurrentRow(static_cast<int>(page));
    m_pages->currentWidget()->setFocus();
}

void StateWindow::bringForward()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
#ifndef Q_OS_MACOS
    // A window manager may leave a window where it is, on another desktop or behind others, when only a program asks
    // for it. A new window comes to where the user is; hidden and shown at once, the old one would not count as new.
    const bool isSeen = isActiveWindow() && windowHandle()->isExposed();
    if (isVisible() && !isSeen && !QApplication::activeModalWidget()) {
        hide();
        windowHandle()->destroy();
    }
#endif
    show();
    raise();
    activateWindow();
}

void StateWindow::setNotice(const QString &text)
{
    m_notice = text;
    updateStrip();
}

void StateWindow::say(const QString &text, std::chrono::milliseconds time)
{
    m_toast->setText(text);
    m_toast->show();
    m_toastEnd.start(time);
}

void StateWindow::updateState()
{
    const DaemonPicture &picture = m_daemon.picture();
    m_banner->show(StateWords::summarise(picture, QDateTime::currentDateTimeUtc()));
    const QString host = picture.status.host.isEmpty() ? picture.address : picture.status.host;
    m_foot->setText(picture.status.version.isEmpty() ? host : tr("%1 · version %2").arg(host, picture.status.version));
    updateStrip();
}

void StateWindow::updateStrip()
{
    QStringList lines;
    if (!m_notice.isEmpty())
        lines += m_notice;
    if (const QString drift = StateWords::drift(m_daemon.picture()); !drift.isEmpty())
        lines += drift;
    lines += m_daemon.picture().status.notes;
    m_stripText->setText(lines.join(u'\n'));
    m_strip->setVisible(!lines.isEmpty());
}

void StateWindow::updateErrorCount()
{
    QListWidgetItem *item = m_sidebar->item(static_cast<int>(WindowPage::Errors));
    const auto count = m_daemon.picture().allProblems().size();
    const QString name = item->data(Qt::UserRole).toString();
    item->setText(count == 0 ? name : u"%1  (%2)"_s.arg(name).arg(count));
    item->setIcon(uiIcon(u"errors"_s, count == 0 ? QColor() : Theme::current().bad));
}

void StateWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    m_ages.start(10s);
}

void StateWindow::closeEvent(QCloseEvent *event)
{
    m_ages.stop();
    m_memory.setState(u"geometry"_s, saveGeometry());
    QMainWindow::closeEvent(event);
}

} // namespace AutoCommit
