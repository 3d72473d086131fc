#pragma once

#include "core/base/result.h"

#include <QJsonObject>

namespace AutoCommit {

/// The configuration file as it was read.
struct ConfigFile
{
    QString file;
    QByteArray text;
    QJsonObject object; ///< empty when there is no file

    /// "file:line" of a byte, or of the first place where the key stands: what an error begins with.
    QString at(qsizetype offset) const;
    QString atKey(const QString &key) const;
};

/// A missing or empty file is an empty object. Error: Config, with the line, for what is not one JSON object.
Result<ConfigFile> readConfigFile(const QString &file);

/// Written beside and renamed, so that a kill leaves the old file or the new one.
Status writeConfigFile(const QString &file, const QJsonObject &object);

} // namespace AutoCommit
