#include "core/inference/retrievalreply.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <array>
#include <span>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype mostPassages = 20;
constexpr int deepest = 6; ///< Elasticsearch: hits, hits, list, _source, text

// LangChain, LlamaIndex, Haystack, Chroma, Qdrant, Elasticsearch and what people write by hand.
constexpr std::array listNames{"results"_L1, "passages"_L1, "documents"_L1, "chunks"_L1,   "matches"_L1,
                               "hits"_L1,    "items"_L1,    "nodes"_L1,     "contexts"_L1, "points"_L1,
                               "data"_L1,    "result"_L1,   "context"_L1,   "response"_L1};
constexpr std::array textNames{"text"_L1, "content"_L1,  "page_content"_L1, "passage"_L1, "chunk"_L1,   "snippet"_L1,
                               "body"_L1, "document"_L1, "node"_L1,         "payload"_L1, "_source"_L1, "summary"_L1};

class PassageReader
{
public:
    void read(const QJsonValue &value, int depth)
    {
        if (depth > deepest || m_passages.size() >= mostPassages)
            return;
        if (value.isString()) {
            m_passages.append(value.toString());
        } else if (value.isArray()) {
            const QJsonArray array = value.toArray();
            for (const QJsonValue &element : array)
                read(element, depth + 1);
        } else if (value.isObject()) {
            readObject(value.toObject(), depth);
        }
    }

    QStringList take()
    {
        m_passages.removeIf([](const QString &text) { return text.trimmed().isEmpty(); });
        return m_passages.mid(0, mostPassages);
    }

private:
    /// The first name that leads to a text; a title or an id beside it is none.
    void readObject(const QJsonObject &object, int depth)
    {
        const qsizetype before = m_passages.size();
        for (const auto &names :
             {std::span(textNames.data(), textNames.size()), std::span(listNames.data(), listNames.size())})
            for (const QLatin1StringView name : names) {
                read(object.value(name), depth + 1);
                if (m_passages.size() > before)
                    return;
            }
    }

    QStringList m_passages;
};

} // namespace

Result<QStringList> passagesIn(const QByteArray &body)
{
    QJsonParseError broken;
    const QJsonDocument document = QJsonDocument::fromJson(body, &broken);
    if (broken.error != QJsonParseError::NoError)
        return Error{ErrorKind::Unreachable, u"the retrieval service answers with something that is no JSON"_s};
    PassageReader reader;
    reader.read(document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object()), 0);
    return reader.take();
}

} // namespace AutoCommit
