#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>

namespace AutoCommit {

/// GET /config: one declared setting with the value in force.
struct ApiSetting
{
    QString key{};
    QString section{};
    QJsonValue value{};
    QJsonValue standard{}; ///< the built-in default
    QString origin{}; ///< who set it: default, file, environment, command line
    QString type{}; ///< "yes or no", "number", "size", "duration", "text", "list", or words parted by '|'
    QString range{};
    QString help{};
    QString unit{};
    bool writable = true; ///< by the token that asked; a daemon that does not tell judges when it is asked to write
};

struct ApiSettings
{
    QString file{};
    QList<ApiSetting> settings{};
};

/// GET /doctor: one check.
struct ApiCheck
{
    QString id{};
    QString title{};
    QString state{}; ///< ok, warn, fail, skipped
    QString message{};
    QString advice{};
    QString repo{};
};

ApiSettings parseSettings(const QJsonObject &object);
ApiCheck parseCheck(const QJsonObject &object);

} // namespace AutoCommit
