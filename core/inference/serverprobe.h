#pragma once

#include "core/inference/httpthread.h"
#include "core/inference/server.h"

namespace AutoCommit {

/// Asks a server what it is: /v1/models, then /props or, for Ollama, /api/ps. Never an error: an unreachable server is
/// a fact, too. Takes ten seconds at most per question, ends at `until`, and waits for no turn: these answers cost the
/// server nothing.
ServerFacts probeServer(HttpThread &http, const Server &server, const QByteArray &apiKey, const QString &model,
                        const Deadlines &deadlines, const Stop &stop, WaitPoint::Time until = WaitPoint::Time::max());

enum class Health {
    Ready,
    Loading,
    Unknown, ///< no answer, or none that says anything: a busy llama-server may take 18 s
};

/// GET /health.
Health probeHealth(HttpThread &http, const Server &server, const QByteArray &apiKey, const Deadlines &deadlines,
                   const Stop &stop);

/// "Authorization: Bearer ...", or nothing without a key.
QList<std::pair<QByteArray, QByteArray>> keyHeaders(const QByteArray &apiKey);

} // namespace AutoCommit
