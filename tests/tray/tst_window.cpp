#include "tests/tray/pretend.h"
#include "tray/icon/singleinstance.h"
#include "tray/icon/stateicon.h"
#include "tray/icon/trayicon.h"
#include "tray/model/commitlist.h"
#include "tray/model/endpoint.h"
#include "tray/model/paritytable.h"
#include "tray/model/problemtree.h"
#include "tray/model/repotable.h"
#include "tray/window/commitspage.h"
#include "tray/window/diffview.h"
#include "tray/window/firstrunguide.h"
#include "tray/window/heatmap.h"
#include "tray/window/hostspage.h"
#include "tray/window/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTest>
#include <QTranslator>
#include <QTreeView>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

namespace {

QTreeView *rows(const QWidget &window, const QString &name)
{
    const auto views = window.findChildren<QTreeView *>();
    for (QTreeView *view : views)
        if (view->accessibleName() == name)
            return view;
    return nullptr;
}

QPushButton *button(const QWidget &window, const QString &text)
{
    const auto buttons = window.findChildren<QPushButton *>();
    for (QPushButton *button : buttons)
        if (button->text() == text && button->isVisible())
            return button;
    return nullptr;
}

template <typename Widget> Widget *named(const QWidget &window, const QString &name)
{
    const auto all = window.findChildren<Widget *>();
    for (Widget *widget : all)
        if (widget->accessibleName() == name)
            return widget;
    return nullptr;
}

QCheckBox *checkBox(const QWidget &window, const QString &text)
{
    const auto boxes = window.findChildren<QCheckBox *>();
    for (QCheckBox *box : boxes)
        if (box->text().startsWith(text) && box->isVisible())
            return box;
    return nullptr;
}

QAction *action(const QMenu &menu, const QString &text)
{
    const auto actions = menu.actions();
    for (QAction *action : actions)
        if (action->menu() ? action->text() == text : action->text().startsWith(text))
            return action;
    return nullptr;
}

QAction *pauseMenu(const QMenu &menu)
{
    const auto actions = menu.actions();
    for (QAction *action : actions)
        if (action->menu() && action->text() == u"Pause"_s)
            return action;
    return nullptr;
}

/// This machine's agent, without checkouts.
class PretendAgent final : public LocalAgent
{
public:
    LocalPicture now{.present = true};
    int syncs = 0;

    void start() override { }
    void stop() override { }
    bool isRunning() const override { return true; }
    QStringList statusLines() const override { return {u"in step with apricot"_s}; }
    LocalPicture picture() const override { return now; }
    void syncNow() override { ++syncs; }
    void pause(const QDateTime &until, Done done) override
    {
        now.pause = ApiPause{.until = until};
        Q_EMIT changed();
        done({});
    }
    void resume(Done done) override
    {
        now.pause.reset();
        Q_EMIT changed();
        done({});
    }
    void meet(const QString &name, const QString &kind, const QString &message)
    {
        const QString id = LocalPicture::idOf(u"/home/ada/"_s + name);
        now.repos += {.id = id,
                      .name = name,
                      .state = u"failed"_s,
                      .lookedAt = QDateTime::currentDateTimeUtc(),
                      .error = ApiRepoError{.kind = kind, .message = message}};
        now.problems += {.id = id + u'#' + kind, .repo = id, .name = name, .kind = kind, .message = message};
        Q_EMIT changed();
    }
};

FakeWorld watchingWorld()
{
    FakeWorld world = normalWorld();
    world.status.insert(u"scopes"_s, QJsonArray{u"monitor"_s, u"generate"_s, u"record"_s});
    return world;
}

QString bannerText(const QWidget &window)
{
    return window.findChild<QFrame *>(u"banner"_s)->findChild<QLabel *>(u"muted"_s)->text();
}

} // namespace

class TestWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }

    void theWindowShowsWhatTheApiSays()
    {
        PretendWindow pretend(troubleWorld());
        pretend.window.show();
        QTRY_VERIFY(pretend.live.isUp());
        QCOMPARE(bannerText(pretend.window), u"5 repositories need you"_s);
        const QTreeView *repos = rows(pretend.window, u"Repositories"_s);
        QCOMPARE(repos->model()->rowCount(), 68);
        QCOMPARE(repos->model()->index(0, RepoTable::State).data().toString(), u"Needs you"_s);
        QVERIFY(pretend.window.findChild<QListWidget *>(u"sidebar"_s)->item(2)->text().contains(u"(5)"_s));
    }

    void everyPageIsReachedByKeyboard()
    {
        PretendWindow pretend;
        pretend.window.show();
        pretend.window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&pretend.window));
        auto *pages = pretend.window.findChild<QStackedWidget *>();
        for (int page = pages->count() - 1; page >= 0; --page) {
            QTest::keyClick(&pretend.window, static_cast<Qt::Key>(Qt::Key_1 + page), Qt::ControlModifier);
            QTRY_COMPARE(pages->currentIndex(), page);
        }
    }

    void keysCloseTheWindowOrEndTheProgram()
    {
        PretendWindow pretend;
        QSignalSpy quit(&pretend.window, &StateWindow::quitWanted);
        for (const QKeySequence &keys : {QKeySequence(u"Ctrl+W"_s), QKeySequence(Qt::Key_Escape)}) {
            pretend.window.show();
            pretend.window.activateWindow();
            QVERIFY(QTest::qWaitForWindowActive(&pretend.window));
            QTest::keySequence(&pretend.window, keys);
            QTRY_VERIFY(!pretend.window.isVisible());
        }
        QCOMPARE(quit.size(), 0);
        pretend.window.show();
        pretend.window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&pretend.window));
        QTest::keySequence(&pretend.window, QKeySequence(u"Ctrl+Q"_s));
        QTRY_COMPARE(quit.size(), 1);
    }

    void everyControlHasAName()
    {
        PretendWindow pretend(troubleWorld());
        pretend.window.show();
        QTRY_VERIFY(pretend.live.isUp());
        for (int page = 0; page < 6; ++page)
            pretend.window.openPage(static_cast<WindowPage>(page));
        QTRY_VERIFY(pretend.window.findChildren<QLineEdit *>().size() > 20); // the settings have come
        const auto widgets = pretend.window.findChildren<QWidget *>();
        for (const QWidget *widget : widgets) {
            const auto *press = qobject_cast<const QAbstractButton *>(widget);
            const bool isInput = qobject_cast<const QLineEdit *>(widget) || qobject_cast<const QComboBox *>(widget)
                || qobject_cast<const QTreeView *>(widget) || qobject_cast<const QListWidget *>(widget);
            const bool inside = widget->parentWidget() && widget->parentWidget()->inherits("QComboBox");
            if (isInput && !inside)
                QVERIFY2(!widget->accessibleName().isEmpty(), widget->metaObject()->className());
            if (press && press->inherits("QPushButton"))
                QVERIFY(!press->text().isEmpty());
        }
    }

    void typingInTheFilterLeavesTheMatchingRows()
    {
        PretendWindow pretend;
        pretend.window.show();
        QTRY_VERIFY(pretend.live.isUp());
        auto *view = rows(pretend.window, u"Repositories"_s);
        auto *filter = view->parentWidget()->findChild<QLineEdit *>();
        QTest::keyClicks(filter, u"chess"_s);
        QCOMPARE(view->model()->rowCount(), 3);
    }

    void aChosenCommitShowsMessageFilesAndDiff()
    {
        PretendWindow pretend;
        pretend.window.show();
        pretend.window.openPage(WindowPage::Commits);
        auto *view = rows(pretend.window, u"Commits"_s);
        QTRY_VERIFY(view->model()->rowCount() > 0);
        pretend.window.commits()->select(3);
        QVERIFY(pretend.window.findChild<DiffView *>()->toPlainText().contains(u"lines.append"_s));
        QTRY_COMPARE(pretend.window.findChild<QListWidget *>(u"files"_s)->count(), 4); // fetched when it is chosen
    }

    void namesAreNotCutInAWindowOfAThousandPixels()
    {
        PretendWindow pretend(troubleWorld());
        pretend.window.resize(1000, 700);
        pretend.window.show();
        QTRY_VERIFY(pretend.live.isUp());
        const QList<std::tuple<WindowPage, QString, int>> lists{
            {WindowPage::Repos, u"Repositories"_s, RepoTable::Name},
            {WindowPage::Commits, u"Commits"_s, CommitList::Repository},
            {WindowPage::Errors, u"Errors by cause"_s, ProblemTree::Where},
            {WindowPage::Hosts, u"Repositories across hosts"_s, ParityTable::Repository}};
        for (const auto &[page, name, column] : lists) {
            pretend.window.openPage(page);
            const QTreeView *view = rows(pretend.window, name);
            QTRY_VERIFY2(view->model()->rowCount() > 0, qPrintable(name));
            for (int row = 0; row < view->model()->rowCount(); ++row) {
                const QString text = view->model()->index(row, column).data().toString();
                const int needed = view->fontMetrics().horizontalAdvance(text) + 12;
                QVERIFY2(needed <= view->columnWidth(column), qPrintable(name + u": "_s + text));
            }
            QVERIFY2(view->header()->length() <= view->viewport()->width(), qPrintable(name));
        }
    }

    void columnWidthsAreKeptForTheNextStart()
    {
        const QTemporaryDir dir;
        TrayMemory memory(dir.filePath(u"tray.ini"_s));
        const QList<std::tuple<WindowPage, QString, int>> lists{
            {WindowPage::Repos, u"Repositories"_s, RepoTable::Name},
            {WindowPage::Commits, u"Commits"_s, CommitList::Repository},
            {WindowPage::Errors, u"Errors by cause"_s, ProblemTree::Where},
            {WindowPage::Hosts, u"Repositories across hosts"_s, ParityTable::Repository}};
        for (const bool again : {false, true}) {
            LiveDaemon live(troubleWorld());
            DaemonActions actions(live.daemon);
            PretendDiffs diffs;
            LoginSetting login(LoginStart(LoginForm::DesktopEntry, dir.filePath(u"x.desktop"_s), u"/bin/sh"_s), {},
                               dir.path());
            StateWindow window(live.daemon, actions, diffs, memory, login);
            window.show();
            QTRY_VERIFY(live.isUp());
            int width = 181;
            for (const auto &[page, name, column] : lists) {
                window.openPage(page);
                const QTreeView *view = rows(window, name);
                QTRY_VERIFY(view->model()->rowCount() > 0);
                if (again)
                    QCOMPARE(view->columnWidth(column), width);
                else
                    view->header()->resizeSection(column, width);
                ++width;
            }
        }
    }

    void scrollingToTheEndLoadsTheNextPage()
    {
        PretendWindow pretend(normalWorld(10, 5000));
        pretend.window.show();
        pretend.window.openPage(WindowPage::Commits);
        auto *view = rows(pretend.window, u"Commits"_s);
        QTRY_VERIFY(view->model()->rowCount() > 0);
        const int before = view->model()->rowCount();
        QVERIFY(before < 5000);
        view->scrollToBottom();
        QTRY_VERIFY(view->model()->rowCount() > before);
    }

    void anUndoIsAskedAboutAndSent()
    {
        PretendWindow pretend;
        pretend.window.show();
        pretend.window.openPage(WindowPage::Commits);
        QTRY_VERIFY(rows(pretend.window, u"Commits"_s)->model()->rowCount() > 0);
        pretend.window.commits()->select(0);
        QTRY_VERIFY(button(pretend.window, u"Undo…"_s)->isEnabled()); // once the daemon said what this token may do
        QTest::mouseClick(button(pretend.window, u"Undo…"_s), Qt::LeftButton);
        auto *question = pretend.window.findChild<QMessageBox *>();
        QVERIFY(question);
        const QString path = u"/repos/%1/undo"_s.arg(pretend.live.server.world.commitAt(0).value(u"repo"_s).toString());
        QCOMPARE(pretend.live.server.count("POST", path), 0);
        QTest::mouseClick(button(*question, u"Undo"_s), Qt::LeftButton);
        QTRY_COMPARE(pretend.live.server.count("POST", path), 1);
    }

    void aCauseIsRetriedInAllItsRepositories()
    {
        PretendWindow pretend(troubleWorld());
        pretend.window.show();
        QTRY_VERIFY(pretend.live.isUp());
        pretend.window.openPage(WindowPage::Errors);
        QTest::mouseClick(button(pretend.window, u"Try again"_s), Qt::LeftButton);
        for (const int at : {3, 8, 14}) {
            const QString id = pretend.live.server.world.repos.at(at).value(u"id"_s).toString();
            QTRY_COMPARE(pretend.live.server.count("POST", u"/repos/%1/sync"_s.arg(id)), 1);
        }
    }

    void aCauseThatANotificationMutedIsMutedOnThePage()
    {
        PretendWindow pretend(troubleWorld());
        pretend.window.show();
        QTRY_VERIFY(pretend.live.isUp());
        pretend.window.openPage(WindowPage::Errors);
        QVERIFY(button(pretend.window, u"Mute"_s));
        pretend.memory.setMuted(u"auth-failed"_s, true);
        QVERIFY(button(pretend.window, u"Unmute"_s));
        QTest::mouseClick(button(pretend.window, u"Unmute"_s), Qt::LeftButton);
        QVERIFY(button(pretend.window, u"Mute"_s));
        QVERIFY(!pretend.memory.isMuted(u"auth-failed"_s));
    }

    void theMenuSaysTheStateAndSendsOrders()
    {
        PretendWindow pretend;
        QTRY_VERIFY(pretend.live.isUp());
        Notifier notifier(pretend.live.daemon, pretend.memory);
        TrayIcon tray(pretend.live.daemon, pretend.actions, notifier, nullptr);
        QVERIFY(action(tray.menu(), u"All 68 repositories are safe"_s));
        QVERIFY(action(tray.menu(), u"This machine's checkouts: not committed"_s));
        action(tray.menu(), u"Sync now"_s)->trigger();
        QTRY_COMPARE(pretend.live.server.count("POST", u"/cycle"_s), 1);
        action(*pauseMenu(tray.menu())->menu(), u"For 15 minutes"_s)->trigger();
        QTRY_VERIFY(action(tray.menu(), u"Resume"_s)->isVisible());
        QVERIFY(!pauseMenu(tray.menu())->isVisible());
        action(tray.menu(), u"Resume"_s)->trigger();
        QTRY_VERIFY(pauseMenu(tray.menu())->isVisible());
        QSignalSpy wanted(&tray, &TrayIcon::windowWanted);
        action(tray.menu(), u"Settings"_s)->trigger();
        QCOMPARE(wanted.first().first().value<WindowPage>(), WindowPage::Settings);
        pretend.live.server.stop();
        QTRY_VERIFY(action(tray.menu(), u"No daemon answers"_s));
        QVERIFY(!action(tray.menu(), u"Sync now"_s)->isEnabled());
    }

    void troubleOfThisMachineReachesEveryPlace()
    {
        PretendWindow pretend;
        pretend.window.show();
        QTRY_VERIFY(pretend.live.isUp());
        PretendAgent agent;
        Notifier notifier(pretend.live.daemon, pretend.memory);
        QList<TrayNote> notes;
        connect(&notifier, &Notifier::note, this, [&](const TrayNote &note) { notes.append(note); });
        TrayIcon tray(pretend.live.daemon, pretend.actions, notifier, &agent);
        pretend.actions.setLocalAgent(&agent);
        QVERIFY(action(tray.menu(), u"All 68"_s));
        agent.meet(u"pear"_s, u"conflict"_s, u"two hosts changed notes.txt"_s);
        QVERIFY(action(tray.menu(), u"pear on this machine: two hosts changed notes.txt"_s));
        QCOMPARE(bannerText(pretend.window), u"pear on this machine: two hosts changed notes.txt"_s);
        QVERIFY(pretend.window.findChild<QListWidget *>(u"sidebar"_s)->item(2)->text().contains(u"(1)"_s));
        const QTreeView *errors = rows(pretend.window, u"Errors by cause"_s);
        QCOMPARE(errors->model()->index(0, 1).data().toString(), u"pear, this machine"_s);
        const QTreeView *repos = rows(pretend.window, u"Repositories"_s);
        QCOMPARE(repos->model()->rowCount(), 69);
        QCOMPARE(repos->model()->index(0, RepoTable::Name).data().toString(), u"pear (this machine)"_s);
        QCOMPARE(notes.size(), 1);
        QVERIFY(notes.first().text.startsWith(u"pear on this machine"_s));
        Q_EMIT agent.changed();
        QCOMPARE(notes.size(), 1);
        agent.meet(u"plum"_s, u"conflict"_s, u"two hosts changed a.txt"_s); // of the same cause, and all the same new
        QCOMPARE(notes.size(), 2);
        notifier.act(NoteAction::retry(), notes.last().cause);
        QCOMPARE(agent.syncs, 1);
        pretend.actions.setLocalAgent(nullptr);
        QCOMPARE(repos->model()->rowCount(), 68);
    }

    void pauseAndSyncHoldThisMachineWhateverTheTokenMay()
    {
        PretendWindow pretend(watchingWorld());
        pretend.window.show();
        QTRY_VERIFY(pretend.live.isUp());
        PretendAgent agent;
        Notifier notifier(pretend.live.daemon, pretend.memory);
        QSignalSpy failed(&pretend.actions, &DaemonActions::failed);
        TrayIcon tray(pretend.live.daemon, pretend.actions, notifier, &agent);
        pretend.actions.setLocalAgent(&agent);
        QVERIFY(action(tray.menu(), u"Sync now"_s)->toolTip().contains(u"lacks the scope"_s));
        action(tray.menu(), u"Sync now"_s)->trigger();
        QCOMPARE(agent.syncs, 1);
        action(*pauseMenu(tray.menu())->menu(), u"For 15 minutes"_s)->trigger();
        QVERIFY(agent.now.pause);
        QVERIFY(std::abs(QDateTime::currentDateTimeUtc().secsTo(agent.now.pause->until) - 15 * 60) < 30);
        QVERIFY(bannerText(pretend.window).startsWith(u"This machine is paused until"_s));
        QVERIFY(!pauseMenu(tray.menu())->isVisible());
        action(tray.menu(), u"Resume"_s)->trigger();
        QVERIFY(!agent.now.pause);
        action(*pauseMenu(tray.menu())->menu(), u"Until tomorrow"_s)->trigger();
        QVERIFY(agent.now.pause);
        QCOMPARE(failed.size(), 0);
        QCOMPARE(pretend.live.server.count("POST", u"/cycle"_s) + pretend.live.server.count("POST", u"/pause"_s), 0);
    }

    void aDaemonThatMayBePausedIsPausedTogetherWithThisMachine()
    {
        PretendWindow pretend;
        QTRY_VERIFY(pretend.live.isUp());
        PretendAgent agent;
        pretend.actions.setLocalAgent(&agent);
        pretend.actions.pauseFor(std::chrono::hours(1));
        QVERIFY(agent.now.pause);
        QTRY_COMPARE(pretend.live.server.count("POST", u"/pause"_s), 1);
    }

    void whatTheTokenMayNotDoIsGreyAndSaysWhy()
    {
        PretendWindow pretend(watchingWorld());
        pretend.window.show();
        QTRY_VERIFY(pretend.live.isUp());
        const QPushButton *sync = button(pretend.window, u"Sync now"_s);
        QVERIFY(sync && !sync->isEnabled());
        QVERIFY2(sync->toolTip().contains(u"lacks the scope \"control\""_s), qPrintable(sync->toolTip()));
        pretend.window.openPage(WindowPage::Commits);
        QTRY_VERIFY(rows(pretend.window, u"Commits"_s)->model()->rowCount() > 0);
        pretend.window.commits()->select(0);
        const QPushButton *undo = button(pretend.window, u"Undo…"_s);
        QVERIFY(undo && !undo->isEnabled());
        QVERIFY2(undo->toolTip().contains(u"lacks the scope \"control\""_s), qPrintable(undo->toolTip()));
        pretend.window.openPage(WindowPage::Settings);
        QTRY_VERIFY(named<QLineEdit>(pretend.window, u"Subject length"_s));
        const auto *length = named<QLineEdit>(pretend.window, u"Subject length"_s);
        QVERIFY(!length->isEnabled());
        QVERIFY2(length->toolTip().contains(u"lacks the scope \"control\""_s), qPrintable(length->toolTip()));
    }

    void aSettingOfTheOwnersIsGreyForWhoeverIsNot()
    {
        FakeWorld world = normalWorld();
        QJsonArray settings = world.config.value(u"settings"_s).toArray();
        for (QJsonValueRef setting : settings) {
            QJsonObject row = setting.toObject();
            row.insert(u"writable"_s, row.value(u"key"_s) != u"git_program"_s);
            setting = row;
        }
        world.config.insert(u"settings"_s, settings);
        PretendWindow pretend(world);
        pretend.window.show();
        QTRY_VERIFY(pretend.live.isUp());
        pretend.window.openPage(WindowPage::Settings);
        QTRY_VERIFY(named<QLineEdit>(pretend.window, u"Git program"_s));
        const auto *program = named<QLineEdit>(pretend.window, u"Git program"_s);
        QVERIFY(!program->isEnabled());
        QVERIFY2(program->toolTip().contains(u"owner"_s), qPrintable(program->toolTip()));
        const auto *length = named<QLineEdit>(pretend.window, u"Subject length"_s);
        QVERIFY(length->isEnabled());
        QCOMPARE(length->toolTip(), QString());
    }

    void agesOfHostsGoOnCountingWhileNobodyAnswers()
    {
        FakeWorld world = normalWorld();
        LiveDaemon live(world);
        QTRY_VERIFY(live.isUp());
        const QTemporaryDir dir;
        TrayMemory memory(dir.filePath(u"tray.ini"_s));
        HostsPage page(live.daemon, memory);
        const auto text = [&] {
            QString all;
            const auto labels = page.findChildren<QLabel *>();
            for (const QLabel *label : labels)
                all += label->text() + u'\n';
            return all;
        };
        live.server.stop();
        QTRY_COMPARE(live.daemon.picture().link, LinkState::Offline);
        const QString before = text();
        QTest::qWait(1100); // ages below a minute are told in seconds
        page.refreshAges();
        QVERIFY2(text() != before, qPrintable(before));
    }

    void nothingIsSaidOfErrorsThatWereNeverAskedFor()
    {
        PretendWindow pretend;
        pretend.live.server.token = "another";
        pretend.live.events.setEndpoint(pretend.live.server.endpoint());
        ApiEndpoint wrong = pretend.live.server.endpoint();
        wrong.token = "wrong";
        pretend.live.daemon.connectTo(wrong);
        pretend.window.show();
        QTRY_COMPARE(pretend.live.daemon.picture().link, LinkState::Offline);
        const auto labels = pretend.window.findChildren<QLabel *>();
        for (const QLabel *label : labels)
            QVERIFY(label->text() != u"Nothing needs you."_s);
    }

    void whatTheDaemonSendsIsNeverMarkup()
    {
        FakeWorld world = normalWorld(3);
        world.status.insert(u"notes"_s, QJsonArray{u"<b>bold</b> <img src=x>"_s});
        PretendWindow pretend(world);
        pretend.window.show();
        QTRY_VERIFY(pretend.live.isUp());
        const auto labels = pretend.window.findChildren<QLabel *>();
        for (const QLabel *label : labels)
            QVERIFY2(label->text().isEmpty() || label->textFormat() == Qt::PlainText, qPrintable(label->text()));
    }

    void everyStateHasAnIconOfItsOwnAtSixteenPixels()
    {
        QList<QImage> seen;
        for (const TrayState state :
             {TrayState::Idle, TrayState::Working, TrayState::Paused, TrayState::Attention, TrayState::Offline}) {
            const QImage image = stateIcon(state).pixmap(16, 16).toImage().convertToFormat(QImage::Format_Alpha8);
            QVERIFY(!image.isNull());
            for (const QImage &other : std::as_const(seen)) {
                const bool sameShape = image == other;
                const bool sameDisc = state == TrayState::Working || state == TrayState::Paused;
                QVERIFY(!sameShape || sameDisc); // discs differ by the glyph inside
            }
            seen.append(image);
        }
    }

    void startingAtLoginIsASwitchOnTheSettingsPage()
    {
        PretendWindow pretend;
        pretend.window.show();
        pretend.window.openPage(WindowPage::Settings);
        auto *box = checkBox(pretend.window, u"Start this program when I log in"_s);
        QVERIFY(box && !box->isChecked());
        QVERIFY(!checkBox(pretend.window, u"Started that way"_s)->isEnabled());
        QTest::keyClick(box, Qt::Key_Space);
        QVERIFY(pretend.login.isOn());
        QVERIFY(!pretend.login.commitsLocal());
        QTRY_VERIFY(pretend.window.findChildren<QLineEdit *>().size()
                    > 10); // the daemon's settings are there: built anew
        box = checkBox(pretend.window, u"Start this program when I log in"_s);
        QVERIFY(box && box->isChecked());
        pretend.login.setCommitsLocal({u"/home/ada/code"_s});
        QTest::keyClick(checkBox(pretend.window, u"Started that way"_s), Qt::Key_Space);
        QVERIFY(pretend.login.isOn() && !pretend.login.commitsLocal());
        QSignalSpy guide(&pretend.window, &StateWindow::guideWanted);
        QTest::mouseClick(button(pretend.window, u"Set up…"_s), Qt::LeftButton);
        QCOMPARE(guide.size(), 1);
    }

    void theGuideLeadsToAStart()
    {
        PretendCommands commands;
        commands.repos = QList<PlannedRepo>{{.path = u"~/a"_s, .state = u"clean"_s}};
        const QTemporaryDir dir;
        LoginSetting login(LoginStart(LoginForm::DesktopEntry, dir.filePath(u"x.desktop"_s), u"/bin/sh"_s), {},
                           dir.path());
        FirstRunGuide guide(commands, login);
        guide.show();
        QVERIFY(!button(guide, u"Look, change nothing"_s)->isEnabled());
        guide.model().addFolder(u"/home/ada/code"_s);
        QTest::mouseClick(button(guide, u"Look, change nothing"_s), Qt::LeftButton);
        for (const QString &text : {u"Next"_s, u"Next"_s, u"Next"_s})
            QTest::mouseClick(button(guide, text), Qt::LeftButton);
        QCOMPARE(guide.model().step(), FirstRun::Step::Ready);
        guide.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&guide));
        QTest::keyClick(&guide, Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(guide.model().step(), FirstRun::Step::Way);
        QTest::keyClick(&guide, Qt::Key_Right, Qt::AltModifier);
        QTest::keyClick(checkBox(guide, u"Start this program when I log in"_s), Qt::Key_Space);
        QTest::keyClick(&guide, Qt::Key_Return); // "Start" is the default button
        QCOMPARE(guide.model().step(), FirstRun::Step::Done);
        QVERIFY(!commands.starts.value(0).atLogin && !login.isOn());
        QVERIFY(!button(guide, u"Back"_s));
        QTest::mouseClick(button(guide, u"Show the window"_s), Qt::LeftButton);
        QCOMPARE(guide.result(), static_cast<int>(QDialog::Accepted));
    }

    void theGuideAsksAnotherComputerAndShowsWhatRuns()
    {
        PretendCommands commands;
        const QTemporaryDir dir;
        LoginSetting login(LoginStart(LoginForm::DesktopEntry, dir.filePath(u"x.desktop"_s), u"/bin/sh"_s), {},
                           dir.path());
        FirstRunGuide guide(commands, login);
        guide.show();
        guide.model().addFolder(u"/home/ada/code"_s);
        commands.silent = true;
        QTest::mouseClick(button(guide, u"Look, change nothing"_s), Qt::LeftButton);
        QVERIFY(button(guide, u"Stop"_s));
        QTest::mouseClick(button(guide, u"Stop"_s), Qt::LeftButton);
        QCOMPARE(commands.cancelled, 1);
        QVERIFY(!button(guide, u"Stop"_s));
        commands.silent = false;
        QTest::mouseClick(button(guide, u"Look, change nothing"_s), Qt::LeftButton);
        for (int page = 0; page < 2; ++page)
            QTest::mouseClick(button(guide, u"Next"_s), Qt::LeftButton);
        const auto choices = guide.findChildren<QRadioButton *>();
        QTest::keyClick(choices.last(), Qt::Key_Space);
        QVERIFY(guide.model().isRemote());
        QVERIFY(!button(guide, u"Test and go on"_s)->isEnabled());
        for (QLineEdit *field : guide.findChildren<QLineEdit *>())
            if (field->isVisible())
                QTest::keyClicks(field, field->accessibleName() == u"Address"_s ? u"https://apricot:8200"_s : u"abc"_s);
        QTest::mouseClick(button(guide, u"Test and go on"_s), Qt::LeftButton);
        QCOMPARE(guide.model().step(), FirstRun::Step::Ready);
        QCOMPARE(guide.model().place().token, u"abc"_s);
    }

    void theWindowSpeaksGermanAndCountsInEnglish()
    {
        installTranslation(*qApp, QLocale::English);
        QCOMPARE(StateWords::age(qint64{40} * 3600), u"1 day ago"_s);
        installTranslation(*qApp, QLocale::German);
        QCOMPARE(StateWords::stateName(TrayState::Attention), u"braucht dich"_s);
        const auto translators = qApp->findChildren<QTranslator *>();
        for (QTranslator *translator : translators)
            delete translator;
        QCOMPARE(StateWords::stateName(TrayState::Attention), u"needs you"_s);
    }

    void aSecondStartKnocksAtTheFirst()
    {
        const QTemporaryDir dir;
        SingleInstance first(dir.filePath(u"run"_s), u"tray"_s);
        QSignalSpy knocked(&first, &SingleInstance::knocked);
        QCOMPARE(*first.claim(), SingleInstance::Place::First);
        SingleInstance second(dir.filePath(u"run"_s), u"tray"_s);
        QCOMPARE(*second.claim(), SingleInstance::Place::Another);
        QTRY_COMPARE(knocked.size(), 1);
    }

    void aSocketThatWasLeftBehindIsNoObstacle()
    {
        const QTemporaryDir dir;
        QFile left(dir.filePath(u"tray.socket"_s));
        QVERIFY(left.open(QIODevice::WriteOnly));
        left.close();
        SingleInstance only(dir.path(), u"tray"_s);
        QCOMPARE(*only.claim(), SingleInstance::Place::First);
    }

    void theDaemonIsFoundWhereItRegistered_data()
    {
        QTest::addColumn<QString>("registry");
        QTest::addColumn<QString>("url");
        QTest::newRow("none") << QString() << u"http://127.0.0.1:8200"_s;
        QTest::newRow("port") << uR"({"daemons":[{"name":"x","port":8300}]})"_s << u"http://127.0.0.1:8300"_s;
        QTest::newRow("default first")
            << uR"({"daemons":[{"name":"x","port":8300},{"name":"default","url":"http://127.0.0.1:8400"}]})"_s
            << u"http://127.0.0.1:8400"_s;
        QTest::newRow("damaged") << u"{"_s << u"http://127.0.0.1:8200"_s;
    }

    void theDaemonIsFoundWhereItRegistered()
    {
        QFETCH(QString, registry);
        QFETCH(QString, url);
        const QTemporaryDir home;
        QProcessEnvironment environment;
        environment.insert(u"HOME"_s, home.path());
        const Paths paths(environment);
        QVERIFY(QDir().mkpath(paths.configDir()));
        QFile file(daemonsFile(paths));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(registry.toUtf8());
        file.close();
        const Result<ApiEndpoint> endpoint = findEndpoint({}, environment, paths, false);
        QVERIFY(endpoint);
        QCOMPARE(endpoint->url.toString(), url);
    }

    void aTokenGoesOverPlainHttpToThisMachineOnly()
    {
        const QProcessEnvironment environment;
        const Paths paths(environment);
        QVERIFY(!findEndpoint({.url = u"http://apricot.example:8200"_s}, environment, paths, false));
        QVERIFY(findEndpoint({.url = u"http://apricot.example:8200"_s}, environment, paths, true));
        QVERIFY(findEndpoint({.url = u"https://apricot.example"_s}, environment, paths, false));
        QVERIFY(findEndpoint({.url = u"http://[::1]:8200"_s}, environment, paths, false));
        QVERIFY(!findEndpoint({.url = u"ftp://x"_s}, environment, paths, true));
    }
};

QTEST_MAIN(TestWindow)
#include "tst_window.moc"
