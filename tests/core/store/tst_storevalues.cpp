#include "tests/core/store/storesupport.h"

#include "core/base/pathtext.h"
#include "core/store/databaseerror.h"
#include "core/store/storefiles.h"
#include "core/store/storetarget.h"

#include <QSqlError>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;
using namespace std::chrono;

/// The small pieces a history is made of.
class TestStoreValues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aMomentIsTextOfFixedWidth_data()
    {
        QTest::addColumn<qint64>("milliseconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("epoch") << qint64(0) << u"1970-01-01T00:00:00.000Z"_s;
        QTest::newRow("leap day") << qint64(1709164799999) << u"2024-02-28T23:59:59.999Z"_s;
        QTest::newRow("the day after") << qint64(1709164800000) << u"2024-02-29T00:00:00.000Z"_s;
        QTest::newRow("2038") << qint64(2147483648000) << u"2038-01-19T03:14:08.000Z"_s;
        QTest::newRow("2106") << qint64(4294967296007) << u"2106-02-07T06:28:16.007Z"_s;
        QTest::newRow("before 1970") << qint64(-1) << u"1969-12-31T23:59:59.999Z"_s;
    }
    void aMomentIsTextOfFixedWidth()
    {
        QFETCH(qint64, milliseconds);
        QFETCH(QString, text);
        const Timestamp time{std::chrono::milliseconds(milliseconds)};
        QCOMPARE(isoText(time), text);
        QVERIFY(fromIsoText(text) == time);
    }

    void momentsThatDoNotFitAreClamped()
    {
        QCOMPARE(isoText(Timestamp::max()), u"9999-12-31T23:59:59.999Z"_s);
        QCOMPARE(isoText(Timestamp::min()), u"0000-01-01T00:00:00.000Z"_s);
    }

    void whatIsNoMomentIsNotRead()
    {
        QVERIFY(fromIsoText(u"2026-08-22T10:11:12Z"_s) == fromIsoText(u"2026-08-22T10:11:12.000Z"_s));
        for (const QString &text :
             {u""_s, u"2026-02-30T00:00:00.000Z"_s, u"2026-08-22T24:00:00.000Z"_s, u"2026-08-22 10:11:12.000Z"_s,
              u"2026-08-22T10:11:12.000+"_s, u"2026-0a-22T10:11:12.000Z"_s, u"2026-08-22T10:11:12.00Z"_s,
              u"2026-13-01T00:00:00.000Z"_s, u"2026-08-22T10:60:12.000Z"_s})
            QVERIFY2(!fromIsoText(text), qPrintable(text));
    }

    void everyPathSurvivesTheWayThroughText()
    {
        QRandomGenerator random(7);
        for (int i = 0; i < 2000; ++i) {
            QByteArray path;
            for (int n = random.bounded(1, 40); n > 0; --n)
                path += static_cast<char>(random.bounded(1, i % 2 == 0 ? 256 : 128));
            QCOMPARE(pathFromText(textFromPath(path)), path);
        }
        const QList<QByteArray> paths{"a", "base64:YQ==", "\xc3\xa4", "\xc3", "\xef\xbb\xbf", "\xed\xa0\x80"};
        QCOMPARE(pathsFromText(textFromPaths(paths)), paths);
        QCOMPARE(textFromPath("src/\xc3\xa4.cpp"), QString::fromUtf8("src/\xc3\xa4.cpp"));
    }

    void aRepositoryHasOneOpaqueId()
    {
        const QString id = repoIdFor("/home/me/code/tool/.git");
        QVERIFY(QRegularExpression(u"^[a-z0-9]{20}$"_s).match(id).hasMatch());
        QCOMPARE(repoIdFor("/home/me/code/tool/.git"), id);
        QVERIFY(repoIdFor("/home/me/code/tool2/.git") != id);
        QCOMPARE(id, u"74k3wdjlvft5xjobidqn"_s); // ids are in people's databases: they must never change
    }

    void aDatabaseUrlIsTakenApart()
    {
        const auto target = parseStoreTarget(u"postgresql://me:p%40ss@db.example:6543/history?sslmode=require"_s);
        AC_VERIFY(target);
        QCOMPARE(target->dialect, Dialect::PostgreSql);
        QCOMPARE(target->server, u"db.example"_s);
        QCOMPARE(target->port, 6543);
        QCOMPARE(target->database, u"history"_s);
        QCOMPARE(target->user, u"me"_s);
        QCOMPARE(target->password, u"p@ss"_s);
        QCOMPARE(target->options, u" sslmode='require'"_s);
        QCOMPARE(target->display(), u"postgresql://db.example:6543/history"_s);

        const auto socket = parseStoreTarget(u"postgres:///history?host=/run/pg&user=you"_s);
        AC_VERIFY(socket);
        QCOMPARE(socket->server, u"/run/pg"_s);
        QCOMPARE(socket->user, u"you"_s);
        QCOMPARE(parseStoreTarget(u"/tmp/a.db"_s)->dialect, Dialect::Sqlite);
    }

    void aUrlThatCouldMeanSomethingElseIsRefused_data()
    {
        QTest::addColumn<QString>("url");
        QTest::newRow("nothing") << QString();
        QTest::newRow("no database") << u"postgresql://server"_s;
        QTest::newRow("unknown parameter") << u"postgresql://server/db?sslmod=require"_s;
        QTest::newRow("a second option in a value") << u"postgresql://server/db?sslmode=disable;host=evil"_s;
        QTest::newRow("port") << u"postgresql://server/db?port=no"_s;
        QTest::newRow("not a URL") << u"postgresql://[server/db"_s;
    }
    void aUrlThatCouldMeanSomethingElseIsRefused()
    {
        QFETCH(QString, url);
        QCOMPARE(parseStoreTarget(url).error().kind, ErrorKind::Config);
    }

    void aValueCannotLeaveItsQuotes()
    {
        const auto target = parseStoreTarget(u"postgresql:///db?application_name=a'%20host=evil%5C"_s);
        QCOMPARE(target->options, u" application_name='a\\' host=evil\\\\'"_s);
    }

    void theDriversCodesAreTold_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<bool>("sqlite");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<bool>("passes");
        QTest::newRow("busy") << u"5"_s << true << ErrorKind::DatabaseBusy << true;
        QTest::newRow("busy, recovering") << u"261"_s << true << ErrorKind::DatabaseBusy << true;
        QTest::newRow("full") << u"13"_s << true << ErrorKind::DiskFull << true;
        QTest::newRow("write error") << u"778"_s << true << ErrorKind::IoError << true;
        QTest::newRow("corrupt") << u"11"_s << true << ErrorKind::DatabaseDamaged << true;
        QTest::newRow("corrupt index") << u"779"_s << true << ErrorKind::DatabaseDamaged << true;
        QTest::newRow("not a database") << u"26"_s << true << ErrorKind::DatabaseDamaged << true;
        QTest::newRow("read-only") << u"1544"_s << true << ErrorKind::ReadOnly << true;
        QTest::newRow("NOT NULL") << u"1299"_s << true << ErrorKind::Database << false;
        QTest::newRow("deadlock") << u"40P01"_s << false << ErrorKind::DatabaseBusy << true;
        QTest::newRow("shutdown") << u"57P01"_s << false << ErrorKind::Unreachable << true;
        QTest::newRow("no space") << u"53100"_s << false << ErrorKind::DiskFull << true;
        QTest::newRow("connection lost") << QString() << false << ErrorKind::Unreachable << true;
        QTest::newRow("unique") << u"23505"_s << false << ErrorKind::Database << false;
        QTest::newRow("data corrupted") << u"XX001"_s << false << ErrorKind::IoError << true;
        QTest::newRow("internal") << u"XX000"_s << false << ErrorKind::Database << false;
    }
    void theDriversCodesAreTold()
    {
        QFETCH(QString, code);
        QFETCH(bool, sqlite);
        const StoreTarget target{.dialect = sqlite ? Dialect::Sqlite : Dialect::PostgreSql, .file = u"/tmp/x.db"_s};
        const Error error = databaseError(QSqlError(u"driver"_s, u"words"_s, QSqlError::StatementError, code), target,
                                          DatabaseStep::Statement);
        QTEST(error.kind, "kind");
        QTEST(mayPass(error), "passes");
        QVERIFY(error.detail.contains(u"words"_s));
    }

#ifdef Q_OS_LINUX
    void sharedFilesystemsAreKnownByTheirNumber()
    {
        for (const quint64 remote : {0x6969U, 0xFF534D42U, 0xFE534D42U, 0x01021997U, 0x65735546U})
            QVERIFY(isNetworkFilesystemType(remote));
        for (const quint64 local :
             {0xEF53U, 0x58465342U, 0x9123683EU, 0x01021994U, 0x794C7630U}) // ext4 xfs btrfs tmpfs overlay
            QVERIFY(!isNetworkFilesystemType(local));
        QVERIFY(!isOnNetworkFilesystem(u"/proc/self/x"_s));
    }
#endif
};

QTEST_APPLESS_MAIN(TestStoreValues)
#include "tst_storevalues.moc"
