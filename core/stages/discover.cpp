#include "core/stages/stages.h"

#include "core/base/cleantext.h"
#include "core/change/patchparser.h"
#include "core/privacy/brakes.h"

#include <QHash>
#include <QSet>

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

/// Line endings only: removed and added lines are the same but for a CR at the end.
bool isLineEndingsOnly(const FileChange &file)
{
    if (file.kind != ChangeKind::Modified || file.hunksCut || file.hunks.isEmpty()
        || file.addedLines != file.removedLines)
        return false;
    const auto bare = [](const QByteArray &line) { return line.endsWith('\r') ? line.chopped(1) : line; };
    return std::ranges::all_of(file.hunks, [&](const Hunk &hunk) {
        return std::ranges::equal(hunk.removed, hunk.added,
                                  [&](const QByteArray &a, const QByteArray &b) { return bare(a) == bare(b); });
    });
}

class Discover final : public Stage
{
public:
    StageId id() const override { return StageId::Discover; }

    Result<Next> run(RepoContext &repo) const override
    {
        if (repo.snapshot.isEmpty())
            return Next::Continue;
        AC_TRY(readChange(repo));
        dropLineEndingChurn(repo);
        AC_TRY(brakeDeletions(repo));
        repo.decided(id(), u"%1 files to commit"_s.arg(repo.changes.files.size()));
        return Next::Continue;
    }

private:
    static Status readChange(RepoContext &repo)
    {
        const IndexFile index(repo.git, repo.indexPath(u"index.capture"_s), repo.nameLength);
        AC_ASSIGN(const QByteArray output,
                  repo.git.output(u"git diff-index"_s,
                                  {.arguments = {u"diff-index"_s, u"--cached"_s, u"--raw"_s, u"-p"_s, u"-r"_s, u"-z"_s,
                                                 u"-M"_s, u"-l400"_s, u"-U3"_s, u"--no-abbrev"_s, u"--no-ext-diff"_s,
                                                 u"--no-textconv"_s, u"--no-color"_s, u"--src-prefix=a/"_s,
                                                 u"--dst-prefix=b/"_s, QString::fromLatin1(repo.baseTree()), u"--"_s},
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
        for (const FileChange &file : files) {
            const bool renamed = !file.oldPath.isEmpty();
            if (renamed)
                repo.before.append({.path = file.oldPath, .mode = file.oldMode, .blob = file.oldBlob});
            repo.before.append(renamed ? IndexEntry{.path = file.path}
                                       : IndexEntry{.path = file.path, .mode = file.oldMode, .blob = file.oldBlob});
        }
        std::ranges::sort(files, {}, &FileChange::path);
        repo.changes.files = std::move(files);
        return {};
    }

    /// A tool that rewrites every line end makes no commit of the whole file.
    static void dropLineEndingChurn(RepoContext &repo)
    {
        QSet<QByteArray> dropped;
        for (const FileChange &file : repo.changes.files) {
            if (isLineEndingsOnly(file)) {
                dropped.insert(file.path);
                repo.exclude(file.path, u"line-endings"_s, u"only its line endings changed"_s);
            }
        }
        repo.changes.files.removeIf([&](const FileChange &file) { return dropped.contains(file.path); });
        repo.snapshot.removeIf([&](const IndexEntry &entry) { return dropped.contains(entry.path); });
    }

    /// Renames are known only now, so only now is it clear how much really disappears. An unmounted volume looks like a
    /// tree whose files were all deleted.
    static Status brakeDeletions(const RepoContext &repo)
    {
        QList<BulkChange> deletions;
        for (const FileChange &file : repo.changes.files)
            if (file.kind == ChangeKind::Deleted)
                deletions.append({.path = file.path, .kind = ChangeKind::Deleted});
        const BulkLimits limits{.deletions = static_cast<int>(repo.settings.massDeleteFiles),
                                .deletionPercent = static_cast<int>(repo.settings.massDeletePercent)};
        const QList<BulkHold> holds
            = deletions.isEmpty() ? QList<BulkHold>() : bulkHolds(deletions, trackedFiles(repo), limits);
        return holds.isEmpty() ? Status() : Status(Error{ErrorKind::BulkHold, holds.first().explanation});
    }

    /// The number of entries, from the index header: "DIRC", version, count. Exact enough for a brake.
    static qint64 trackedFiles(const RepoContext &repo)
    {
        QFile index(repo.git.location().gitDir + u"/index"_s);
        if (!index.open(QIODevice::ReadOnly))
            return 0;
        const QByteArray header = index.read(12);
        quint32 count = 0;
        for (qsizetype i = 8; i < header.size(); ++i)
            count = (count << 8) | static_cast<unsigned char>(header[i]);
        return header.startsWith("DIRC") ? count : 0;
    }
};

} // namespace

StagePtr makeDiscover()
{
    return std::make_unique<Discover>();
}

} // namespace AutoCommit
