#include "core/model/effort.h"

#include "core/wording/fileclass.h"

#include <QSet>

namespace AutoCommit {

namespace {

/// Above one of these a single call sees too much at once to say what it comes to. Chosen so that a mixed day of
/// commits takes fewer than one and a half calls each; see tst_effortcorpus.
constexpr int shortLines = 80;
constexpr int shortFiles = 5;

bool hasWords(const FileChange &file, FileClass fileClass)
{
    return isReadable(fileClass) && !file.hunks.isEmpty();
}

} // namespace

Effort effortFor(const ChangeSet &change, const QList<qsizetype> &files)
{
    int lines = 0;
    int worded = 0;
    QSet<FileClass> kinds;
    for (const qsizetype index : files) {
        const FileChange &file = change.files[index];
        const FileClass fileClass = classOf(file);
        if (!hasWords(file, fileClass))
            continue;
        ++worded;
        lines += file.addedLines + file.removedLines;
        kinds.insert(fileClass);
    }
    if (worded == 0)
        return Effort::None;
    const bool plain = kinds.size() == 1
        && (kinds.contains(FileClass::Docs) || kinds.contains(FileClass::Test) || kinds.contains(FileClass::Ci)
            || kinds.contains(FileClass::Manifest));
    return plain || (lines <= shortLines && worded <= shortFiles) ? Effort::Short : Effort::Full;
}

} // namespace AutoCommit
