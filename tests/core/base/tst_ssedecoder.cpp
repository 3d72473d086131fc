#include "core/base/ssedecoder.h"

#include <QTest>

using namespace AutoCommit;

namespace {

QByteArray joined(const QList<SseEvent> &events)
{
    QByteArray text;
    for (const SseEvent &event : events)
        text += event.name + '|' + event.data + ';';
    return text;
}

QByteArray decode(const QByteArray &stream)
{
    SseDecoder decoder;
    const QList<SseEvent> events = decoder.feed(stream);
    return joined(events + decoder.finish());
}

} // namespace

class TestSseDecoder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anIdStaysInForceUntilTheNext()
    {
        SseDecoder decoder;
        const QList<SseEvent> events = decoder.feed("id: 7\ndata: a\n\ndata: b\n\nid: 9\n\ndata: c\n\n");
        QCOMPARE(events.size(), 3);
        QCOMPARE(events[0].id, "7");
        QCOMPARE(events[1].id, "7");
        QCOMPARE(events[2].id, "9");
    }

    void streamsAreReadWhateverTheirLineEnds_data()
    {
        QTest::addColumn<QByteArray>("stream");
        QTest::addColumn<QByteArray>("events");
        const auto row = [](const char *name, const QByteArray &stream, const QByteArray &events) {
            QTest::newRow(name) << stream << events;
        };
        row("LF", "data: a\n\ndata: b\n\n", "|a;|b;");
        row("CR LF", "data: a\r\n\r\ndata: b\r\n\r\n", "|a;|b;");
        row("CR", "data: a\r\rdata: b\r\r", "|a;|b;");
        row("no blank behind the colon", "data:a\n\n", "|a;");
        row("only the first blank goes", "data:  a\n\n", "| a;");
        row("pings", ":\n\n: ping\n\ndata: a\n\n:\n\n", "|a;");
        row("several data lines", "data: {\ndata: }\n\n", "|{\n};");
        row("an empty data line", "data: a\ndata:\ndata: b\n\n", "|a\n\nb;");
        row("named", "event: error\ndata: x\n\ndata: y\n\n", "error|x;|y;");
        row("other fields", "id: 7\nretry: 5\nnonsense\ndata: a\n\n", "|a;");
        row("a name without data is no event", "event: x\n\ndata: a\n\n", "|a;");
        row("no blank line at the end", "data: a\n\ndata: b", "|a;|b;");
    }
    void streamsAreReadWhateverTheirLineEnds()
    {
        QFETCH(QByteArray, stream);
        QTEST(decode(stream), "events");
    }

    void piecesMayBreakAnywhere_data() { streamsAreReadWhateverTheirLineEnds_data(); }
    void piecesMayBreakAnywhere()
    {
        QFETCH(QByteArray, stream);
        QFETCH(QByteArray, events);
        for (qsizetype cut = 0; cut <= stream.size(); ++cut) {
            SseDecoder decoder;
            QList<SseEvent> found = decoder.feed(stream.left(cut));
            found += decoder.feed(stream.mid(cut));
            found += decoder.finish();
            QCOMPARE(joined(found), events);
        }
    }

    void anEndlessLineIsNoticed()
    {
        SseDecoder decoder(100);
        decoder.feed("data: " + QByteArray(60, 'x'));
        QVERIFY(!decoder.isOverlong());
        decoder.feed(QByteArray(60, 'x'));
        QVERIFY(decoder.isOverlong());
    }
};

QTEST_APPLESS_MAIN(TestSseDecoder)
#include "tst_ssedecoder.moc"
