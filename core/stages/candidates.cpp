#include "core/stages/candidates.h"

#include "core/base/cleantext.h"
#include "core/privacy/brakes.h"

#include <QHash>
#include <QSet>

#include <algorithm>

#include <unistd.h>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QString sizeText(qint64 bytes)
{
    return bytes >= (1 << 20) ? u"%1 MiB"_s.arg(bytes >> 20) : u"%1 KiB"_s.arg(std::max<qint64>(1, bytes >> 10));
}

/// What the status alone says against a path; empty when nothing does.
std::optional<Exclusion> judgeState(const StatusEntry &entry)
{
    if (entry.isStaged())
        return Exclusion{entry.path, u"staged"_s, u"you staged it; it is left for your own commit"_s};
    if (entry.isIntentToAdd())
        return Exclusion{entry.path, u"staged"_s, u"marked with git add -N; it is left for your own commit"_s};
    if (entry.kind == StatusEntry::Kind::Untracked && entry.path.endsWith('/'))
        return Exclusion{entry.path, u"nested-repository"_s,
                         u"a repository of its own; add it as a submodule or ignore it"_s};
    return std::nullopt;
}

/// What lstat says against it.
std::optional<Exclusion> judgeFile(const RepoContext &repo, const Candidate &file)
{
    if (file.deleted)
        return std::nullopt;
    const FileStamp &stamp = file.stamp;
    if (!stamp.isRegular() && !stamp.isSymlink())
        return Exclusion{file.path, u"special-file"_s, u"neither a file nor a symbolic link"_s};
    if (stamp.isRegular() && stamp.size > repo.settings.maxFileBytes)
        return Exclusion{
            file.path, u"too-large"_s,
            u"%1; the limit is %2 (max_file_bytes)"_s.arg(sizeText(stamp.size), sizeText(repo.settings.maxFileBytes))};
    if (stamp.isRegular() && ::access(repo.absolute(file.path).constData(), R_OK) != 0)
        return Exclusion{file.path, u"unreadable"_s, u"it cannot be read; check its permissions"_s};
    return std::nullopt;
}

/// macOS and Windows take "File" and "file", and é in one or two code points, for the same name.
QString folded(const QByteArray &name)
{
    return QString::fromUtf8(name).normalized(QString::NormalizationForm_C).toCaseFolded();
}

/// A new name that differs from a sibling only in case or composition: the sibling's name.
class ClashFinder
{
public:
    explicit ClashFinder(const RepoContext &repo)
        : m_repo(repo)
    { }

    QByteArray clashOf(const QByteArray &path)
    {
        const qsizetype slash = path.lastIndexOf('/');
        const QByteArray directory = slash < 0 ? QByteArray() : path.left(slash + 1);
        const QByteArray name = path.mid(slash + 1);
        for (const QByteArray &sibling : siblings(directory).values(folded(name)))
            if (sibling != name)
                return directory + sibling;
        return {};
    }

private:
    const QMultiHash<QString, QByteArray> &siblings(const QByteArray &directory)
    {
        auto it = m_directories.find(directory);
        if (it == m_directories.end()) {
            it = m_directories.insert(directory, {});
            for (const QByteArray &name : namesIn(m_repo.absolute(directory)))
                if (QUtf8StringView(name).isValidUtf8()) // other bytes fold into nothing that could be told apart
                    it->insert(folded(name), name);
        }
        return *it;
    }

    const RepoContext &m_repo;
    QHash<QByteArray, QMultiHash<QString, QByteArray>> m_directories;
};

/// Storms are held as a whole and named once.
void brake(RepoContext &repo, QList<Candidate> &candidates)
{
    QList<BulkChange> changes;
    for (const Candidate &candidate : std::as_const(candidates)) {
        if (candidate.untracked)
            changes.append({.path = candidate.path, .kind = ChangeKind::Added, .size = candidate.stamp.size});
        else if (candidate.modeOnly)
            changes.append({.path = candidate.path, .kind = ChangeKind::ModeChanged});
    }
    const BulkLimits limits{.newFiles = static_cast<int>(repo.settings.maxNewFiles),
                            .newBytes = repo.settings.maxNewBytesPerDirectory,
                            .modeChanges = static_cast<int>(repo.settings.modeOnlyFiles)};
    for (const BulkHold &hold : bulkHolds(changes, 0, limits)) {
        const auto isBelow = [&](const QByteArray &path) {
            return std::ranges::any_of(hold.directories, [&](const QByteArray &directory) {
                return directory.isEmpty() || path.startsWith(directory + '/')
                    || path.startsWith(directory.endsWith('/') ? directory : directory + '/');
            });
        };
        const bool modes = hold.reason == BulkReason::ModeChanges;
        const bool everywhere = hold.reason == BulkReason::NewFiles || modes || hold.directories.isEmpty();
        candidates.removeIf([&](const Candidate &candidate) {
            return (modes ? candidate.modeOnly : candidate.untracked) && (everywhere || isBelow(candidate.path));
        });
        QString reason = hold.explanation;
        if (!hold.ignoreLines.isEmpty())
            reason += u" (.gitignore: %1)"_s.arg(QString::fromUtf8(hold.ignoreLines.join(' ')));
        const QByteArray directory = hold.directories.value(0);
        repo.exclude(directory.isEmpty()           ? QByteArray("./")
                         : directory.endsWith('/') ? directory
                                                   : directory + '/',
                     u"bulk:"_s + bulkReasonName(hold.reason), reason);
    }
}

/// Paths that the user's index speaks of: git lists one that was taken out of the index, or renamed there, a second
/// time as untracked.
QSet<QByteArray> stagedPaths(const RepoStatus &status)
{
    QSet<QByteArray> paths;
    for (const StatusEntry &entry : status.entries)
        if (entry.isStaged() || entry.isIntentToAdd())
            paths.insert(entry.path);
    return paths;
}

/// What the name rules may ask about a path's neighbourhood.
PathSurroundings surroundings(const RepoContext &repo, bool untracked)
{
    return {.tracked = !untracked,
            .namesIn = [&repo](const QByteArray &directory) { return namesIn(repo.absolute(directory)); }};
}

bool isBehindLink(const RepoContext &repo, const QByteArray &path)
{
    for (qsizetype slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1))
        if (FileStamp::of(repo.absolute(path.left(slash))).isSymlink())
            return true;
    return false;
}

} // namespace

FileStamp stampOf(const RepoContext &repo, const QByteArray &path, bool deleted)
{
    const FileStamp stamp = FileStamp::of(repo.absolute(path));
    return deleted && stamp.exists && (stamp.isDirectory() || isBehindLink(repo, path)) ? FileStamp() : stamp;
}

QList<Candidate> chooseCandidates(RepoContext &repo)
{
    QList<Candidate> candidates;
    ClashFinder clashes(repo);
    const QSet<QByteArray> staged = stagedPaths(repo.status);
    for (const StatusEntry &entry : repo.status.entries) {
        if (entry.kind == StatusEntry::Kind::Untracked && staged.contains(entry.path))
            continue; // named above, with what is staged of it
        if (entry.submodule && !entry.isStaged())
            continue; // submodulePointers() sees to them
        if (const auto exclusion = judgeState(entry)) {
            repo.exclude(repo.gate.shownPath(entry.path), exclusion->rule, exclusion->reason);
            continue;
        }
        if (repo.setAside.contains(entry.path)) {
            repo.exclude(repo.gate.shownPath(entry.path), u"recovery"_s, u"left out for a while, after a failure"_s);
            continue;
        }
        Candidate candidate{.path = entry.path,
                            .untracked = entry.kind == StatusEntry::Kind::Untracked,
                            .deleted = entry.isDeleted(),
                            .headBlob = entry.headBlob,
                            .stamp = stampOf(repo, entry.path, entry.isDeleted())};
        if (candidate.stamp.exists == candidate.deleted)
            continue; // it came or went since the status was read
        if (const auto objection = repo.gate.judgeName(entry.path, surroundings(repo, candidate.untracked));
            objection && !candidate.deleted) {
            repo.exclude(objection->shownPath, objection->rule, objection->reason);
            continue;
        }
        if (const auto exclusion = judgeFile(repo, candidate)) {
            repo.excluded += *exclusion;
            continue;
        }
        if (const QByteArray clash = candidate.untracked ? clashes.clashOf(entry.path) : QByteArray();
            !clash.isEmpty()) {
            repo.exclude(entry.path, u"name-clash"_s,
                         u"on macOS and Windows this is the same name as %1"_s.arg(displayPath(clash)));
            continue;
        }
        candidate.modeOnly = entry.kind == StatusEntry::Kind::Tracked && !candidate.deleted
            && entry.headMode != entry.workTreeMode && candidate.stamp.isRegular() && entry.headMode != 0
            && (entry.headMode & 0170000) == (entry.workTreeMode & 0170000);
        candidates += candidate;
    }
    brake(repo, candidates);
    return candidates;
}

Status waitUntilQuiet(RepoContext &repo, QList<Candidate> &candidates)
{
    const auto started = repo.clock.monotonic();
    const auto patience = std::chrono::duration_cast<std::chrono::nanoseconds>(repo.options.waitForWriters);
    const qint64 quiet = std::chrono::nanoseconds(repo.settings.fileQuiet).count();
    for (;;) {
        // A file is being written as long as its time is recent, or (a clock that is off) as long as it changes while
        // we look.
        const qint64 now = repo.clock.wall().time_since_epoch().count();
        qint64 youngest = quiet;
        for (const Candidate &candidate : std::as_const(candidates))
            if (!candidate.deleted && candidate.stamp.mtime <= now)
                youngest = std::min(youngest, now - candidate.stamp.mtime);
        const auto waited = repo.clock.monotonic() - started;
        if (youngest >= quiet || waited >= patience || repo.cancel.isCancelled())
            break;
        repo.clock.sleepFor(std::chrono::duration_cast<std::chrono::milliseconds>(std::min<std::chrono::nanoseconds>(
            std::chrono::nanoseconds(quiet - youngest) + std::chrono::milliseconds(10), patience - waited)));
        for (Candidate &candidate : candidates)
            candidate.stamp = stampOf(repo, candidate.path, candidate.deleted);
    }
    if (repo.cancel.isCancelled())
        return Error{ErrorKind::Cancelled, u"cancelled"_s};
    const qint64 now = repo.clock.wall().time_since_epoch().count();
    candidates.removeIf([&](const Candidate &candidate) {
        if (candidate.stamp.exists == candidate.deleted)
            return true; // it came or went meanwhile
        const qint64 age = now - candidate.stamp.mtime;
        if (candidate.deleted || age < 0 || age >= quiet)
            return false;
        repo.exclude(candidate.path, u"being-written"_s, u"it is still being written; the next run takes it"_s);
        return true;
    });
    return {};
}

} // namespace AutoCommit
