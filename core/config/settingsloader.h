#pragma once

#include "core/config/autostart.h"
#include "core/config/settingspecs.h"

#include <QHash>
#include <QMap>
#include <QProcessEnvironment>
#include <QSet>

namespace AutoCommit {

/// Settings that hold below a directory: `directory_overrides` of the file.
struct DirectoryOverride
{
    QString prefix; ///< absolute path, no '/' at the end
    QMap<QString, QJsonValue> values;
};

/// What was read at start, before any repository is known.
struct LoadedSettings
{
    Settings settings;
    QHash<QString, QString> origin; ///< key -> "default", the file's path, the environment variable, "command line"
    QSet<QString> settled; ///< keys from the environment or the command line: no directory or repository changes them
    QList<DirectoryOverride> overrides;
    QList<AutostartEntry> autostart;
    QStringList warnings; ///< for instance a key nobody knows, with the nearest known one
    QString fault; ///< why nothing of the file holds: file, line and what is wrong; empty when it was read

    /// The settings of one checkout: directory overrides (the longest prefix wins), then its own git config, which is
    /// given as name -> value with names as git prints them ("autocommit.max-new-files"). A wrong value is an error
    /// that names the key; a key that a repository may not set, or that nobody knows, is passed over and `passedOver` says so.
    Result<Settings> forCheckout(const QString &path, const QMap<QString, QString> &gitConfig,
                                 QStringList *passedOver = nullptr) const;
};

/// Default < configuration file < AUTO_COMMIT_* environment < command line (key -> text). A missing file is fine; a
/// file that is not JSON, or a wrong value anywhere, is an ErrorKind::Config that names file and line or variable, the
/// key and the allowed range.
Result<LoadedSettings> loadSettings(const QString &configFile, const QProcessEnvironment &environment,
                                    const QMap<QString, QString> &arguments = {});

/// The same, but a file that is wrong counts as missing, and `fault` says why: for what has to work whatever the file
/// says. Wrong values of the environment or the command line are errors as before.
Result<LoadedSettings> loadSettingsOrDefaults(const QString &configFile, const QProcessEnvironment &environment,
                                              const QMap<QString, QString> &arguments = {});

/// Changes one key in the configuration file and keeps everything else in it. Written beside and renamed, so that a
/// kill leaves the old file or the new one. An empty `text` optional removes the key.
Status writeSetting(const QString &configFile, const SettingSpec &spec, const std::optional<QString> &text);

} // namespace AutoCommit
