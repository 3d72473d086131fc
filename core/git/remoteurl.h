#pragma once

#include <QStringList>

namespace AutoCommit {

/// "ssh", "https", "file", ... of any form of URL that git knows; the helper's name for "ext::...".
QString protocolOf(const QString &url);

/// host of "ssh://git@host:22/x", "git@host:x", "https://host/x"; empty for a path.
QString hostOfUrl(const QString &url);

/// The same hub repository spelled one way ("host/owner/name", lower-case host, no user, port kept unless it is the
/// protocol's own, no ".git"), so that two hosts recognise it; a local path stays a path. `aliases` are "OTHER=NAME" of
/// host and port. What was spelled so before stays as it is.
QString normalisedUrl(const QString &url, const QStringList &aliases = {});

} // namespace AutoCommit
