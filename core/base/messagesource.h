#pragma once

#include <QString>

namespace AutoCommit {

/// Who wrote a commit message. The names stand in the history, the API and `--json`.
enum class MessageSource {
    Llm, ///< a model
    LlmRepaired, ///< a model, and code made it valid
    Builtin, ///< the built-in engine
    Unknown, ///< somebody else
};

QString messageSourceName(MessageSource source); ///< "llm", "llm-repaired", "builtin", "unknown"
MessageSource messageSourceFromName(const QString &name);

} // namespace AutoCommit
