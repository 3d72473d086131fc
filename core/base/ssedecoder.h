#pragma once

#include <QByteArray>
#include <QList>

namespace AutoCommit {

struct SseEvent
{
    QByteArray name; ///< of the "event:" line, else empty
    QByteArray data; ///< the "data:" lines, joined by a line feed
    QByteArray id; ///< of the last "id:" line so far, also of an earlier event: where to go on after a break
};

/// Reads a text/event-stream a piece at a time; pieces may break anywhere, also inside a character or between CR and
/// LF. Comments and fields nobody needs are passed over. Pure.
class SseDecoder
{
public:
    /// A line longer than this ends the reading: see isOverlong().
    explicit SseDecoder(qsizetype lineLimit = 4 << 20)
        : m_lineLimit(lineLimit)
    { }

    QList<SseEvent> feed(const QByteArray &piece);

    /// What stands at the end without the blank line that should follow it.
    QList<SseEvent> finish();

    bool isOverlong() const { return m_overlong; }

private:
    void line(const QByteArray &text, QList<SseEvent> &events);
    void flush(QList<SseEvent> &events);

    qsizetype m_lineLimit;
    QByteArray m_rest;
    SseEvent m_event;
    QByteArray m_id;
    bool m_hasData = false;
    bool m_afterReturn = false; ///< the last line ended with CR: an LF now belongs to it
    bool m_overlong = false;
};

} // namespace AutoCommit
