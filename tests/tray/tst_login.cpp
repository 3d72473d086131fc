#include "tray/model/loginsetting.h"

#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

namespace {

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

} // namespace

class TestLogin : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCommandComesBackAsItWasWritten_data()
    {
        QTest::addColumn<int>("form");
        QTest::addColumn<QStringList>("command");
        const QStringList hard{u"/opt/My \"Apps\"/commits tray"_s,
                               u"--commit-local"_s,
                               u"/home/ada/100% code"_s,
                               u"/home/ada/$HOME `x`"_s,
                               u"/home/ada/back\\slash\\"_s,
                               u"/home/ada/<a>&b"_s,
                               u"/home/ada/Größe"_s,
                               u"/home/ada/two\nlines"_s,
                               QString()};
        for (const auto &[form, name] :
             {std::pair{LoginForm::DesktopEntry, "entry"}, {LoginForm::LaunchAgent, "agent"}}) {
            QTest::addRow("%s plain", name) << static_cast<int>(form) << QStringList{u"/usr/bin/commits-tray"_s};
            QTest::addRow("%s hard", name) << static_cast<int>(form) << hard;
        }
    }

    void aCommandComesBackAsItWasWritten()
    {
        QFETCH(int, form);
        QFETCH(QStringList, command);
        const QString text = loginEntryText(static_cast<LoginForm>(form), command);
        QVERIFY(text.contains(u"auto-commit"_s));
        QVERIFY2(!text.contains(u'@'), qPrintable(text));
        QCOMPARE(loginEntryCommand(static_cast<LoginForm>(form), text), std::optional(command));
    }

    void whatOthersWroteIsUnderstood_data()
    {
        QTest::addColumn<int>("form");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("command");
        const auto entry = static_cast<int>(LoginForm::DesktopEntry);
        const auto agent = static_cast<int>(LoginForm::LaunchAgent);
        QTest::newRow("plain") << entry << u"[Desktop Entry]\nExec=/a/b --x %U\n"_s << QStringList{u"/a/b"_s, u"--x"_s};
        QTest::newRow("hidden") << entry << u"[Desktop Entry]\nExec=/a\nHidden=true\n"_s << QStringList();
        QTest::newRow("switched off by the desktop")
            << entry << u"[Desktop Entry]\nExec=/a\nX-GNOME-Autostart-enabled=false\n"_s << QStringList();
        QTest::newRow("another group") << entry << u"[Desktop Action x]\nExec=/a\n"_s << QStringList();
        QTest::newRow("empty") << entry << QString() << QStringList();
        const QString dict
            = u"<plist version=\"1.0\"><dict><key>ProgramArguments</key><array><string>/a</string></array>%1"
              "</dict></plist>"_s;
        QTest::newRow("at load") << agent << dict.arg(u"<key>RunAtLoad</key><true/>"_s) << QStringList{u"/a"_s};
        QTest::newRow("not at load") << agent << dict.arg(QString()) << QStringList();
        QTest::newRow("disabled") << agent << dict.arg(u"<key>RunAtLoad</key><true/><key>Disabled</key><true/>"_s)
                                  << QStringList();
        QTest::newRow("cut") << agent << dict.arg(u"<key>RunAtLoad</key><true/>"_s).chopped(9) << QStringList();
    }

    void whatOthersWroteIsUnderstood()
    {
        QFETCH(int, form);
        QFETCH(QString, text);
        QFETCH(QStringList, command);
        QCOMPARE(loginEntryCommand(static_cast<LoginForm>(form), text).value_or(QStringList()), command);
    }

    void turnedOnItStandsWhereTheSessionLooks()
    {
        const QTemporaryDir home;
        QProcessEnvironment environment;
        environment.insert(u"HOME"_s, home.path());
        const LoginStart login = LoginStart::ofThisSystem(environment, Paths(environment), u"/usr/bin/commits-tray"_s);
#ifdef Q_OS_MACOS
        QCOMPARE(login.file(), home.filePath(u"Library/LaunchAgents/org.auto-commit.tray.plist"_s));
#else
        QCOMPARE(login.file(), home.filePath(u".config/autostart/commits-tray.desktop"_s));
#endif
        QVERIFY(login.command().isEmpty());
        QVERIFY(login.turnOn({u"--url"_s, u"https://apricot:8200"_s}));
        QCOMPARE(login.command(), QStringList({u"/usr/bin/commits-tray"_s, u"--url"_s, u"https://apricot:8200"_s}));
        QVERIFY(login.turnOff());
        QVERIFY(!QFileInfo::exists(login.file()));
        QVERIFY(login.turnOff()); // off is off
    }

    void anAppImageStartsTheImageAndNotWhatRunsInIt()
    {
        QProcessEnvironment environment;
        environment.insert(u"HOME"_s, u"/home/ada"_s);
        environment.insert(u"APPIMAGE"_s, u"/home/ada/auto-commit.AppImage"_s);
        const LoginStart login
            = LoginStart::ofThisSystem(environment, Paths(environment), u"/tmp/.mount/commits-tray"_s);
#ifndef Q_OS_MACOS
        QCOMPARE(login.program(), u"/home/ada/auto-commit.AppImage"_s);
#endif
    }

    void aDownloadThatWasNeverMovedIsRefused()
    {
        const QTemporaryDir dir;
        const LoginStart login(LoginForm::LaunchAgent, dir.filePath(u"x.plist"_s),
                               u"/private/var/AppTranslocation/1/d/commits-tray.app/Contents/MacOS/commits-tray"_s);
        const Status turned = login.turnOn({});
        QVERIFY(!turned);
        QVERIFY(turned.error().message.contains(u"Applications"_s));
        QVERIFY(!QFileInfo::exists(login.file()));
    }

    void committingIsNeverPartOfItUnlessChosen()
    {
        const QTemporaryDir dir;
        const QString file = dir.filePath(u"autostart/commits-tray.desktop"_s);
        LoginSetting setting(LoginStart(LoginForm::DesktopEntry, file, u"/bin/sh"_s), {u"--theme"_s, u"dark"_s},
                             u"/home/ada"_s);
        QSignalSpy changed(&setting, &LoginSetting::changed);
        QVERIFY(setting.setOn(true));
        QCOMPARE(changed.size(), 1);
        QVERIFY(setting.isOn());
        QVERIFY(!setting.commitsLocal());
        QVERIFY(!contents(file).contains("commit-local"));
        QVERIFY(contents(file).contains("\"--theme\" \"dark\""));
        QVERIFY(setting.setCommitsLocal({u"/home/ada/code"_s}));
        QCOMPARE(setting.folders(), QStringList{u"/home/ada/code"_s});
        QVERIFY2(setting.sentence().contains(u"~/code"_s), qPrintable(setting.sentence()));
        QVERIFY(setting.setCommitsLocal({}));
        QVERIFY(setting.isOn() && !setting.commitsLocal());
        QVERIFY(setting.setOn(false));
        QVERIFY(!QFileInfo::exists(file));
    }

    void itSaysWhatTheFileSaysWhoeverWroteIt()
    {
        const QTemporaryDir dir;
        const QString file = dir.filePath(u"x.desktop"_s);
        LoginSetting setting(LoginStart(LoginForm::DesktopEntry, file, u"/bin/sh"_s), {}, u"/home/ada"_s);
        QVERIFY(!setting.isOn());
        write(file, "[Desktop Entry]\nExec=/bin/ls --commit-local /srv\n");
        setting.refresh();
        QVERIFY(setting.isOn() && setting.commitsLocal());
        QVERIFY2(setting.sentence().contains(u"/bin/ls"_s) && setting.sentence().contains(u"/bin/sh"_s),
                 qPrintable(setting.sentence()));
        write(file, "[Desktop Entry]\nExec=/gone/commits-tray\n");
        setting.refresh();
        QVERIFY2(setting.sentence().contains(u"not there any more"_s), qPrintable(setting.sentence()));
    }

    void aFileThatCannotBeWrittenIsSaid()
    {
        const QTemporaryDir dir;
        write(dir.filePath(u"autostart"_s), "in the way");
        LoginSetting setting(LoginStart(LoginForm::DesktopEntry, dir.filePath(u"autostart/x.desktop"_s), u"/bin/sh"_s),
                             {}, u"/home/ada"_s);
        QVERIFY(!setting.setOn(true));
        QVERIFY(!setting.isOn());
        QVERIFY(!setting.error().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestLogin)
#include "tst_login.moc"
