#include "daemon/http/requestreader.h"

#include <QTest>

using namespace AutoCommit;

namespace {

const HttpLimits limits;

/// Reads one whole request; the status it was refused with, 0 when it is complete, -1 when more bytes are needed.
int verdictOn(const QByteArray &bytes, IncomingRequest *request = nullptr)
{
    RequestReader reader(limits);
    QByteArray input = bytes;
    auto state = reader.readHead(input);
    if (state == RequestReader::State::HeadDone)
        state = reader.readBody(input);
    if (request)
        *request = reader.request();
    if (state == RequestReader::State::Failed)
        return reader.refusal();
    return state == RequestReader::State::Done ? 0 : -1;
}

} // namespace

class TestRequestReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatCouldSmuggleARequestIsRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("verdict");
        const QByteArray post = "POST / HTTP/1.1\r\nHost: a\r\n";
        const QByteArray get = "GET / HTTP/1.1\r\n";
        QTest::newRow("plain") << get + "Host: a\r\n\r\n" << 0;
        QTest::newRow("length and chunked")
            << post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc" << 400;
        QTest::newRow("chunked and length")
            << post + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc" << 400;
        QTest::newRow("two lengths") << post + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc" << 400;
        QTest::newRow("two different lengths") << post + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd" << 400;
        QTest::newRow("list of lengths") << post + "Content-Length: 3, 3\r\n\r\nabc" << 400;
        QTest::newRow("negative length") << post + "Content-Length: -1\r\n\r\n" << 400;
        QTest::newRow("signed length") << post + "Content-Length: +3\r\n\r\nabc" << 400;
        QTest::newRow("hexadecimal length") << post + "Content-Length: 0x3\r\n\r\nabc" << 400;
        QTest::newRow("empty length") << post + "Content-Length:\r\n\r\n" << 400;
        QTest::newRow("overflowing length") << post + "Content-Length: 18446744073709551617\r\n\r\nabc" << 400;
        QTest::newRow("length too large") << post + "Content-Length: 4194305\r\n\r\n" << 413;
        QTest::newRow("folded field") << get + "Host: a\r\nX: 1\r\n 2\r\n\r\n" << 400;
        QTest::newRow("folded with a tab") << get + "Host: a\r\nX: 1\r\n\t2\r\n\r\n" << 400;
        QTest::newRow("lone line feed") << QByteArray("GET / HTTP/1.1\nHost: a\r\n\r\n") << 400;
        QTest::newRow("lone line feed at the end") << get + "Host: a\r\n\n" << 400;
        QTest::newRow("lone carriage return") << get + "Host: a\rX: b\r\n\r\n" << 400;
        QTest::newRow("NUL in a value") << get + QByteArray("Host: a\r\nX: 1\0002\r\n\r\n", 19) << 400;
        QTest::newRow("control character in a value") << get + "Host: a\r\nX: \x01\r\n\r\n" << 400;
        QTest::newRow("blank before the colon") << get + "Host : a\r\n\r\n" << 400;
        QTest::newRow("blank before the colon of a length") << post + "Content-Length : 3\r\n\r\nabc" << 400;
        QTest::newRow("field without colon") << get + "Host: a\r\nnonsense\r\n\r\n" << 400;
        QTest::newRow("field without name") << get + "Host: a\r\n: b\r\n\r\n" << 400;
        QTest::newRow("odd name") << get + "Host: a\r\nX(y): b\r\n\r\n" << 400;
        QTest::newRow("unknown coding") << post + "Transfer-Encoding: gzip\r\n\r\n" << 501;
        QTest::newRow("two codings") << post + "Transfer-Encoding: gzip, chunked\r\n\r\n" << 501;
        QTest::newRow("chunked twice") << post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"
                                       << 400;
        QTest::newRow("chunked with a tail") << post + "Transfer-Encoding: chunked;x=1\r\n\r\n" << 501;
        QTest::newRow("vertical tab coding") << post
                + "Transfer-Encoding: \x0b"
                  "chunked\r\n\r\n" << 400;
        QTest::newRow("chunked for 1.0") << QByteArray(
            "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
                                         << 400;
        QTest::newRow("no host") << get + "\r\n" << 400;
        QTest::newRow("two hosts") << get + "Host: a\r\nHost: a\r\n\r\n" << 400;
        QTest::newRow("1.0") << QByteArray("GET / HTTP/1.0\r\nHost: a\r\n\r\n") << 0;
        QTest::newRow("2.0") << QByteArray("GET / HTTP/2.0\r\nHost: a\r\n\r\n") << 505;
        QTest::newRow("preface of HTTP/2") << QByteArray("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") << 505;
        QTest::newRow("0.9") << QByteArray("GET /\r\n\r\n") << 400;
        QTest::newRow("version in lower case") << QByteArray("GET / http/1.1\r\nHost: a\r\n\r\n") << 400;
        QTest::newRow("two blanks") << QByteArray("GET  / HTTP/1.1\r\nHost: a\r\n\r\n") << 400;
        QTest::newRow("tab for a blank") << QByteArray("GET\t/\tHTTP/1.1\r\nHost: a\r\n\r\n") << 400;
        QTest::newRow("blank at the end") << QByteArray("GET / HTTP/1.1 \r\nHost: a\r\n\r\n") << 400;
        QTest::newRow("absolute target") << QByteArray("GET http://evil/ HTTP/1.1\r\nHost: a\r\n\r\n") << 400;
        QTest::newRow("fragment") << QByteArray("GET /#x HTTP/1.1\r\nHost: a\r\n\r\n") << 400;
        QTest::newRow("bytes in the target") << QByteArray("GET /\xc3\xa4 HTTP/1.1\r\nHost: a\r\n\r\n") << 400;
        QTest::newRow("unknown method") << QByteArray("BREW / HTTP/1.1\r\nHost: a\r\n\r\n") << 501;
        QTest::newRow("empty line first") << QByteArray("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n") << 400;
        QTest::newRow("TLS hello") << QByteArray("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\n", 12) << 400;
        QTest::newRow("chunked") << post + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n" << 0;
        QTest::newRow("chunk extension") << post + "Transfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\n\r\n" << 400;
        QTest::newRow("trailers") << post + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX: y\r\n\r\n" << 400;
        QTest::newRow("chunk size with a lone line feed")
            << post + "Transfer-Encoding: chunked\r\n\r\n3\nabc\r\n0\r\n\r\n"
            << 400;
        QTest::newRow("chunk without its end") << post + "Transfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n"
                                               << 400;
        QTest::newRow("chunk with a lone line feed") << post + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\n0\r\n\r\n"
                                                     << 400;
        QTest::newRow("negative chunk") << post + "Transfer-Encoding: chunked\r\n\r\n-3\r\nabc\r\n0\r\n\r\n" << 400;
        QTest::newRow("chunk in hexadecimal with a prefix")
            << post + "Transfer-Encoding: chunked\r\n\r\n0x3\r\nabc\r\n0\r\n\r\n"
            << 400;
        QTest::newRow("overflowing chunk")
            << post + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nabc" << 400;
        QTest::newRow("chunk too large") << post + "Transfer-Encoding: chunked\r\n\r\n400001\r\n" << 413;
        QTest::newRow("not yet whole") << post + "Content-Length: 3\r\n\r\nab" << -1;
    }
    void whatCouldSmuggleARequestIsRefused()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, verdict);
        QCOMPARE(verdictOn(bytes), verdict);
    }

    void everyCutOfTheBytesReadsTheSame()
    {
        const QByteArray bytes = "POST /a?b=c HTTP/1.1\r\nHost: x\r\nX-One:  two \r\nTransfer-Encoding: chunked\r\n\r\n"
                                 "3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n";
        for (qsizetype cut = 0; cut <= bytes.size(); ++cut) {
            RequestReader reader(limits);
            QByteArray input;
            for (const QByteArray &part : {bytes.left(cut), bytes.mid(cut)}) {
                input += part;
                if (reader.state() == RequestReader::State::Head)
                    reader.readHead(input);
                if (reader.state() == RequestReader::State::HeadDone || reader.state() == RequestReader::State::Body)
                    reader.readBody(input);
            }
            QCOMPARE(reader.state(), RequestReader::State::Done);
            QCOMPARE(reader.request().body, "abcdefg");
            QCOMPARE(reader.request().field("x-one"), "two");
            QCOMPARE(reader.request().target, "/a?b=c");
            QVERIFY(input.isEmpty());
        }
    }

    void whatFollowsARequestIsLeftForTheNext()
    {
        const QByteArray chunked
            = "POST /1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n";
        const QByteArray sized = "POST /2 HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nbc";
        const QByteArray plain = "GET /3 HTTP/1.1\r\nHost: x\r\n\r\n";
        QByteArray input = chunked + sized + plain + chunked + plain;
        RequestReader reader(limits);
        QByteArrayList seen;
        while (!input.isEmpty()) {
            QCOMPARE(reader.readHead(input), RequestReader::State::HeadDone);
            QCOMPARE(reader.readBody(input), RequestReader::State::Done);
            seen += reader.request().target + reader.request().body;
            reader.next();
        }
        QCOMPARE(seen, (QByteArrayList{"/1a", "/2bc", "/3", "/1a", "/3"}));
    }

    void headsAreBounded()
    {
        QByteArray fields;
        for (int i = 0; i < 99; ++i)
            fields += "X: y\r\n";
        QCOMPARE(verdictOn("GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n"), 0);
        QCOMPARE(verdictOn("GET / HTTP/1.1\r\nHost: a\r\n" + fields + "X: y\r\n\r\n"), 431);
        QCOMPARE(verdictOn("GET / HTTP/1.1\r\nHost: a\r\nX: " + QByteArray(17'000, 'x')), 431);
        QCOMPARE(verdictOn("GET / HTTP/1.1\r\nHost: a\r\nX: " + QByteArray(17'000, 'x') + "\r\n\r\n"), 431);
        QCOMPARE(verdictOn("GET /" + QByteArray(17'000, 'x')), 414);
        QCOMPARE(verdictOn("GET /" + QByteArray(15'000, 'x') + " HTTP/1.1\r\nHost: a\r\n\r\n"), 0);
    }

    void chunkedBodiesAreBounded()
    {
        QByteArray body;
        for (int i = 0; i < 5; ++i)
            body += "100000\r\n" + QByteArray(0x100000, 'x') + "\r\n";
        QCOMPARE(verdictOn("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + body), 413);
    }

    void targetsThatMeanNoPlaceAreNone_data()
    {
        QTest::addColumn<QByteArray>("target");
        for (const QByteArray target : {"/../etc/passwd",
                                        "/repos/../status",
                                        "/repos/%2e%2e/status",
                                        "/repos/%2E%2E",
                                        "/repos/%00",
                                        "/repos/a%00b",
                                        "/repos/%c0%ae%c0%ae",
                                        "/repos/%ff",
                                        "/repos/a%2fb",
                                        "//status",
                                        "/status/",
                                        "/repos//x",
                                        "/%",
                                        "/%4",
                                        "/%zz",
                                        "/status?x=%00",
                                        "/status?x=%ff",
                                        "/repos/%0a",
                                        "/repos/./x",
                                        "status"})
            QTest::newRow(target.constData()) << target;
    }
    void targetsThatMeanNoPlaceAreNone()
    {
        QFETCH(QByteArray, target);
        QVERIFY(!parseTarget(target));
    }

    void targetsAreTakenApart()
    {
        const auto target = parseTarget("/a%20b/c+d?x=1&y=a%26b+c&z&x=2");
        QVERIFY(target.has_value());
        QCOMPARE(target->path, (QStringList{QStringLiteral("a b"), QStringLiteral("c+d")}));
        QCOMPARE(target->value(u"x"), QStringLiteral("1"));
        QCOMPARE(target->value(u"y"), QStringLiteral("a&b c"));
        QVERIFY(parseTarget("/").has_value());
    }
};

QTEST_APPLESS_MAIN(TestRequestReader)
#include "tst_requestreader.moc"
