#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace AutoCommit {

enum class ServerState {
    Unreachable,
    Loading, ///< answers, but the model is not ready
    Ready,
    Unauthorized, ///< wants another API key
    Foreign, ///< something answers there that is no model server
};

/// What a server says about itself and one model, as far as it does.
struct ServerFacts
{
    QString server; ///< base URL without credentials
    ServerState state = ServerState::Unreachable;
    QStringList models; ///< names it offers
    bool offersModel = false; ///< the model asked for is among them; servers that ignore the name offer any
    int contextTokens = 0; ///< for one request, prompt and answer together; 0 = unknown
    bool cutsSilently = false; ///< Ollama: a prompt that is too long loses its beginning instead of being refused
};

/// Reads the answers of GET /v1/models, GET /props (llama.cpp) and GET /api/ps (Ollama) into `facts`. Pure and
/// tolerant: what does not fit is passed over. A smaller context size wins over a larger one.
void readModelList(const QByteArray &body, const QString &model, ServerFacts &facts);
void readProps(const QByteArray &body, ServerFacts &facts);
void readOllamaProcesses(const QByteArray &body, const QString &model, ServerFacts &facts);

} // namespace AutoCommit
