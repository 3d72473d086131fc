#include "tray/model/loginstart.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

struct LoginStartWords
{
    Q_DECLARE_TR_FUNCTIONS(AutoCommit::LoginStart)
};

} // namespace

LoginStart::LoginStart(LoginForm form, QString file, QString program)
    : m_form(form)
    , m_file(std::move(file))
    , m_program(std::move(program))
{ }

LoginStart LoginStart::ofThisSystem(const QProcessEnvironment &environment, const Paths &paths, const QString &running)
{
#ifdef Q_OS_MACOS
    Q_UNUSED(environment)
    const QString file = paths.home() + u"/Library/LaunchAgents/"_s + loginLabel.toString() + u".plist"_s;
    return {LoginForm::LaunchAgent, file, running};
#else
    QString config = environment.value(u"XDG_CONFIG_HOME"_s);
    if (!config.startsWith(u'/'))
        config = paths.home() + u"/.config"_s;
    return {LoginForm::DesktopEntry, config + u"/autostart/commits-tray.desktop"_s,
            environment.value(u"APPIMAGE"_s, running)}; // what runs inside an AppImage is gone when it ends
#endif
}

QStringList LoginStart::command() const
{
    QFile file(m_file);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return loginEntryCommand(m_form, QString::fromUtf8(file.read(1 << 16))).value_or(QStringList());
}

Status LoginStart::turnOn(const QStringList &arguments) const
{
    if (m_program.contains(u"/AppTranslocation/"_s)) // where macOS runs a download that was never moved
        return Error{ErrorKind::Usage,
                     LoginStartWords::tr("Move auto-commit to the Applications folder and open it there first."),
                     {}};
    const QStringList command = QStringList{m_program} + arguments;
    QSaveFile file(m_file);
    if (!QDir().mkpath(QFileInfo(m_file).path()) || !file.open(QIODevice::WriteOnly)
        || file.write(loginEntryText(m_form, command).toUtf8()) < 0 || !file.commit())
        return Error{
            ErrorKind::IoError, LoginStartWords::tr("%1 cannot be written: %2").arg(m_file, file.errorString()), {}};
    if (this->command() != command)
        return Error{ErrorKind::IoError, LoginStartWords::tr("%1 does not hold what was written.").arg(m_file), {}};
    return {};
}

Status LoginStart::turnOff() const
{
    QFile file(m_file);
    if (file.exists() && !file.remove())
        return Error{
            ErrorKind::IoError, LoginStartWords::tr("%1 cannot be removed: %2").arg(m_file, file.errorString()), {}};
    return {};
}

} // namespace AutoCommit
