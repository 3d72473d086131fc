#include "tests/core/store/tracecontract.h"

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

void TraceContract::theSameErrorIsOneRowWithACount()
{
    ErrorRecord error{.host = u"apricot"_s, .repo = tool, .kind = u"unreachable"_s, .lastSeen = clock().now()};
    for (int i = 0; i < 48; ++i) {
        error.message = u"no answer after %1 ms (pid %2, 1a2b3c%1)"_s.arg(30000 + i).arg(4000 + i);
        error.detail = QString::number(i);
        AC_VERIFY(store().recordError(error));
        error.lastSeen += 180s;
    }
    error.repo = other;
    AC_VERIFY(store().recordError(error));
    error.kind = u"auth-failed"_s;
    AC_VERIFY(store().recordError(error));
    error.message = u"no answer at all"_s;
    AC_VERIFY(store().recordError(error));

    QCOMPARE(store().standingErrors()->items.size(), 4);
    const auto rows = store().standingErrors({.repo = tool})->items;
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows[0].count, 48);
    QCOMPARE(rows[0].detail, u"47"_s);
    QVERIFY(rows[0].firstSeen == clock().now());
    QVERIFY(rows[0].lastSeen == clock().now() + 47 * 180s);
}

void TraceContract::aPersonIsToldFirstTenthAndHourly()
{
    ErrorRecord error{.host = u"apricot"_s, .kind = u"disk-full"_s, .message = u"full"_s, .lastSeen = clock().now()};
    QList<int> told;
    for (int i = 1; i <= 60; ++i) {
        const auto seen = store().recordError(error);
        AC_VERIFY(seen);
        QCOMPARE(seen->count, i);
        if (seen->announce)
            told.append(i);
        error.lastSeen += 180s; // twenty to the hour
    }
    QCOMPARE(told, (QList<int>{1, 10, 30, 50}));
}

void TraceContract::aResolvedErrorThatComesBackIsANewRow()
{
    ErrorRecord error{
        .host = u"apricot"_s, .repo = tool, .kind = u"conflict"_s, .message = u"no"_s, .lastSeen = clock().now()};
    const qint64 first = store().recordError(error)->id;
    QVERIFY(*store().resolveError(first, u"tray"_s));
    QVERIFY(!*store().resolveError(first, u"tray"_s));
    QVERIFY(store().standingErrors()->items.isEmpty());
    QCOMPARE(store().allErrors()->items.value(0).resolvedBy, u"tray"_s);

    error.lastSeen += 1h;
    const auto again = store().recordError(error);
    QVERIFY(again->id != first);
    QCOMPARE(again->count, 1);
    QVERIFY(again->announce);
    QCOMPARE(store().allErrors()->items.size(), 2);
    QCOMPARE(store().resolveErrorsOf(u"apricot"_s, tool, u"cycle"_s).value(), 1);
    QCOMPARE(store().resolveErrorsOf(u"apricot"_s, tool, u"cycle"_s).value(), 0);
}

void TraceContract::cyclesAndAuditAreListedNewestFirst()
{
    for (int i = 0; i < 5; ++i) {
        const auto recorded = store().recordCycle({.host = u"apricot"_s,
                                                   .daemon = u"main"_s,
                                                   .reason = u"timer"_s,
                                                   .startedAt = clock().now() + i * 3min,
                                                   .finishedAt = clock().now() + i * 3min + 1s,
                                                   .repos = 68,
                                                   .committed = i});
        AC_VERIFY(recorded);
        QCOMPARE(store().cycles({.limit = 1})->items.first().id, *recorded);
        AC_VERIFY(store().recordAudit({.at = clock().now() + i * 1s,
                                       .who = u"cli"_s,
                                       .what = u"pause"_s,
                                       .target = QString::number(i),
                                       .from = u"local"_s}));
    }
    const auto cycles = allPages({.limit = 2}, [&](const HistoryFilter &f) { return store().cycles(f); });
    QCOMPARE(cycles.size(), 5);
    QCOMPARE(cycles[0].committed, 4);
    QCOMPARE(cycles[4].repos, 68);
    QVERIFY(cycles[0].finishedAt - cycles[0].startedAt == 1s);
    const auto audit = allPages({.limit = 2}, [&](const HistoryFilter &f) { return store().audit(f); });
    QCOMPARE(audit.size(), 5);
    QCOMPARE(audit[0].target, u"4"_s);
    QCOMPARE(audit[0].from, u"local"_s);
}

void TraceContract::onlyTheNewestDecisionsStay()
{
    for (int i = 0; i < 30; ++i) {
        QList<DecisionRecord> trace;
        for (const QString &stage : {u"PreFilter"_s, u"Group"_s})
            trace.append({.host = u"apricot"_s,
                          .repo = i % 3 == 0 ? other : tool,
                          .at = clock().now(),
                          .stage = stage,
                          .what = QString::number(i),
                          .why = u"because"_s});
        AC_VERIFY(store().recordDecisions(trace, 9));
    }
    const auto kept = store().decisions(u"apricot"_s, tool);
    QCOMPARE(kept->size(), 9);
    QCOMPARE(kept->last().what, u"29"_s);
    QCOMPARE(kept->last().stage, u"Group"_s);
    QCOMPARE(store().decisions(u"apricot"_s, tool, 2)->value(0).stage, u"PreFilter"_s);
    QCOMPARE(store().decisions(u"apricot"_s, other)->size(), 9);
}

void TraceContract::pruningTakesWhatIsOldAndSettled()
{
    CommitMaker maker(14, clock().now() - 24h * 1000);
    AC_VERIFY(store().recordCommits(maker.some(5)));
    CommitRecord waiting = maker.next(other);
    AC_VERIFY(store().recordCommits({waiting}, PushNeed::NeedsPush));
    for (int i = 0; i < 2500; i += 1250)
        AC_VERIFY(store().recordCycle({.startedAt = clock().now() - 24h * (i + 1)}));
    AC_VERIFY(store().cacheMessage({.snapshot = u"old"_s, .createdAt = clock().now() - 24h * 31}));
    AC_VERIFY(store().cacheMessage({.snapshot = u"young"_s, .createdAt = clock().now() - 24h * 29}));
    AC_VERIFY(store().recordError({.kind = u"a"_s, .lastSeen = clock().now() - 24h * 500})); // stands: stays
    AC_VERIFY(store().defer(u"apricot"_s, tool, {"x"}, u"y"_s));

    QCOMPARE(store().prune(Retention()).value(), 2);
    QVERIFY(!store().cachedMessage(u"old"_s)->has_value());
    QVERIFY(store().cachedMessage(u"young"_s)->has_value());
    QCOMPARE(store().cycles()->items.size(), 1);
    QCOMPARE(store().standingErrors()->items.size(), 1);
    QCOMPARE(store().commits()->items.size(), 6);
    QCOMPARE(store().prune({.commits = std::chrono::days(900)}).value(), 5);
    QCOMPARE(store().commits()->items.value(0).sha, waiting.sha);
}
