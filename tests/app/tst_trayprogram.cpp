#include "app/trayprogram.h"
#include "core/keychain/keychain.h"
#include "core/service/daemonregistry.h"
#include "tests/support/temprepo.h"
#include "tests/support/wireshapes.h"
#include "tray/window/firstrunguide.h"
#include "tray/window/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QDirIterator>
#include <QFileDialog>
#include <QLineEdit>
#include <QListWidget>
#include <QProcess>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QTcpServer>
#include <QTest>
#include <QTreeView>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 60'000; // ms; a loaded machine is slow
constexpr auto inSession = "AC_TEST_KEYCHAIN_SESSION"; // set by keychain_session.py, which starts a real keychain

template <typename Widget> Widget *named(const QWidget &window, const QString &text)
{
    const auto all = window.findChildren<Widget *>();
    const auto at = std::ranges::find_if(all, [&](const Widget *w) { return w->isVisible() && w->text() == text; });
    return at == all.end() ? nullptr : *at;
}

QAbstractItemModel *rows(const QWidget &window, const QString &name)
{
    const auto views = window.findChildren<QTreeView *>();
    const auto at = std::ranges::find(views, name, &QWidget::accessibleName);
    return at == views.end() ? nullptr : (*at)->model();
}

/// Every cell of a list, row by row.
QString textOf(const QAbstractItemModel *model)
{
    QStringList lines;
    for (int row = 0; model && row < model->rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < model->columnCount(); ++column)
            cells += model->index(row, column).data().toString();
        lines += cells.join(u" | "_s);
    }
    return lines.join(u'\n');
}

template <typename Window> Window *topLevel()
{
    const auto windows = QApplication::topLevelWidgets();
    for (QWidget *window : windows)
        if (auto *found = qobject_cast<Window *>(window); found && found->isVisible())
            return found;
    return nullptr;
}

/// The tray's program over the files of one user.
struct Tray
{
    explicit Tray(const World &world, const QProcessEnvironment &variables)
        : environment(variables)
        , paths(environment)
        , loaded(*loadSettings(paths.configFile(), environment, {}))
        , git(world.tools())
        , processes(world.processes())
        , single(paths.runtimeDir(), u"tray"_s)
    {
        if (!single.claim().ok())
            qFatal("another tray runs");
        if (!program.start(single).ok())
            qFatal("another agent runs");
    }
    ~Tray() { program.stop(); }

    const TrayOptions options{.theme = ThemeChoice::Light};
    const QProcessEnvironment environment;
    const Paths paths;
    const LoadedSettings loaded;
    const GitTools &git;
    const ProcessRunner &processes;
    const SystemClock clock;
    SingleInstance single;
    TrayParts parts{options, environment, paths, loaded, git, processes, clock};
    TrayProgram program{parts, *endpointNow(parts, loaded), nullptr};
};

/// A machine with programs of its own.
struct Host
{
    explicit Host(const QString &name)
        : environment(world.environment())
        , paths(environment)
    {
        environment.insert(u"AUTO_COMMIT_HOST_NAME"_s, name);
        environment.insert(u"AUTO_COMMIT_API_PORT"_s, u"0"_s);
        environment.insert(u"AUTO_COMMIT_SETTLE_SECONDS"_s, u"1"_s);
        environment.insert(u"AUTO_COMMIT_FILE_QUIET_SECONDS"_s, u"0"_s);
        environment.insert(u"AUTO_COMMIT_COORDINATOR_URL"_s, QString());
    }
    ~Host() { say({u"stop"_s, u"--all"_s}); }

    QByteArray say(const QStringList &words) const
    {
        QProcess commits;
        commits.setProcessEnvironment(environment);
        commits.start(QCoreApplication::applicationDirPath() + u"/commits"_s, words);
        commits.waitForFinished(patience);
        return commits.readAllStandardOutput();
    }
    QByteArray config() const
    {
        QFile file(paths.configFile());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    World world;
    QProcessEnvironment environment;
    const Paths paths;
};

/// A checkout with a change nobody committed.
struct Checkout
{
    Checkout(const World &world, const QString &name)
        : repo(world, u"home/code/"_s + name)
        , hub(makeHub(world, repo, u"home/"_s + name + u".git"_s))
    {
        repo.write("notes.txt", "one\ntwo\n", 3600);
        before = repo.head();
    }
    bool isCommitted(const World &world) const
    {
        return repo.head() != before && world.git(hub, {u"rev-parse"_s, u"main"_s}) == repo.head();
    }

    TempRepo repo;
    QString hub;
    QByteArray before;
};

} // namespace

/// The program as its user meets it, with real daemons, checkouts and hubs; and with a real keychain where
/// keychain_session.py runs it.
class TestTrayProgram : public QObject
{
    Q_OBJECT

    const bool m_session = qEnvironmentVariableIsSet(inSession);

    static void click(const QWidget &window, const QString &text)
    {
        QTRY_VERIFY2_WITH_TIMEOUT(named<QPushButton>(window, text), qPrintable(text), patience);
        QPushButton *found = named<QPushButton>(window, text);
        QTRY_VERIFY2_WITH_TIMEOUT(found->isEnabled(), qPrintable(text), patience);
        QTest::mouseClick(found, Qt::LeftButton);
    }

    /// As a person does it: the dialog, the name, Enter.
    static void chooseFolder(FirstRunGuide &guide, const QString &folder)
    {
        click(guide, u"Add a folder…"_s);
        QTRY_VERIFY(guide.findChild<QFileDialog *>());
        auto *dialog = guide.findChild<QFileDialog *>();
        auto *name = dialog->findChild<QLineEdit *>(u"fileNameEdit"_s);
        QVERIFY(name);
        name->setText(folder);
        QTest::keyClick(name, Qt::Key_Return);
        QTRY_COMPARE(guide.model().folders(), QStringList{folder});
    }

    static void reach(FirstRunGuide &guide, FirstRun::Step step)
    {
        QTRY_VERIFY2_WITH_TIMEOUT(guide.model().step() == step || !guide.model().error().isEmpty(), "", patience);
        QCOMPARE(guide.model().error(), QString());
        QCOMPARE(guide.model().step(), step);
    }

    /// Up to the question who describes the commits.
    static void goToTheWay(FirstRunGuide &guide, const QString &folder)
    {
        chooseFolder(guide, folder);
        click(guide, u"Look, change nothing"_s);
        reach(guide, FirstRun::Step::Plan);
        click(guide, u"Next"_s);
        reach(guide, FirstRun::Step::Checks);
        QTRY_VERIFY_WITH_TIMEOUT(!guide.model().isBusy(), patience);
        click(guide, u"Next"_s);
        reach(guide, FirstRun::Step::Way);
    }

    static void describeThere(FirstRunGuide &guide, const QString &url, const QString &token)
    {
        const auto choices = guide.findChildren<QRadioButton *>();
        choices.at(1)->click();
        for (QLineEdit *field : guide.findChildren<QLineEdit *>()) {
            if (field->accessibleName() == u"Address"_s)
                QTest::keyClicks(field, url);
            if (field->accessibleName() == u"Token"_s)
                QTest::keyClicks(field, token);
        }
        click(guide, u"Test and go on"_s);
    }

    static void startWithoutLogin(FirstRunGuide &guide)
    {
        reach(guide, FirstRun::Step::Ready);
        named<QCheckBox>(guide, u"Start this program when I log in"_s)->setChecked(false);
        click(guide, u"Start"_s);
        reach(guide, FirstRun::Step::Done);
    }

    static bool isOnline(const StateWindow &window) { return named<QPushButton>(window, u"Sync now"_s) != nullptr; }

    static FirstRunGuide *openedGuide()
    {
        return QTest::qWaitFor([] { return topLevel<FirstRunGuide>() != nullptr; }, patience)
            ? topLevel<FirstRunGuide>()
            : nullptr;
    }

    /// Another machine's daemon, with a token for this one.
    struct Apricot : Host
    {
        Apricot()
            : Host(u"apricot"_s)
        {
            say({u"start"_s, u"1h"_s, u"-R"_s, world.path(u"home"_s)});
            const DaemonRegistry registry(paths);
            if (QTest::qWaitFor([&] { return registry.running() && !registry.running()->isEmpty(); }, patience))
                url = registry.running()->first().url;
            token = QString::fromLatin1(say({u"token"_s, u"create"_s, u"plum"_s, u"--host"_s, u"plum"_s}).trimmed());
        }
        QByteArray history() const { return say({u"history"_s, u"--json"_s}); }

        QString url;
        QString token;
    };

    static QStringList filesWith(const QString &directory, const QByteArray &words)
    {
        QStringList found;
        QDirIterator files(directory, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (file.open(QIODevice::ReadOnly) && file.readAll().contains(words))
                found += file.fileName();
        }
        return found;
    }

    static void lockKeychain()
    {
        QDBusMessage call = QDBusMessage::createMethodCall(u"org.freedesktop.secrets"_s, u"/org/freedesktop/secrets"_s,
                                                           u"org.freedesktop.Secret.Service"_s, u"Lock"_s);
        call << QVariant::fromValue(
            QList<QDBusObjectPath>{QDBusObjectPath(u"/org/freedesktop/secrets/collection/login"_s)});
        const QDBusMessage answer = QDBusConnection::sessionBus().call(call);
        QVERIFY2(answer.type() == QDBusMessage::ReplyMessage, qPrintable(answer.errorMessage()));
    }

    /// As a person who types the password.
    static void unlockKeychain()
    {
        const auto call = [](const QString &path, const QString &interface, const QString &method,
                             const QVariantList &arguments) {
            QDBusMessage message = QDBusMessage::createMethodCall(u"org.gnome.keyring"_s, path, interface, method);
            message.setArguments(arguments);
            return QDBusConnection::sessionBus().call(message);
        };
        const QString path = u"/org/freedesktop/secrets"_s;
        const QDBusMessage opened = call(path, u"org.freedesktop.Secret.Service"_s, u"OpenSession"_s,
                                         {u"plain"_s, QVariant::fromValue(QDBusVariant(QString()))});
        QCOMPARE(opened.type(), QDBusMessage::ReplyMessage);
        QDBusArgument password;
        password.beginStructure();
        password << opened.arguments().at(1).value<QDBusObjectPath>() << QByteArray() << "password"_ba
                 << u"text/plain"_s;
        password.endStructure();
        const QDBusMessage unlocked = call(
            path, u"org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"_s, u"UnlockWithMasterPassword"_s,
            {QVariant::fromValue(QDBusObjectPath(path + u"/collection/login"_s)), QVariant::fromValue(password)});
        QVERIFY2(unlocked.type() == QDBusMessage::ReplyMessage, qPrintable(unlocked.errorMessage()));
    }

private Q_SLOTS:
    void initTestCase()
    {
        applyTheme(*qApp, ThemeChoice::Light);
        QGuiApplication::setQuitOnLastWindowClosed(false);
    }

    /// A server that takes the connection and says nothing holds up whoever waits for it for five seconds.
    void aHistoryThatNeverAnswersDoesNotHoldUpTheTray()
    {
        if (!QSqlDatabase::isDriverAvailable(u"QPSQL"_s))
            QSKIP("Qt's PostgreSQL driver is not installed");
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        const Host plum(u"plum"_s);
        LoadedSettings loaded;
        loaded.settings.databaseUrl = u"postgresql://ada@127.0.0.1:%1/history"_s.arg(silent.serverPort());
        loaded.settings.apiTokenFile = plum.world.path(u"token"_s);
        QFile token(loaded.settings.apiTokenFile);
        QVERIFY(token.open(QIODevice::WriteOnly) && token.write("0123456789abcdef0123456789abcdef\n") > 0);
        QVERIFY(token.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
        token.close();
        const SystemClock clock;
        auto agent = TrayAgent::make({.url = u"http://127.0.0.1:1"_s}, loaded, plum.paths, plum.world.tools(), clock);
        QVERIFY2(agent.ok(), agent ? "" : qPrintable(agent.error().message));
        QStringList told;
        (*agent)->pause({}, [&](const Status &held) { told += held ? u"held"_s : u"not held"_s; });
        (*agent)->resume([&](const Status &gone) { told += gone ? u"gone"_s : u"not gone"_s; });
        QCOMPARE(told, QStringList()); // and yet we are here
        QTRY_COMPARE_WITH_TIMEOUT(told, (QStringList{u"not held"_s, u"not gone"_s}), patience);
    }

    void thereIsOneTrayForEachDaemon()
    {
        const Host plum(u"plum"_s);
        const SystemClock clock;
        const auto nameOf = [&](const QString &url) {
            const TrayOptions options{.endpoint = {.url = url}};
            const LoadedSettings loaded;
            const auto name = instanceName(
                {options, plum.environment, plum.paths, loaded, plum.world.tools(), plum.world.processes(), clock},
                loaded);
            return name ? *name : name.error().message;
        };
        const QString usual = nameOf({});
        QCOMPARE(usual, u"tray"_s);
        QCOMPARE(nameOf(u"http://127.0.0.1:8200"_s), usual); // where it looks anyway
        const QString other = nameOf(u"https://apricot:8200"_s);
        QVERIFY2(other != usual && other.startsWith(u"tray-"_s), qPrintable(other));
        QCOMPARE(nameOf(u"https://apricot:8200/"_s), other);
        QVERIFY(nameOf(u"https://cherry:8200"_s) != other);
    }

    void whoNeverUsedItIsLedToADaemonThatCommits()
    {
        Host plum(u"plum"_s);
        FakeModelServer models;
        models.onPath(
            "/v1/models",
            Wire::error(200, R"({"data":[{"id":"ministral-3b-instruct"},{"id":"ministral-14b-reasoning"}]})"));
        plum.environment.insert(u"AUTO_COMMIT_COORDINATOR_URL"_s, models.baseUrl());
        plum.environment.insert(u"AUTO_COMMIT_ON_NO_MODEL"_s, u"fallback"_s);
        const Checkout alpha(plum.world, u"alpha"_s);
        const Checkout beta(plum.world, u"beta"_s);
        beta.repo.write(".env", "PORT=1\n", 3600);
        const Tray tray(plum.world, plum.environment);
        FirstRunGuide *guide = openedGuide(); // by itself
        QVERIFY(guide);

        chooseFolder(*guide, plum.world.path(u"home/code"_s));
        click(*guide, u"Look, change nothing"_s);
        reach(*guide, FirstRun::Step::Plan);
        const QString plan = textOf(rows(*guide, u"What would be committed"_s));
        QVERIFY2(plan.contains(u"alpha"_s) && plan.contains(u"beta"_s) && plan.contains(u"main"_s), qPrintable(plan));
        QVERIFY2(plan.contains(u"left out: .env: "_s), qPrintable(plan));
        QCOMPARE(alpha.repo.head(), alpha.before);

        click(*guide, u"Next"_s);
        reach(*guide, FirstRun::Step::Checks);
        QTRY_VERIFY_WITH_TIMEOUT(!guide->model().isBusy(), patience);
        const QAbstractItemModel &checks = *rows(*guide, u"What was tested"_s);
        const auto stateOf = [&](const QString &words) {
            for (int row = 0; row < checks.rowCount(); ++row)
                if (const QModelIndex index = checks.index(row, 0);
                    (index.data().toString() + index.siblingAtColumn(1).data().toString()).contains(words))
                    return index.data(CheckTable::StateRole).toString();
            return textOf(&checks);
        };
        QCOMPARE(stateOf(models.baseUrl().section(u"//"_s, 1).section(u'/', 0, 0)), u"ok"_s);
        QVERIFY2(textOf(&checks).contains(u"hub"_s, Qt::CaseInsensitive), qPrintable(textOf(&checks)));
        QCOMPARE(guide->model().checks().summary().isEmpty(), false);

        click(*guide, u"Next"_s);
        reach(*guide, FirstRun::Step::Way);
        click(*guide, u"Next"_s);
        QVERIFY(!QFile::exists(plum.paths.configFile())); // nothing is changed before the last step
        QCOMPARE(alpha.repo.head(), alpha.before);
        startWithoutLogin(*guide);
        QTRY_VERIFY_WITH_TIMEOUT(alpha.isCommitted(plum.world) && beta.isCommitted(plum.world), patience);
        click(*guide, u"Show the window"_s);

        auto *window = topLevel<StateWindow>();
        QVERIFY(window);
        QTRY_VERIFY_WITH_TIMEOUT(isOnline(*window), patience);
        QTRY_COMPARE_WITH_TIMEOUT(rows(*window, u"Repositories"_s)->rowCount(), 2, patience);
        QVERIFY(plum.say({u"status"_s}).contains("default"));
        QVERIFY(plum.config().contains("autostart")); // `commits start --all` finds it again
    }

    void anotherComputerDescribesAndTheTokenIsInAFileWhereThereIsNoKeychain()
    {
        if (m_session)
            QSKIP("there is a keychain");
        const Apricot apricot;
        Host plum(u"plum"_s);
        const Checkout pear(plum.world, u"pear"_s);
        const Tray tray(plum.world, plum.environment);
        FirstRunGuide *guide = openedGuide();
        QVERIFY(guide);
        goToTheWay(*guide, plum.world.path(u"home/code"_s));
        describeThere(*guide, apricot.url, u"wrong-"_s + apricot.token);
        QTRY_VERIFY_WITH_TIMEOUT(guide->model().error().contains(u"does not accept the token"_s), patience);
        QCOMPARE(guide->model().step(), FirstRun::Step::Way);
        for (QLineEdit *field : guide->findChildren<QLineEdit *>())
            if (field->accessibleName() == u"Token"_s) {
                field->selectAll();
                QTest::keyClicks(field, apricot.token);
            }
        click(*guide, u"Test and go on"_s);
        QTRY_VERIFY_WITH_TIMEOUT(guide->model().readyText().contains(u"apricot"_s), patience);
        startWithoutLogin(*guide);
        QVERIFY2(guide->model().doneText().contains(u"~/.config/commits/agent-token"_s),
                 qPrintable(guide->model().doneText()));
        QVERIFY2(guide->model().doneText().contains(u"no keychain answers"_s), qPrintable(guide->model().doneText()));
        const QString file = plum.paths.configDir() + u"/agent-token"_s;
        QCOMPARE(QFile::permissions(file) & ~(QFile::ReadUser | QFile::WriteUser),
                 QFile::ReadOwner | QFile::WriteOwner);

        click(*guide, u"Show the window"_s);
        QTRY_VERIFY_WITH_TIMEOUT(pear.isCommitted(plum.world), patience);
        QTRY_VERIFY_WITH_TIMEOUT(apricot.history().contains(pear.repo.head()), patience);
        auto *window = topLevel<StateWindow>();
        QVERIFY(window);
        QTRY_VERIFY_WITH_TIMEOUT(isOnline(*window), patience); // at apricot
        QVERIFY(plum.say({u"history"_s, u"--json"_s}).contains(pear.repo.head()));
    }

    void aTokenInTheKeychainIsFoundAgain()
    {
        if (!m_session)
            QSKIP("no keychain");
        const Apricot apricot;
        Host plum(u"plum"_s);
        const Checkout pear(plum.world, u"pear"_s);
        {
            const Tray tray(plum.world, plum.environment);
            FirstRunGuide *guide = openedGuide();
            QVERIFY(guide);
            goToTheWay(*guide, plum.world.path(u"home/code"_s));
            describeThere(*guide, apricot.url, apricot.token);
            startWithoutLogin(*guide);
            QCOMPARE(guide->model().doneText(), u"auto-commit runs."_s);
            click(*guide, u"Show the window"_s);
            QTRY_VERIFY_WITH_TIMEOUT(pear.isCommitted(plum.world), patience);
            QTRY_VERIFY_WITH_TIMEOUT(apricot.history().contains(pear.repo.head()), patience);
            QTRY_VERIFY_WITH_TIMEOUT(topLevel<StateWindow>() && isOnline(*topLevel<StateWindow>()), patience);
        }
        QCOMPARE(**readSecret(hostTokenName(QUrl(apricot.url))), apricot.token.toLatin1());
        QCOMPARE(filesWith(plum.world.path(u"home"_s), apricot.token.toLatin1()), QStringList());
        const Tray again(plum.world, plum.environment);
        QTRY_VERIFY_WITH_TIMEOUT(topLevel<StateWindow>() && isOnline(*topLevel<StateWindow>()), patience);
    }

    /// Nobody types its password here: the question goes nowhere.
    void aLockedKeychainHoldsUpNothingAndIsAskedAgain()
    {
        if (!m_session)
            QSKIP("no keychain");
        const Apricot apricot;
        Host plum(u"plum"_s);
        plum.say({u"config"_s, u"set"_s, u"api_url"_s, apricot.url});
        QVERIFY(writeSecret(hostTokenName(QUrl(apricot.url)), apricot.token.toLatin1()));
        lockKeychain();
        const Tray tray(plum.world, plum.environment);
        QTRY_VERIFY_WITH_TIMEOUT(topLevel<StateWindow>() != nullptr, patience);
        auto *window = topLevel<StateWindow>();
        QTRY_VERIFY_WITH_TIMEOUT(named<QPushButton>(*window, u"Try again"_s), patience);
        QTest::qWait(1500); // while the keychain is being asked
        QVERIFY(!isOnline(*window));
        QTest::mouseClick(named<QPushButton>(*window, u"Try again"_s), Qt::LeftButton);
        QVERIFY(!isOnline(*window));
        unlockKeychain();
        for (int tries = 0; tries < 30 && !isOnline(*window); ++tries) {
            if (auto *again = named<QPushButton>(*window, u"Try again"_s))
                again->click();
            (void)QTest::qWaitFor([&] { return isOnline(*window); }, 2000);
        }
        QVERIFY(isOnline(*window));
    }
};

int main(int argc, char **argv)
{
    if (!qEnvironmentVariableIsSet(inSession)) // neither a keychain nor a panel of whoever runs this
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
    QApplication app(argc, argv);
    TestTrayProgram test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_trayprogram.moc"
