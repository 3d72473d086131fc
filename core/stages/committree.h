#pragma once

#include "core/git/hooks.h"
#include "core/git/landing.h"
#include "core/pipeline/repocontext.h"

namespace AutoCommit {

/// Makes the commits of one run out of the snapshot: per commit the private index is brought to its tree, the user's
/// hooks run on exactly that, what they changed is checked, and commit-tree writes it. No ref and no file of the user
/// is touched; landing() says what has to be moved afterwards.
class CommitMaker
{
public:
    explicit CommitMaker(RepoContext &repo);

    /// Looks at identity, signing and dates once.
    Status prepare();
    /// The new commit on top of the previous one; empty when its tree is the same as its parent's. A hook may have
    /// changed the message: `planned` then holds what was really committed.
    Result<QByteArray> make(PlannedCommit &planned);
    Landing landing(const QList<QByteArray> &made) const;
    /// post-commit, when the commits have landed. Its failure changes nothing.
    void afterwards();

    QByteArray tip() const { return m_tip; }
    bool runsHooks() const; ///< whether the user has one that a commit runs

private:
    Status stage(const PlannedCommit &planned);
    bool isWholeSnapshot() const;
    Result<QByteArray> hookedTree(const PlannedCommit &planned, const QByteArray &plannedTree);
    Result<QByteArray> hookedMessage(const PlannedCommit &planned);
    Result<QByteArray> commitTree(const QByteArray &tree, const QByteArray &message);
    Status checkSigning();
    Status goOnUnsigned(const Error &error);
    QList<QByteArray> identity() const;

    RepoContext &m_repo;
    IndexFile m_index;
    Hooks m_hooks;
    QByteArray m_tip; ///< commit made last; empty on an unborn branch
    QByteArray m_tipTree;
    qint64 m_parentDate = 0; ///< committer date of the tip, seconds since 1970
    QList<IndexEntry> m_landed;
    bool m_sign = false;
};

/// Who commits, where the settings say so, as variables for git; otherwise git's own configuration counts.
QList<QByteArray> identityOf(const Settings &settings);

} // namespace AutoCommit
