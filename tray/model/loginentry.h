#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace AutoCommit {

/// The two kinds of file that make a session start a program: an entry of the XDG autostart directory, and a property
/// list that launchd reads.
enum class LoginForm { DesktopEntry, LaunchAgent };

/// The label of the tray's LaunchAgent, which is its file name without the ending as well.
inline constexpr QStringView loginLabel = u"org.auto-commit.tray";

/// The whole file for a command line: program (absolute), then its arguments, whatever characters they hold.
QString loginEntryText(LoginForm form, const QStringList &command);

/// What a session starts because of such a file; none when it starts nothing: switched off, or damaged.
std::optional<QStringList> loginEntryCommand(LoginForm form, const QString &text);

} // namespace AutoCommit
