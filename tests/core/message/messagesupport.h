#pragma once

#include "core/change/patchparser.h"
#include "core/message/message.h"

#include <QByteArrayList>
#include <QTest>

#include <numeric>

namespace AutoCommit::Test {

/// Reads a change written down briefly:
///     == src/a.cpp            a file; "|A", "|D" or "|R old/path" behind it: added, deleted, renamed
///     @@ int main()           a hunk with what git would print behind it; the first may be left out
///     -old                    lines as in a diff, with their blank for unchanged ones
inline ChangeSet changeOf(const QByteArray &text)
{
    ChangeSet changes;
    QByteArrayList lines;
    QByteArray context;
    int position = 1;
    const auto closeHunk = [&] {
        if (lines.isEmpty() || changes.files.isEmpty())
            return;
        FileChange &file = changes.files.last();
        int removed = 0;
        int added = 0;
        QByteArray patch;
        for (const QByteArray &line : lines) {
            removed += line.startsWith('+') ? 0 : 1;
            added += line.startsWith('-') ? 0 : 1;
            patch += line + '\n';
        }
        const QByteArray at = QByteArray::number(position);
        patch = "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -" + at + ',' + QByteArray::number(removed) + " +" + at + ','
            + QByteArray::number(added) + " @@ " + context + '\n' + patch;
        const FileChange parsed = parsePatch(patch).value(0);
        file.hunks += parsed.hunks;
        file.addedLines += parsed.addedLines;
        file.removedLines += parsed.removedLines;
        position += 100;
        lines.clear();
        context.clear();
    };
    for (const QByteArray &line : text.split('\n')) {
        if (line.startsWith("== ")) {
            closeHunk();
            position = 1;
            FileChange file;
            const qsizetype bar = line.indexOf('|');
            file.path = line.mid(3, bar < 0 ? -1 : bar - 3).trimmed();
            const char kind = bar < 0 ? 'M' : line.at(bar + 1);
            file.kind = kind == 'A' ? ChangeKind::Added
                : kind == 'D'       ? ChangeKind::Deleted
                : kind == 'R'       ? ChangeKind::Renamed
                                    : ChangeKind::Modified;
            if (kind == 'R')
                file.oldPath = line.mid(bar + 3);
            file.oldMode = kind == 'A' ? 0 : 0100644;
            file.newMode = kind == 'D' ? 0 : 0100644;
            changes.files.append(file);
        } else if (line.startsWith("@@ ") || line == "@@") {
            closeHunk();
            context = line.mid(3);
        } else if (!line.isEmpty()) {
            lines.append(line);
        }
    }
    closeHunk();
    return changes;
}

inline CommitMessage describeAll(const ChangeSet &changes, const QString &type = {}, const QString &scope = {},
                                 const StyleProfile &style = {})
{
    QList<qsizetype> files(changes.files.size());
    std::iota(files.begin(), files.end(), 0);
    return describe({changes, files, type, scope}, style);
}

/// The columns and the check of a table of changes and their subjects.
struct SubjectTable
{
    static void columns()
    {
        QTest::addColumn<QByteArray>("change");
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("subject");
    }

    static void row(const char *name, const char *type, const char *change, const char *subject)
    {
        QTest::newRow(name) << QByteArray(change) << QString::fromLatin1(type) << QString::fromUtf8(subject);
    }

    static void check()
    {
        QFETCH(QByteArray, change);
        QFETCH(QString, type);
        QFETCH(QString, subject);
        QCOMPARE(describeAll(changeOf(change), type).subject, subject);
    }
};

} // namespace AutoCommit::Test
