// screenshots DIRECTORY: pictures of the window in every state worth looking at, without a display or a daemon.
#include "tests/tray/pretend.h"
#include "tray/icon/stateicon.h"
#include "tray/icon/trayicon.h"
#include "tray/window/commitspage.h"
#include "tray/window/firstrunguide.h"
#include "tray/window/theme.h"

#include <QApplication>
#include <QDir>
#include <QPainter>
#include <QProcess>
#include <QTest>
#include <QTreeView>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

namespace {

struct Shooter
{
    QDir dir;
    QString suffix;

    void save(QWidget &widget, const QString &name) const
    {
        const QString file = dir.filePath(name + suffix + u".png"_s);
        const bool saved = widget.grab().save(file);
        std::printf("%s%s\n", saved ? "" : "NOT WRITTEN ", qPrintable(file));
    }

    void page(PretendWindow &pretend, WindowPage page, const QString &name) const
    {
        pretend.window.openPage(page);
        pretend.window.show();
        QTest::qWait(250); // answers of the page, fonts, layouts
        save(pretend.window, name);
    }
};

void awaitUp(PretendWindow &pretend)
{
    if (!QTest::qWaitFor([&] { return pretend.live.isUp(); }, 20000))
        qFatal("the pretend daemon does not answer");
}

void normal(const Shooter &shooter, const QString &theme)
{
    PretendWindow pretend;
    awaitUp(pretend);
    pretend.window.commits()->select(0);
    shooter.page(pretend, WindowPage::Repos, theme + u"-normal-repos"_s);
    shooter.page(pretend, WindowPage::Commits, theme + u"-normal-commits"_s);
    pretend.window.commits()->select(3);
    shooter.page(pretend, WindowPage::Commits, theme + u"-normal-commits"_s);
    shooter.page(pretend, WindowPage::Errors, theme + u"-normal-errors"_s);
    shooter.page(pretend, WindowPage::Activity, theme + u"-normal-activity"_s);
    shooter.page(pretend, WindowPage::Hosts, theme + u"-normal-hosts"_s);
    shooter.page(pretend, WindowPage::Settings, theme + u"-normal-settings"_s);
}

void trouble(const Shooter &shooter, const QString &theme)
{
    PretendWindow pretend(troubleWorld());
    awaitUp(pretend);
    for (const auto &[page, name] :
         {std::pair{WindowPage::Repos, u"repos"_s}, std::pair{WindowPage::Errors, u"errors"_s},
          std::pair{WindowPage::Hosts, u"hosts"_s}, std::pair{WindowPage::Activity, u"activity"_s}})
        shooter.page(pretend, page, theme + u"-trouble-"_s + name);
}

void others(const Shooter &shooter, const QString &theme)
{
    PretendWindow empty(emptyWorld());
    awaitUp(empty);
    QTest::qWait(100);
    shooter.page(empty, WindowPage::Repos, theme + u"-empty-repos"_s);
    shooter.page(empty, WindowPage::Commits, theme + u"-empty-commits"_s);
    shooter.page(empty, WindowPage::Activity, theme + u"-empty-activity"_s);
    PretendWindow big(bigWorld());
    awaitUp(big);
    shooter.page(big, WindowPage::Repos, theme + u"-big-repos"_s);
    shooter.page(big, WindowPage::Commits, theme + u"-big-commits"_s);
    PretendWindow away;
    awaitUp(away);
    away.live.server.stop();
    if (!QTest::qWaitFor([&] { return away.live.daemon.picture().link == LinkState::Offline; }))
        qFatal("a dead daemon goes unnoticed");
    shooter.page(away, WindowPage::Repos, theme + u"-offline-repos"_s);
}

void guide(const Shooter &shooter, const QString &theme)
{
    PretendCommands commands;
    commands.repos = QList<PlannedRepo>{
        {.path = u"~/code/weather-station"_s,
         .branch = u"main"_s,
         .state = u"planned"_s,
         .subjects = {u"feat: read the sensor list from the configuration"_s, u"docs: say how to calibrate"_s}},
        {.path = u"~/code/ledger"_s, .branch = u"main"_s, .state = u"clean"_s},
        {.path = u"~/code/thesis"_s,
         .branch = u"draft"_s,
         .state = u"skipped"_s,
         .reason = u"a rebase has not been finished here"_s}};
    commands.checks
        = QList<ApiCheck>{{.id = u"hub"_s,
                           .title = u"Hub"_s,
                           .state = u"ok"_s,
                           .message = u"answers"_s,
                           .repo = u"/home/ada/code/ledger"_s},
                          {.id = u"hub"_s,
                           .title = u"Hub"_s,
                           .state = u"fail"_s,
                           .message = u"the server does not accept this key"_s,
                           .advice = u"ssh-add ~/.ssh/id_ed25519, then test again"_s,
                           .repo = u"/home/ada/code/thesis"_s},
                          {.id = u"model:ministral-3b-instruct"_s,
                           .title = u"Model"_s,
                           .state = u"skipped"_s,
                           .message = u"nothing answers at http://127.0.0.1:8210"_s,
                           .advice = u"messages come from the built-in engine; to use a model, set coordinator_url"_s}};
    const QTemporaryDir dir;
    LoginSetting login(LoginStart(LoginForm::DesktopEntry, dir.filePath(u"x.desktop"_s), u"/usr/bin/commits-tray"_s),
                       {}, u"/home/ada"_s);
    FirstRunGuide guide(commands, login);
    guide.model().addFolder(u"/home/ada/code"_s);
    guide.show();
    shooter.save(guide, theme + u"-guide-folders"_s);
    for (const QString &name : {u"plan"_s, u"checks"_s, u"way"_s}) {
        guide.model().next();
        QTest::qWait(30); // buttons find their width
        shooter.save(guide, theme + u"-guide-"_s + name);
    }
    guide.model().setRemote(true);
    QTest::qWait(30);
    shooter.save(guide, theme + u"-guide-remote"_s);
    guide.model().setPlace({.url = u"https://apricot:8200"_s, .token = u"t"_s});
    guide.model().next();
    shooter.save(guide, theme + u"-guide-ready"_s);
    commands.silent = true;
    guide.model().next();
    shooter.save(guide, theme + u"-guide-busy"_s);
}

void menu(const Shooter &shooter, const QString &theme)
{
    PretendWindow pretend(troubleWorld());
    awaitUp(pretend);
    Notifier notifier(pretend.live.daemon, pretend.memory);
    TrayIcon tray(pretend.live.daemon, pretend.actions, notifier, nullptr);
    tray.menu().popup({0, 0});
    QTest::qWait(50);
    shooter.save(tray.menu(), theme + u"-menu"_s);
}

void icons(const Shooter &shooter)
{
    QImage sheet(560, 250, QImage::Format_RGB32);
    QPainter painter(&sheet);
    int y = 0;
    for (const QColor ground : {QColor(0xf4f4f4), QColor(0x2b2b2b)}) {
        painter.fillRect(0, y, sheet.width(), 125, ground);
        int x = 10;
        for (const TrayState state :
             {TrayState::Idle, TrayState::Working, TrayState::Paused, TrayState::Attention, TrayState::Offline}) {
            const QIcon icon = colouredStateIcon(state);
            painter.drawImage(QRect(x, y + 10, 64, 64), icon.pixmap(16, 16).toImage()); // four times as large
            painter.drawPixmap(x + 70, y + 10, icon.pixmap(16, 16));
            painter.drawPixmap(x + 70, y + 34, icon.pixmap(22, 22));
            painter.drawPixmap(x, y + 84, icon.pixmap(32, 32));
            x += 108;
        }
        y += 125;
    }
    painter.end();
    sheet.save(shooter.dir.filePath(u"icons.png"_s));
    applicationIcon().pixmap(256, 256).save(shooter.dir.filePath(u"app-icon.png"_s));
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const bool twice = argc > 2 && QByteArray(argv[2]) == "2x";
    if (twice)
        qputenv("QT_SCALE_FACTOR", "2");
    QApplication app(argc, argv);
    if (argc < 2 || !QDir().mkpath(QString::fromLocal8Bit(argv[1]))) {
        std::fprintf(stderr, "usage: screenshots DIRECTORY\n");
        return 2;
    }
    installTranslation(app, QLocale::English);
    const Shooter shooter{QDir(QString::fromLocal8Bit(argv[1])), twice ? u"@2x"_s : QString()};
    for (const auto &[choice, name] :
         {std::pair{ThemeChoice::Light, u"light"_s}, std::pair{ThemeChoice::Dark, u"dark"_s}}) {
        applyTheme(app, choice);
        normal(shooter, name);
        trouble(shooter, name);
        if (twice)
            continue;
        others(shooter, name);
        guide(shooter, name);
        menu(shooter, name);
    }
    if (twice)
        return 0;
    icons(shooter);
    installTranslation(app, QLocale::German);
    QLocale::setDefault(QLocale::German);
    applyTheme(app, ThemeChoice::Light);
    trouble(shooter, u"german"_s);
    return QProcess::execute(QCoreApplication::applicationFilePath(), {shooter.dir.path(), u"2x"_s});
}
