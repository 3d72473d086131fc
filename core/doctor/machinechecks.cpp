#include "core/doctor/machinechecks.h"

#include "core/config/listening.h"
#include "core/config/privatedir.h"
#include "core/store/historyreader.h"

#include <QDate>
#include <QDir>
#include <QFileInfo>
#include <QVersionNumber>

#include <sys/stat.h>
#include <unistd.h>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

const QVersionNumber oldestGit(2, 36); // `git hook run`
const QVersionNumber mergeTreeGit(2, 38); // `git merge-tree --write-tree`

/// Smaller and a middling diff has to be cut so far that messages suffer.
constexpr int smallContext = 8192;

Check checkGit(const DoctorParts &parts)
{
    Check check{.id = u"git"_s, .title = u"git"_s};
    const Result<ProcessOutput> said = parts.tools.runner->run({.label = u"git --version"_s,
                                                                .program = parts.tools.program,
                                                                .arguments = {u"--version"_s},
                                                                .workingDirectory = QDir::rootPath(),
                                                                .environment = parts.tools.environment.variables()},
                                                               parts.cancel);
    if (!said)
        return failed(check, said.error());
    const QString text = QString::fromUtf8(said->output).section(u' ', 2, 2).trimmed();
    const QVersionNumber version = QVersionNumber::fromString(text);
    check.message = u"%1, version %2"_s.arg(parts.tools.program, text);
    if (version < oldestGit) {
        check.state = CheckState::Fail;
        check.advice = u"git 2.36 or later is needed to run hooks; 2.38 to rebase"_s;
    } else if (version < mergeTreeGit) {
        check.state = CheckState::Warn;
        check.advice = u"git 2.38 or later is needed to rebase without touching the work tree"_s;
    }
    return check;
}

/// A directory of ours: private, and writable.
Check checkDirectory(const QString &id, const QString &title, const QString &path, const Paths &paths)
{
    Check check{.id = id, .title = title, .message = paths.abbreviateHome(path)};
    struct stat found = {};
    if (::stat(QFile::encodeName(path).constData(), &found) != 0) {
        const QString parent = nearestExisting(path);
        if (QFileInfo(parent).isDir() && ::access(QFile::encodeName(parent).constData(), W_OK | X_OK) == 0) {
            check.message += u", made when it is needed"_s;
        } else {
            check.state = CheckState::Fail;
            check.message += u" cannot be made: %1 %2"_s.arg(paths.abbreviateHome(parent),
                                                             QFileInfo(parent).isDir() ? u"cannot be written"_s
                                                                                       : u"is no directory"_s);
        }
        return check;
    }
    if (!QFileInfo(path).isWritable()) {
        check.state = CheckState::Fail;
        check.message += u" cannot be written"_s;
    } else if ((found.st_mode & 077) != 0) {
        check.state = CheckState::Warn;
        check.message += u" can be read by others"_s;
        check.advice = u"chmod 700 %1"_s.arg(path);
    }
    return check;
}

/// StoreFiles::setAside() names them "<database>.corrupt-20261122T101112Z"; the newest, without its write-ahead log.
QString newestSetAside(const QString &database)
{
    const QFileInfo real(QFileInfo(database).canonicalFilePath());
    QStringList found = real.absoluteDir().entryList({real.fileName() + u".corrupt-*"_s}, QDir::Files, QDir::Name);
    found.removeIf([](const QString &name) {
        return name.endsWith("-wal"_L1) || name.endsWith("-shm"_L1) || name.endsWith("-journal"_L1);
    });
    return found.isEmpty() ? QString() : real.absoluteDir().filePath(found.last());
}

Check checkHistory(const Paths &paths, const DoctorParts &parts)
{
    Check check{.id = u"history"_s, .title = u"History"_s};
    const QString server = parts.loaded.settings.databaseUrl;
    HistoryReader reader(server.isEmpty() ? paths.database() : server, parts.clock);
    if (const auto hosts = reader.hosts(); !hosts)
        return failed(check, hosts.error());
    if (const Status sound = server.isEmpty() ? reader.checkIntegrity() : Status(); !sound) {
        check = failed(check, sound.error());
        check.advice = u"nothing to do: the next run sets it aside and rebuilds it from the activity log"_s;
        return check;
    }
    check.message = server.isEmpty() ? paths.abbreviateHome(paths.database()) : u"the PostgreSQL server answers"_s;
    if (const QString damaged = server.isEmpty() ? newestSetAside(paths.database()) : QString(); !damaged.isEmpty()) {
        const QString stamp = damaged.section(u".corrupt-"_s, -1).left(8);
        const QString date = QDate::fromString(stamp, u"yyyyMMdd"_s).toString(Qt::ISODate);
        check.state = CheckState::Warn;
        check.message = u"a damaged history was set aside on %1 as %2; rebuilt from the activity log"_s.arg(
            date, paths.abbreviateHome(damaged));
        check.advice = u"nothing to do; remove that file when nothing in it is missed"_s;
    }
    return check;
}

Check checkSettings(const Paths &paths, const DoctorParts &parts)
{
    Check check{.id = u"settings"_s, .title = u"Settings"_s, .message = paths.abbreviateHome(paths.configFile())};
    if (!parts.loaded.fault.isEmpty()) {
        check.state = CheckState::Fail;
        check.message = parts.loaded.fault;
        check.advice = u"mend that line (commits config validate says when it is well); until then nothing starts"_s;
        return check;
    }
    if (const Status listening = checkListening(parts.loaded.settings, paths); !listening) {
        check = failed(check, listening.error());
        check.advice = u"until then no daemon starts"_s;
        return check;
    }
    if (!QFileInfo::exists(paths.configFile()))
        check.message += u" does not exist: defaults"_s;
    if (!parts.loaded.warnings.isEmpty()) {
        check.state = CheckState::Warn;
        check.message = parts.loaded.warnings.join(u"; "_s);
        check.advice = u"commits config validate"_s;
    }
    return check;
}

Check checkModel(const QString &model, const ServerFacts &facts, bool named)
{
    Check check{.id = u"model:"_s + model, .title = u"Model %1"_s.arg(model)};
    switch (facts.state) {
    case ServerState::Unreachable:
        check.state = named ? CheckState::Fail : CheckState::Skipped;
        check.message = u"nothing answers at %1"_s.arg(facts.server);
        check.advice = named ? u"start the server, or change coordinator_url"_s
                             : u"messages come from the built-in engine; to use a model, set coordinator_url"_s;
        return check;
    case ServerState::Unauthorized:
        check.state = CheckState::Fail;
        check.message = u"%1 wants another API key"_s.arg(facts.server);
        check.advice = u"put the key into a file only you can read, and its path into coordinator_key_file, or into "
                       "the desktop's keychain: commits keychain store"_s;
        return check;
    case ServerState::Foreign:
        check.state = CheckState::Fail;
        check.message = u"what answers at %1 is no model server"_s.arg(facts.server);
        check.advice = u"change coordinator_url"_s;
        return check;
    case ServerState::Loading:
        check.state = CheckState::Warn;
        check.message = u"%1 is still loading its model"_s.arg(facts.server);
        return check;
    case ServerState::Ready:
        break;
    }
    check.message = u"%1, %2"_s.arg(facts.server,
                                    facts.contextTokens > 0 ? u"%1 tokens of context"_s.arg(facts.contextTokens)
                                                            : u"does not tell its context size"_s);
    if (!facts.offersModel && facts.models.isEmpty()) {
        check.state = CheckState::Warn;
        check.message = u"%1 answers, but offers no model"_s.arg(facts.server);
        check.advice
            = u"load a model there (Ollama: ollama pull %1), or change coordinator_url; until then the built-in "
              "engine writes the messages, or commits wait, as on_no_model says"_s.arg(model);
    } else if (!facts.offersModel) {
        check.state = CheckState::Warn;
        check.message = u"%1 offers %2"_s.arg(facts.server, facts.models.mid(0, 5).join(u", "_s));
        check.advice = u"set instruct_model_id or reasoning_model_id to one of them; some servers ignore the name"_s;
    } else if (facts.contextTokens > 0 && facts.contextTokens < smallContext) {
        check.state = CheckState::Warn;
        check.advice = u"8192 or more describes middling changes whole (llama-server: --ctx-size, per slot)"_s;
    } else if (facts.cutsSilently) {
        check.advice = u"Ollama drops the start of what is too long; set num_ctx to 8192 or more"_s;
    }
    return check;
}

} // namespace

QList<Check> checkMachine(const Paths &paths, const DoctorParts &parts)
{
    return {checkGit(parts), checkSettings(paths, parts),
            checkDirectory(u"cache-dir"_s, u"Data directory"_s, paths.cacheDir(), paths),
            checkDirectory(u"config-dir"_s, u"Configuration directory"_s, paths.configDir(), paths),
            checkHistory(paths, parts)};
}

Check checkRetrieval(const QString &service, const Result<QStringList> &found)
{
    Check check{.id = u"retrieval"_s, .title = u"Retrieval service"_s};
    if (found) {
        check.message = u"%1 answers; %2 passages to a trial question"_s.arg(service).arg(found->size());
        return check;
    }
    check.state = CheckState::Warn;
    check.message = found.error().message;
    check.advice = u"messages are written without it; start it, or change retrieval_url"_s;
    return check;
}

QList<Check> checkModels(const Settings &settings, bool named,
                         const QList<std::pair<QString, QList<ServerFacts>>> &facts)
{
    if (settings.coordinatorUrl.isEmpty())
        return {Check{.id = u"models"_s,
                      .title = u"Models"_s,
                      .state = CheckState::Skipped,
                      .message = u"none are set up; messages come from the built-in engine"_s}};
    QList<Check> checks;
    for (const auto &[model, servers] : facts)
        for (const ServerFacts &server : servers)
            checks += checkModel(model, server, named);
    return checks;
}

} // namespace AutoCommit
