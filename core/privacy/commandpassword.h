#pragma once

#include "core/privacy/filehints.h"
#include "core/privacy/hit.h"
#include "core/privacy/scanknowledge.h"

namespace AutoCommit {

/// Reports passwords that a command or call names by its place: `curl -u user:password`, `sshpass -p password`,
/// `mysql -ppassword`, `IDENTIFIED BY 'password'`, `BasicAuth('user', 'password')`. `form` is an index into
/// passwordForms, whose keyword ends at `end`.
void findCommandPassword(const ScanKnowledge &knowledge, QByteArrayView text, qsizetype end, int form, FileHints hints,
                         Hits &hits);

/// What sets findCommandPassword() off, lower case.
const QList<QByteArray> &commandKeywords();

} // namespace AutoCommit
