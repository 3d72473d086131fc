#include "core/git/alternates.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr int deepest = 5; // git follows no longer chain

/// git quotes a path that begins with a quotation mark, in the manner of C; the escapes that paths need.
QByteArray unquoted(const QByteArray &line)
{
    if (!line.startsWith('"'))
        return line;
    QByteArray path;
    for (qsizetype i = 1; i < line.size() && line[i] != '"'; ++i) {
        if (line[i] != '\\') {
            path += line[i];
            continue;
        }
        bool octal = false;
        const uint code = line.mid(i + 1, 3).toUInt(&octal, 8);
        if (octal && line.size() > i + 3) {
            path += static_cast<char>(code);
            i += 3;
        } else {
            path += line.mid(++i, 1);
        }
    }
    return path;
}

void collect(const QString &objects, int depth, QStringList &found)
{
    QFile file(objects + u"/info/alternates"_s);
    if (depth > deepest || !file.open(QIODevice::ReadOnly))
        return;
    for (const QByteArray &line : file.read(1 << 20).split('\n')) {
        if (line.isEmpty() || line.startsWith('#'))
            continue;
        const QString path = QDir(objects).absoluteFilePath(QFile::decodeName(unquoted(line)));
        const QString real = QFileInfo(path).canonicalFilePath();
        const QString lender = real.isEmpty() ? QDir::cleanPath(path) : real;
        if (found.contains(lender))
            continue;
        found += lender;
        collect(lender, depth + 1, found);
    }
}

} // namespace

QStringList borrowedObjects(const RepoLocation &location)
{
    QStringList found;
    collect(location.commonDir + u"/objects"_s, 1, found);
    return found;
}

} // namespace AutoCommit
