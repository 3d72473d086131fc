#include "core/base/ssedecoder.h"

#include <utility>

namespace AutoCommit {

QList<SseEvent> SseDecoder::feed(const QByteArray &piece)
{
    QList<SseEvent> events;
    qsizetype start = 0;
    for (qsizetype i = 0; i < piece.size() && !m_overlong; ++i) {
        const char c = piece[i];
        if (c != '\n' && c != '\r') {
            m_afterReturn = false;
            continue;
        }
        if (c == '\n' && std::exchange(m_afterReturn, false)) {
            start = i + 1;
            continue;
        }
        m_afterReturn = c == '\r';
        m_rest += piece.mid(start, i - start);
        start = i + 1;
        line(std::exchange(m_rest, {}), events);
    }
    m_rest += piece.mid(start);
    m_overlong = m_overlong || m_rest.size() > m_lineLimit;
    return events;
}

QList<SseEvent> SseDecoder::finish()
{
    QList<SseEvent> events;
    if (!m_rest.isEmpty())
        line(std::exchange(m_rest, {}), events);
    flush(events);
    return events;
}

void SseDecoder::line(const QByteArray &text, QList<SseEvent> &events)
{
    if (text.isEmpty()) {
        flush(events);
        return;
    }
    if (text.size() > m_lineLimit) {
        m_overlong = true;
        return;
    }
    const qsizetype colon = text.indexOf(':');
    const QByteArray field = colon < 0 ? text : text.left(colon);
    QByteArray value = colon < 0 ? QByteArray() : text.mid(colon + 1);
    if (value.startsWith(' '))
        value.remove(0, 1);
    if (field == "data") {
        m_event.data += (m_hasData ? "\n" : "") + value;
        m_hasData = true;
    } else if (field == "event") {
        m_event.name = value;
    } else if (field == "id" && !value.contains('\0')) {
        m_id = value;
    }
}

void SseDecoder::flush(QList<SseEvent> &events)
{
    m_event.id = m_id;
    if (m_hasData)
        events.append(std::exchange(m_event, {}));
    m_event = {};
    m_hasData = false;
}

} // namespace AutoCommit
