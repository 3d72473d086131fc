#pragma once

#include "core/privacy/filehints.h"
#include "core/privacy/hit.h"
#include "core/privacy/scanknowledge.h"
#include "core/privacy/tokenchecks.h"

namespace AutoCommit {

/// Looks into a JSON Web Token (RFC 7519): refuted are those that manuals show everybody.
CheckVerdict checkJsonWebToken(QByteArrayView token);

/// Opens nothing: its time is over, or it is signed with the secret that a library's or service's manual uses. Asked
/// only of what tests hold, where such tokens are made up; elsewhere they say something about who uses them.
bool isSpentJsonWebToken(QByteArrayView token);

/// Reports the private part `"d": "…"`, or the symmetric key `"k": "…"`, of a JSON Web Key (RFC 7517) that begins at
/// `quote`. Keys of tests and stand-ins are none.
void findJsonWebKey(const ScanKnowledge &knowledge, QByteArrayView text, qsizetype quote, const FileHints &hints,
                    Hits &hits);

} // namespace AutoCommit
