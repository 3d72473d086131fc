#include "core/config/salt.h"

#include <QFile>
#include <QRandomGenerator>
#include <QSaveFile>

#include <array>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype saltLength = 32;

QByteArray readSalt(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QByteArray::fromHex(file.read(4 * saltLength).trimmed()) : QByteArray();
}

} // namespace

QByteArray knownInstallationSalt(const Paths &paths)
{
    const QByteArray salt = readSalt(paths.configDir() + u"/salt"_s);
    return salt.size() == saltLength ? salt : QByteArray();
}

Result<QByteArray> installationSalt(const Paths &paths)
{
    if (const QByteArray known = knownInstallationSalt(paths); !known.isEmpty())
        return known;
    const QString path = paths.configDir() + u"/salt"_s;
    std::array<quint32, saltLength / sizeof(quint32)> random{};
    QRandomGenerator::system()->fillRange(random.data(), static_cast<qsizetype>(random.size()));
    const QByteArray salt(reinterpret_cast<const char *>(random.data()), saltLength);
    QSaveFile file(path);
    const bool written = makePrivateDir(paths.configDir()) && file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) && file.write(salt.toHex() + '\n') > 0
        && file.commit();
    if (!written)
        return Error{ErrorKind::IoError, u"%1: cannot be written: %2"_s.arg(path, file.errorString())};
    return readSalt(path); // another process may have been quicker; the file that stands is the one that counts
}

} // namespace AutoCommit
