#pragma once

#include "core/pipeline/repocontext.h"

namespace AutoCommit {

/// A changed path that may be committed, as far as status, name and file type tell.
struct Candidate
{
    QByteArray path;
    bool untracked = false;
    bool deleted = false;
    bool modeOnly = false;
    QByteArray headBlob; ///< zeros when HEAD does not have it
    FileStamp stamp; ///< when it was looked at; of a deleted path: does not exist
};

/// What lstat says about a changed path. Where a tracked file made room for a directory, or its directory for a link,
/// the file itself is deleted, whatever is there by that name.
FileStamp stampOf(const RepoContext &repo, const QByteArray &path, bool deleted);

/// Goes through the status and leaves out what is not ours to commit: what the user staged, nested
/// repositories, dangerous names, generated trees, files that are too large or unreadable, names that would clash on
/// another system, and too much at once. Every one is excluded with a reason. A path that vanished is dropped.
QList<Candidate> chooseCandidates(RepoContext &repo);

/// Waits, at most `options.waitForWriters`, until no candidate was written within the last `file_quiet_seconds`. Those
/// that still are being written then are excluded; all stamps are fresh afterwards.
Status waitUntilQuiet(RepoContext &repo, QList<Candidate> &candidates);

} // namespace AutoCommit
