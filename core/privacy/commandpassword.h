#pragma once

#include "core/privacy/hit.h"
#include "core/privacy/scanknowledge.h"

namespace AutoCommit {

/// Reports the password in `-u user:password` or `--user user:password` of the command whose name ("curl", "wget", …)
/// is at [begin, end).
void findCommandPassword(const ScanKnowledge &knowledge, QByteArrayView text, qsizetype end, Hits &hits);

} // namespace AutoCommit
