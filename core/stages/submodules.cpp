#include "core/stages/submodules.h"

#include "core/git/ancestry.h"
#include "core/sync/upstream.h"

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr quint32 gitlinkMode = 0160000;

/// Only forward: after a pull the submodule is still where the pointer was before, and recording that would take the
/// other machine's step back.
Status checkForward(const Git &git, const QByteArray &recorded, const QByteArray &commit)
{
    AC_ASSIGN(const bool forward, isInHistoryOf(git, commit, recorded));
    if (forward)
        return {};
    return Error{ErrorKind::NotVerified,
                 u"it is not ahead of the commit recorded here; `git submodule update` brings it there, or commit the "
                 "step back yourself"_s};
}

/// The commit a submodule is at, when one of its remotes has it; otherwise why it may not be recorded.
Result<QByteArray> publishedCommit(const RepoContext &repo, const StatusEntry &entry)
{
    const QString top = QFile::decodeName(repo.absolute(entry.path));
    const Result<RepoLocation> location = locateRepository(top);
    if (!location || location->workTree == repo.git.location().workTree)
        return Error{ErrorKind::NotARepository, u"the submodule is not checked out here"_s};
    Git git = repo.git.at(*location);
    // What it configures itself counts no more than what a checkout of its own does: a missing object may be fetched.
    AC_ASSIGN(const RepoConfig config, RepoConfig::read(git));
    git.setOverrides(config.overrides(repo.settings.trustedFilters));
    if (const auto promisors = promisorEnvironment(config, repo.settings))
        git.addEnvironment(*promisors);
    AC_ASSIGN(const QByteArray head, git.read({u"rev-parse"_s, u"--verify"_s, u"HEAD^{commit}"_s}));
    const QByteArray commit = head.trimmed();
    AC_ASSIGN(const QByteArray holders,
              git.read({u"for-each-ref"_s, u"--count=1"_s, u"--format=%(refname)"_s,
                        u"--contains="_s + QString::fromLatin1(commit), u"refs/remotes"_s}));
    if (holders.trimmed().isEmpty())
        return Error{ErrorKind::NotVerified,
                     u"its commit %1 is on no remote of the submodule yet; the pointer follows when it is"_s.arg(
                         QString::fromLatin1(commit.left(10)))};
    AC_TRY(checkForward(git, entry.headBlob, commit));
    return commit;
}

} // namespace

Result<QList<IndexEntry>> submodulePointers(RepoContext &repo)
{
    QList<IndexEntry> pointers;
    for (const StatusEntry &entry : std::as_const(repo.status.entries)) {
        if (!entry.submodule || entry.isStaged() || entry.kind != StatusEntry::Kind::Tracked)
            continue;
        if (entry.isDeleted()) {
            repo.exclude(entry.path, u"submodule"_s, u"the submodule is gone; its removal is left for you to commit"_s);
            continue;
        }
        const Result<QByteArray> commit = publishedCommit(repo, entry);
        if (commit)
            pointers.append({.path = entry.path, .mode = gitlinkMode, .blob = *commit});
        else if (commit.error().kind == ErrorKind::Cancelled)
            return commit.error();
        else
            repo.exclude(entry.path, u"submodule"_s, commit.error().message);
    }
    return pointers;
}

} // namespace AutoCommit
