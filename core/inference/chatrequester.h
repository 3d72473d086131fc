#pragma once

#include "core/inference/fault.h"
#include "core/inference/httpthread.h"
#include "core/inference/server.h"

#include <variant>

namespace AutoCommit {

/// One POST to one server: a whole answer, or what kept it from being one.
std::variant<ChatReply, Fault> requestChat(HttpThread &http, const Server &server, const ServerDialect &dialect,
                                           const ChatRequest &request, const InferenceOptions &options,
                                           WaitPoint::Time until, const Stop &stop);

} // namespace AutoCommit
