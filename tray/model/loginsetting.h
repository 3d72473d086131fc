#pragma once

#include "tray/model/loginstart.h"

#include <QObject>

namespace AutoCommit {

/// "Start when I log in" as a switch, and "commit this computer's repositories as well" as a second one that is only
/// ever turned by the user. Always says what the session's file says, whoever wrote it.
class LoginSetting : public QObject
{
    Q_OBJECT

public:
    /// `viewArguments` is how the tray finds its daemon, as it was started now. `home` is written as ~ for people.
    LoginSetting(LoginStart start, QStringList viewArguments, QString home, QObject *parent = nullptr);

    bool isOn() const { return !m_command.isEmpty(); }
    bool commitsLocal() const { return m_command.contains(commitLocalOption()); }
    QStringList folders() const; ///< that are committed
    QString sentence() const; ///< what happens at login, in words
    QString error() const { return m_error; } ///< of the last turn

    void refresh(); ///< reads the file anew
    bool setOn(bool on); ///< turned on, it only shows
    bool setCommitsLocal(const QStringList &folders); ///< empty: it only shows

    static QString commitLocalOption() { return QStringLiteral("--commit-local"); }

Q_SIGNALS:
    void changed();

private:
    bool took(const Status &status);

    LoginStart m_start;
    QStringList m_viewArguments;
    QString m_home;
    QStringList m_command;
    QString m_error;
};

} // namespace AutoCommit
