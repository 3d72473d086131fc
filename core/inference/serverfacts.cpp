#include "core/inference/serverfacts.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

void learnContext(int tokens, ServerFacts &facts)
{
    if (tokens > 0)
        facts.contextTokens = facts.contextTokens > 0 ? std::min(facts.contextTokens, tokens) : tokens;
}

/// The served context of an entry of /v1/models: llama.cpp, vLLM, LM Studio, routers. What the weights were trained
/// with ("n_ctx_train") says nothing about what is served.
int contextOf(const QJsonObject &entry)
{
    for (const QJsonValue &value :
         {entry["meta"_L1]["n_ctx"_L1], entry["max_model_len"_L1], entry["loaded_context_length"_L1],
          entry["context_length"_L1], entry["context_window"_L1]}) {
        if (value.toInt() > 0)
            return value.toInt();
    }
    return 0;
}

/// Ollama adds ":latest" to a name without a tag.
bool sameModel(const QString &offered, const QString &wanted)
{
    return offered == wanted || offered == wanted + ":latest"_L1;
}

} // namespace

void readModelList(const QByteArray &body, const QString &model, ServerFacts &facts)
{
    const QJsonArray entries = QJsonDocument::fromJson(body)["data"_L1].toArray();
    for (const QJsonValue &value : entries) {
        const QJsonObject entry = value.toObject();
        const QString id = entry["id"_L1].toString();
        if (id.isEmpty())
            continue;
        facts.models.append(id);
        const bool wanted = sameModel(id, model);
        facts.offersModel = facts.offersModel || wanted;
        // A server with one model serves it under any name.
        if (wanted || entries.size() == 1)
            learnContext(contextOf(entry), facts);
        facts.cutsSilently = facts.cutsSilently || entry["owned_by"_L1].toString() == "library"_L1;
    }
}

void readProps(const QByteArray &body, ServerFacts &facts)
{
    const QJsonObject props = QJsonDocument::fromJson(body).object();
    learnContext(props["default_generation_settings"_L1]["n_ctx"_L1].toInt(), facts);
}

void readOllamaProcesses(const QByteArray &body, const QString &model, ServerFacts &facts)
{
    const QJsonArray loaded = QJsonDocument::fromJson(body)["models"_L1].toArray();
    for (const QJsonValue &entry : loaded)
        if (sameModel(entry["name"_L1].toString(), model))
            learnContext(entry["context_length"_L1].toInt(), facts);
}

} // namespace AutoCommit
