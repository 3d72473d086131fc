#pragma once

#include "core/inference/chat.h"
#include "core/inference/fault.h"
#include "core/inference/inferenceoptions.h"

#include <QByteArray>
#include <QList>

#include <optional>
#include <utility>

namespace AutoCommit {

/// What one server has been found to take. Starts with everything and only loses.
struct ServerDialect
{
    PriorityStyle priority = PriorityStyle::Word;
    bool schema = true;
    bool usageInStream = true; ///< stream_options
    bool extras = true; ///< fields of one server or another that leave thinking out and report progress
    bool sampling = true; ///< temperature and top_p
    bool oldTokenLimit = true; ///< max_tokens; else max_completion_tokens

    bool operator==(const ServerDialect &) const = default;
};

/// The dialect to try next after the server refused a field, or none when there is nothing left to leave out.
/// `hadSchema`: the request asked for one.
std::optional<ServerDialect> simplerDialect(const ServerDialect &dialect, const Fault &fault, bool hadSchema);

/// The body of POST /v1/chat/completions. The same request gives the same bytes, always: the server's prompt cache
/// hangs on it.
QByteArray chatBody(const ChatRequest &request, const ServerDialect &dialect);

/// Headers beside Content-Type and Authorization.
QList<std::pair<QByteArray, QByteArray>> priorityHeaders(const ChatRequest &request, const ServerDialect &dialect,
                                                         const QByteArray &headerName);

/// Why the messages cannot be sent, empty if they can. The chat templates of Mistral's models raise on anything but one
/// system message in front and then strictly alternating roles, and a last message of the assistant would be continued.
QString messageOrderFault(const QList<ChatMessage> &messages);

} // namespace AutoCommit
