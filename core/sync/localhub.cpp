#include "core/sync/localhub.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

bool isObjectName(const QByteArray &text)
{
    return (text.size() == 40 || text.size() == 64)
        && std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

/// git's own order: a path that is a checkout stands for its .git.
QString gitDirectoryOf(const QString &repository)
{
    for (const QString &directory : {repository + u"/.git"_s, repository}) {
        if (QFile::exists(directory + u"/HEAD"_s) && QFileInfo(directory + u"/refs"_s).isDir())
            return directory;
    }
    return {};
}

std::optional<QByteArray> packedTip(const QString &directory, const QByteArray &ref)
{
    QFile packed(directory + u"/packed-refs"_s);
    if (!packed.open(QIODevice::ReadOnly))
        return std::nullopt;
    while (!packed.atEnd()) {
        const QByteArray line = packed.readLine().trimmed();
        const qsizetype blank = line.indexOf(' ');
        if (blank > 0 && line.mid(blank + 1) == ref && isObjectName(line.left(blank)))
            return line.left(blank);
    }
    return std::nullopt;
}

} // namespace

std::optional<QByteArray> localHubTip(const QString &repository, const QByteArray &ref)
{
    const QString directory = gitDirectoryOf(repository);
    if (directory.isEmpty() || QFile::exists(directory + u"/reftable"_s) || QFile::exists(directory + u"/commondir"_s))
        return std::nullopt;
    QFile loose(directory + u'/' + QFile::decodeName(ref));
    if (!loose.exists()) // packing writes packed-refs first and removes the file then
        return packedTip(directory, ref);
    const QByteArray text = loose.open(QIODevice::ReadOnly) ? loose.read(256).trimmed() : QByteArray();
    return isObjectName(text) ? std::optional(text) : std::nullopt;
}

} // namespace AutoCommit
