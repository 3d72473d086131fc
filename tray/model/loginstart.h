#pragma once

#include "core/base/result.h"
#include "core/config/paths.h"
#include "tray/model/loginentry.h"

namespace AutoCommit {

/// Whether this user's session starts the tray, read from and written to the file that the session reads.
class LoginStart
{
public:
    /// `program` is absolute: what is to be started.
    LoginStart(LoginForm form, QString file, QString program);

    /// ~/.config/autostart/commits-tray.desktop, or ~/Library/LaunchAgents/org.auto-commit.tray.plist on macOS; the
    /// program is `running`, or the AppImage it runs from.
    static LoginStart ofThisSystem(const QProcessEnvironment &environment, const Paths &paths, const QString &running);

    /// What the session starts now; empty when it starts nothing.
    QStringList command() const;
    bool startsOurProgram() const { return command().value(0) == m_program; }

    const QString &file() const { return m_file; }
    const QString &program() const { return m_program; }

    /// Writes the file and reads it back. Usage: the program is where it will not be at the next login. IoError.
    Status turnOn(const QStringList &arguments) const;
    Status turnOff() const; ///< the file is removed; nothing that runs is ended

private:
    LoginForm m_form;
    QString m_file;
    QString m_program;
};

} // namespace AutoCommit
