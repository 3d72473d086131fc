#pragma once

#include "core/git/git.h"

#include <QTemporaryDir>

#include <memory>

namespace AutoCommit {

/// A throw-away checkout of the same branch: its own refs, index and files, the objects of the original through an
/// alternate, so that nothing is ever written into that. Gone with this object.
class Rehearsal
{
public:
    struct Of
    {
        QByteArray branchRef;
        QByteArray head;
        QByteArray trackingRef; ///< may be empty
        qsizetype nameLength = 40;
        QStringList settings; ///< "name=value" that git is to be given on top, for instance the remote's URL
    };

    /// OutOfResources when the branch has more than 20 000 files or 256 MiB.
    static Result<std::unique_ptr<Rehearsal>> make(const Git &original, const Of &of);

    const Git &git() const { return *m_git; }

    /// Puts a copy of what the original has at these paths where the rehearsal has nothing: what would be in the way
    /// there is to be in the way here.
    Status mirror(const QList<QByteArray> &paths);

private:
    explicit Rehearsal(const Git &original)
        : m_original(original)
    { }

    Status layOut(const Of &of);
    Status checkSize(const Of &of) const;

    const Git &m_original;
    QTemporaryDir m_directory{QDir::tempPath() + QStringLiteral("/auto-commit-rehearsal-XXXXXX")};
    std::unique_ptr<Git> m_git;
};

} // namespace AutoCommit
