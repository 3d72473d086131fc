#pragma once

#include "core/inference/chat.h"
#include "core/inference/fault.h"
#include "core/base/ssedecoder.h"

#include <QJsonObject>

#include <optional>

namespace AutoCommit {

/// Puts an answer together from the body of a 200 reply, whatever the Content-Type claims: a stream of events, or one
/// JSON object from a server that does not stream. Pure.
class ChatStream
{
public:
    explicit ChatStream(qsizetype textLimit);

    void feed(const QByteArray &piece);

    /// The connection has ended. A finish reason decides whether the answer is whole; a clean end proves nothing, Qt
    /// reports a cut reply as success in one of twenty cases.
    void end();

    bool hasFinishReason() const { return m_finished; }

    /// Nothing more is worth waiting for: the end mark was seen, or a fault.
    bool isDone() const { return m_done || m_fault.has_value(); }

    const std::optional<Fault> &fault() const { return m_fault; }

    /// Text, finish reason, usage, model and thinkingBytes are filled in.
    ChatReply takeReply();

private:
    void event(const SseEvent &event);
    void chunk(const QByteArray &json);
    void choice(const QJsonObject &choice);
    void usage(const QJsonObject &usage);
    void fail(Fault fault);

    enum class Shape {
        Unknown,
        Events,
        Whole,
    };

    qsizetype m_textLimit;
    Shape m_shape = Shape::Unknown;
    SseDecoder m_events;
    QByteArray m_whole; ///< also the first bytes while the shape is unknown
    QString m_text;
    QString m_model;
    TokenUsage m_usage;
    FinishReason m_finish = FinishReason::Other;
    qsizetype m_thinkingBytes = 0;
    bool m_finished = false;
    bool m_done = false;
    std::optional<Fault> m_fault;
};

} // namespace AutoCommit
