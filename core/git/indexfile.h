#pragma once

#include "core/git/git.h"

namespace AutoCommit {

/// A path in the index or a tree. No blob and mode 0 = absent.
struct IndexEntry
{
    QByteArray path;
    quint32 mode = 0;
    QByteArray blob;

    bool operator==(const IndexEntry &) const = default;
};

/// An index of our own (`GIT_INDEX_FILE`), so that the user's is never touched while a commit is being made. Commands
/// on it hold the repository lock. The file is created by the first command.
class IndexFile
{
public:
    IndexFile(const Git &git, QString path, qsizetype nameLength, QList<QByteArray> environment = {});

    const QString &path() const { return m_path; }
    QList<QByteArray> environment() const; ///< for git calls that are to use this index

    /// Makes it hold exactly that tree-ish; an empty name means no entries at all.
    Status readTree(const QByteArray &treeish) const;
    Status set(const QList<IndexEntry> &entries) const;
    /// `git add` of exactly these paths, deletions included; goes on past files it cannot read. The answer is git's
    /// own.
    Result<ProcessOutput> add(const QList<QByteArray> &paths) const;
    /// Brings the entries of these paths to what the tree-ish has, and refreshes the stat data of all entries.
    Status resetPaths(const QByteArray &treeish, const QList<QByteArray> &paths) const;
    Result<QByteArray> writeTree() const;
    /// The entries of these paths; a path that is absent is left out.
    Result<QList<IndexEntry>> entries(const QList<QByteArray> &paths) const;
    /// What differs from that tree-ish, as the entries of this side.
    Result<QList<IndexEntry>> differences(const QByteArray &treeish) const;

private:
    GitCall writing(const QStringList &arguments, const QByteArray &input = {}) const;

    const Git &m_git;
    QString m_path;
    qsizetype m_nameLength; ///< of object names in hex: 40, or 64 with SHA-256
    QList<QByteArray> m_environment;
};

/// The tree that has no entries; git knows it without an object.
QByteArray emptyTree(qsizetype nameLength);

QByteArray joinNul(const QList<QByteArray> &paths);

} // namespace AutoCommit
