#pragma once

#include <QString>
#include <QStringList>

namespace AutoCommit {

/// A command line as a systemd unit takes it: each word in quotes, with what systemd expands made literal.
QString systemdCommand(const QStringList &words);

/// The same as the entries of a property list's array.
QString plistArguments(const QStringList &words);

/// What the system calls the service that keeps a daemon: "auto-commit", or "auto-commit-NAME" for one that has a name.
QString serviceName(const QString &daemon);

} // namespace AutoCommit
