#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace AutoCommit {

/// Paths are bytes, database columns and JSON are text: a path that is valid UTF-8 is kept as it reads, any other
/// becomes "base64:…". pathFromText(textFromPath(p)) == p for every byte string without NUL.
QString textFromPath(const QByteArray &path);
QByteArray pathFromText(const QString &text);

/// A JSON array of such texts, for a column that holds a list of paths.
QString textFromPaths(const QList<QByteArray> &paths);
QList<QByteArray> pathsFromText(const QString &json);

/// The opaque name of a repository on this host, 20 characters of [a-z0-9], always the same for the same common git
/// directory. Pass the canonical absolute path (symlinks resolved): all worktrees of a repository then share one id.
/// The shape is what the API accepts as an id: SAFETY section 5, path traversal.
QString repoIdFor(const QByteArray &commonGitDir);

} // namespace AutoCommit
