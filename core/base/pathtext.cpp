#include "core/base/pathtext.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr auto base64Prefix = "base64:"_L1;

} // namespace

QString textFromPath(const QByteArray &path)
{
    QString text = QString::fromUtf8(path);
    // The round trip also catches what decoding drops without an error, such as a leading byte order mark.
    if (!text.startsWith(base64Prefix) && text.toUtf8() == path)
        return text;
    return base64Prefix + QString::fromLatin1(path.toBase64());
}

QByteArray pathFromText(const QString &text)
{
    if (text.startsWith(base64Prefix))
        return QByteArray::fromBase64(QStringView(text).sliced(base64Prefix.size()).toLatin1());
    return text.toUtf8();
}

QString textFromPaths(const QList<QByteArray> &paths)
{
    QJsonArray array;
    for (const QByteArray &path : paths)
        array.append(textFromPath(path));
    return QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact));
}

QList<QByteArray> pathsFromText(const QString &json)
{
    QList<QByteArray> paths;
    const QJsonArray array = QJsonDocument::fromJson(json.toUtf8()).array();
    paths.reserve(array.size());
    for (const auto &value : array)
        paths.append(pathFromText(value.toString()));
    return paths;
}

QString repoIdFor(const QByteArray &commonGitDir)
{
    constexpr auto alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    const QByteArray hash = QCryptographicHash::hash(commonGitDir, QCryptographicHash::Sha256);
    QString id;
    quint32 bits = 0;
    int have = 0;
    for (qsizetype i = 0; id.size() < 20; ++i) {
        bits = (bits << 8) | static_cast<unsigned char>(hash[i]);
        for (have += 8; have >= 5 && id.size() < 20; have -= 5)
            id += QLatin1Char(alphabet[(bits >> (have - 5)) & 31]);
    }
    return id;
}

} // namespace AutoCommit
