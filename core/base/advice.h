#pragma once

#include "core/base/error.h"

namespace AutoCommit {

/// What its user does about an error of that kind, in a sentence; empty where the message has to do.
QString adviceFor(ErrorKind kind);

} // namespace AutoCommit
