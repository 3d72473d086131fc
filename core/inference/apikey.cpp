#include "core/inference/apikey.h"

#include "core/base/log.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace AutoCommit {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 longestKey = 8192;

/// As it can stand in a header.
bool isKey(const QByteArray &text)
{
    return !text.isEmpty() && std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f; });
}

Error keyError(const QString &file, const QString &what)
{
    return {ErrorKind::Config, u"the file with the model server's key, %1, %2"_s.arg(file, what)};
}

} // namespace

Result<QByteArray> loadApiKey(const QString &file, const QByteArray &fallback)
{
    if (file.isEmpty()) {
        const QByteArray key = fallback.trimmed();
        if (key.isEmpty() || isKey(key))
            return key;
        return Error{ErrorKind::Config,
                     u"the model server's key from the environment or the keychain holds blanks or control characters"_s};
    }
    const QFileInfo info(file);
    if (!info.isFile())
        return keyError(file, u"is not there"_s);
    QFile opened(file);
    if (!opened.open(QIODevice::ReadOnly))
        return keyError(file, u"cannot be read"_s);
    if (info.permission(QFileDevice::ReadOther))
        qCWarning(logModel) << "everybody on this machine can read" << file;
    const QByteArray key = opened.readLine(longestKey).trimmed();
    if (!isKey(key))
        return keyError(file, u"does not begin with a key"_s);
    return key;
}

} // namespace AutoCommit
