#include "app/terminal.h"
#include "app/traylogin.h"
#include "app/trayprogram.h"
#include "core/base/coredump.h"
#include "core/base/log.h"
#include "tray/icon/stateicon.h"
#include "tray/window/theme.h"

#include <QApplication>

#include <algorithm>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

namespace {

/// The agent of --commit-local; wrong settings are no ground to commit by the defaults.
Result<std::unique_ptr<TrayAgent>> askedAgent(const TrayParts &parts, const Result<LoadedSettings> &loaded)
{
    AC_ASSIGN(const QStringList roots, localRoots(parts.options, parts.paths));
    if (!loaded)
        return loaded.error();
    return makeTrayAgent(parts, *loaded, roots);
}

int fail(const Error &error)
{
    Terminal().errLine(u"commits-tray: error: "_s + error.message);
    return 2;
}

} // namespace

int main(int argc, char **argv)
{
    leaveNoCoreDump();
    if (argc == 2 && qstrcmp(argv[1], "--man") == 0) { // before a display is needed: packages are made with it
        Terminal().out(trayManualPage());
        return 0;
    }
    const bool showsNothing = std::any_of(argv + 1, argv + argc, [](const char *word) { // works without a display
        const QByteArrayView text(word);
        return text.startsWith("--start-at-login") || text == "--help" || text == "-h" || text == "--help-all"
            || text == "--version" || text == "-v";
    });
    if (showsNothing) {
        const QCoreApplication app(argc, argv);
        QCoreApplication::setApplicationName(u"commits-tray"_s);
        QCoreApplication::setApplicationVersion(QStringLiteral(AC_VERSION));
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
    const auto processes = makeProcessRunner();
    const Result<GitTools> tools = GitTools::find(environment, settings.extraPath, settings.gitProgram, *processes);
    const GitTools git = tools ? *tools : GitTools{u"git"_s, GitEnvironment(environment, {}), processes.get()};
    const SystemClock clock;
    const LoadedSettings known = loaded ? *loaded : LoadedSettings();
    const TrayParts parts{.options = options,
                          .environment = environment,
                          .paths = paths,
                          .loaded = known,
                          .git = git,
                          .processes = *processes,
                          .clock = clock};
    const Result<QString> name = instanceName(parts, known);
    if (!name)
        return fail(name.error());
    SingleInstance single(paths.runtimeDir(), *name);
    const Result<SingleInstance::Place> place = single.claim();
    if (!place)
        return fail(place.error());
    if (*place == SingleInstance::Place::Another)
        return 0;

    applyTheme(app, options.theme);
    const Result<ApiEndpoint> endpoint = endpointNow(parts, known);
    if (!endpoint)
        return fail(endpoint.error());
    std::unique_ptr<TrayAgent> agent;
    if (options.commitLocal) {
        Result<std::unique_ptr<TrayAgent>> made = askedAgent(parts, loaded);
        if (!made)
            return fail(made.error());
        agent = *std::move(made);
    }
    TrayProgram program(parts, *endpoint, std::move(agent));
    if (const Status started = program.start(single); !started)
        return fail(started.error());
    const int exitCode = QCoreApplication::exec();
    program.stop();
    return exitCode;
}
