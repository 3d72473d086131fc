#include "core/stages/changereader.h"

#include "core/change/patchparser.h"

#include <QHash>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

ChangeKind kindOf(char status, const FileChange &file)
{
    switch (status) {
    case 'A':
        return ChangeKind::Added;
    case 'D':
        return ChangeKind::Deleted;
    case 'R':
        return ChangeKind::Renamed;
    case 'T':
        return ChangeKind::TypeChanged;
    default:
        return file.oldBlob == file.newBlob ? ChangeKind::ModeChanged : ChangeKind::Modified;
    }
}

/// The raw records in front of the patch: ":old new oldblob newblob R090 NUL path NUL [path NUL]", ended by a NUL.
QList<FileChange> parseRaw(const QByteArray &output, qsizetype &patchStart)
{
    QList<FileChange> files;
    qsizetype from = 0;
    const auto field = [&] {
        const qsizetype end = std::max(from, output.indexOf('\0', from));
        const QByteArray text = output.mid(from, end - from);
        from = end + 1;
        return text;
    };
    while (from < output.size() && output[from] == ':') {
        const QList<QByteArray> parts = field().mid(1).split(' ');
        FileChange file;
        file.oldMode = parts.value(0).toUInt(nullptr, 8);
        file.newMode = parts.value(1).toUInt(nullptr, 8);
        file.oldBlob = file.oldMode == 0 ? QByteArray() : parts.value(2);
        file.newBlob = file.newMode == 0 ? QByteArray() : parts.value(3);
        const char status = parts.value(4).isEmpty() ? 'M' : parts[4][0];
        file.kind = kindOf(status, file);
        file.path = field();
        if (status == 'R') {
            file.oldPath = file.path;
            file.path = field();
        }
        files += file;
    }
    patchStart = std::min(from + 1, output.size());
    return files;
}

QStringList diffArguments(const QByteArray &base)
{
    return {u"diff-index"_s,
            u"--cached"_s,
            u"--raw"_s,
            u"-p"_s,
            u"-r"_s,
            u"-z"_s,
            u"-M"_s,
            u"-l400"_s,
            u"-U3"_s,
            u"--no-abbrev"_s,
            u"--no-ext-diff"_s,
            u"--no-textconv"_s,
            u"--no-color"_s,
            u"--src-prefix=a/"_s,
            u"--dst-prefix=b/"_s,
            QString::fromLatin1(base),
            u"--"_s};
}

} // namespace

Result<QList<FileChange>> readChange(const RepoContext &repo, const QString &indexPath)
{
    const IndexFile index(repo.git, indexPath, repo.nameLength);
    AC_ASSIGN(const QByteArray output,
              repo.git.output(u"git diff-index"_s,
                              {.arguments = diffArguments(repo.baseTree()),
                               .environment = index.environment(),
                               .outputLimit = 256 << 20}));
    qsizetype patchStart = 0;
    QList<FileChange> files = parseRaw(output, patchStart);
    QHash<QByteArray, FileChange *> byPath;
    for (FileChange &file : files)
        byPath.insert(file.path, &file);
    PatchParser parser([&](FileChange &&diff) {
        if (FileChange *file = byPath.value(diff.path)) {
            file->binary = diff.binary;
            file->addedLines = diff.addedLines;
            file->removedLines = diff.removedLines;
            file->hunks = std::move(diff.hunks);
            file->hunksCut = diff.hunksCut;
        }
    });
    parser.feed(output.mid(patchStart));
    parser.finish();
    std::ranges::sort(files, {}, &FileChange::path);
    return files;
}

} // namespace AutoCommit
