#pragma once

#include "core/pipeline/repocontext.h"

namespace AutoCommit {

/// What was read of a file before it is captured.
struct Inspection
{
    QByteArray blob; ///< the name git would give these bytes as they are, without filters
    ContentVerdict verdict;
};

/// Reads a file (or the text of a symbolic link) once, never following a link and never blocking on a device: scans it
/// and computes its object name on the way. Nothing of it reaches the object store.
Result<Inspection> inspectFile(const RepoContext &repo, const QByteArray &path, const FileStamp &stamp);

/// What is to be told of a content that passes only because the repository itself says so, a sentence for each finding
/// that `headBlob` (empty: none) does not hold.
Result<QStringList> newlyAllowed(const RepoContext &repo, const QByteArray &path, const ContentVerdict &verdict,
                                 const QByteArray &headBlob);

/// Why a content must not be committed; nothing when it may. What `headBlob` (empty: none) already holds is in history
/// and leaks no further: it is no reason to keep every later edit of the file out.
Result<std::optional<Exclusion>> objectionTo(const RepoContext &repo, const QByteArray &path,
                                             const ContentVerdict &verdict, const QByteArray &headBlob);

} // namespace AutoCommit
