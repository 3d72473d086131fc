#include "core/stages/capture.h"

#include "core/base/cleantext.h"
#include "core/base/diskspace.h"
#include "core/git/giterrors.h"
#include "core/stages/changereader.h"
#include "core/stages/filterattributes.h"
#include "core/stages/inspection.h"

#include <QHash>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

class Capture
{
public:
    explicit Capture(RepoContext &repo)
        : m_repo(repo)
        , m_index(repo.git, repo.indexPath(u"index.capture"_s), repo.nameLength)
    { }

    Status run(QList<Inspected> files, const QList<IndexEntry> &pointers)
    {
        QFile::remove(m_index.path() + u".lock"_s); // under our lock, in our own corner: nobody else's
        AC_TRY(m_index.readTree(m_repo.status.head));
        keepForCommit();
        AC_TRY(removeCovered(files));
        AC_TRY(addAll(files));
        AC_ASSIGN(QList<FileChange> change, readChange(m_repo, m_index.path()));
        const QList<IndexEntry> captured = entriesOf(change);
        AC_TRY(verifyAll(files, captured));
        if (m_repo.snapshot.size() == captured.size() && pointers.isEmpty())
            m_repo.changes.files = std::move(change);
        m_repo.snapshot += pointers;
        AC_TRY(m_index.set(pointers));
        m_repo.inCaptureIndex = m_repo.snapshot.size();
        return {};
    }

private:
    /// The commits begin with the same entries; a copy costs less than asking git again.
    void keepForCommit()
    {
        const QString path = m_repo.indexPath(u"index.commit"_s);
        QFile::remove(path);
        if (QFile::copy(m_index.path(), path))
            m_repo.commitIndexAt = m_repo.status.head;
    }

    static QList<IndexEntry> entriesOf(const QList<FileChange> &change)
    {
        QList<IndexEntry> entries;
        for (const FileChange &file : change) {
            if (!file.oldPath.isEmpty())
                entries.append({.path = file.oldPath});
            entries.append({.path = file.path, .mode = file.newMode, .blob = file.newBlob});
        }
        return entries;
    }

    /// A deleted file whose name is a directory's now: `git add` would take that for the directory.
    Status removeCovered(const QList<Inspected> &files) const
    {
        QList<IndexEntry> covered;
        for (const Inspected &entry : files)
            if (isCovered(entry.file))
                covered.append({.path = entry.file.path});
        return m_index.set(covered);
    }

    bool isCovered(const Candidate &file) const
    {
        return file.deleted && FileStamp::of(m_repo.absolute(file.path)).exists;
    }

    /// A path that vanishes makes git refuse the whole call before it has added anything; a file truncated under git's
    /// eyes kills it. Both are dropped or excluded and the rest goes in with the next attempt.
    Status addAll(QList<Inspected> &files)
    {
        for (int attempt = 0; !files.isEmpty(); ++attempt) {
            QList<QByteArray> paths;
            for (const Inspected &entry : std::as_const(files))
                if (!isCovered(entry.file))
                    paths += entry.file.path;
            if (paths.isEmpty())
                return {};
            AC_ASSIGN(const ProcessOutput added, m_index.add(paths));
            m_someRefused = added.signal == 0 && added.exitCode == 1; // they are missed in verifyAll
            if (added.succeeded() || m_someRefused)
                return {};
            const qsizetype before = files.size();
            dropChanged(files);
            AC_TRY(dropUnfiltered(files, added.errors));
            if (files.size() == before || attempt >= 5)
                return classifyGitFailure(u"git add"_s, added);
            QFile::remove(m_index.path() + u".lock"_s);
        }
        return {};
    }

    void dropChanged(QList<Inspected> &files)
    {
        files.removeIf(
            [&](const Inspected &entry) { return !isUnchanged(entry.file) && (excludeChanged(entry.file), true); });
    }

    /// A filter that fails ends the whole call at the first of its files.
    Status dropUnfiltered(QList<Inspected> &files, const QByteArray &complaint) const
    {
        const QString filter = failedFilter(complaint);
        if (filter.isEmpty())
            return {};
        QList<QByteArray> paths;
        for (const Inspected &entry : std::as_const(files))
            paths += entry.file.path;
        AC_ASSIGN(const auto filters, filtersOf(m_repo, paths));
        files.removeIf([&](const Inspected &entry) {
            const bool fails = !entry.file.deleted && filters.value(entry.file.path) == filter;
            if (fails)
                m_repo.exclude(entry.file.path, u"filter"_s, u"its filter \"%1\" fails here"_s.arg(cleanLine(filter)));
            return fails;
        });
        return {};
    }

    bool isUnchanged(const Candidate &file) const { return stampOf(m_repo, file.path, file.deleted) == file.stamp; }

    void excludeChanged(const Candidate &file)
    {
        if (file.stamp.exists == stampOf(m_repo, file.path, file.deleted).exists)
            m_repo.exclude(file.path, u"being-written"_s, u"it changed while it was read; the next run takes it"_s);
    }

    Status verifyAll(const QList<Inspected> &files, const QList<IndexEntry> &captured)
    {
        QHash<QByteArray, IndexEntry> byPath;
        for (const IndexEntry &entry : captured)
            byPath.insert(entry.path, entry);
        QSet<QByteArray> good;
        for (const Inspected &file : files) {
            const auto it = byPath.constFind(file.file.path);
            if (it == byPath.constEnd()) { // the same as in HEAD after all, or git did not take it
                const bool refused = m_someRefused && file.blob != file.file.headBlob;
                if ((file.file.untracked || refused) && isUnchanged(file.file))
                    m_repo.exclude(file.file.path, u"not-taken"_s,
                                   u"git add does not take it: unreadable, or outside of the sparse checkout"_s);
                continue;
            }
            AC_ASSIGN(const bool holds, verify(file, *it));
            if (holds)
                good.insert(file.file.path);
        }
        QList<IndexEntry> takenOut;
        for (const IndexEntry &entry : captured) {
            if (good.contains(entry.path))
                m_repo.snapshot += entry;
            else
                takenOut += entry;
        }
        return takeOut(takenOut);
    }

    Result<bool> verify(const Inspected &inspected, const IndexEntry &entry)
    {
        const Candidate &file = inspected.file;
        if (!isUnchanged(file) || (entry.mode == 0) != file.deleted) {
            excludeChanged(file);
            return false;
        }
        if (file.deleted || entry.blob == inspected.blob)
            return true;
        // A filter or line-end conversion made other bytes of it: those are what would be committed, so they are looked
        // at.
        AC_ASSIGN(const QByteArray content,
                  m_repo.git.read({u"cat-file"_s, u"blob"_s, QString::fromLatin1(entry.blob)}));
        AC_ASSIGN(const auto objection,
                  objectionTo(m_repo, file.path, m_repo.gate.judge(file.path, content), file.headBlob));
        if (objection) {
            m_repo.excluded += *objection;
            return false;
        }
        AC_ASSIGN(const Inspection again, inspectFile(m_repo, file.path, file.stamp));
        if (again.blob != inspected.blob) {
            excludeChanged(file);
            return false;
        }
        return true;
    }

    /// Back to what HEAD has, so that the private index holds the snapshot and nothing else.
    Status takeOut(const QList<IndexEntry> &entries)
    {
        if (entries.isEmpty())
            return {};
        if (m_repo.status.head.isEmpty()) {
            QList<IndexEntry> absent;
            for (const IndexEntry &entry : entries)
                absent.append({.path = entry.path});
            return m_index.set(absent);
        }
        QList<QByteArray> paths;
        for (const IndexEntry &entry : entries)
            paths += entry.path;
        return m_index.resetPaths(m_repo.status.head, paths);
    }

    RepoContext &m_repo;
    IndexFile m_index;
    bool m_someRefused = false;
};

} // namespace

Status captureSnapshot(RepoContext &repo, QList<Inspected> files, const QList<IndexEntry> &pointers)
{
    if (files.isEmpty() && pointers.isEmpty())
        return {};
    qint64 bytes = 0;
    for (const Inspected &file : files)
        bytes += file.file.stamp.size;
    // Twice: half-written objects of a failed attempt stay until git's own gc, and the commits come on top.
    const QString objects = repo.scratch ? repo.scratch->path() : repo.git.location().commonDir;
    AC_TRY(requireSpace(objects, 2 * bytes + (8LL << 20), u"to commit this takes"_s));
    return Capture(repo).run(std::move(files), pointers);
}

} // namespace AutoCommit
