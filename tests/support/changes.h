#pragma once

#include "core/change/changeset.h"

#include <numeric>

namespace AutoCommit {

/// A file with these lines added.
inline FileChange added(const QByteArray &path, const QList<QByteArray> &lines)
{
    return {.path = path,
            .kind = ChangeKind::Added,
            .newMode = 0100644,
            .newBlob = QByteArray(40, 'b'),
            .addedLines = static_cast<int>(lines.size()),
            .hunks = {Hunk{.newStart = 1, .added = lines}}};
}

/// A file in which `before` became `after`.
inline FileChange edited(const QByteArray &path, const QList<QByteArray> &before, const QList<QByteArray> &after)
{
    return {.path = path,
            .kind = ChangeKind::Modified,
            .oldMode = 0100644,
            .newMode = 0100644,
            .oldBlob = QByteArray(40, 'a'),
            .newBlob = QByteArray(40, 'b'),
            .addedLines = static_cast<int>(after.size()),
            .removedLines = static_cast<int>(before.size()),
            .hunks = {Hunk{.context = "int run()", .oldStart = 7, .newStart = 7, .removed = before, .added = after}}};
}

inline QList<QByteArray> manyLines(int count, const QByteArray &word = "value")
{
    QList<QByteArray> lines;
    for (int i = 0; i < count; ++i)
        lines.append("    " + word + QByteArray::number(i) + " = compute(" + QByteArray::number(i * 7) + ");");
    return lines;
}

inline QList<qsizetype> allFiles(const ChangeSet &change)
{
    QList<qsizetype> files(change.files.size());
    std::iota(files.begin(), files.end(), 0);
    return files;
}

} // namespace AutoCommit
