#include "core/config/tokenfile.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace AutoCommit {

using namespace Qt::StringLiterals;

namespace {

Error wrong(const QString &message)
{
    return {ErrorKind::Config, message};
}

} // namespace

Result<QByteArray> readTokenFile(const QString &path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile())
        return wrong(
            u"there is no token in %1; make one on the daemon's machine with `commits token create`"_s.arg(path));
    if (!file.open(QIODevice::ReadOnly))
        return wrong(u"%1 cannot be read"_s.arg(path));
    constexpr auto others
        = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
    if (file.permissions() & others)
        return wrong(u"others can read %1; give it to yourself alone (chmod 600)"_s.arg(path));
    const QByteArray token = file.readLine(4096).trimmed();
    if (token.isEmpty() || !std::ranges::all_of(token, [](char c) { return c > 0x20 && c < 0x7f; }))
        return wrong(u"%1 does not begin with a token"_s.arg(path));
    return token;
}

} // namespace AutoCommit
