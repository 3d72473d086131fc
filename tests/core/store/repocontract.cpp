#include "tests/core/store/repocontract.h"

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

RepoRecord repoRecord(const QString &id, Timestamp now)
{
    return {.host = u"apricot"_s,
            .id = id,
            .path = "/home/me/code/" + id.toLatin1(),
            .commonDir = "/home/me/code/" + id.toLatin1() + "/.git",
            .origin = u"forge.example/me/"_s + id,
            .branch = u"main"_s,
            .head = u"1111"_s,
            .upstream = u"origin/main"_s,
            .ahead = 1,
            .behind = 2,
            .state = u"clean"_s,
            .device = 0xFFFFFFFFFFFFFFFFU,
            .inode = 42,
            .firstSeen = now,
            .lastLooked = now};
}

} // namespace

void RepoContract::savingARepositoryKeepsWhatIsNotKnownNow()
{
    RepoRecord repo = repoRecord(tool, clock().now());
    repo.lastPulled = clock().now();
    AC_VERIFY(store().saveRepos({repo, repoRecord(other, clock().now())}));
    const auto commit = CommitMaker(10, clock().now() + 1min).next();
    AC_VERIFY(store().recordCommits({commit}));

    RepoRecord later = repoRecord(tool, clock().now() + 1h);
    later.state = u"needs-you"_s;
    later.reason = u"a merge is in progress"_s;
    AC_VERIFY(store().saveRepos({later}));
    const auto back = store().repo(u"apricot"_s, tool).value();
    QVERIFY(back->firstSeen == clock().now());
    QVERIFY(back->lastLooked == clock().now() + 1h);
    QVERIFY(back->lastPulled == clock().now());
    QVERIFY(back->lastCommitted == commit.committedAt);
    QCOMPARE(back->state, later.state);
    QCOMPARE(back->reason, later.reason);
    QCOMPARE(back->device, 0xFFFFFFFFFFFFFFFFU);
    QCOMPARE(back->path, later.path);
    QCOMPARE(store().repos()->size(), 2);
    QVERIFY(store().repos(u"plum"_s)->isEmpty());
}

void RepoContract::aRepositoryShowsPauseTrustAndNeedsPush()
{
    AC_VERIFY(store().saveRepos({repoRecord(tool, clock().now()), repoRecord(other, clock().now())}));
    AC_VERIFY(store().pause({.host = u"apricot"_s,
                             .repo = tool,
                             .reason = u"rebasing"_s,
                             .by = u"me"_s,
                             .since = clock().now(),
                             .until = clock().now() + 2h}));
    AC_VERIFY(store().setTrust({.host = u"apricot"_s, .repo = tool, .surface = u"cafe"_s, .at = clock().now()}));
    AC_VERIFY(store().markNeedsPush({.host = u"apricot"_s, .repo = tool, .branch = u"main"_s, .sha = u"1"_s}));

    const auto repos = store().repos(u"apricot"_s).value();
    QCOMPARE(repos[0].id, tool);
    QVERIFY(repos[0].needsPush);
    QCOMPARE(repos[0].trustSurface, u"cafe"_s);
    QCOMPARE(repos[0].pause->reason, u"rebasing"_s);
    QVERIFY(repos[0].pause->until == clock().now() + 2h);
    QVERIFY(!repos[1].needsPush && !repos[1].pause && repos[1].trustSurface.isEmpty());
    QCOMPARE(store().trust(u"apricot"_s, tool).value()->surface, u"cafe"_s);
}

void RepoContract::aPauseHoldsAcrossRestarts()
{
    AC_VERIFY(store().pause({.host = u"apricot"_s, .reason = u"travelling"_s, .since = clock().now()}));
    AC_VERIFY(store().pause({.host = u"apricot"_s, .repo = tool, .since = clock().now()}));
    stop();
    reopen();
    QCOMPARE(store().pauses(u"apricot"_s)->size(), 2);
    QCOMPARE(store().pauses(u"apricot"_s)->value(0).reason, u"travelling"_s);
    AC_VERIFY(store().resume(u"apricot"_s, {}));
    QCOMPARE(store().pauses(u"apricot"_s)->value(0).repo, tool);
}

void RepoContract::aForgottenRepositoryKeepsItsCommits()
{
    AC_VERIFY(store().saveRepos({repoRecord(tool, clock().now())}));
    AC_VERIFY(store().recordCommits(CommitMaker(11, clock().now()).some(2), PushNeed::NeedsPush));
    AC_VERIFY(store().forgetRepo(u"apricot"_s, tool));
    QVERIFY(store().repos()->isEmpty());
    QVERIFY(store().needsPush(u"apricot"_s)->isEmpty());
    QCOMPARE(store().commits({.repo = tool})->items.size(), 2);
}

void RepoContract::anExclusionKeepsTheMomentItWasFirstSeen()
{
    const ExclusionRecord env{.path = ".env", .reason = u"may hold secrets"_s, .rule = u"name.env"_s};
    const ExclusionRecord big{.path = "video.mp4", .reason = u"larger than 50 MB"_s, .rule = u"size"_s};
    AC_VERIFY(store().replaceExclusions(u"apricot"_s, tool, {env, big}));
    clock().pass(1h);
    AC_VERIFY(store().replaceExclusions(u"apricot"_s, tool, {env}));
    clock().pass(1h);
    AC_VERIFY(store().replaceExclusions(u"apricot"_s, tool, {big, env}));

    const auto rows = store().exclusions(u"apricot"_s, tool).value();
    QCOMPARE(rows.size(), 2);
    QCOMPARE(rows[0].path, ".env");
    QCOMPARE(rows[0].rule, u"name.env"_s);
    QVERIFY(rows[0].firstSeen == clock().now() - 2h);
    QVERIFY(rows[0].lastSeen == clock().now());
    QVERIFY(rows[1].firstSeen == clock().now());
    AC_VERIFY(store().replaceExclusions(u"apricot"_s, tool, {}));
    QVERIFY(store().exclusions(u"apricot"_s, tool)->isEmpty());
}

void RepoContract::deferralsAreCountedPerPath()
{
    for (int i = 0; i < 3; ++i) {
        AC_VERIFY(store().defer(u"apricot"_s, tool, {"log.txt", "db.bin"}, u"still being written"_s));
        clock().pass(1min);
    }
    AC_VERIFY(store().clearDeferrals(u"apricot"_s, tool, {"db.bin"}));
    const auto rows = store().deferrals(u"apricot"_s, tool).value();
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows[0].path, "log.txt");
    QCOMPARE(rows[0].count, 3);
    QVERIFY(rows[0].lastSeen - rows[0].firstSeen == 2min);
}

void RepoContract::aPathMayHaveAnyBytesAndAnyLength()
{
    QByteArray everyByte;
    for (int i = 1; i < 256; ++i)
        everyByte += static_cast<char>(i);
    QByteArray longest;
    CommitMaker maker(12, clock().now());
    while (longest.size() < 4096) // not to be compressed: a server would take a longer index entry then
        longest += maker.hex(8).toLatin1();
    const QList<QByteArray> paths{everyByte, longest, "a'b\\c"};
    QList<ExclusionRecord> standing;
    for (const QByteArray &path : paths)
        standing.append({.path = path, .reason = u"x"_s});
    AC_VERIFY(store().replaceExclusions(u"apricot"_s, tool, standing));
    AC_VERIFY(store().defer(u"apricot"_s, tool, paths, u"x"_s));
    QSet<QByteArray> back;
    const auto rows = store().exclusions(u"apricot"_s, tool).value();
    for (const ExclusionRecord &row : rows)
        back += row.path;
    QCOMPARE(back, QSet<QByteArray>(paths.begin(), paths.end()));
    QCOMPARE(store().deferrals(u"apricot"_s, tool)->size(), 3);
}

void RepoContract::anOldReportOfAHostChangesNothing()
{
    const Timestamp now = clock().now();
    AC_VERIFY(store().saveHost({.name = u"plum"_s, .version = u"2"_s, .protocol = 3, .lastSeen = now}));
    AC_VERIFY(store().saveHost({.name = u"plum"_s, .version = u"1"_s, .protocol = 2, .lastSeen = now - 1h}));
    QCOMPARE(store().hosts()->value(0).version, u"2"_s);
    AC_VERIFY(store().saveHost({.name = u"plum"_s, .version = u"4"_s, .protocol = 3, .lastSeen = now + 1h}));
    QCOMPARE(store().hosts()->value(0).version, u"4"_s);
    QVERIFY(store().hosts()->value(0).firstSeen == now);

    RepoHead head{
        .host = u"plum"_s, .repo = tool, .origin = u"o"_s, .branch = u"main"_s, .head = u"2"_s, .reportedAt = now};
    RepoHead old = head;
    old.head = u"1"_s;
    old.reportedAt = now - 1s;
    RepoHead mine = head;
    mine.host = u"apricot"_s;
    AC_VERIFY(store().saveHeads({head, old, mine}));
    const auto heads = store().heads(u"o"_s).value();
    QCOMPARE(heads.size(), 2);
    QCOMPARE(heads[1].host, u"plum"_s);
    QCOMPARE(heads[1].head, u"2"_s);
    QVERIFY(store().heads(u"elsewhere"_s)->isEmpty());
}

void RepoContract::releasesAreDueUntilTheyAreSettled()
{
    ReleaseRecord release{.host = u"apricot"_s,
                          .repo = tool,
                          .package = u"tool"_s,
                          .registry = u"npm"_s,
                          .version = u"1.2.0"_s,
                          .sha = u"1"_s,
                          .firstSeen = clock().now(),
                          .nextCheck = clock().now() + 1min};
    AC_VERIFY(store().saveRelease(release));
    QVERIFY(store().releasesDue(u"apricot"_s, clock().now())->isEmpty());
    QCOMPARE(store().releasesDue(u"apricot"_s, clock().now() + 2min)->size(), 1);

    const auto logEnd = ActivityLog(options().activityLog).end();
    release.lastChecked = clock().now() + 2min;
    release.nextCheck = clock().now() + 10min;
    release.checks = 1;
    AC_VERIFY(store().saveRelease(release));
    QVERIFY(ActivityLog(options().activityLog).end() == logEnd);
    QVERIFY(store().releasesDue(u"apricot"_s, clock().now() + 2min)->isEmpty());

    release.state = ReleaseState::Published;
    release.nextCheck.reset();
    release.firstSeen += 1h;
    AC_VERIFY(store().saveRelease(release));
    const auto rows = store().releases()->items;
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows[0].state, ReleaseState::Published);
    QCOMPARE(rows[0].checks, 1);
    QVERIFY(rows[0].firstSeen == clock().now());
    QVERIFY(store().releasesDue(u"apricot"_s, clock().now() + 24h)->isEmpty());
}

void RepoContract::aMessageIsFoundByItsSnapshot()
{
    CachedMessage message{.snapshot = u"s1"_s,
                          .subject = u"fix: it"_s,
                          .body = u"b"_s,
                          .source = MessageSource::Llm,
                          .model = u"m"_s,
                          .createdAt = clock().now()};
    AC_VERIFY(store().cacheMessage(message));
    message.subject = u"fix: that"_s;
    AC_VERIFY(store().cacheMessage(message));
    QCOMPARE(store().cachedMessage(u"s1"_s).value()->subject, u"fix: that"_s);
    QCOMPARE(store().cachedMessage(u"s1"_s).value()->source, MessageSource::Llm);
    QVERIFY(!store().cachedMessage(u"s2"_s)->has_value());
}
