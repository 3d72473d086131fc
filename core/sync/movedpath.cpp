#include "core/sync/movedpath.h"

#include <QFile>

namespace AutoCommit {

using namespace Qt::StringLiterals;

Result<QList<MovedPath>> movedPaths(const Git &git, const QByteArray &from, const QByteArray &to)
{
    AC_ASSIGN(const QByteArray output,
              git.read({u"diff-tree"_s, u"-r"_s, u"-z"_s, u"--raw"_s, u"--no-renames"_s, u"--no-abbrev"_s,
                        QString::fromLatin1(from), QString::fromLatin1(to)}));
    QList<MovedPath> moved;
    const QList<QByteArray> parts = output.split('\0');
    for (qsizetype i = 0; i + 1 < parts.size(); i += 2) { // ":100644 100644 old new M" then the path
        const QList<QByteArray> fields = parts[i].mid(1).split(' ');
        moved.append({.path = parts[i + 1],
                      .fromMode = fields.value(0).toUInt(nullptr, 8),
                      .toMode = fields.value(1).toUInt(nullptr, 8),
                      .fromBlob = fields.value(2),
                      .toBlob = fields.value(3)});
    }
    return moved;
}

bool isFileMode(quint32 mode)
{
    return mode != 0 && mode != 0160000;
}

QByteArray inWorkTree(const Git &git, const QByteArray &path)
{
    return QFile::encodeName(git.location().workTree) + '/' + path;
}

FileStamp stampInWorkTree(const Git &git, const QByteArray &path)
{
    for (qsizetype slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1))
        if (!FileStamp::of(inWorkTree(git, path.left(slash))).isDirectory())
            return {};
    return FileStamp::of(inWorkTree(git, path));
}

QByteArray firstForeign(const Git &git, const QByteArray &directory,
                        const std::function<bool(const QByteArray &)> &accepts)
{
    for (const QByteArray &name : namesIn(inWorkTree(git, directory))) {
        const QByteArray path = directory + '/' + name;
        if (FileStamp::of(inWorkTree(git, path)).isDirectory()) {
            if (const QByteArray foreign = firstForeign(git, path, accepts); !foreign.isEmpty())
                return foreign;
        } else if (!accepts(path)) {
            return path;
        }
    }
    return {};
}

} // namespace AutoCommit
