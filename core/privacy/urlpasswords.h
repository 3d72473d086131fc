#pragma once

#include "core/privacy/filehints.h"
#include "core/privacy/hit.h"
#include "core/privacy/scanknowledge.h"

namespace AutoCommit {

/// Reports the password in `scheme://user:password@host`, or a token in place of the user, of the URL whose "://" is at
/// `mark`. Stand-ins and the passwords of throw-away databases (user and password alike) are none; in tests and
/// documentation only random ones are.
void findUrlPassword(const ScanKnowledge &knowledge, QByteArrayView text, qsizetype mark, FileHints hints, Hits &hits);

} // namespace AutoCommit
