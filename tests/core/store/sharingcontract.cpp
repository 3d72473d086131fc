#include "tests/core/store/sharingcontract.h"

#include "core/store/historyreader.h"
#include "core/store/migrations.h"

#include <QThread>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

void runOnThread(const std::function<void()> &work)
{
    const std::unique_ptr<QThread> thread(QThread::create(work));
    thread->start();
    thread->wait();
}

} // namespace

void SharingContract::aReaderOnAnotherThreadSeesWhatWasWritten()
{
    const auto commits = CommitMaker(15, clock().now()).some(12);
    AC_VERIFY(store().recordCommits(commits));
    QSet<QString> seen;
    runOnThread([&] {
        HistoryReader reader(place().location(), clock());
        seen = shasIn(reader);
    });
    QCOMPARE(seen, shasOf(commits));

    HistoryReader reader(place().location(), clock());
    QCOMPARE(shasIn(reader), shasOf(commits));
    auto kind = ErrorKind::Unknown;
    runOnThread([&] { kind = reader.commits().error().kind; });
    QCOMPARE(kind, ErrorKind::Internal);
}

void SharingContract::anotherThreadMayNotWrite()
{
    auto kind = ErrorKind::Unknown;
    runOnThread([&] { kind = store().recordAudit({.who = u"x"_s}).error().kind; });
    QCOMPARE(kind, ErrorKind::Internal);
    QCOMPARE(store().pending(), 0);
    QVERIFY(store().audit()->items.isEmpty());
}

void SharingContract::twoWritersShareOneHistory()
{
    const auto shared = CommitMaker(16, clock().now()).some(40);
    const auto write = [&](quint32 seed, QSet<QString> &mine) {
        const SystemClock systemClock;
        StoreOptions own = options();
        own.busyTimeout = 10s;
        Store writer(own, systemClock);
        bool ok = writer.open().ok();
        CommitMaker maker(seed, clock().now());
        for (const CommitRecord &commit : shared) {
            const CommitRecord another = maker.next();
            mine += another.sha;
            ok = writer.recordCommits({commit, another}, PushNeed::NeedsPush).ok() && ok;
            ok = writer.recordError({.kind = u"k"_s, .message = u"m"_s, .lastSeen = clock().now()}).ok() && ok;
        }
        if (!ok || writer.pending() != 0)
            mine.clear();
    };
    QSet<QString> first;
    QSet<QString> second;
    const std::unique_ptr<QThread> a(QThread::create([&] { write(100, first); }));
    const std::unique_ptr<QThread> b(QThread::create([&] { write(200, second); }));
    a->start();
    b->start();
    a->wait();
    b->wait();
    QCOMPARE(first.size(), 40);
    QCOMPARE(second.size(), 40);
    QCOMPARE(shasIn(store()), first + second + shasOf(shared));
    QCOMPARE(store().commits({.limit = 1000})->items.size(), 120);
    QCOMPARE(store().standingErrors()->items.value(0).count, 80);
}

void SharingContract::anEmptyDatabaseIsFilledFromTheLog()
{
    const auto commits = CommitMaker(17, clock().now()).some(30);
    AC_VERIFY(store().recordCommits(commits, PushNeed::NeedsPush));
    AC_VERIFY(store().recordPush({.host = u"apricot"_s,
                                  .repo = tool,
                                  .branch = u"main"_s,
                                  .tip = commits[3].sha,
                                  .shas = {commits[3].sha},
                                  .pushedAt = clock().now(),
                                  .verified = true}));
    AC_VERIFY(store().pause({.host = u"apricot"_s, .repo = tool, .reason = u"mine"_s, .since = clock().now()}));
    AC_VERIFY(store().pause({.host = u"apricot"_s, .repo = other, .since = clock().now()}));
    AC_VERIFY(store().resume(u"apricot"_s, other));
    AC_VERIFY(store().setTrust({.host = u"apricot"_s, .repo = tool, .surface = u"5"_s, .at = clock().now()}));
    AC_VERIFY(store().saveRelease({.host = u"apricot"_s,
                                   .repo = tool,
                                   .package = u"tool"_s,
                                   .registry = u"npm"_s,
                                   .version = u"1"_s,
                                   .state = ReleaseState::Failed,
                                   .firstSeen = clock().now()}));
    const auto before = store().commits({.limit = 1000})->items;
    stop();
    place().makeEmpty();

    reopen();
    const auto after = store().commits({.limit = 1000})->items;
    QCOMPARE(after.size(), before.size());
    for (qsizetype i = 0; i < after.size(); ++i) {
        QCOMPARE(after[i].sha, before[i].sha);
        QCOMPARE(after[i].subject, before[i].subject);
        QCOMPARE(after[i].body, before[i].body);
        QCOMPARE(after[i].paths, before[i].paths);
        QCOMPARE(after[i].source, before[i].source);
        QVERIFY(after[i].committedAt == before[i].committedAt);
        QVERIFY(after[i].verifiedAt == before[i].verifiedAt);
    }
    QCOMPARE(store().needsPush(u"apricot"_s)->value(0).sha, commits.last().sha);
    QCOMPARE(store().pauses(u"apricot"_s)->size(), 1);
    QCOMPARE(store().pauses(u"apricot"_s)->value(0).reason, u"mine"_s);
    QCOMPARE(store().trust(u"apricot"_s, tool).value()->surface, u"5"_s);
    QCOMPARE(store().releases()->items.value(0).state, ReleaseState::Failed);
}

void SharingContract::whatOnlyTheLogHasIsTakenOver()
{
    CommitMaker maker(18, clock().now());
    const auto stored = maker.some(5);
    AC_VERIFY(store().recordCommits(stored));
    stop();
    // As a program leaves it that was killed between the log and the database.
    const CommitRecord lost = maker.next();
    const QJsonObject line{{u"v"_s, 1},
                           {u"at"_s, isoText(clock().now())},
                           {u"event"_s, u"commit"_s},
                           {u"host"_s, lost.host},
                           {u"repo"_s, lost.repo},
                           {u"sha"_s, lost.sha},
                           {u"subject"_s, lost.subject},
                           {u"committed_at"_s, isoText(lost.committedAt)}};
    AC_VERIFY(ActivityLog(options().activityLog).append({line, {{u"event"_s, u"of tomorrow"_s}}, {{u"x"_s, 1}}}));

    reopen();
    QCOMPARE(shasIn(store()), shasOf(stored) + QSet<QString>{lost.sha});
    stop();
    Store again(options(), clock());
    QCOMPARE(again.open()->replayed, 0);
}

void SharingContract::aCheckFindsRowsThatWentMissing()
{
    const auto commits = CommitMaker(22, clock().now()).some(10);
    AC_VERIFY(store().recordCommits(commits));
    {
        auto database = Database::connect(parseStoreTarget(place().location()).value(), {});
        AC_VERIFY((*database)->run(u"DELETE FROM commits WHERE sha = ?"_s, {commits[4].sha}));
    }
    QCOMPARE(store().commits()->items.size(), 9);
    QVERIFY(*store().check());
    QCOMPARE(shasIn(store()), shasOf(commits));
}

void SharingContract::everyMigrationBringsTheOneBeforeUpToDate_data()
{
    QTest::addColumn<int>("version");
    for (int version = 0; version <= latestSchemaVersion; ++version)
        QTest::addRow("from %d", version) << version;
}

void SharingContract::everyMigrationBringsTheOneBeforeUpToDate()
{
    QFETCH(int, version);
    stop();
    place().makeEmpty();
    {
        QDir().mkpath(QFileInfo(place().location()).absolutePath());
        auto database = Database::connect(parseStoreTarget(place().location()).value(), {});
        AC_VERIFY(database);
        AC_VERIFY(migrate(**database, clock().now(), version));
        QCOMPARE(schemaVersion(**database).value(), version);
        if (version > 0)
            AC_VERIFY((*database)->run(u"INSERT INTO cycles (host, daemon, reason, started_at, finished_at, repos,"
                                       " committed, pulled, pushed, skipped, failed, note) VALUES ('h', '', 'timer',"
                                       " ?, ?, 1, 2, 3, 4, 5, 6, 'kept')"_s,
                                       {isoText(clock().now()), isoText(clock().now())}));
    }
    Store migrated(options(), clock());
    const auto opened = migrated.open();
    AC_VERIFY(opened);
    QCOMPARE(opened->schemaBefore, version);
    QCOMPARE(migrated.cycles()->items.size(), version > 0 ? 1 : 0);
    AC_VERIFY(migrated.recordCommits(CommitMaker(19, clock().now()).some(1)));
    AC_VERIFY(migrated.recordAudit({.at = clock().now(), .who = u"me"_s}));
    QCOMPARE(migrated.audit()->items.size(), 1);
}

void SharingContract::aNewerDatabaseIsRefusedAndLeftAlone()
{
    const auto commits = CommitMaker(20, clock().now()).some(3);
    AC_VERIFY(store().recordCommits(commits));
    stop();
    {
        auto database = Database::connect(parseStoreTarget(place().location()).value(), {});
        AC_VERIFY((*database)->run(u"INSERT INTO schema_version (version, name, applied_at) VALUES (?, 'x', 'y')"_s,
                                   {latestSchemaVersion + 1}));
    }
    Store old(options(), clock());
    QCOMPARE(old.open().error().kind, ErrorKind::DatabaseTooNew);
    QCOMPARE(old.recordCommits(CommitMaker(21, clock().now()).some(1)).error().kind, ErrorKind::DatabaseTooNew);
    QCOMPARE(old.pending(), 0);
    HistoryReader reader(place().location(), clock());
    QCOMPARE(reader.commits().error().kind, ErrorKind::DatabaseTooNew);

    auto database = Database::connect(parseStoreTarget(place().location()).value(), {});
    qint64 count = 0;
    AC_VERIFY((*database)->each(u"SELECT count(*) FROM commits"_s, {}, [&](const Row &row) { count = row.number(0); }));
    QCOMPARE(count, 3);
}
