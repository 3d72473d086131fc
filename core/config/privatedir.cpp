#include "core/config/privatedir.h"

#include "core/config/paths.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <sys/stat.h>

namespace AutoCommit {

using namespace Qt::StringLiterals;

QString nearestExisting(const QString &path)
{
    QString found = QDir::cleanPath(path);
    while (!QFileInfo::exists(found) && found.contains(u'/') && found != QDir::rootPath())
        found = QFileInfo(found).path();
    return found;
}

/// Qt does not tell why a directory could not be made; making the first one that is missing once more does.
Status ensurePrivateDir(const QString &path)
{
    if (makePrivateDir(path))
        return {};
    const QString parent = nearestExisting(path);
    const QString missing
        = QDir(parent).filePath(path.mid(parent.size()).section(u'/', 0, 0, QString::SectionSkipEmpty));
    if (::mkdir(QFile::encodeName(missing).constData(), 0700) == 0)
        return makePrivateDir(path) ? Status() : Status(Error{ErrorKind::IoError, u"%1 cannot be made"_s.arg(path)});
    const int reason = errno;
    return Error{ErrorKind::IoError, u"%1 cannot be made: %2"_s.arg(missing, qt_error_string(reason))};
}

} // namespace AutoCommit
