#include "core/stages/renamehalves.h"

#include "core/base/cleantext.h"

#include <QFile>
#include <QHash>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype most = 200; // deletions and files compared; a larger move is a matter for the brakes
constexpr qint64 longest = 1 << 20;

using Lines = QHash<QByteArray, int>;

struct LeftOut
{
    QByteArray path;
    QByteArray content;
    Lines lines;
};

Lines linesOf(const QByteArray &content)
{
    Lines lines;
    for (const QByteArray &line : content.split('\n'))
        if (!line.trimmed().isEmpty())
            ++lines[line];
    return lines;
}

/// git's own measure for a rename: at least half of what was there is there again.
bool isSameFile(const QByteArray &before, const Lines &beforeLines, const LeftOut &now)
{
    if (before == now.content)
        return true;
    int all = 0;
    int again = 0;
    for (auto it = beforeLines.begin(); it != beforeLines.end(); ++it) {
        all += it.value();
        again += std::min(it.value(), now.lines.value(it.key()));
    }
    return all > 0 && 2 * again >= all;
}

bool isKnownToHead(const RepoContext &repo, const QByteArray &path)
{
    return std::ranges::any_of(repo.status.entries, [&](const StatusEntry &entry) {
        return entry.path == path && entry.kind == StatusEntry::Kind::Tracked && entry.headMode != 0;
    });
}

QList<LeftOut> newFilesLeftOut(const RepoContext &repo)
{
    QList<LeftOut> files;
    for (const Exclusion &entry : repo.excluded) {
        if (files.size() == most || entry.path.endsWith('/') || isKnownToHead(repo, entry.path))
            continue;
        QFile file(QFile::decodeName(repo.absolute(entry.path)));
        if (!FileStamp::of(repo.absolute(entry.path)).isRegular() || !file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray content = file.read(longest);
        if (!content.isEmpty()) // every empty file is like every other
            files.append({.path = entry.path, .content = content, .lines = linesOf(content)});
    }
    return files;
}

} // namespace

Status holdRenameHalves(RepoContext &repo, QList<Inspected> &files)
{
    const bool deletes = std::ranges::any_of(files, [](const Inspected &entry) { return entry.file.deleted; });
    if (!deletes || repo.excluded.isEmpty())
        return {};
    const QList<LeftOut> leftOut = newFilesLeftOut(repo);
    if (leftOut.isEmpty())
        return {};
    QList<Inspected> kept;
    qsizetype compared = 0;
    for (const Inspected &entry : std::as_const(files)) {
        const LeftOut *twin = nullptr;
        if (entry.file.deleted && compared++ < most) {
            AC_ASSIGN(const QByteArray before,
                      repo.git.read({u"cat-file"_s, u"blob"_s, QString::fromLatin1(entry.file.headBlob)}));
            const QByteArray start = before.left(longest);
            const Lines lines = linesOf(start);
            for (const LeftOut &file : leftOut)
                if (!twin && isSameFile(start, lines, file))
                    twin = &file;
        }
        if (twin)
            repo.exclude(entry.file.path, u"half-of-a-rename"_s,
                         u"it seems to be %1 now, which is left out; so its old name stays committed"_s.arg(
                             displayPath(twin->path)));
        else
            kept.append(entry);
    }
    files = kept;
    return {};
}

} // namespace AutoCommit
