#include "tray/model/loginsetting.h"

#include <QFileInfo>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

} // namespace

LoginSetting::LoginSetting(LoginStart start, QStringList viewArguments, QString home, QObject *parent)
    : QObject(parent)
    , m_start(std::move(start))
    , m_viewArguments(std::move(viewArguments))
    , m_home(std::move(home))
{
    refresh();
}

QStringList LoginSetting::folders() const
{
    const qsizetype at = m_command.indexOf(commitLocalOption());
    return at < 0 ? QStringList() : m_command.mid(at + 1);
}

QString LoginSetting::sentence() const
{
    const auto tidy = [this](const QString &path) {
        return path.startsWith(m_home + u'/') ? u'~' + path.mid(m_home.size()) : path;
    };
    if (!isOn())
        return tr("Nothing of auto-commit's window is started when you log in.");
    const QString program = m_command.first();
    if (!QFileInfo(program).isExecutable())
        return tr("%1 would be started, but is not there any more. Switch this off and on again.").arg(tidy(program));
    QString text = tr("%1 is started when you log in.").arg(tidy(program));
    if (!m_start.startsOurProgram())
        text += u' ' + tr("The program that runs now is %1.").arg(tidy(m_start.program()));
    if (commitsLocal()) {
        QStringList names;
        for (const QString &folder : folders())
            names += tidy(folder);
        text += u' ' + tr("It commits what is in %1.").arg(names.join(u", "_s));
    }
    return text;
}

void LoginSetting::refresh()
{
    m_command = m_start.command();
    Q_EMIT changed();
}

bool LoginSetting::setOn(bool on)
{
    return took(on ? m_start.turnOn(m_viewArguments) : m_start.turnOff());
}

bool LoginSetting::setCommitsLocal(const QStringList &folders)
{
    return took(m_start.turnOn(folders.isEmpty() ? m_viewArguments
                                                 : m_viewArguments + QStringList{commitLocalOption()} + folders));
}

bool LoginSetting::took(const Status &status)
{
    m_error = status ? QString() : status.error().message;
    refresh();
    return status.ok();
}

} // namespace AutoCommit
