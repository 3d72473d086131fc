#include "app/firstruncommands.h"

#include "core/api/apistatus.h"
#include "core/api/jsonread.h"
#include "core/base/cleantext.h"
#include "core/config/privatedir.h"
#include "core/keychain/keychain.h"
#include "tray/model/endpoint.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSaveFile>
#include <QStandardPaths>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr qsizetype longestExclusion = 300; // characters
constexpr auto unlockTime = 45s; // for a person who is asked for the keychain's password; the guide waits for 90

struct GuideWords
{
    Q_DECLARE_TR_FUNCTIONS(AutoCommit::GuideWords)
};

QString commitsProgram()
{
    const QString beside = QCoreApplication::applicationDirPath() + u"/commits"_s;
    return QFileInfo(beside).isExecutable() ? beside : QStandardPaths::findExecutable(u"commits"_s);
}

/// A word of the command line that must not be taken for an option.
QStringList behindOptions(const QStringList &words)
{
    return QStringList{u"--"_s} + words;
}

QString lastLine(const QByteArray &errors)
{
    return QString::fromUtf8(errors.trimmed().split('\n').last());
}

PlannedRepo parsePlanned(const QJsonObject &object)
{
    const auto subject = [](const QJsonObject &commit) { return textAt(commit, u"subject"); };
    const auto exclusion = [](const QJsonObject &left) {
        return cleanLine(textAt(left, u"path") + u": "_s + textAt(left, u"reason"), longestExclusion);
    };
    return {.path = textAt(object, u"path"),
            .branch = textAt(object, u"branch"),
            .state = textAt(object, u"state"),
            .reason = textAt(object, u"reason"),
            .subjects = listAt(object, u"commits", subject),
            .leftOut = listAt(object, u"excluded", exclusion)};
}

Status writeToken(const QString &path, const QString &token)
{
    AC_TRY(ensurePrivateDir(QFileInfo(path).path()));
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        || file.write(token.toUtf8() + '\n') < 0 || !file.commit())
        return Error{ErrorKind::IoError, u"%1: %2"_s.arg(path, file.errorString()), {}};
    return {};
}

QString introduction(const QJsonObject &status)
{
    const ApiStatus told = parseStatus(status);
    return GuideWords::tr("%1 (auto-commit %2)").arg(told.host, told.version);
}

} // namespace

Result<QList<PlannedRepo>> parsePlan(const QByteArray &json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject())
        return Error{ErrorKind::IoError, GuideWords::tr("The preview could not be read."), {}};
    return listAt(document.object(), u"repos", parsePlanned);
}

ProgramCommands::ProgramCommands(const ProcessRunner &processes, const QProcessEnvironment &environment,
                                 const Paths &paths, WorkLane &lane, StartLocalAgent startAgent)
    : m_processes(processes)
    , m_environment(environment)
    , m_paths(paths)
    , m_lane(lane)
    , m_startAgent(std::move(startAgent))
{ }

ProgramCommands::~ProgramCommands()
{
    m_cancel.cancel();
}

void ProgramCommands::cancel()
{
    std::exchange(m_cancel, CancelToken()).cancel();
    m_asking.reset();
}

Result<ProcessOutput> ProgramCommands::run(const QStringList &arguments, std::chrono::milliseconds timeout,
                                           const CancelToken &cancel) const
{
    ProcessRequest request{.label = u"commits "_s + arguments.value(0),
                           .program = commitsProgram(),
                           .arguments = arguments,
                           .workingDirectory = u"/"_s,
                           .timeout = timeout};
    if (request.program.isEmpty())
        return Error{ErrorKind::Config, GuideWords::tr("The program commits is not installed beside this one."), {}};
    const QStringList variables = m_environment.toStringList();
    for (const QString &variable : variables)
        request.environment.append(variable.toLocal8Bit());
    return m_processes.run(request, cancel);
}

Status ProgramCommands::runWell(const QStringList &arguments, const CancelToken &cancel) const
{
    AC_ASSIGN(const ProcessOutput output, run(arguments, 60s, cancel));
    if (!output.succeeded())
        return Error{ErrorKind::Unknown, lastLine(output.errors), {}};
    return {};
}

void ProgramCommands::preview(const QStringList &folders, QObject *context,
                              std::function<void(const Result<QList<PlannedRepo>> &)> answer)
{
    const auto work = [this, folders, cancel = m_cancel]() -> Result<QList<PlannedRepo>> {
        const QStringList arguments{u"once"_s, u"-R"_s, u"--dry-run"_s, u"--json"_s};
        AC_ASSIGN(const ProcessOutput output, run(arguments + behindOptions(folders), 10min, cancel));
        if (output.output.isEmpty())
            return Error{ErrorKind::Unknown, lastLine(output.errors), {}};
        return parsePlan(output.output);
    };
    m_lane.run(context, work, std::move(answer));
}

void ProgramCommands::check(const QStringList &repos, QObject *context,
                            std::function<void(const Result<QList<ApiCheck>> &)> answer)
{
    QStringList paths; // without any, doctor would look at the directory it is started in, which is no checkout
    for (const QString &repo : repos)
        paths += m_paths.expandHome(repo);
    const auto work = [this, paths, cancel = m_cancel]() -> Result<QList<ApiCheck>> {
        AC_ASSIGN(const ProcessOutput output,
                  run(QStringList{u"doctor"_s, u"--json"_s} + behindOptions(paths), 10min, cancel));
        const QJsonDocument document = QJsonDocument::fromJson(output.output);
        if (!document.isObject())
            return Error{ErrorKind::Unknown, lastLine(output.errors), {}};
        return listAt(document.object(), u"checks", parseCheck);
    };
    m_lane.run(context, work, std::move(answer));
}

void ProgramCommands::testRemote(const RemotePlace &place, QObject *context,
                                 std::function<void(const Result<QString> &)> answer)
{
    const Result<ApiEndpoint> endpoint = endpointOf(place);
    if (!endpoint) {
        QMetaObject::invokeMethod(
            context, [answer, error = endpoint.error()] { answer(error); }, Qt::QueuedConnection);
        return;
    }
    m_asking = std::make_unique<ApiClient>(*endpoint);
    m_asking->get(u"/status"_s, {}, context, [answer = std::move(answer)](const Result<QJsonObject> &told) {
        if (told)
            answer(introduction(*told));
        else
            answer(told.error());
    });
}

/// By the system's keeper of services where that is wanted and possible, else in the background until the next logout.
Result<QString> ProgramCommands::startDaemon(const StartWish &wish, const CancelToken &cancel) const
{
    const QStringList folders = QStringList{u"-R"_s} + behindOptions(wish.folders);
    Status kept;
    if (wish.atLogin) {
        kept = runWell(QStringList{u"service"_s, u"install"_s} + folders, cancel);
        if (kept)
            return QString();
    }
    AC_TRY(runWell(QStringList{u"start"_s, u"--save"_s} + folders, cancel));
    return wish.atLogin ? GuideWords::tr("The daemon runs until this computer is restarted, because the system does "
                                         "not keep it running: %1")
                              .arg(kept.error().message)
                        : QString();
}

/// In the keychain; in a file of this user's where there is none, or where a daemon's own token would be taken instead.
Result<QString> ProgramCommands::keepToken(const RemotePlace &place, const CancelToken &cancel) const
{
    const QString file = m_paths.configDir() + u"/agent-token"_s; // not "token", which is a daemon's own
    const bool daemonHere = QFileInfo::exists(m_paths.configDir() + u"/token"_s);
    const Status kept = daemonHere ? Error{ErrorKind::Config, GuideWords::tr("a daemon has run on this computer"), {}}
                                   : writeSecret(hostTokenName(QUrl(place.url)), place.token.toUtf8(), unlockTime);
    if (kept) {
        if (QFile::remove(file)) // of an earlier time; the setting that names it goes with it
            AC_TRY(runWell({u"config"_s, u"unset"_s, u"api_token_file"_s}, cancel));
        return QString();
    }
    AC_TRY(writeToken(file, place.token));
    AC_TRY(runWell({u"config"_s, u"set"_s, u"api_token_file"_s, file}, cancel));
    return GuideWords::tr("The token is kept in %1, which only you can read, and not in the keychain: %2")
        .arg(m_paths.abbreviateHome(file), kept.error().message);
}

/// Puts down where the other daemon is and what it wants to see.
Result<QString> ProgramCommands::prepareAgent(const RemotePlace &place, const CancelToken &cancel) const
{
    AC_ASSIGN(const QString told, keepToken(place, cancel));
    AC_TRY(runWell({u"config"_s, u"set"_s, u"api_url"_s, place.url}, cancel));
    if (!place.certificateSha256.isEmpty())
        AC_TRY(runWell({u"config"_s, u"set"_s, u"api_certificate_sha256"_s, place.certificateSha256}, cancel));
    return told;
}

void ProgramCommands::start(const StartWish &wish, QObject *context,
                            std::function<void(const Result<QString> &)> answer)
{
    const auto work = [this, wish, cancel = m_cancel] {
        return wish.remote ? prepareAgent(*wish.remote, cancel) : startDaemon(wish, cancel);
    };
    m_lane.run(context, work, [this, wish, answer = std::move(answer)](const Result<QString> &done) {
        const Status agent = done && wish.remote ? m_startAgent(wish.folders) : Status();
        answer(agent ? done : agent.error());
    });
}

} // namespace AutoCommit
