#include "core/api/eventstream.h"
#include "tests/support/fakeapi.h"

#include <QSignalSpy>
#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestEventStream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eventsArriveInOrder()
    {
        FakeApi api;
        EventStream stream(api.endpoint());
        QSignalSpy events(&stream, &EventStream::event);
        stream.start();
        QTRY_COMPARE(api.streams(), 1);
        api.send(u"status"_s, {{u"state"_s, u"idle"_s}});
        api.send(u"repo"_s, {{u"id"_s, u"x"_s}});
        QTRY_COMPARE(events.size(), 2);
        QCOMPARE(events.at(0).at(0).toString(), u"status"_s);
        QCOMPARE(events.at(1).at(1).toJsonObject().value(u"id"_s).toString(), u"x"_s);
    }

    void afterABreakNothingIsLostAndNothingComesTwice()
    {
        FakeApi api;
        EventStream stream(api.endpoint());
        stream.setWaits(5ms, 20ms, 45s);
        QSignalSpy events(&stream, &EventStream::event);
        QSignalSpy opened(&stream, &EventStream::opened);
        stream.start();
        QTRY_COMPARE(api.streams(), 1);
        api.send(u"commit"_s, {{u"sha"_s, u"1"_s}});
        QTRY_COMPARE(events.size(), 1);
        opened.clear();
        api.cutStreams();
        QTRY_COMPARE(api.streams(), 0);
        api.send(u"commit"_s, {{u"sha"_s, u"2"_s}});
        QTRY_COMPARE(events.size(), 2);
        QCOMPARE(events.at(1).at(1).toJsonObject().value(u"sha"_s).toString(), u"2"_s);
        QCOMPARE(opened.first().first().toBool(), false);
    }

    void aDaemonThatForgotAsksForAFreshStart()
    {
        FakeApi api;
        EventStream stream(api.endpoint());
        QSignalSpy opened(&stream, &EventStream::opened);
        stream.start();
        QTRY_VERIFY(opened.size() >= 1);
        QCOMPARE(opened.first().first().toBool(), true);
    }

    void itComesBackWhenTheDaemonDoes()
    {
        FakeApi api;
        EventStream stream(api.endpoint());
        stream.setWaits(5ms, 20ms, 45s);
        QSignalSpy lost(&stream, &EventStream::lost);
        stream.start();
        QTRY_VERIFY(stream.isOpen());
        api.stop();
        QTRY_VERIFY(lost.size() >= 3);
        QVERIFY(!stream.isOpen());
        QVERIFY(api.listen());
        QTRY_VERIFY(stream.isOpen());
    }

    void silenceIsABreak()
    {
        FakeApi api;
        EventStream stream(api.endpoint());
        stream.setWaits(5ms, 20ms, 50ms);
        QSignalSpy lost(&stream, &EventStream::lost);
        stream.start();
        QTRY_VERIFY(lost.size() >= 1);
    }

    void aWrongTokenIsSaidSo()
    {
        FakeApi api;
        ApiEndpoint endpoint = api.endpoint();
        endpoint.token = "wrong";
        EventStream stream(endpoint);
        ErrorKind kind = ErrorKind::Unknown;
        connect(&stream, &EventStream::lost, this, [&](const Error &error) { kind = error.kind; });
        stream.start();
        QTRY_COMPARE(kind, ErrorKind::AuthFailed);
    }
};

QTEST_GUILESS_MAIN(TestEventStream)
#include "tst_eventstream.moc"
