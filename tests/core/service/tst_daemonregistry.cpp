#include "core/service/daemonregistry.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

class TestDaemonRegistry final : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<Paths> m_paths;

    QString file() const { return m_paths->configDir() + u"/daemons.json"_s; }

    static DaemonEntry ours(const QString &name)
    {
        return {.name = name,
                .pid = ::getpid(),
                .startTime = processStartTime(::getpid()),
                .port = 8200,
                .bind = u"127.0.0.1"_s,
                .url = u"http://127.0.0.1:8200"_s,
                .tokenFile = u"/tmp/token"_s,
                .startedAt = *fromIsoText(u"2026-08-22T10:11:12.345Z"),
                .version = u"1.0"_s,
                .paths = {u"/home/x/code"_s},
                .recursive = true,
                .interval = 90,
                .overrides = {{u"subject_length"_s, u"60"_s}}};
    }

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        QProcessEnvironment environment;
        environment.insert(u"HOME"_s, m_home->path());
        m_paths = std::make_unique<Paths>(environment);
    }

    void whatWasEnteredIsFoundAgainWholeAndPrivate()
    {
        const DaemonRegistry registry(*m_paths);
        QVERIFY(registry.running()->isEmpty());
        QVERIFY(registry.enter(ours(u"main"_s)));
        QCOMPARE(**registry.find(u"main"_s), ours(u"main"_s));
        QVERIFY(!*registry.find(u"other"_s));
        QCOMPARE(QFile::permissions(file()) & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteOther),
                 QFile::Permissions());
    }

    void leavingTakesOnlyTheOwnEntry()
    {
        const DaemonRegistry registry(*m_paths);
        QVERIFY(registry.enter(ours(u"main"_s)));
        QVERIFY(registry.leave(u"main"_s, ::getpid() + 1));
        QCOMPARE(registry.running()->size(), 1);
        QVERIFY(registry.leave(u"main"_s, ::getpid()));
        QVERIFY(registry.running()->isEmpty());
    }

    void aClaimedNameIsRefusedWhateverTheFileSays()
    {
        const DaemonRegistry registry(*m_paths);
        {
            const auto claim = registry.claim(u"main"_s);
            QVERIFY(claim);
            const auto second = registry.claim(u"main"_s);
            QVERIFY(!second);
            QCOMPARE(second.error().kind, ErrorKind::Usage);
            QVERIFY2(second.error().message.contains(QString::number(::getpid())), qPrintable(second.error().message));
            QVERIFY(registry.claim(u"other"_s));
        }
        QVERIFY(registry.claim(u"main"_s)); // it goes with its holder
    }

    void anEntryTheFileLostIsKept()
    {
        const DaemonRegistry registry(*m_paths);
        QVERIFY(registry.enter(ours(u"main"_s)));
        QFile torn(file());
        QVERIFY(torn.open(QIODevice::WriteOnly));
        torn.write("{\n");
        torn.close();
        QVERIFY(registry.running()->isEmpty());
        QVERIFY(registry.keep(ours(u"main"_s)));
        QCOMPARE(**registry.find(u"main"_s), ours(u"main"_s));
    }

    void aNameIsTakenAsLongAsItsProcessLives()
    {
        const DaemonRegistry registry(*m_paths);
        QProcess other;
        other.start(u"sleep"_s, {u"600"_s});
        QVERIFY(other.waitForStarted());
        DaemonEntry theirs = ours(u"main"_s);
        theirs.pid = other.processId();
        theirs.startTime = processStartTime(other.processId());
        QVERIFY(registry.enter(theirs));

        const Status refused = registry.enter(ours(u"main"_s));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::Usage);
        QVERIFY(refused.error().message.contains(QString::number(theirs.pid)));
        QVERIFY(registry.enter(ours(u"second"_s))); // another name is fine
        QCOMPARE(registry.running()->size(), 2);

        other.kill();
        QVERIFY(other.waitForFinished());
        QCOMPARE(registry.running()->size(), 1); // stale entries are not answered
        QVERIFY(registry.enter(ours(u"main"_s)));
    }

    void aRecycledProcessNumberIsNotTheDaemon()
    {
        const DaemonRegistry registry(*m_paths);
        DaemonEntry dead = ours(u"main"_s);
        dead.startTime = u"1"_s; // this pid was somebody else then
        QVERIFY(registry.enter(dead));
        QVERIFY(registry.running()->isEmpty());
        QVERIFY(registry.enter(ours(u"next"_s)));
        QFile kept(file());
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(QJsonDocument::fromJson(kept.readAll()).object()[u"daemons"_s].toArray().size(), 1); // swept out
    }

    void aBrokenFileIsAnEmptyOne()
    {
        const DaemonRegistry registry(*m_paths);
        QVERIFY(registry.enter(ours(u"main"_s)));
        QFile broken(file());
        QVERIFY(broken.open(QIODevice::WriteOnly | QIODevice::Truncate));
        broken.write("{\"daemons\": [{");
        broken.close();
        QVERIFY(registry.running()->isEmpty());
        QVERIFY(registry.enter(ours(u"main"_s)));
        QCOMPARE(registry.running()->size(), 1);
    }

    void namesThatMakeTroubleInFilesAreRefused_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("good");
        QTest::newRow("plain") << u"default"_s << true;
        QTest::newRow("all that is allowed") << u"Work-2_b.c"_s << true;
        QTest::newRow("empty") << QString() << false;
        QTest::newRow("slash") << u"a/b"_s << false;
        QTest::newRow("hidden") << u".a"_s << false;
        QTest::newRow("option") << u"-a"_s << false;
        QTest::newRow("blank") << u"a b"_s << false;
        QTest::newRow("long") << QString(65, u'a') << false;
    }

    void namesThatMakeTroubleInFilesAreRefused()
    {
        QFETCH(const QString, name);
        QTEST(isDaemonName(name), "good");
    }
};

QTEST_GUILESS_MAIN(TestDaemonRegistry)
#include "tst_daemonregistry.moc"
