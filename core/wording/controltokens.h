#pragma once

#include <QString>

namespace AutoCommit {

/// Text that a server's tokenizer reads as nothing but text. Servers look for their control tokens in what a user says,
/// too: a diff with "</s>" or "<|im_end|>" in it would end the user's turn and could go on as the system. A blank
/// behind the first character breaks every such token (measured on llama-server); nothing else is changed. Pure and
/// idempotent. Also breaks our own marks around data.
QString neutralized(const QString &text);

} // namespace AutoCommit
