#include "core/keychain/keychain.h"

#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace AutoCommit;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto inSession = "AC_TEST_KEYCHAIN_SESSION"; // set by keychain_session.py, which starts a real keychain

} // namespace

/// Outside a session of its own the program sees a machine without a keychain; inside one (keychain_session.py) a real
/// keychain. QtKeychain decides once per process, so each is a run of its own.
class TestKeychain : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;
    const bool m_session = qEnvironmentVariableIsSet(inSession);

private Q_SLOTS:
    void initTestCase()
    {
        if (m_session)
            return;
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + m_directory.filePath(u"none"_s).toUtf8());
        qputenv("XDG_RUNTIME_DIR", m_directory.path().toUtf8());
    }

    void withoutAKeychainEveryCallSaysSoAtOnce()
    {
        if (m_session)
            QSKIP("there is one");
        for (int round = 0; round < 2; ++round) {
            const auto read = readSecret(u"coordinator"_s, 20s);
            QVERIFY(!read);
            QCOMPARE(read.error().kind, ErrorKind::Config);
            QVERIFY(read.error().message.contains(u"no keychain answers"_s));
        }
        const auto written = writeSecret(u"coordinator"_s, "hush-hush", 20s);
        QVERIFY(!written);
        QCOMPARE(written.error().kind, ErrorKind::Config);
        QVERIFY(!(written.error().message + written.error().detail).contains(u"hush"_s));
        QVERIFY(!removeSecret(u"coordinator"_s, 20s));
    }

    void whatWasStoredIsReadUntilItIsRemoved()
    {
        if (!m_session)
            QSKIP("no keychain");
        const auto nothing = readSecret(u"a test"_s);
        QVERIFY2(nothing, qPrintable(nothing ? QString() : nothing.error().message + nothing.error().detail));
        QVERIFY(!nothing->has_value());
        QVERIFY(writeSecret(u"a test"_s, "first"));
        QVERIFY(writeSecret(u"a test"_s, "sk-\xc3\xa9\"second"));
        QVERIFY(writeSecret(u"another"_s, "other"));
        const auto read = readSecret(u"a test"_s);
        QVERIFY(read && read->has_value());
        QCOMPARE(**read, "sk-\xc3\xa9\"second"_ba);
        const auto gone = removeSecret(u"a test"_s);
        QVERIFY(gone && *gone);
        const auto again = removeSecret(u"a test"_s);
        QVERIFY(again);
        QVERIFY(!*again);
        const auto after = readSecret(u"a test"_s);
        QVERIFY(after && !after->has_value());
        const auto other = readSecret(u"another"_s);
        QVERIFY(other && other->has_value());
        QCOMPARE(**other, "other"_ba);
    }

    /// The workers of a sweep each ask from a thread of their own, and those threads end.
    void anyThreadMayAsk()
    {
        if (!m_session)
            QSKIP("no keychain");
        QVERIFY(writeSecret(u"shared"_s, "value"));
        std::atomic_int right = 0;
        for (int round = 0; round < 2; ++round) {
            std::vector<std::thread> threads;
            for (int i = 0; i < 4; ++i)
                threads.emplace_back([&right] {
                    const auto read = readSecret(u"shared"_s);
                    right += read && *read && **read == "value" ? 1 : 0;
                });
            for (std::thread &thread : threads)
                thread.join();
        }
        QCOMPARE(right.load(), 8);
    }

    void theEntryOfAHostIsItsAddress_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("name");
        QTest::newRow("port") << u"https://Apricot:8200/"_s << u"https://apricot:8200"_s;
        QTest::newRow("no port") << u"https://apricot/status?x=1"_s << u"https://apricot:443"_s;
        QTest::newRow("http") << u"http://me@127.0.0.1"_s << u"http://127.0.0.1:80"_s;
        QTest::newRow("IPv6") << u"http://[::1]:8200"_s << u"http://[::1]:8200"_s;
        QTest::newRow("a word") << u"coordinator"_s << QString();
        QTest::newRow("another scheme") << u"ftp://apricot"_s << QString();
    }
    void theEntryOfAHostIsItsAddress()
    {
        QFETCH(QString, url);
        QTEST(hostTokenName(QUrl(url)), "name");
    }
};

QTEST_GUILESS_MAIN(TestKeychain)
#include "tst_keychain.moc"
