#include "app/commands.h"
#include "core/config/listening.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QJsonObject specJson(const SettingSpec &spec, const LoadedSettings &loaded)
{
    const Settings defaults;
    return {{u"key"_s, spec.name()},
            {u"value"_s, settingJson(spec, loaded.settings)},
            {u"default"_s, settingJson(spec, defaults)},
            {u"origin"_s, loaded.origin.value(spec.name(), u"default"_s)},
            {u"type"_s, spec.typeName()},
            {u"range"_s, spec.rangeText()},
            {u"environment"_s, spec.environmentName()},
            {u"git_config"_s, spec.scope == SettingScope::Repository ? spec.gitConfigName() : QString()},
            {u"help"_s, QString::fromLatin1(spec.help)}};
}

int listSettings(const ConfigCommand &command, const Session &session)
{
    const Terminal &terminal = session.terminal;
    if (command.json) {
        QJsonArray rows;
        for (const SettingSpec &spec : settingSpecs())
            rows += specJson(spec, session.loaded);
        terminal.out(QString::fromUtf8(QJsonDocument(QJsonObject{{u"settings"_s, rows}}).toJson()));
        return ExitDone;
    }
    QString section;
    for (const SettingSpec &spec : settingSpecs()) {
        if (section != QLatin1StringView(spec.section)) {
            section = QString::fromLatin1(spec.section);
            terminal.outLine(u'\n' + terminal.styled(Colour::Bold, section));
        }
        const QString origin = session.loaded.origin.value(spec.name());
        terminal.outLine(u"  %1 = %2%3"_s.arg(
            terminal.styled(Colour::Blue, spec.name()), settingText(spec, session.loaded.settings),
            origin.isEmpty() ? QString()
                             : terminal.styled(Colour::Dim, u"   from "_s + session.paths.abbreviateHome(origin))));
        const QString range
            = spec.rangeText().isEmpty() ? spec.typeName() : spec.typeName() + u", "_s + spec.rangeText();
        terminal.outLine(terminal.styled(Colour::Dim, u"      %1 (%2)"_s.arg(QString::fromLatin1(spec.help), range)));
    }
    terminal.outLine();
    terminal.outLine(u"File: "_s + session.paths.abbreviateHome(session.paths.configFile()));
    terminal.outLine(u"Each can be set there, as AUTO_COMMIT_<KEY> in the environment, or with --set KEY=VALUE;"_s);
    terminal.outLine(u"where a repository may decide for itself, also with git config autocommit.<key-with-dashes>."_s);
    return ExitDone;
}

Result<const SettingSpec *> wanted(const ConfigCommand &command)
{
    if (command.key.isEmpty())
        return Error{ErrorKind::Usage,
                     u"config %1 needs the name of a setting (see `commits config list`)"_s.arg(command.action)};
    if (const SettingSpec *spec = findSetting(command.key))
        return spec;
    const QString near = nearestSetting(command.key);
    return Error{ErrorKind::Usage,
                 u"nobody knows the setting \"%1\"%2"_s.arg(
                     command.key, near.isEmpty() ? QString() : u"; did you mean \"%1\"?"_s.arg(near))};
}

/// What the file is to say; nothing: the key goes. `add` and `remove` change one entry of a list.
Result<std::optional<QString>> newText(const ConfigCommand &command, const SettingSpec &spec, const Session &session)
{
    if (command.action == u"unset"_s)
        return std::optional<QString>();
    if (command.action == u"set"_s)
        return std::optional(command.value);
    const auto *list = std::get_if<QStringList Settings::*>(&spec.member);
    if (!list)
        return Error{ErrorKind::Usage, u"%1 is not a list; use `commits config set`"_s.arg(spec.name())};
    if (command.value.isEmpty() || command.value.contains(u','))
        return Error{ErrorKind::Usage, u"config %1 %2 needs one VALUE"_s.arg(command.action, spec.name())};
    QStringList entries = session.loaded.settings.**list;
    const bool there = entries.contains(command.value);
    if (command.action == u"remove"_s && !there)
        return Error{ErrorKind::Usage, u"%1 does not hold \"%2\""_s.arg(spec.name(), command.value)};
    if (command.action == u"remove"_s)
        entries.removeAll(command.value);
    else if (!there)
        entries += command.value;
    return std::optional(entries.join(u','));
}

int changeSetting(const ConfigCommand &command, const Session &session)
{
    const Result<const SettingSpec *> spec = wanted(command);
    if (!spec)
        return reportError(session.terminal, spec.error());
    if (command.action == u"get"_s) {
        session.terminal.outLine(settingText(**spec, session.loaded.settings));
        return ExitDone;
    }
    const Result<std::optional<QString>> text = newText(command, **spec, session);
    if (!text)
        return reportError(session.terminal, text.error());
    if (const Status written = writeSetting(session.paths.configFile(), **spec, *text); !written)
        return reportError(session.terminal, written.error());
    return ExitDone;
}

int validate(const Session &session)
{
    if (!session.loaded.warnings.isEmpty()) // told when the session was opened
        return ExitUsage;
    if (const Status listening = checkListening(session.loaded.settings, session.paths); !listening)
        return reportError(session.terminal, listening.error());
    const QString file = session.paths.configFile();
    session.terminal.outLine(QFileInfo::exists(file) ? u"%1: fine"_s.arg(file)
                                                     : u"%1: not there; the defaults hold"_s.arg(file));
    return ExitDone;
}

int edit(const Session &session)
{
    const QString editor = session.environment.value(u"VISUAL"_s, session.environment.value(u"EDITOR"_s, u"vi"_s));
    QStringList words = QProcess::splitCommand(editor);
    if (!makePrivateDir(session.paths.configDir()) || words.isEmpty())
        return reportError(session.terminal,
                           {ErrorKind::Config, u"%1 cannot be created"_s.arg(session.paths.configDir())});
    const QString program = words.takeFirst();
    if (QProcess::execute(program, words + QStringList{session.paths.configFile()}) != 0)
        return reportError(session.terminal,
                           {ErrorKind::Usage, u"the editor %1 did not end well; set EDITOR"_s.arg(editor)});
    const Result<LoadedSettings> again = loadSettings(session.paths.configFile(), session.environment);
    return again ? ExitDone : reportError(session.terminal, again.error());
}

} // namespace

int runConfig(const ConfigCommand &command, Session &session)
{
    if (command.action == u"list"_s)
        return listSettings(command, session);
    if (command.action == u"validate"_s)
        return validate(session);
    return command.action == u"edit"_s ? edit(session) : changeSetting(command, session);
}

} // namespace AutoCommit
