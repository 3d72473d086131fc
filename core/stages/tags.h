#pragma once

#include "core/pipeline/repocontext.h"

namespace AutoCommit {

/// A tag that a version is to get, or that the hub is to get.
struct OwedTag
{
    QByteArray commit;
    QByteArray name; ///< such as "v1.2.0"
    QString text;
};

/// Version tags that are still to be made or pushed, in a file beside the journal, so that neither a hub that is away
/// nor a kill loses one. Only what the hub has is tagged: before that a rebase may still make another commit of it.
/// Read and written under the RepoLock.
class OwedTags
{
public:
    explicit OwedTags(const RepoLocation &location);

    bool isEmpty() const;
    QList<OwedTag> list() const;
    Status replace(const QList<OwedTag> &tags) const; ///< an empty list removes the file

private:
    QString m_path;
};

/// Notes the tag of a version that this run has found, and makes and pushes what can be. A repository with one version
/// has tags like v1.2.0 (never signed: that could ask somebody for a passphrase); where several manifests moved at
/// once, none speaks for all. Fails when the hub did not take a tag; one that it could not be asked for stays owed.
Status settleTags(RepoContext &repo);

} // namespace AutoCommit
