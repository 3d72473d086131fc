#include "core/service/powersupply.h"

#include <QDir>
#include <QFile>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QByteArray word(const QString &supply, const char *name)
{
    QFile file(supply + u'/' + QLatin1StringView(name));
    return file.open(QIODevice::ReadOnly) ? file.read(64).trimmed() : QByteArray();
}

} // namespace

std::optional<bool> isOnBattery(const QString &root)
{
    bool discharging = false;
    const QStringList supplies = QDir(root).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &name : supplies) {
        const QString supply = root + u'/' + name;
        if (word(supply, "scope") == "Device") // of a mouse or a headset
            continue;
        const QByteArray type = word(supply, "type");
        if (type == "Battery")
            discharging = discharging || word(supply, "status") == "Discharging";
        else if ((type == "Mains" || type.startsWith("USB") || type == "Wireless") && word(supply, "online") == "1")
            return false; // a weak charger may lose against the load; it is plugged in all the same
    }
    return discharging;
}

} // namespace AutoCommit
