#include "core/wording/manifest.h"

#include "core/base/cleantext.h"
#include "core/wording/controltokens.h"
#include "core/wording/fileclass.h"

#include <QMap>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QString letterOf(ChangeKind kind)
{
    switch (kind) {
    case ChangeKind::Added:
        return u"A"_s;
    case ChangeKind::Deleted:
        return u"D"_s;
    case ChangeKind::Renamed:
        return u"R"_s;
    case ChangeKind::TypeChanged:
        return u"T"_s;
    case ChangeKind::Modified:
    case ChangeKind::ModeChanged:
        break;
    }
    return u"M"_s;
}

QString remarkOn(const FileChange &file)
{
    if (file.kind == ChangeKind::ModeChanged)
        return u" (mode only)"_s;
    switch (classOf(file)) {
    case FileClass::Lock:
        return u" (lock file)"_s;
    case FileClass::Generated:
        return u" (generated)"_s;
    case FileClass::Vendored:
        return u" (vendored)"_s;
    case FileClass::Minified:
        return u" (minified)"_s;
    case FileClass::Binary:
        return u" (binary)"_s;
    default:
        return {};
    }
}

QString countsOf(int added, int removed)
{
    QString text;
    if (added > 0)
        text += u" +%1"_s.arg(added);
    if (removed > 0)
        text += u" -%1"_s.arg(removed);
    return text;
}

QString lineOf(const FileChange &file)
{
    QString path = displayPath(file.path);
    if (file.kind == ChangeKind::Renamed)
        path = displayPath(file.oldPath) + " -> "_L1 + path;
    return letterOf(file.kind) + u' ' + neutralized(path) + countsOf(file.addedLines, file.removedLines)
        + remarkOn(file) + u'\n';
}

struct Sum
{
    int files = 0;
    int added = 0;
    int removed = 0;
};

QByteArray directoryOf(const QByteArray &path, int depth)
{
    qsizetype end = -1;
    for (int i = 0; i < depth; ++i) {
        const qsizetype next = path.indexOf('/', end + 1);
        if (next < 0)
            break;
        end = next;
    }
    return path.left(end + 1);
}

/// Directories down to `depth` as sums; a file alone in its one is named.
QString summedManifest(const ChangeSet &change, int depth)
{
    QMap<QByteArray, Sum> sums;
    for (const FileChange &file : change.files) {
        Sum &sum = sums[directoryOf(file.path, depth)];
        ++sum.files;
        sum.added += file.addedLines;
        sum.removed += file.removedLines;
    }
    QString text;
    for (auto it = sums.cbegin(); it != sums.cend(); ++it) {
        const QString name = it.key().isEmpty() ? u"./"_s : neutralized(displayPath(it.key()));
        text += name + u" %1 files"_s.arg(it->files) + countsOf(it->added, it->removed) + u'\n';
    }
    return text;
}

} // namespace

QString fileManifest(const ChangeSet &change, qsizetype characters)
{
    QString text;
    for (const FileChange &file : change.files)
        text += lineOf(file);
    for (int depth = 8; depth >= 1 && text.size() > characters; --depth)
        text = summedManifest(change, depth);
    if (text.size() > characters) {
        text.truncate(std::max<qsizetype>(0, text.lastIndexOf(u'\n', characters - 1) + 1));
        text += u"... %1 files in all\n"_s.arg(change.files.size());
    }
    return text;
}

} // namespace AutoCommit
