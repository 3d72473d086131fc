#pragma once

#include "core/base/result.h"
#include "core/config/settings.h"

#include <QJsonValue>

#include <span>
#include <variant>

namespace AutoCommit {

/// Who may set a value. What weakens the gate or runs a program belongs to the machine's owner alone: a repository's
/// own `git config autocommit.*` (which a stranger may have written) cannot touch it.
enum class SettingScope {
    Machine, ///< file, environment, command line
    Directory, ///< those, and `directory_overrides` of the file
    Repository, ///< all of those, and the repository's own git config
};

using SettingMember = std::variant<bool Settings::*, qint64 Settings::*, std::chrono::seconds Settings::*,
                                   QString Settings::*, QStringList Settings::*>;

enum class SettingUnit { None, Bytes, Percent, Characters };

/// One row of the table that `config list`, `--help`, the manual and the loader are made from.
struct SettingSpec
{
    const char *key; ///< as in the file, lower case with underscores
    SettingMember member;
    SettingScope scope;
    const char *section;
    const char *help; ///< one sentence
    qint64 min = 0; ///< of numbers and durations (seconds)
    qint64 max = 0;
    SettingUnit unit = SettingUnit::None;
    const char *choices = nullptr; ///< "a|b|c" when only these words are allowed
    bool timesOfDay = false; ///< every item of the list is like "22:00-07:00"

    QString name() const { return QString::fromLatin1(key); }
    QString environmentName() const; ///< AUTO_COMMIT_ + the key in capitals
    QString gitConfigName() const; ///< autocommit. + the key with '-' for '_'
    QString typeName() const; ///< "yes/no", "number", "size", "duration", "text", "list"
    QString rangeText() const; ///< "1 to 64", "auto|always|never", or empty
};

std::span<const SettingSpec> settingSpecs();

/// The row of that key, or nullptr.
const SettingSpec *findSetting(const QString &key);

/// The known key that is spelled most like `key`, or empty when none is near.
QString nearestSetting(const QString &key);

/// Reads a value as text, as the environment, the command line and git config give it. Sizes take K, M and G (1024),
/// durations s, m, h and d, lists are separated by commas.
Status applyText(const SettingSpec &spec, const QString &text, Settings &settings);

/// Reads a value out of the configuration file: the JSON type has to fit; sizes and durations may also be text.
Status applyJson(const SettingSpec &spec, const QJsonValue &value, Settings &settings);

/// The current value as text that applyText reads back, and as JSON for the file.
QString settingText(const SettingSpec &spec, const Settings &settings);
QJsonValue settingJson(const SettingSpec &spec, const Settings &settings);

} // namespace AutoCommit
