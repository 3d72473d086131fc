#pragma once

#include "core/privacy/lexicon.h"

namespace AutoCommit {

/// What stands directly before `begin` says that a hash follows: `sha512-`, `h1:`, `@` of a pinned action, `commit/`.
bool standsBehindHashMark(const Lexicon &lexicon, QByteArrayView text, qsizetype begin);

/// The text at `begin` is part of a URL that began before it.
bool isInsideUrl(QByteArrayView text, qsizetype begin);

/// `key: deps-linux-<hash>`: what a build's cache is kept under.
bool isKeyOfCache(QByteArrayView value);

} // namespace AutoCommit
