#pragma once

#include "core/git/filestamp.h"
#include "core/git/git.h"

#include <functional>

namespace AutoCommit {

/// One path that differs between two commits.
struct MovedPath
{
    QByteArray path;
    quint32 fromMode = 0; ///< 0 = absent
    quint32 toMode = 0;
    QByteArray fromBlob;
    QByteArray toBlob;
};

Result<QList<MovedPath>> movedPaths(const Git &git, const QByteArray &from, const QByteArray &to);

/// A file or a symbolic link: neither absent nor a submodule.
bool isFileMode(quint32 mode);

/// The path below the work tree.
QByteArray inWorkTree(const Git &git, const QByteArray &path);

/// What is at a path of the work tree. Nothing is behind a symbolic link: what it leads to is not this checkout's.
FileStamp stampInWorkTree(const Git &git, const QByteArray &path);

/// The first thing at or below this directory, directories themselves apart, that `accepts` does not take; empty when
/// there is none. Paths are relative to the work tree.
QByteArray firstForeign(const Git &git, const QByteArray &directory,
                        const std::function<bool(const QByteArray &)> &accepts);

} // namespace AutoCommit
