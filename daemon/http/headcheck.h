#pragma once

#include "daemon/http/httplimits.h"

#include <QByteArray>

namespace AutoCommit {

/// The strictness that parsers leave out for old clients' sake, and that request smuggling lives on: every line ends in
/// CRLF, no control characters, no folded fields, nothing between a field's name and its colon, one Host, one
/// Content-Length of digits, never beside a Transfer-Encoding, and of those only "chunked". `head` ends with its empty
/// line. Answers 0, or the status to refuse it with: 400, 431, 501, 505.
int checkHead(QByteArrayView head, const HttpLimits &limits);

} // namespace AutoCommit
