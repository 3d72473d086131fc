#include "core/config/paths.h"
#include "core/config/settingsloader.h"

#include <QFile>
#include <QJsonArray>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

class TestSettings : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;

    QString fileWith(const QByteArray &text) const
    {
        QFile file(m_dir.filePath(u"config.json"_s));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) < 0)
            qFatal("cannot write");
        return file.fileName();
    }

    static QProcessEnvironment environment(const QMap<QString, QString> &values = {})
    {
        QProcessEnvironment result(QProcessEnvironment::Initialization{});
        result.insert(u"HOME"_s, u"/home/dev"_s);
        for (auto it = values.begin(); it != values.end(); ++it)
            result.insert(it.key(), *it);
        return result;
    }

private Q_SLOTS:
    void everySettingHasOneRowWithSaneText()
    {
        QSet<QString> keys;
        for (const SettingSpec &spec : settingSpecs()) {
            QVERIFY2(!keys.contains(spec.name()), spec.key);
            keys.insert(spec.name());
            QVERIFY2(QByteArray(spec.help).endsWith('.') && QByteArray(spec.help).size() < 140, spec.key);
            Settings settings;
            const QString text = settingText(spec, settings);
            QVERIFY2(applyText(spec, text, settings).ok(), spec.key);
            QCOMPARE(settingText(spec, settings), text);
            QVERIFY2(applyJson(spec, settingJson(spec, settings), settings).ok(), spec.key);
        }
        // Every member has a row: a row changes exactly its own member, so as many rows as members.
        QCOMPARE(static_cast<qsizetype>(settingSpecs().size()), keys.size());
    }

    void laterSourcesWin()
    {
        const QString file = fileWith(R"({"max_new_files": 10, "subject_length": 60, "push": false})");
        const auto loaded = loadSettings(
            file, environment({{u"AUTO_COMMIT_SUBJECT_LENGTH"_s, u"65"_s}, {u"AUTO_COMMIT_PUSH"_s, u"yes"_s}}),
            {{u"push"_s, u"no"_s}});
        QVERIFY(loaded.ok());
        QCOMPARE(loaded->settings.maxNewFiles, 10);
        QCOMPARE(loaded->settings.subjectLength, 65);
        QCOMPARE(loaded->settings.push, false);
        QCOMPARE(loaded->origin.value(u"max_new_files"_s), file);
        QCOMPARE(loaded->origin.value(u"subject_length"_s), u"AUTO_COMMIT_SUBJECT_LENGTH"_s);
        QCOMPARE(loaded->origin.value(u"push"_s), u"command line"_s);
    }

    void wrongValuesNamePlaceKeyAndRange_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("parts");
        QTest::newRow("out of range") << QByteArray("{\n\"push\": true,\n\"subject_length\": 7}")
                                      << QStringList{u"config.json:3"_s, u"subject_length"_s, u"40 to 100"_s,
                                                     u"\"7\""_s};
        QTest::newRow("wrong type") << QByteArray("{\"push\": \"maybe\"}")
                                    << QStringList{u"config.json:1"_s, u"push"_s, u"yes or no"_s};
        QTest::newRow("no such choice") << QByteArray("{\"message_style\": \"haiku\"}")
                                        << QStringList{u"message_style"_s, u"auto | conventional | plain"_s};
        QTest::newRow("no times of day") << QByteArray("{\"quiet_hours\": [\"22:00-07:00\", \"22-7\"]}")
                                         << QStringList{u"config.json:1"_s, u"quiet_hours"_s, u"22-7"_s,
                                                        u"HH:MM-HH:MM"_s};
        QTest::newRow("no such power rule")
            << QByteArray("{\"on_battery\": \"sleep\"}") << QStringList{u"on_battery"_s, u"run | wait"_s};
        QTest::newRow("no such network rule")
            << QByteArray("{\"on_metered\": \"wait\"}") << QStringList{u"on_metered"_s, u"run | local"_s};
        QTest::newRow("quiet hours for one directory")
            << QByteArray("{\"directory_overrides\": {\"/a\": {\"quiet_hours\": []}}}")
            << QStringList{u"whole machine"_s};
        QTest::newRow("list with a number") << QByteArray("{\"exclude\": [1]}") << QStringList{u"exclude"_s};
        QTest::newRow("broken JSON") << QByteArray("{\n\n\"push\": tru }")
                                     << QStringList{u"config.json:3"_s, u"not valid JSON"_s};
        QTest::newRow("broken JSON at the end of a line")
            << QByteArray("{\n\"push\": tru\n}") << QStringList{u"config.json:2"_s, u"not valid JSON"_s};
        QTest::newRow("not an object") << QByteArray("[1]") << QStringList{u"one JSON object"_s};
        QTest::newRow("override of a machine setting")
            << QByteArray("{\"directory_overrides\": {\"/a\": {\"max_parallel_repos\": 2}}}")
            << QStringList{u"whole machine"_s};
        QTest::newRow("override with a typo")
            << QByteArray("{\"directory_overrides\": {\"/a\": {\"user_nam\": \"x\"}}}")
            << QStringList{u"did you mean \"user_name\""_s};
        QTest::newRow("relative override")
            << QByteArray("{\"directory_overrides\": {\"a\": {}}}") << QStringList{u"not an absolute path"_s};
    }
    void wrongValuesNamePlaceKeyAndRange()
    {
        QFETCH(QByteArray, text);
        QFETCH(QStringList, parts);
        const auto loaded = loadSettings(fileWith(text), environment());
        QVERIFY(!loaded.ok());
        QCOMPARE(loaded.error().kind, ErrorKind::Config);
        for (const QString &part : parts)
            QVERIFY2(loaded.error().message.contains(part), qPrintable(loaded.error().message));
    }

    void aWrongEnvironmentVariableIsNamed()
    {
        const auto loaded
            = loadSettings(u"/nonexistent"_s, environment({{u"AUTO_COMMIT_MAX_FILE_BYTES"_s, u"huge"_s}}));
        QVERIFY(!loaded.ok());
        QVERIFY(loaded.error().message.contains(u"AUTO_COMMIT_MAX_FILE_BYTES"_s));
    }

    void quietHoursBatteryAndMeteredNetworkAreReadFromFileAndEnvironment()
    {
        const QString file = fileWith(R"({"quiet_hours": ["22:00-07:00", "12:30-13:15"], "on_battery": "wait"})");
        const auto loaded = loadSettings(file, environment({{u"AUTO_COMMIT_ON_METERED"_s, u"local"_s}}));
        QVERIFY(loaded.ok());
        QCOMPARE(loaded->settings.quietHours, (QStringList{u"22:00-07:00"_s, u"12:30-13:15"_s}));
        QCOMPARE(loaded->settings.onBattery, u"wait"_s);
        QCOMPARE(loaded->settings.onMetered, u"local"_s);
        const auto other
            = loadSettings(file, environment({{u"AUTO_COMMIT_QUIET_HOURS"_s, u"23:00-6:30, 1:00-2:00"_s}}));
        QVERIFY(other.ok());
        QCOMPARE(other->settings.quietHours, (QStringList{u"23:00-6:30"_s, u"1:00-2:00"_s}));
    }

    void anUnknownKeyIsAWarningWithTheNearestName()
    {
        const auto loaded = loadSettings(fileWith("{\"max_file_byte\": 5, \"daemons\": []}"), environment());
        QVERIFY(loaded.ok());
        QCOMPARE(loaded->warnings.size(), 1);
        QVERIFY(loaded->warnings[0].contains(u"max_file_bytes"_s));
    }

    void sizesAndDurationsTakeUnits()
    {
        Settings settings;
        QVERIFY(applyText(*findSetting(u"max_file_bytes"_s), u"10M"_s, settings).ok());
        QCOMPARE(settings.maxFileBytes, 10LL << 20);
        QVERIFY(applyText(*findSetting(u"max_file_bytes"_s), u"2 GiB"_s, settings).ok());
        QCOMPARE(settings.maxFileBytes, 2LL << 30);
        QVERIFY(applyText(*findSetting(u"network_timeout_seconds"_s), u"5m"_s, settings).ok());
        QCOMPARE(settings.networkTimeout, std::chrono::seconds(300));
        QVERIFY(!applyText(*findSetting(u"network_timeout_seconds"_s), u"99999999999999999999d"_s, settings).ok());
        QVERIFY(!applyText(*findSetting(u"network_timeout_seconds"_s), u"-5"_s, settings).ok());
    }

    void textsAreOneLineWithoutControlCharacters()
    {
        Settings settings;
        const SettingSpec &trailer = *findSetting(u"commit_trailer"_s);
        const SettingSpec &list = *findSetting(u"exclude"_s);
        for (const QString &wrong : {u"A: b\nSigned-off-by: me"_s, u"A: b\r"_s, u"a\u001b[2J"_s, u"a\u2028b"_s}) {
            QVERIFY2(!applyText(trailer, wrong, settings).ok(), qPrintable(wrong));
            QVERIFY2(!applyJson(trailer, wrong, settings).ok(), qPrintable(wrong));
            QVERIFY2(!applyText(list, wrong, settings).ok(), qPrintable(wrong));
            QVERIFY2(!applyJson(list, QJsonArray{wrong}, settings).ok(), qPrintable(wrong));
        }
        QVERIFY(settings.commitTrailer.isEmpty() && settings.exclude.isEmpty());
        QVERIFY(applyText(trailer, u"Über: späte Änderung 🙂"_s, settings).ok());
    }

    void theLongestDirectoryPrefixWinsAndGitConfigAfterIt()
    {
        const auto loaded = loadSettings(
            fileWith(
                R"({"directory_overrides": {"/w/": {"user_name": "W", "push": false}, "/w/deep": {"user_name": "D"}, "~/x": {"user_name": "X"}}})"),
            environment());
        QVERIFY(loaded.ok());
        QCOMPARE(loaded->forCheckout(u"/w/deep/r"_s, {})->userName, u"D"_s);
        QCOMPARE(loaded->forCheckout(u"/w/deep/r"_s, {})->push, false);
        QCOMPARE(loaded->forCheckout(u"/w/deeper"_s, {})->userName, u"W"_s);
        QCOMPARE(loaded->forCheckout(u"/home/dev/x"_s, {})->userName, u"X"_s);
        QCOMPARE(loaded->forCheckout(u"/w/deep/r"_s, {{u"autocommit.push"_s, u"true"_s}})->push, true);
    }

    void aRepositoryCannotWeakenTheGate()
    {
        const auto loaded = loadSettings(u"/nonexistent"_s, environment());
        QStringList ignored;
        const auto settings = loaded->forCheckout(
            u"/r"_s, {{u"autocommit.allow-names"_s, u"*"_s}, {u"autocommit.extra-path"_s, u"/evil"_s}}, &ignored);
        QVERIFY(settings.ok());
        QVERIFY(settings->allowNames.isEmpty() && settings->extraPath.isEmpty());
        QCOMPARE(ignored.size(), 2);
    }

    void aKeyOfGitConfigThatNobodyKnowsIsNamedWithTheNearestOne()
    {
        const auto loaded = loadSettings(u"/nonexistent"_s, environment());
        QStringList passedOver;
        const auto settings = loaded->forCheckout(
            u"/r"_s, {{u"autocommit.pussh"_s, u"false"_s}, {u"autocommit.max-new-fils"_s, u"1"_s}}, &passedOver);
        QVERIFY(settings.ok());
        QCOMPARE(passedOver,
                 QStringList({u"git config autocommit.max-new-fils: nobody knows this key; did you mean "
                              "autocommit.max-new-files?"_s,
                              u"git config autocommit.pussh: nobody knows this key; did you mean autocommit.push?"_s}));
    }

    void writingASettingKeepsTheRest()
    {
        const QString file = fileWith(R"({"daemons": [{"name": "a"}], "push": true})");
        QVERIFY(writeSetting(file, *findSetting(u"subject_length"_s), u"66"_s).ok());
        QVERIFY(!writeSetting(file, *findSetting(u"subject_length"_s), u"6"_s).ok());
        QVERIFY(writeSetting(file, *findSetting(u"push"_s), std::nullopt).ok());
        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        const QByteArray text = written.readAll();
        QVERIFY(text.contains("\"daemons\"") && text.contains("66") && !text.contains("push"));
    }

    void theAutostartListIsReadWithoutAWarning()
    {
        const auto loaded
            = loadSettings(fileWith(R"({"autostart": [{"name": "night", "paths": ["~/code", "/srv"], "recursive": true,
                                        "interval": "5m", "port": 8201}, {"name": "b", "paths": ["/b"]}]})"),
                           environment());
        QVERIFY2(loaded.ok(), loaded ? "" : qPrintable(loaded.error().message));
        QVERIFY(loaded->warnings.isEmpty());
        const AutostartEntry night{.name = u"night"_s,
                                   .paths = {u"/home/dev/code"_s, u"/srv"_s},
                                   .recursive = true,
                                   .interval = std::chrono::minutes(5),
                                   .port = 8201};
        QCOMPARE(loaded->autostart, (QList<AutostartEntry>{night, {.name = u"b"_s, .paths = {u"/b"_s}}}));
    }

    void aWrongAutostartListNamesTheEntryAndWhatIsAllowed_data()
    {
        QTest::addColumn<QByteArray>("list");
        QTest::addColumn<QString>("said");
        QTest::newRow("no list") << QByteArray("{}") << u"expected a list"_s;
        QTest::newRow("no name") << QByteArray(R"([{"paths": ["/a"]}])") << u"entry 1: name"_s;
        QTest::newRow("no path") << QByteArray(R"([{"name": "a", "paths": []}])") << u"entry 1: paths"_s;
        QTest::newRow("relative") << QByteArray(R"([{"name": "a", "paths": ["x"]}])") << u"not an absolute path"_s;
        QTest::newRow("interval") << QByteArray(R"([{"name": "a", "paths": ["/a"], "interval": 3}])")
                                  << u"10 to 86400"_s;
        QTest::newRow("recursive") << QByteArray(R"([{"name": "a", "paths": ["/a"], "recursive": 1}])")
                                   << u"recursive"_s;
        QTest::newRow("key") << QByteArray(R"([{"name": "a", "paths": ["/a"], "path": 1}])") << u"\"path\""_s;
        QTest::newRow("twice") << QByteArray(R"([{"name": "a", "paths": ["/a"]}, {"name": "a", "paths": ["/b"]}])")
                               << u"entry 2"_s;
    }

    void aWrongAutostartListNamesTheEntryAndWhatIsAllowed()
    {
        QFETCH(QByteArray, list);
        QFETCH(QString, said);
        const auto loaded = loadSettings(fileWith("{\n\"autostart\": " + list + "}"), environment());
        QVERIFY(!loaded.ok());
        QCOMPARE(loaded.error().kind, ErrorKind::Config);
        QVERIFY2(loaded.error().message.contains(said) && loaded.error().message.contains(u"config.json:2"_s),
                 qPrintable(loaded.error().message));
    }

    void savingADaemonReplacesTheOneOfItsNameAndKeepsTheRest()
    {
        const QString file = fileWith(
            R"({"push": false, "autostart": [{"name": "a", "paths": ["/a"]}, {"name": "b", "paths": ["/b"]}]})");
        const AutostartEntry changed{.name = u"a"_s, .paths = {u"/x"_s}, .interval = std::chrono::seconds(90)};
        const AutostartEntry added{.name = u"c"_s, .paths = {u"/c"_s}, .recursive = true, .port = 0};
        QVERIFY(saveAutostart(file, changed).ok());
        QVERIFY(saveAutostart(file, added).ok());
        const auto loaded = loadSettings(file, environment());
        QVERIFY(loaded.ok());
        QCOMPARE(loaded->settings.push, false);
        QCOMPARE(loaded->autostart, (QList<AutostartEntry>{changed, {.name = u"b"_s, .paths = {u"/b"_s}}, added}));
    }

    void aSettingThatCannotBeWrittenSaysWhy()
    {
        const QString inTheWay = fileWith("{}");
        const Status written
            = writeSetting(inTheWay + u"/commits/c.json"_s, *findSetting(u"subject_length"_s), u"66"_s);
        QVERIFY(!written);
        QVERIFY2(written.error().message.contains(qt_error_string(ENOTDIR)), qPrintable(written.error().message));
    }

    void theXdgVariablesMoveEverything()
    {
        const Paths usual(environment());
        QCOMPARE(usual.database(), u"/home/dev/.cache/commits/auto_commit.db"_s);
        QCOMPARE(usual.configFile(), u"/home/dev/.config/commits/startup-config.json"_s);
        const Paths moved(environment({{u"XDG_CACHE_HOME"_s, u"/c"_s},
                                       {u"XDG_CONFIG_HOME"_s, u"relative"_s},
                                       {u"XDG_RUNTIME_DIR"_s, u"/run/u"_s}}));
        QCOMPARE(moved.cacheDir(), u"/c/commits"_s);
        QCOMPARE(moved.configDir(), u"/home/dev/.config/commits"_s);
        QCOMPARE(moved.runtimeDir(), u"/run/u/commits"_s);
        QCOMPARE(usual.abbreviateHome(u"/home/dev/code"_s), u"~/code"_s);
        QCOMPARE(usual.abbreviateHome(u"/home/developer"_s), u"/home/developer"_s);
    }
};

QTEST_APPLESS_MAIN(TestSettings)
#include "tst_settings.moc"
