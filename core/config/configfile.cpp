#include "core/config/configfile.h"

#include "core/config/privatedir.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSaveFile>

#include <algorithm>

namespace AutoCommit {

using namespace Qt::StringLiterals;

QString ConfigFile::at(qsizetype offset) const
{
    const QByteArray before = text.left(std::clamp<qsizetype>(offset, 0, text.size()));
    return u"%1:%2"_s.arg(file).arg(before.count('\n') + 1);
}

QString ConfigFile::atKey(const QString &key) const
{
    return at(std::max<qsizetype>(0, text.indexOf('"' + key.toUtf8() + '"')));
}

Result<ConfigFile> readConfigFile(const QString &path)
{
    ConfigFile config{.file = path, .text = {}, .object = {}};
    QFile file(path);
    if (!file.exists())
        return config;
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorKind::Config, u"%1: %2"_s.arg(path, file.errorString())};
    config.text = file.read(4 << 20);
    if (config.text.trimmed().isEmpty())
        return config;
    QJsonParseError problem{};
    const QJsonDocument document = QJsonDocument::fromJson(config.text, &problem);
    if (document.isNull()) // the offset is behind what is wrong, which can be the end of the line
        return Error{ErrorKind::Config,
                     u"%1: this is not valid JSON: %2"_s.arg(config.at(problem.offset - 1), problem.errorString())};
    if (!document.isObject())
        return Error{ErrorKind::Config, u"%1: expected one JSON object: { \"key\": value, ... }"_s.arg(config.at(0))};
    config.object = document.object();
    return config;
}

Status writeConfigFile(const QString &path, const QJsonObject &object)
{
    if (const Status made = ensurePrivateDir(QFileInfo(path).path()); !made)
        return Error{ErrorKind::Config, u"%1: cannot be written: %2"_s.arg(path, made.error().message)};
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return Error{ErrorKind::Config, u"%1: cannot be written: %2"_s.arg(path, file.errorString())};
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    file.write(QJsonDocument(object).toJson());
    if (!file.commit())
        return Error{ErrorKind::Config, u"%1: cannot be written: %2"_s.arg(path, file.errorString())};
    return {};
}

} // namespace AutoCommit
