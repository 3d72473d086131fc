#pragma once

#include "core/change/changeset.h"
#include "core/privacy/secretscanner.h"

namespace AutoCommit {

/// A change as the unified diff that git would print, fit to leave the machine: every secret masked, invalid UTF-8
/// replaced. `names` are the paths as they are told, one for each file. Files of more than `perFile` bytes, and those
/// for which `total` has no room left, are not in it. What PatchParser reads out of it is the change again.
RedactedText patchText(const ChangeSet &change, const QList<QByteArray> &names, const SecretScanner &scanner,
                       qsizetype perFile, qsizetype total);

/// The path as git quotes it in a patch.
QByteArray quotedPath(const QByteArray &path);

} // namespace AutoCommit
