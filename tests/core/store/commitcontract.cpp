#include "tests/core/store/commitcontract.h"

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

void CommitContract::aNewHistoryIsEmpty()
{
    QVERIFY(store().commits()->items.isEmpty());
    QVERIFY(store().repos()->isEmpty());
    QVERIFY(!store().cachedMessage(u"nothing"_s)->has_value());
    QCOMPARE(store().statistics({.now = clock().now()})->commits, 0);
}

void CommitContract::aCommitComesBackAsItWent()
{
    CommitRecord commit = CommitMaker(1, clock().now()).next();
    commit.subject = QString::fromUtf8("it's \\ \"quoted\" ? :name $1 \xf0\x9f\x8e\x89 \xe2\x80\xa6");
    commit.body = u"first\n\nsecond\tline -- ; DROP TABLE commits"_s;
    commit.path = "/home/\xff\xfe/code";
    commit.paths = {"plain.txt", "base64:looks-like", "sp ace", "\xef\xbb\xbfmark", "bad\xff", "new\nline"};
    commit.pathCount = 7000;
    commit.authoredAt = clock().now() - 48h;
    commit.source = MessageSource::LlmRepaired;
    commit.verifiedAt = clock().now() + 1ms;
    commit.pushedAt = clock().now();
    AC_VERIFY(store().recordCommits({commit}));

    const CommitRecord back = store().commits()->items.value(0);
    QCOMPARE(back.host, commit.host);
    QCOMPARE(back.repo, commit.repo);
    QCOMPARE(back.origin, commit.origin);
    QCOMPARE(back.path, commit.path);
    QCOMPARE(back.branch, commit.branch);
    QCOMPARE(back.sha, commit.sha);
    QCOMPARE(back.parent, commit.parent);
    QCOMPARE(back.subject, commit.subject);
    QCOMPARE(back.body, commit.body);
    QVERIFY(back.authoredAt == commit.authoredAt);
    QVERIFY(back.committedAt == commit.committedAt);
    QCOMPARE(back.source, commit.source);
    QCOMPARE(back.model, commit.model);
    QCOMPARE(back.paths, commit.paths);
    QCOMPARE(back.pathCount, 7000);
    QVERIFY(back.pushedAt == commit.pushedAt);
    QVERIFY(back.verifiedAt == commit.verifiedAt);
}

void CommitContract::aCommitIsStoredOnceHoweverOftenItIsReported()
{
    CommitMaker maker(2, clock().now());
    const auto commits = maker.some(20);
    QCOMPARE(store().recordCommits(commits).value(), 20);
    const auto logEnd = ActivityLog(options().activityLog).end();
    QCOMPARE(store().recordCommits(commits).value(), 0);
    QCOMPARE(shasIn(store()), shasOf(commits));
    QCOMPARE(store().commits({.limit = 1000})->items.size(), 20);
    QVERIFY2(ActivityLog(options().activityLog).end() == logEnd, "a repeated report must not fill the log");

    CommitRecord elsewhere = commits.first();
    elsewhere.host = u"plum"_s;
    QCOMPARE(store().recordCommits({elsewhere}).value(), 1);
    QCOMPARE(store().commitsBySha(elsewhere.sha)->size(), 2);
}

void CommitContract::aRebasedCommitKeepsItsRowUnderItsNewName()
{
    CommitMaker maker(3, clock().now());
    QList<CommitRecord> commits = maker.some(3);
    for (CommitRecord &commit : commits)
        commit.repo = tool;
    CommitRecord told = commits[2]; // by a run that knew its new name, and was killed before it could say more
    told.sha = QString(40, u'b');
    AC_VERIFY(store().recordCommits(commits + QList{told}));
    const RenamedCommits renamed{.host = commits[0].host,
                                 .repo = tool,
                                 .names = {{commits[0].sha, QString(40, u'a')},
                                           {commits[1].sha, QString()}, // had become empty
                                           {commits[2].sha, told.sha},
                                           {QString(40, u'e'), QString(40, u'f')}}}; // of the user's own
    for (int times = 0; times < 2; ++times) {
        AC_VERIFY(store().recordRenamed(renamed));
        QCOMPARE(shasIn(store()), (QSet<QString>{QString(40, u'a'), commits[1].sha, told.sha}));
    }
    QCOMPARE(store().commitsBySha(QString(40, u'a'))->value(0).subject, commits[0].subject);
}

void CommitContract::aPushKnownLaterIsFilledIn()
{
    CommitRecord commit = CommitMaker(3, clock().now()).next();
    AC_VERIFY(store().recordCommits({commit}));
    commit.pushedAt = clock().now();
    commit.subject = u"another subject"_s;
    QCOMPARE(store().recordCommits({commit}).value(), 1);
    const CommitRecord back = store().commits()->items.value(0);
    QVERIFY(back.pushedAt == commit.pushedAt);
    QVERIFY(back.subject != commit.subject);
    QCOMPARE(store().recordCommits({commit}).value(), 0);
}

void CommitContract::commitsAreFoundByTheBeginningOfTheirName()
{
    CommitMaker maker(4, clock().now());
    auto commits = maker.some(30);
    commits[0].sha = u"abcdef0"_s + QString(33, u'f');
    AC_VERIFY(store().recordCommits(commits));
    QCOMPARE(store().commitsBySha(u"abcdef0"_s)->value(0).sha, commits[0].sha);
    QCOMPARE(store().commitsBySha(commits[5].sha)->size(), 1);
    QVERIFY(store().commitsBySha(u"0000000"_s)->isEmpty());
    QCOMPARE(store().commitsBySha(u"abc"_s).error().kind, ErrorKind::Usage);
}

void CommitContract::pagesNeitherRepeatNorSkipWhileRowsAreAdded()
{
    CommitMaker maker(5, clock().now());
    const auto commits = maker.some(230);
    AC_VERIFY(store().recordCommits(commits));

    QStringList seen;
    HistoryFilter filter{.limit = 17};
    do {
        const auto page = store().commits(filter);
        AC_VERIFY(page);
        QVERIFY(page->items.size() <= 17);
        for (const CommitRecord &commit : page->items)
            seen.append(commit.sha);
        filter.cursor = page->next;
        AC_VERIFY(store().recordCommits({maker.next()})); // newer than all: belongs to no page any more
    } while (!filter.cursor.isEmpty());
    QCOMPARE(seen.size(), commits.size());
    QCOMPARE(QSet<QString>(seen.begin(), seen.end()), shasOf(commits));

    auto ordered = allPages({.limit = 100}, [&](const HistoryFilter &f) { return store().commits(f); });
    for (qsizetype i = 1; i < ordered.size(); ++i)
        QVERIFY(ordered[i - 1].committedAt >= ordered[i].committedAt);
}

void CommitContract::filtersNarrowAList()
{
    CommitMaker maker(6, clock().now());
    QList<CommitRecord> commits;
    for (int i = 0; i < 40; ++i)
        commits.append(maker.next(i % 4 == 0 ? other : tool));
    commits[7].host = u"plum"_s;
    AC_VERIFY(store().recordCommits(commits));
    const Timestamp middle = commits[20].committedAt;

    QCOMPARE(store().commits({.repo = other})->items.size(), 10);
    QCOMPARE(store().commits({.host = u"plum"_s})->items.size(), 1);
    const auto after = store().commits({.since = middle})->items;
    const auto before = store().commits({.until = middle})->items;
    QCOMPARE(after.size() + before.size(), 40);
    QVERIFY(std::ranges::all_of(after, [&](const CommitRecord &c) { return c.committedAt >= middle; }));
    QVERIFY(std::ranges::all_of(before, [&](const CommitRecord &c) { return c.committedAt < middle; }));
    QCOMPARE(store().commits({.limit = 0})->items.size(), 1);
    QCOMPARE(allPages({.host = u"apricot"_s, .repo = tool, .limit = 7},
                      [&](const HistoryFilter &f) { return store().commits(f); })
                 .size(),
             29);
}

void CommitContract::aCursorOfNobodyIsRefused()
{
    AC_VERIFY(store().recordCommits(CommitMaker(7, clock().now()).some(3)));
    for (const QString &cursor : {u"x"_s, u"!!!"_s, u"1"_s, QString::fromLatin1("2026' OR 1=1|1"_ba.toBase64())})
        QCOMPARE(store().commits({.cursor = cursor}).error().kind, ErrorKind::Usage);
}

void CommitContract::aBranchNeedsAPushUntilItsTipIsVerified()
{
    const auto commits = CommitMaker(8, clock().now()).some(3);
    AC_VERIFY(store().recordCommits(commits, PushNeed::NeedsPush));
    QCOMPARE(store().needsPush(u"apricot"_s)->value(0).sha, commits[2].sha);

    PushRecord push{.host = u"apricot"_s,
                    .repo = tool,
                    .branch = u"main"_s,
                    .tip = commits[2].sha,
                    .pushedAt = commits[2].committedAt + 1min};
    AC_VERIFY(store().recordPush(push));
    QCOMPARE(store().needsPush(u"apricot"_s)->size(), 1);
    QVERIFY(store().commits()->items[0].pushedAt);
    QVERIFY(!store().commits()->items[0].verifiedAt);

    push.verified = true;
    AC_VERIFY(store().recordPush(push));
    QVERIFY(store().needsPush(u"apricot"_s)->isEmpty());
    const auto pushed = store().commits()->items;
    QVERIFY(std::ranges::all_of(pushed, [](const CommitRecord &commit) { return commit.verifiedAt.has_value(); }));
}

void CommitContract::aCommitMadeDuringThePushKeepsTheFlag()
{
    const auto commits = CommitMaker(9, clock().now()).some(2);
    AC_VERIFY(store().recordCommits({commits[0]}, PushNeed::NeedsPush));
    AC_VERIFY(store().recordCommits({commits[1]}, PushNeed::NeedsPush));
    AC_VERIFY(store().recordPush({.host = u"apricot"_s,
                                  .repo = tool,
                                  .branch = u"main"_s,
                                  .tip = commits[0].sha,
                                  .shas = {commits[0].sha},
                                  .pushedAt = clock().now() + 1h,
                                  .verified = true}));
    QCOMPARE(store().needsPush(u"apricot"_s)->value(0).sha, commits[1].sha);
    QVERIFY(!store().commitsBySha(commits[1].sha)->value(0).pushedAt);
    QVERIFY(store().commitsBySha(commits[0].sha)->value(0).verifiedAt);
}

void CommitContract::aFailedPushIsCounted()
{
    NeedsPushRecord record{
        .host = u"apricot"_s, .repo = tool, .branch = u"main"_s, .sha = u"1"_s, .since = clock().now()};
    AC_VERIFY(store().markNeedsPush(record));
    record.lastAttempt = clock().now() + 1min;
    record.lastError = u"unreachable"_s;
    AC_VERIFY(store().recordPushAttempt(record));
    AC_VERIFY(store().recordPushAttempt(record));
    const auto flag = store().needsPush(u"apricot"_s)->value(0);
    QCOMPARE(flag.attempts, 2);
    QCOMPARE(flag.lastError, u"unreachable"_s);
    QVERIFY(flag.lastAttempt == record.lastAttempt);
    QVERIFY(flag.since == clock().now());
    AC_VERIFY(store().clearNeedsPush(u"apricot"_s, tool, u"main"_s));
    QVERIFY(store().needsPush(u"apricot"_s)->isEmpty());
}

void CommitContract::statisticsCountTheDaysOfTheZone()
{
    const QTimeZone kathmandu("Asia/Kathmandu"); // 5:45 ahead
    const Timestamp midnightThere = std::chrono::sys_days{std::chrono::year{2026} / 8 / 20} - 5h - 45min;
    CommitMaker maker(13, clock().now());
    auto commits = maker.some(4);
    commits[0].committedAt = midnightThere - 1ms;
    commits[1].committedAt = midnightThere;
    commits[2].committedAt = midnightThere + 1h;
    commits[2].repo = other;
    commits[3].committedAt = clock().now() - 24h * 400;
    commits[0].pushedAt = clock().now();
    for (CommitRecord &commit : commits)
        commit.source = MessageSource::Builtin;
    commits[1].source = MessageSource::Llm;
    AC_VERIFY(store().recordCommits(commits));

    const auto all = store().statistics({.now = clock().now(), .zone = kathmandu}).value();
    QCOMPARE(all.perDay.size(), 365);
    QCOMPARE(all.perDay.last().first, QDate(2026, 8, 22));
    QCOMPARE(all.perDay[365 - 3], (std::pair<QDate, qint64>(QDate(2026, 8, 20), 2)));
    QCOMPARE(all.perDay[365 - 4], (std::pair<QDate, qint64>(QDate(2026, 8, 19), 1)));
    QCOMPARE(all.commits, 3);
    QCOMPARE(all.unpushed, 2);
    QCOMPARE(all.bySource.value(0).second, 2);
    QCOMPARE(all.byRepo.value(0).repo, tool);
    const auto two = store().statistics({.now = clock().now(), .days = 3, .zone = kathmandu, .repo = other}).value();
    QCOMPARE(two.perDay.size(), 3);
    QCOMPARE(two.commits, 1);
}
