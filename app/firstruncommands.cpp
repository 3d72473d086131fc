#include "app/firstruncommands.h"

#include "core/api/jsonread.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonDocument>
#include <QStandardPaths>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

struct GuideWords
{
    Q_DECLARE_TR_FUNCTIONS(AutoCommit::GuideWords)
};

QString commitsProgram()
{
    const QString beside = QCoreApplication::applicationDirPath() + u"/commits"_s;
    return QFileInfo(beside).isExecutable() ? beside : QStandardPaths::findExecutable(u"commits"_s);
}

QString lastLine(const QByteArray &errors)
{
    return QString::fromUtf8(errors.trimmed().split('\n').last());
}

PlannedRepo parsePlanned(const QJsonObject &object)
{
    const auto subject = [](const QJsonObject &commit) { return textAt(commit, u"subject"); };
    return {.path = textAt(object, u"path"),
            .branch = textAt(object, u"branch"),
            .state = textAt(object, u"state"),
            .reason = textAt(object, u"reason"),
            .subjects = listAt(object, u"commits", subject),
            .excluded = static_cast<int>(object.value(u"excluded"_s).toArray().size())};
}

} // namespace

Result<QList<PlannedRepo>> parsePlan(const QByteArray &json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject())
        return Error{ErrorKind::IoError, GuideWords::tr("The preview could not be read."), {}};
    return listAt(document.object(), u"repos", parsePlanned);
}

ProgramCommands::ProgramCommands(const ProcessRunner &processes, const QProcessEnvironment &environment, WorkLane &lane,
                                 CancelToken cancel)
    : m_processes(processes)
    , m_environment(environment)
    , m_lane(lane)
    , m_cancel(std::move(cancel))
{ }

Result<ProcessOutput> ProgramCommands::run(const QStringList &arguments, std::chrono::milliseconds timeout) const
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
    return m_processes.run(request, m_cancel);
}

void ProgramCommands::preview(const QStringList &folders, QObject *context,
                              std::function<void(const Result<QList<PlannedRepo>> &)> answer)
{
    const auto work = [this, folders]() -> Result<QList<PlannedRepo>> {
        AC_ASSIGN(const ProcessOutput output,
                  run(QStringList{u"once"_s, u"-R"_s, u"--dry-run"_s, u"--json"_s} + folders, 10min));
        if (output.output.isEmpty())
            return Error{ErrorKind::Unknown, lastLine(output.errors), {}};
        return parsePlan(output.output);
    };
    m_lane.run(context, work, answer);
}

void ProgramCommands::start(const QStringList &folders, QObject *context, std::function<void(const Status &)> answer)
{
    const auto work = [this, folders]() -> Status {
        AC_ASSIGN(const ProcessOutput output, run(QStringList{u"start"_s, u"-R"_s} + folders, 60s));
        if (!output.succeeded())
            return Error{ErrorKind::Unknown, lastLine(output.errors), {}};
        return {};
    };
    m_lane.run(context, work, answer);
}

} // namespace AutoCommit
