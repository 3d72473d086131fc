#pragma once

#include "core/engine/historybuilder.h"

namespace AutoCommit::Testing {

inline FileChange changed(const QByteArray &path, const QList<QByteArray> &added, const QList<QByteArray> &removed = {},
                          ChangeKind kind = ChangeKind::Modified)
{
    FileChange file;
    file.path = path;
    file.kind = kind;
    file.addedLines = static_cast<int>(added.size());
    file.removedLines = static_cast<int>(removed.size());
    file.hunks = {
        {.context = {}, .oldStart = 1, .newStart = 1, .before = {}, .removed = removed, .added = added, .after = {}}};
    return file;
}

struct Past
{
    QByteArray subject;
    QList<QByteArray> paths;
    char status = 'M'; ///< of all its paths
};

/// A history of commits that modified paths, newest first, read the way git prints it.
inline History historyOf(const QList<Past> &commits)
{
    HistoryBuilder builder;
    int number = 0;
    for (const Past &past : commits) {
        QByteArray log
            = '\x01' + QByteArray::number(1000000 + ++number) + '\0' + "1700000000" + '\0' + past.subject + '\0';
        for (const QByteArray &path : past.paths)
            log += ":100644 100644 aaaa bbbb " + QByteArray(1, past.status) + QByteArray(1, '\0') + path + '\0';
        builder.addLog(log);
    }
    return builder.finish();
}

inline QList<Past> repeated(int times, const QList<Past> &commits)
{
    QList<Past> all;
    for (int i = 0; i < times; ++i)
        all += commits;
    return all;
}

} // namespace AutoCommit::Testing
