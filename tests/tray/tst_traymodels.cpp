#include "tests/tray/livedaemon.h"
#include "tray/model/activity.h"
#include "tray/model/commitlist.h"
#include "tray/model/notifier.h"
#include "tray/model/paritytable.h"
#include "tray/model/problemtree.h"
#include "tray/model/repotable.h"
#include "tray/model/settingsform.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

namespace {

constexpr auto strict = QAbstractItemModelTester::FailureReportingMode::QtTest;

} // namespace

class TestTrayModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_dir.isValid()); }
    void init() { m_memory = std::make_unique<TrayMemory>(m_dir.filePath(u"%1.ini"_s.arg(++m_files))); }

    void repositoriesAreRowsThatFollowEvents()
    {
        LiveDaemon live(troubleWorld());
        RepoTable table(live.daemon);
        QAbstractItemModelTester tester(&table, strict);
        QTRY_COMPARE(table.rowCount(), 68);
        QSignalSpy changed(&table, &QAbstractItemModel::dataChanged);
        QJsonObject repo = live.server.world.repos.at(6);
        repo.insert(u"error"_s, QJsonValue());
        repo.insert(u"state"_s, u"clean"_s);
        repo.insert(u"ahead"_s, 0);
        repo.insert(u"behind"_s, 0);
        QTRY_VERIFY(live.isUp());
        const int row = live.daemon.indexOfRepo(repo.value(u"id"_s).toString());
        QCOMPARE(table.index(row, RepoTable::State).data().toString(), u"Needs you"_s);
        live.server.send(u"repo"_s, repo);
        QTRY_COMPARE(table.index(row, RepoTable::State).data().toString(), u"Safe on the hub"_s);
    }

    void noRowIsGreenWhileTheDaemonIsAway()
    {
        LiveDaemon live;
        QTRY_VERIFY(live.isUp());
        RepoTable table(live.daemon);
        const QModelIndex state = table.index(0, RepoTable::State);
        QCOMPARE(state.data(RepoTable::BadgeRole).toInt(), static_cast<int>(RepoBadge::Safe));
        QSignalSpy changed(&table, &QAbstractItemModel::dataChanged);
        live.server.stop();
        QTRY_COMPARE(live.daemon.picture().link, LinkState::Offline);
        QCOMPARE(state.data(RepoTable::BadgeRole).toInt(), static_cast<int>(RepoBadge::Stale));
        QVERIFY(!changed.isEmpty());
    }

    void paragraphsFlowAndListsStay()
    {
        QCOMPARE(CommitList::flowed(u"One line\nand its end.\n\n- a\n- b\n\n    code\n    more"_s),
                 u"One line and its end.\n\n- a\n- b\n\n    code\n    more"_s);
    }

    void theHostsOfARepositoryShowADifferentBranch()
    {
        LiveDaemon live(troubleWorld());
        RepoTable table(live.daemon);
        QTRY_COMPARE(live.daemon.picture().parity.size(), 68);
        const int row = live.daemon.indexOfRepo(live.server.world.repos.at(6).value(u"id"_s).toString());
        QCOMPARE(table.index(row, RepoTable::Hosts).data().toString(), u"apricot: main · plum: spring"_s);
        QVERIFY(table.index(row, 0).data(RepoTable::MismatchRole).toBool());
    }

    void aHostWithSeveralCheckoutsIsListedOnce()
    {
        FakeWorld world = normalWorld();
        QJsonArray hosts = world.parity[6].value(u"hosts"_s).toArray();
        hosts.append(hosts.first());
        world.parity[6].insert(u"hosts"_s, hosts);
        const QString host = hosts.first()[u"host"].toString();
        LiveDaemon live(std::move(world));
        RepoTable table(live.daemon);
        QTRY_COMPARE(live.daemon.picture().parity.size(), 68);
        const int row = live.daemon.indexOfRepo(live.server.world.repos.at(6).value(u"id"_s).toString());
        const QString text = table.index(row, RepoTable::Hosts).data().toString();
        QVERIFY2(text.startsWith(host + u" ×2"_s) && text.count(host) == 1, qPrintable(text));
    }

    /// hub_aliases: the daemon says which repositories are one, whatever their addresses look like here.
    void aHubWithTwoNamesIsOneHub()
    {
        FakeWorld world = troubleWorld();
        world.repos[6].insert(u"origin"_s, u"other-name-of-the-hub:2222/somewhere"_s);
        LiveDaemon live(std::move(world));
        RepoTable table(live.daemon);
        QTRY_COMPARE(live.daemon.picture().parity.size(), 68);
        const int row = live.daemon.indexOfRepo(live.server.world.repos.at(6).value(u"id"_s).toString());
        QCOMPARE(table.index(row, RepoTable::Hosts).data().toString(), u"apricot: main · plum: spring"_s);
    }

    void theFilterFindsWordsInAnyOrderAndWhatNeedsAttention()
    {
        LiveDaemon live(troubleWorld());
        RepoTable table(live.daemon);
        RepoFilter filter;
        filter.setSourceModel(&table);
        QTRY_COMPARE(filter.rowCount(), 68);
        filter.setWords(u"STATION code"_s);
        QCOMPARE(filter.rowCount(), 4);
        filter.setWords(u"nothing-like-it"_s);
        QCOMPARE(filter.rowCount(), 0);
        filter.setWords({});
        filter.setShow(RepoFilter::Show::Attention);
        QCOMPARE(filter.rowCount(), 5);
        filter.setShow(RepoFilter::Show::Paused);
        QCOMPARE(filter.rowCount(), 1);
        filter.setShow(RepoFilter::Show::All);
        filter.sort(RepoTable::State);
        QCOMPARE(filter.index(0, RepoTable::State).data(RepoTable::BadgeRole).toInt(),
                 static_cast<int>(RepoBadge::Trouble));
    }

    void historyComesInPagesAndGrowsOnTop()
    {
        LiveDaemon live(normalWorld(68, 450));
        CommitList list(live.daemon);
        QTRY_VERIFY(live.isUp());
        QCOMPARE(list.rowCount(), 0);
        list.activate();
        QTRY_COMPARE(list.rowCount(), 200);
        list.fetchMore({});
        QVERIFY(!list.canFetchMore({})); // one page at a time
        QTRY_COMPARE(list.rowCount(), 400);
        list.fetchMore({});
        QTRY_COMPARE(list.rowCount(), 450);
        QVERIFY(!list.canFetchMore({}));
        QAbstractItemModelTester tester(&list, strict); // not earlier: it asks for pages by itself
        QCOMPARE(list.at(449)->sha, live.server.world.commitAt(449).value(u"sha"_s).toString());

        QJsonObject fresh = live.server.world.commitAt(0);
        fresh.insert(u"sha"_s, QString(40, u'f'));
        fresh.insert(u"verified_at"_s, QJsonValue());
        live.server.send(u"commit"_s, fresh);
        QTRY_COMPARE(list.rowCount(), 451);
        QVERIFY(!list.index(0, 0).data(CommitList::PushedRole).toBool());
        fresh.insert(u"verified_at"_s, live.server.world.ago(0));
        live.server.send(u"commit"_s, fresh);
        QTRY_VERIFY(list.index(0, 0).data(CommitList::PushedRole).toBool());
        QCOMPARE(list.rowCount(), 451);
    }

    void aCommitThatALaterRunPushesIsShownAsPushed()
    {
        LiveDaemon live(normalWorld(3, 30));
        CommitList list(live.daemon);
        QTRY_VERIFY(live.isUp());
        QJsonObject commit = live.server.world.commitAt(0);
        commit.insert(u"verified_at"_s, QJsonValue());
        live.server.world.commitAt
            = [all = live.server.world.commitAt, &commit](int at) { return at == 0 ? commit : all(at); };
        list.activate();
        QTRY_COMPARE(list.rowCount(), 30);
        QVERIFY(!list.index(0, 0).data(CommitList::PushedRole).toBool());
        commit.insert(u"verified_at"_s, live.server.world.ago(0));
        QJsonObject repo;
        for (const QJsonObject &known : std::as_const(live.server.world.repos))
            if (known.value(u"id"_s) == commit.value(u"repo"_s))
                repo = known;
        repo.insert(u"pushed_at"_s, live.server.world.ago(-1));
        live.server.send(u"repo"_s, repo);
        QTRY_VERIFY(list.index(0, 0).data(CommitList::PushedRole).toBool());
        QCOMPARE(list.rowCount(), 30);
        const int asked = live.server.count("GET", u"/commits"_s);
        live.server.send(u"repo"_s, repo); // nothing waits any more: nothing is asked
        repo.insert(u"pushed_at"_s, live.server.world.ago(-2));
        live.server.send(u"repo"_s, repo);
        QTest::qWait(50);
        QCOMPARE(live.server.count("GET", u"/commits"_s), asked);
    }

    void packedRowsGiveBackWhatTheListShows()
    {
        CommitRows rows;
        ApiCommit first{.sha = QString(40, u'a'),
                        .host = u"plum"_s,
                        .repo = u"r1"_s,
                        .name = u"thesis"_s,
                        .branch = u"main"_s,
                        .subject = u"docs: Größe und ☂"_s,
                        .source = u"llm"_s,
                        .model = u"m"_s,
                        .committedAt = QDateTime::fromMSecsSinceEpoch(1'780'000'000'123, Qt::UTC),
                        .pathCount = 7};
        rows.append(first);
        ApiCommit second = first;
        second.sha = QString(64, u'b'); // SHA-256
        second.subject = QString(5000, u'ä');
        rows.prepend(second);
        QCOMPARE(rows.size(), 2);
        QCOMPARE(rows.at(1).subject, first.subject);
        QCOMPARE(rows.at(1).committedAt, first.committedAt);
        QVERIFY(!rows.at(1).verifiedAt.isValid());
        QVERIFY(rows.at(1).isSameAs(first));
        QCOMPARE(rows.at(1).pathCount, 7);
        QCOMPARE(rows.at(0).sha, second.sha);
        QVERIFY(second.subject.startsWith(rows.at(0).subject) && rows.at(0).subject.size() == 1000);
        first.verifiedAt = first.committedAt.addSecs(5);
        QCOMPARE(rows.find(first, 1), -1);
        rows.replace(rows.find(first, 2), first);
        QCOMPARE(rows.at(1).verifiedAt, first.verifiedAt);
        first.subject = u"docs: other words"_s;
        rows.replace(1, first);
        QCOMPARE(rows.at(1).subject, first.subject);
    }

    void historyOfOneRepositoryHoldsNothingElse()
    {
        LiveDaemon live;
        QTRY_VERIFY(live.isUp());
        CommitList list(live.daemon);
        list.activate();
        list.setRepo(live.server.world.repos.at(2).value(u"id"_s).toString());
        QTRY_VERIFY(list.rowCount() > 0);
        for (int row = 0; row < list.rowCount(); ++row)
            QCOMPARE(list.at(row)->repo, list.repo());
    }

    void aPageThatFailsSaysWhyAndCanBeAskedForAgain()
    {
        LiveDaemon live;
        QTRY_VERIFY(live.isUp());
        live.server.intercept = [](const FakeRequest &request) -> std::optional<FakeReply> {
            if (request.path != u"/commits"_s)
                return std::nullopt;
            return FakeReply{.status = 500, .body = R"({"error":{"kind":"database-busy","message":"Busy."}})"};
        };
        CommitList list(live.daemon);
        list.activate();
        QTRY_COMPARE(list.error(), u"Busy."_s);
        live.server.intercept = nullptr;
        list.activate();
        QTRY_COMPARE(list.rowCount(), 200);
        QCOMPARE(list.error(), QString());
    }

    void problemsAreGroupedByCause()
    {
        LiveDaemon live(troubleWorld());
        ProblemTree tree(live.daemon, *m_memory);
        QAbstractItemModelTester tester(&tree, strict);
        QTRY_COMPARE(tree.rowCount(), 3);
        const QModelIndex auth = tree.index(0, 0);
        QCOMPARE(auth.data().toString(), u"The hub does not let this machine in"_s);
        QCOMPARE(tree.rowCount(auth), 3);
        QCOMPARE(tree.reposOf(auth).size(), 3);
        QCOMPARE(tree.reposOf(tree.index(1, 0, auth)).size(), 1);
        QVERIFY(!auth.data(ProblemTree::AdviceRole).toString().isEmpty());
        QSignalSpy redrawn(&tree, &QAbstractItemModel::dataChanged);
        m_memory->setMuted(u"auth-failed"_s, true); // as a notification does
        QCOMPARE(redrawn.size(), 2);
        QCOMPARE(redrawn[0][0].toModelIndex(), auth);
        QCOMPARE(redrawn[1][1].toModelIndex(), tree.index(2, ProblemTree::Since, auth));
        QVERIFY(auth.data().toString().contains(u"muted"_s));
        QVERIFY(TrayMemory(m_dir.filePath(u"%1.ini"_s.arg(m_files))).isMuted(u"auth-failed"_s));
    }

    void hostsThatDoNotFitComeFirst()
    {
        LiveDaemon live(troubleWorld());
        ParityTable table(live.daemon);
        QAbstractItemModelTester tester(&table, strict);
        QTRY_COMPARE(table.rowCount(), 68);
        QTRY_COMPARE(table.columnCount(), ParityTable::FirstHost + 2);
        QCOMPARE(table.index(0, ParityTable::State).data().toString(), u"Different branches"_s);
        QVERIFY(table.index(0, 0).data(ParityTable::BadRole).toBool());
        QVERIFY(table.index(0, ParityTable::FirstHost + 1).data().toString().startsWith(u"spring"_s));
        QVERIFY(!table.index(1, 0).data(ParityTable::BadRole).toBool());
    }

    void settingsAreWrittenWhenTheDaemonAcceptsThem()
    {
        LiveDaemon live;
        SettingsForm form(live.daemon);
        QSignalSpy saved(&form, &SettingsForm::saved);
        QSignalSpy failed(&form, &SettingsForm::failed);
        form.activate();
        QTRY_VERIFY(form.isLoaded());
        form.setText(u"max_parallel_repos"_s, u"4"_s);
        QVERIFY(form.isChanged(u"max_parallel_repos"_s));
        form.apply();
        QTRY_COMPARE(saved.size(), 1);
        QCOMPARE(form.text(u"max_parallel_repos"_s), u"4"_s);
        QVERIFY(!form.isChanged());

        form.setText(u"max_parallel_repos"_s, u"0"_s);
        form.apply();
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY2(failed.first().first().toString().contains(u"64"_s), qPrintable(failed.first().first().toString()));
        QVERIFY(form.isChanged()); // what was typed is kept, to be corrected
        form.revert();
        QCOMPARE(form.text(u"max_parallel_repos"_s), u"4"_s);
    }

    void everySettingHasAnEditorThatKeepsItsValue()
    {
        LiveDaemon live;
        SettingsForm form(live.daemon);
        form.activate();
        QTRY_VERIFY(form.isLoaded());
        for (const ApiSetting &setting : form.settings()) {
            QVERIFY(!SettingsForm::label(setting).contains(u'_'));
            if (!setting.value.isNull())
                QCOMPARE(SettingsForm::fromText(setting, SettingsForm::toText(setting, setting.value)), setting.value);
        }
    }

    void theCalendarEndsTodayAndBeginsOnAMonday()
    {
        const QDate today(2026, 8, 22); // a Saturday
        const QList<ApiDayCount> days{{today, 9}, {today.addDays(-1), 1}, {today.addDays(-3), 4}};
        const auto weeks = Activity::calendar(days, today);
        QCOMPARE(weeks.size(), Activity::weeks);
        QCOMPARE(weeks.first().at(0).day.dayOfWeek(), 1);
        QCOMPARE(weeks.last().at(5).day, today);
        QCOMPARE(weeks.last().at(5).commits, 9);
        QCOMPARE(weeks.last().at(5).level, 4);
        QCOMPARE(weeks.last().at(4).level, 1);
        QVERIFY(!weeks.last().at(6).day.isValid());
        QCOMPARE(Activity::streak(days, today), 2);
        QCOMPARE(Activity::streak(days, today.addDays(1)), 2);
        QCOMPARE(Activity::streak(days, today.addDays(5)), 0);
    }

    void oneHugeDayDoesNotPaleTheOthers()
    {
        const QDate today(2026, 8, 22);
        QList<ApiDayCount> days{{today, 5000}};
        for (int i = 1; i <= 20; ++i)
            days.append({today.addDays(-i), i});
        const auto weeks = Activity::calendar(days, today);
        QVERIFY(weeks.at(Activity::weeks - 3).at(0).level >= 3);
    }

    void oneNoteForEachCauseAndOneWhenAllIsWell()
    {
        LiveDaemon live;
        QTRY_VERIFY(live.isUp());
        Notifier notifier(live.daemon, *m_memory);
        QList<TrayNote> notes;
        connect(&notifier, &Notifier::note, this, [&](const TrayNote &note) { notes.append(note); });
        const auto send = [&](const QString &id, const QString &kind, bool resolved) {
            live.server.send(u"error"_s,
                             {{u"id"_s, id},
                              {u"kind"_s, kind},
                              {u"name"_s, u"notes"_s},
                              {u"message"_s, u"m"_s},
                              {u"resolved_at"_s, resolved ? QJsonValue(live.server.world.ago(0)) : QJsonValue()}});
        };
        send(u"1"_s, u"auth-failed"_s, false);
        send(u"2"_s, u"auth-failed"_s, false);
        send(u"3"_s, u"conflict"_s, false);
        QTRY_COMPARE(live.daemon.picture().problems.size(), 3);
        QCOMPARE(notes.size(), 2);
        QCOMPARE(notes.first().level, NoteLevel::Warning);
        for (const QString &id : {u"1"_s, u"2"_s, u"3"_s})
            send(id, u"x"_s, true);
        QTRY_COMPARE(notes.size(), 3);
        QCOMPARE(notes.last().level, NoteLevel::Good);
    }

    void aMutedCauseSaysNothing()
    {
        LiveDaemon live;
        QTRY_VERIFY(live.isUp());
        m_memory->setMuted(u"conflict"_s, true);
        Notifier notifier(live.daemon, *m_memory);
        QSignalSpy notes(&notifier, &Notifier::note);
        live.server.send(u"error"_s, {{u"id"_s, u"1"_s}, {u"kind"_s, u"conflict"_s}});
        QTRY_COMPARE(live.daemon.picture().problems.size(), 1);
        QCOMPARE(notes.size(), 0);
    }

    void whatStandsWhenQuietEndsIsSaidThen()
    {
        LiveDaemon live;
        QTRY_VERIFY(live.isUp());
        Notifier notifier(live.daemon, *m_memory);
        bool presenting = true;
        notifier.setInhibited([&] { return presenting; });
        QSignalSpy notes(&notifier, &Notifier::note);
        live.server.send(u"error"_s, {{u"id"_s, u"1"_s}, {u"kind"_s, u"conflict"_s}, {u"name"_s, u"a"_s}});
        live.server.send(u"error"_s, {{u"id"_s, u"2"_s}, {u"kind"_s, u"auth-failed"_s}, {u"name"_s, u"b"_s}});
        QTRY_COMPARE(live.daemon.picture().problems.size(), 2);
        live.server.send(
            u"error"_s,
            {{u"id"_s, u"2"_s}, {u"kind"_s, u"auth-failed"_s}, {u"resolved_at"_s, live.server.world.ago(0)}});
        QTRY_COMPARE(live.daemon.picture().problems.size(), 1);
        QCOMPARE(notes.size(), 0);
        presenting = false;
        notifier.lookAgain();
        QCOMPARE(notes.size(), 1);
        QCOMPARE(notes.first().first().value<TrayNote>().cause, u"conflict"_s);
        m_memory->setQuiet(true);
        QVERIFY(TrayMemory(m_dir.filePath(u"%1.ini"_s.arg(m_files))).isQuiet());
        live.server.send(u"error"_s, {{u"id"_s, u"3"_s}, {u"kind"_s, u"auth-failed"_s}, {u"name"_s, u"b"_s}});
        QTRY_COMPARE(live.daemon.picture().problems.size(), 2);
        QCOMPARE(notes.size(), 1);
    }

    void aNoteCanBeActedUpon()
    {
        LiveDaemon live(troubleWorld());
        QTRY_VERIFY(live.isUp());
        Notifier notifier(live.daemon, *m_memory);
        QSignalSpy open(&notifier, &Notifier::openWanted);
        QSignalSpy retry(&notifier, &Notifier::retryWanted);
        notifier.act(NoteAction::open(), u"auth-failed"_s);
        QVERIFY(open.first().first().toBool());
        notifier.act(NoteAction::retry(), u"auth-failed"_s);
        QCOMPARE(retry.first().first().toStringList().size(), 3);
        notifier.act(NoteAction::mute(), u"auth-failed"_s);
        QVERIFY(m_memory->isMuted(u"auth-failed"_s));
    }

    void aDaemonThatIsAwayIsSaidOnceAndSoIsItsReturn()
    {
        LiveDaemon live;
        QTRY_VERIFY(live.isUp());
        Notifier notifier(live.daemon, *m_memory);
        notifier.setPatience(std::chrono::milliseconds(1));
        QList<TrayNote> notes;
        connect(&notifier, &Notifier::note, this, [&](const TrayNote &note) { notes.append(note); });
        live.server.stop();
        QTRY_COMPARE(notes.size(), 1);
        QSignalSpy tries(&live.events, &EventStream::lost);
        QTRY_VERIFY(tries.size() > 5);
        QCOMPARE(notes.size(), 1);
        QVERIFY(live.server.listen());
        QTRY_COMPARE(notes.size(), 2);
        QCOMPARE(notes.last().level, NoteLevel::Good);
    }

private:
    QTemporaryDir m_dir;
    int m_files = 0;
    std::unique_ptr<TrayMemory> m_memory;
};

QTEST_GUILESS_MAIN(TestTrayModels)
#include "tst_traymodels.moc"
