#include "core/stages/stages.h"

#include "core/base/cleantext.h"
#include "core/privacy/brakes.h"
#include "core/stages/changereader.h"

#include <QSet>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

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
        if (repo.changes.files.isEmpty()) { // else it is as the capture found it
            AC_ASSIGN(repo.changes.files, readChange(repo, repo.indexPath(u"index.capture"_s)));
        }
        for (const FileChange &file : std::as_const(repo.changes.files)) {
            const bool renamed = !file.oldPath.isEmpty();
            if (renamed)
                repo.before.append({.path = file.oldPath, .mode = file.oldMode, .blob = file.oldBlob});
            repo.before.append(renamed ? IndexEntry{.path = file.path}
                                       : IndexEntry{.path = file.path, .mode = file.oldMode, .blob = file.oldBlob});
        }
        dropLineEndingChurn(repo);
        AC_TRY(brakeDeletions(repo));
        repo.decided(id(), u"%1 files to commit"_s.arg(repo.changes.files.size()));
        return Next::Continue;
    }

private:
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
