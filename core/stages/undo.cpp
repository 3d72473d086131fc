#include "core/stages/stages.h"

#include "core/base/cleantext.h"
#include "core/git/ancestry.h"
#include "core/git/landing.h"
#include "core/stages/signing.h"
#include "core/stages/synchronise.h"
#include "core/sync/movedpath.h"
#include "core/sync/rebase.h"
#include "core/sync/treemove.h"

#include <QSet>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QString text(const QByteArray &name)
{
    return QString::fromLatin1(name);
}

/// Nothing of the user is touched: a soft undo moves the branch and the index entries of the commit's paths, a revert
/// moves the tree as a pull does, and neither begins where one of its paths has changes that are not committed.
class Undo final : public Stage
{
public:
    explicit Undo(QByteArray commit)
        : m_commit(std::move(commit))
    { }

    StageId id() const override { return StageId::Commit; }

    Result<Next> run(RepoContext &repo) const override
    {
        AC_ASSIGN(const bool reached, isInHistoryOf(repo.git, repo.status.head, m_commit));
        if (!reached)
            return Error{ErrorKind::HeadMoved,
                         u"%1 is not in branch %2 (any more)"_s.arg(text(m_commit.left(10)),
                                                                    QString::fromUtf8(repo.status.branch))};
        AC_ASSIGN(const QByteArray line,
                  repo.git.read({u"rev-list"_s, u"--parents"_s, u"-n"_s, u"1"_s, text(m_commit), u"--"_s}));
        const QList<QByteArray> parents = line.trimmed().split(' ').sliced(1);
        if (parents.size() != 1)
            return Error{ErrorKind::Conflict,
                         parents.isEmpty() ? u"this is the first commit; there is nothing to go back to"_s
                                           : u"this is a merge; which side to go back to is left to you"_s};
        AC_ASSIGN(const bool pushed, isOnHub(repo));
        if (m_commit == repo.status.head && !pushed)
            AC_TRY(takeBack(repo, parents.first()));
        else
            AC_TRY(revert(repo, parents.first()));
        return Next::Continue;
    }

private:
    Result<bool> isOnHub(const RepoContext &repo) const
    {
        AC_ASSIGN(const auto upstream, findUpstream(repo.config, repo.status.branch, repo.settings));
        return upstream ? isInHistoryOf(repo.git, upstream->trackingRef, m_commit) : Result<bool>(false);
    }

    Status takeBack(RepoContext &repo, const QByteArray &parent) const
    {
        AC_ASSIGN(const QList<MovedPath> moved, movedPaths(repo.git, m_commit, parent));
        Landing landing{.ref = repo.status.branchRef(),
                        .from = m_commit,
                        .to = parent,
                        .indexAtStatus = repo.indexStamp,
                        .reflogMessage = u"auto-commit: undo"_s,
                        .nameLength = repo.nameLength};
        for (const MovedPath &path : moved)
            landing.before += {.path = path.path, .mode = path.fromMode, .blob = path.fromBlob};
        AC_TRY(land(repo.git, landing, wallNanoseconds(repo)));
        repo.head = parent;
        repo.reason = u"%1 was taken back; its changes are in the work tree"_s.arg(text(m_commit.left(10)));
        repo.decided(id(), repo.reason);
        return {};
    }

    Status revert(RepoContext &repo, const QByteArray &parent) const
    {
        const Git &git = repo.git;
        AC_ASSIGN(const QByteArray base, treeOf(git, m_commit));
        AC_ASSIGN(const QByteArray ours, treeOf(git, repo.status.head));
        AC_ASSIGN(const QByteArray theirs, treeOf(git, parent));
        const Result<QByteArray> merged = mergeTrees(git, base, ours, theirs);
        if (!merged && merged.error().kind == ErrorKind::Conflict)
            return Error{ErrorKind::Conflict,
                         u"later commits changed the same lines as %1; undo those first, or run `git revert %1` and "
                         "resolve it yourself"_s.arg(text(m_commit.left(10))),
                         merged.error().detail};
        AC_ASSIGN(const QByteArray tree, merged);
        if (tree == ours)
            return Error{ErrorKind::Usage, u"nothing of %1 is left to undo"_s.arg(text(m_commit.left(10)))};
        AC_ASSIGN(const QByteArray subject, subjectOf(git));
        ReportedCommit made{.parent = repo.status.head,
                            .subject = u"Revert \"%1\""_s.arg(cleanLine(subject)),
                            .body = u"This reverts commit %1."_s.arg(text(m_commit))};
        AC_ASSIGN(made.sha, commitTree(repo, tree, made));
        AC_ASSIGN(const QList<MovedPath> moved, movedPaths(git, repo.status.head, made.sha));
        for (const MovedPath &path : moved)
            made.paths += path.path;
        AC_TRY(checkUntouched(repo, made.paths));
        AC_TRY(moveTree(
            git,
            {.ref = repo.status.branchRef(), .from = repo.status.head, .to = made.sha, .nameLength = repo.nameLength},
            wallNanoseconds(repo)));
        repo.head = made.sha;
        repo.needsPush = !repo.status.upstream.isEmpty();
        repo.decided(id(), u"%1 %2"_s.arg(text(made.sha.left(10)), made.subject));
        repo.commits += made;
        return {};
    }

    static Status checkUntouched(const RepoContext &repo, const QList<QByteArray> &paths)
    {
        const QSet<QByteArray> touched(paths.begin(), paths.end());
        for (const StatusEntry &entry : repo.status.entries)
            if (touched.contains(entry.path))
                return Error{
                    ErrorKind::WouldOverwrite,
                    u"%1 has changes that are not committed; commit them first"_s.arg(displayPath(entry.path))};
        return {};
    }

    static Result<QByteArray> treeOf(const Git &git, const QByteArray &commit)
    {
        AC_ASSIGN(const QByteArray tree, git.read({u"rev-parse"_s, u"--verify"_s, text(commit) + u"^{tree}"_s}));
        return tree.trimmed();
    }

    Result<QByteArray> subjectOf(const Git &git) const
    {
        AC_ASSIGN(const QByteArray raw, git.read({u"log"_s, u"-1"_s, u"--format=%s"_s, text(m_commit), u"--"_s}));
        return raw.trimmed();
    }

    static Result<QByteArray> commitTree(const RepoContext &repo, const QByteArray &tree, const ReportedCommit &made)
    {
        QStringList arguments{u"commit-tree"_s, text(tree), u"-p"_s, text(made.parent)};
        if (repo.config.isTrue(u"commit.gpgsign"_s)) {
            AC_TRY(probeSigning(repo.git, repo.config));
            arguments += u"-S"_s + repo.config.value(u"user.signingkey"_s);
        }
        arguments += {u"-F"_s, u"-"_s};
        QList<QByteArray> identity;
        for (const QByteArray role : {"AUTHOR", "COMMITTER"}) {
            if (!repo.settings.userName.isEmpty())
                identity += "GIT_" + role + "_NAME=" + repo.settings.userName.toUtf8();
            if (!repo.settings.userEmail.isEmpty())
                identity += "GIT_" + role + "_EMAIL=" + repo.settings.userEmail.toUtf8();
        }
        AC_ASSIGN(const QByteArray commit,
                  repo.git.output(u"git commit-tree"_s,
                                  {.arguments = arguments,
                                   .access = GitAccess::Write,
                                   .input = (made.subject + u"\n\n"_s + made.body + u'\n').toUtf8(),
                                   .environment = identity,
                                   .holdsLock = true}));
        return commit.trimmed();
    }

    const QByteArray m_commit;
};

} // namespace

StagePtr makeUndo(const QByteArray &commit)
{
    return std::make_unique<Undo>(commit);
}

} // namespace AutoCommit
