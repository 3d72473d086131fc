#include "daemon/schedule/scheduler.h"

#include <QTest>

#include <memory>

using namespace AutoCommit;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

class HandClock final : public Clock
{
public:
    Wall wall() const override { return Wall{} + m_passed; }
    Monotonic monotonic() const override { return Monotonic{1h} + m_passed; }
    void sleepFor(std::chrono::milliseconds time) const override { m_passed += time; }

private:
    mutable std::chrono::milliseconds m_passed{0};
};

/// Writes down what it is told to do.
class NotingCrew final : public Crew
{
public:
    void survey(const QString &repo) override { surveys += repo; }
    void work(const QString &repo) override { works += repo; }
    void job(const QString &repo) override { jobs += repo; }
    void cycleDue() override { ++cyclesDue; }
    void cycleEnded(const CycleState &cycle) override { ended += cycle; }

    QStringList surveys;
    QStringList works;
    QStringList jobs;
    QList<CycleState> ended;
    int cyclesDue = 0;
};

constexpr RunOutcome dirty{.hasWork = true};
constexpr RunOutcome clean{.quiet = true};
constexpr RunOutcome broken{.failed = true};

} // namespace

class TestScheduler final : public QObject
{
    Q_OBJECT

    HandClock m_clock;
    NotingCrew m_crew;
    std::unique_ptr<Scheduler> m_scheduler;

    void begin(const QStringList &repos, const SchedulerOptions &options = {})
    {
        m_scheduler = std::make_unique<Scheduler>(options, m_crew, m_clock);
        m_scheduler->setRepos(repos);
        m_scheduler->beginCycle(u"start"_s);
    }

    /// All of them looked at, and clean.
    void settleDown(const QStringList &repos, const SchedulerOptions &options = {})
    {
        begin(repos, options);
        for (qsizetype i = 0; i < repos.size(); ++i)
            m_scheduler->surveyed(m_crew.surveys[i], clean);
        m_crew.surveys.clear();
        for (const QString &repo : repos)
            m_scheduler->setWatched(repo, true);
    }

    void pass(std::chrono::milliseconds time)
    {
        m_clock.sleepFor(time);
        m_scheduler->tick();
    }

private Q_SLOTS:
    void init()
    {
        m_crew = {};
        m_clock = {};
    }

    void allCleanRepositoriesAreSurveyedWhileOneWaitsForAModel()
    {
        QStringList repos;
        for (int i = 0; i < 68; ++i)
            repos += u"r%1"_s.arg(i);
        begin(repos, {.surveySlots = 4, .workSlots = 1});
        QCOMPARE(m_crew.surveys.size(), 4); // no more at a time
        m_scheduler->surveyed(u"r0"_s, dirty); // goes to work, and stays there
        for (int i = 1; i < 68; ++i)
            m_scheduler->surveyed(m_crew.surveys[i], clean);
        QCOMPARE(m_crew.surveys.size(), 68);
        QCOMPARE(m_crew.works, QStringList{u"r0"_s});
        QVERIFY(m_scheduler->cycle().running);
        QCOMPARE(m_scheduler->cycle().done, 67);
        m_scheduler->worked(u"r0"_s, clean);
        QCOMPARE(m_crew.ended.size(), 1);
    }

    void repositoriesAreLookedAtInTheirOrder()
    {
        begin({u"a"_s, u"b"_s, u"c"_s}, {.surveySlots = 1});
        m_scheduler->surveyed(u"a"_s, clean);
        m_scheduler->surveyed(u"b"_s, clean);
        QCOMPARE(m_crew.surveys, (QStringList{u"a"_s, u"b"_s, u"c"_s}));
    }

    void noMoreRunsAtATimeThanThereAreSlots()
    {
        begin({u"a"_s, u"b"_s, u"c"_s}, {.surveySlots = 8, .workSlots = 2});
        for (const char *repo : {"a", "b", "c"})
            m_scheduler->surveyed(QString::fromLatin1(repo), dirty);
        QCOMPARE(m_crew.works, (QStringList{u"a"_s, u"b"_s}));
        m_scheduler->worked(u"a"_s, clean);
        QCOMPARE(m_crew.works, (QStringList{u"a"_s, u"b"_s, u"c"_s}));
    }

    void theNextCycleIsDueAfterTheInterval()
    {
        settleDown({u"a"_s}, {.interval = 90s});
        pass(89s);
        QCOMPARE(m_crew.cyclesDue, 0);
        pass(1s);
        QCOMPARE(m_crew.cyclesDue, 1);
        pass(500s);
        QCOMPARE(m_crew.cyclesDue, 1); // asked once, until it has begun
    }

    void aCycleDoesNotWaitForTheStragglersOfTheLast()
    {
        begin({u"a"_s, u"b"_s});
        m_scheduler->surveyed(u"a"_s, dirty);
        m_scheduler->surveyed(u"b"_s, {});
        m_crew.surveys.clear();
        QCOMPARE(m_scheduler->beginCycle(u"timer"_s), 2);
        QCOMPARE(m_crew.ended.value(0).done, 1);
        QCOMPARE(m_crew.surveys, QStringList{u"b"_s}); // a is still at work
        m_scheduler->surveyed(u"b"_s, clean);
        QCOMPARE(m_crew.ended.value(1).total, 1);
        m_scheduler->worked(u"a"_s, clean); // belongs to no cycle any more
        QCOMPARE(m_crew.ended.size(), 2);
    }

    void aFileEventRunsItsRepositoryWhenItHasSettled()
    {
        settleDown({u"a"_s, u"b"_s});
        m_scheduler->changed(u"b"_s);
        QCOMPARE(*m_scheduler->nextWake() - m_clock.monotonic(), std::chrono::nanoseconds(10s));
        pass(9s);
        QVERIFY(m_crew.surveys.isEmpty());
        pass(1s);
        QCOMPARE(m_crew.surveys, QStringList{u"b"_s});
    }

    void quietWatchedRepositoriesArePassedOverUntilTheSafetySweep()
    {
        settleDown({u"a"_s, u"b"_s}, {.safetySweep = 3});
        m_scheduler->changed(u"b"_s);
        m_scheduler->beginCycle(u"timer"_s);
        QCOMPARE(m_crew.surveys, QStringList{u"b"_s});
        QCOMPARE(m_scheduler->cycle().passedOver, 1);
        m_scheduler->surveyed(u"b"_s, clean);
        m_scheduler->beginCycle(u"timer"_s);
        QCOMPARE(m_crew.surveys.size(), 1);
        QVERIFY(!m_scheduler->cycle().running); // nothing to do is done at once
        m_scheduler->beginCycle(u"timer"_s); // the fourth
        QCOMPARE(m_crew.surveys.size(), 3);
    }

    void aPersonsCycleLooksAtEverything()
    {
        settleDown({u"a"_s, u"b"_s});
        m_scheduler->beginCycle(u"user"_s);
        QCOMPARE(m_crew.surveys.size(), 2);
    }

    void anUnwatchedRepositoryIsLookedAtEveryCycle()
    {
        settleDown({u"a"_s});
        m_scheduler->setWatched(u"a"_s, false);
        m_scheduler->beginCycle(u"timer"_s);
        QCOMPARE(m_crew.surveys, QStringList{u"a"_s});
    }

    void ourOwnWritesAskForOneLookAndNotForALoop()
    {
        settleDown({u"a"_s}, {.followUps = 2});
        m_scheduler->changed(u"a"_s);
        pass(10s);
        for (int round = 1; round <= 3; ++round) {
            QCOMPARE(m_crew.surveys.size(), round);
            m_scheduler->changed(u"a"_s); // what the run itself writes, every time
            m_scheduler->surveyed(u"a"_s, clean);
            pass(60s);
        }
        QCOMPARE(m_crew.surveys.size(), 3); // the event's own, and two follow-ups
    }

    void whatAPersonWritesDuringARunIsLookedAt()
    {
        settleDown({u"a"_s});
        m_scheduler->request(u"a"_s);
        m_scheduler->surveyed(u"a"_s, dirty);
        m_scheduler->changed(u"a"_s);
        m_scheduler->worked(u"a"_s, clean);
        pass(10s);
        QCOMPARE(m_crew.surveys.size(), 2);
        m_scheduler->surveyed(u"a"_s, clean);
        pass(100s);
        QCOMPARE(m_crew.surveys.size(), 2);
    }

    void filesThatWereStillWrittenAreLookedAtAgain()
    {
        settleDown({u"a"_s});
        m_scheduler->request(u"a"_s);
        m_scheduler->surveyed(u"a"_s, dirty);
        m_scheduler->worked(u"a"_s, {.unfinished = true});
        pass(10s);
        QCOMPARE(m_crew.surveys.size(), 2);
    }

    void oneRunAtATimeAndARequestMeanwhileMakesOneMore()
    {
        settleDown({u"a"_s});
        m_scheduler->request(u"a"_s);
        m_scheduler->request(u"a"_s);
        m_scheduler->request(u"a"_s);
        QCOMPARE(m_crew.surveys.size(), 1);
        m_scheduler->surveyed(u"a"_s, clean);
        QCOMPARE(m_crew.surveys.size(), 2);
        m_scheduler->surveyed(u"a"_s, clean);
        QCOMPARE(m_crew.surveys.size(), 2);
    }

    void aFailingRepositoryIsLeftAloneByCyclesButNotByEvents()
    {
        begin({u"a"_s});
        m_scheduler->surveyed(u"a"_s, broken);
        for (int i = 0; i < 2; ++i) { // one interval, then two
            m_clock.sleepFor(180s);
            m_scheduler->beginCycle(u"timer"_s);
            if (i == 0)
                m_scheduler->surveyed(u"a"_s, broken);
        }
        QCOMPARE(m_crew.surveys.size(), 2);
        m_scheduler->changed(u"a"_s);
        pass(10s);
        QCOMPARE(m_crew.surveys.size(), 3);
    }

    void aFailureOfOneTouchesNoOther()
    {
        begin({u"a"_s, u"b"_s});
        m_scheduler->surveyed(u"a"_s, broken);
        m_scheduler->surveyed(u"b"_s, {});
        m_crew.surveys.clear();
        m_scheduler->beginCycle(u"timer"_s);
        QCOMPARE(m_crew.surveys, QStringList{u"b"_s});
    }

    void nothingStartsWhilePausedAndEventsAreNotLost()
    {
        settleDown({u"a"_s});
        m_scheduler->pauseAll(true);
        m_scheduler->changed(u"a"_s);
        pass(1h);
        QVERIFY(m_crew.surveys.isEmpty());
        QCOMPARE(m_crew.cyclesDue, 0);
        QVERIFY(!m_scheduler->nextWake());
        m_scheduler->pauseAll(false);
        m_scheduler->tick();
        QCOMPARE(m_crew.surveys, QStringList{u"a"_s});
    }

    void onePausedRepositoryIsPassedOverAlone()
    {
        settleDown({u"a"_s, u"b"_s});
        m_scheduler->pause(u"a"_s, true);
        m_scheduler->changed(u"a"_s);
        m_scheduler->beginCycle(u"user"_s);
        pass(60s);
        QCOMPARE(m_crew.surveys, QStringList{u"b"_s});
        m_scheduler->pause(u"a"_s, false);
        m_scheduler->tick();
        QCOMPARE(m_crew.surveys, (QStringList{u"b"_s, u"a"_s}));
    }

    void whileHeldNothingBeginsByItself()
    {
        settleDown({u"a"_s, u"b"_s});
        m_scheduler->hold(true);
        m_scheduler->changed(u"a"_s);
        m_scheduler->request(u"b"_s); // a webhook
        QCOMPARE(m_scheduler->beginCycle(u"timer"_s), 1); // one that was being prepared
        pass(9h);
        QVERIFY(m_crew.surveys.isEmpty());
        QCOMPARE(m_crew.cyclesDue, 0);
        QVERIFY(!m_scheduler->nextWake());
    }

    void whatWaitedRunsWhenTheHoldEnds()
    {
        settleDown({u"a"_s, u"b"_s, u"c"_s});
        m_scheduler->hold(true);
        m_scheduler->changed(u"a"_s);
        m_scheduler->request(u"b"_s);
        pass(9h);
        m_scheduler->hold(false);
        pass(0s);
        QCOMPARE(m_crew.surveys, QStringList{u"a"_s}); // it has long settled
        QCOMPARE(m_crew.cyclesDue, 1); // at once, not an interval later
        m_scheduler->beginCycle(u"timer"_s);
        QCOMPARE(m_crew.surveys, (QStringList{u"a"_s, u"b"_s})); // nobody wanted c
    }

    void whatAPersonAsksForIsDoneWhileHeld()
    {
        settleDown({u"a"_s, u"b"_s});
        m_scheduler->hold(true);
        m_scheduler->request(u"a"_s, OnBehalf::Person);
        QCOMPARE(m_crew.surveys, QStringList{u"a"_s});
        QVERIFY(m_scheduler->isAsked(u"a"_s));
        m_scheduler->surveyed(u"a"_s, dirty);
        QCOMPARE(m_crew.works, QStringList{u"a"_s});
        m_scheduler->request(u"a"_s, OnBehalf::Person); // and once more
        m_scheduler->worked(u"a"_s, clean);
        QCOMPARE(m_crew.surveys, (QStringList{u"a"_s, u"a"_s}));
        m_scheduler->surveyed(u"a"_s, clean);
        QVERIFY(!m_scheduler->isAsked(u"a"_s));
        m_scheduler->changed(u"a"_s);
        pass(1h);
        QCOMPARE(m_crew.surveys.size(), 2); // that was all they asked for
    }

    void aPersonsCycleRunsWhileHeld()
    {
        settleDown({u"a"_s, u"b"_s});
        m_scheduler->hold(true);
        QCOMPARE(m_scheduler->beginCycle(u"user"_s, OnBehalf::Person), 2);
        QCOMPARE(m_crew.surveys, (QStringList{u"a"_s, u"b"_s}));
        m_scheduler->surveyed(u"a"_s, dirty);
        m_scheduler->surveyed(u"b"_s, clean);
        m_scheduler->worked(u"a"_s, clean);
        QVERIFY(!m_scheduler->cycle().running);
        pass(1h);
        QCOMPARE(m_crew.surveys.size(), 2);
    }

    void aHoldThatBeginsDuringACycleEndsItAndLosesNothing()
    {
        begin({u"a"_s, u"b"_s, u"c"_s}, {.surveySlots = 2, .workSlots = 1});
        m_scheduler->surveyed(u"a"_s, dirty);
        m_scheduler->surveyed(u"b"_s, dirty); // waits for a
        m_scheduler->hold(true);
        m_scheduler->worked(u"a"_s, clean); // what runs goes on
        m_scheduler->surveyed(u"c"_s, dirty);
        QCOMPARE(m_crew.works, QStringList{u"a"_s});
        QVERIFY(!m_scheduler->cycle().running);
        m_crew.surveys.clear();
        for (const QString &repo : {u"a"_s, u"b"_s, u"c"_s})
            m_scheduler->setWatched(repo, true);
        m_scheduler->hold(false);
        m_scheduler->beginCycle(u"timer"_s);
        m_scheduler->surveyed(u"b"_s, dirty);
        QCOMPARE(m_crew.works.last(), u"b"_s);
        QCOMPARE(m_crew.surveys, (QStringList{u"b"_s, u"c"_s})); // a is done
    }

    void aJobHasTheRepositoryToItselfAlsoWhilePaused()
    {
        settleDown({u"a"_s});
        m_scheduler->request(u"a"_s);
        m_scheduler->requestJob(u"a"_s);
        QVERIFY(m_crew.jobs.isEmpty()); // a survey is under way
        m_scheduler->pauseAll(true);
        m_scheduler->surveyed(u"a"_s, dirty);
        QCOMPARE(m_crew.jobs, QStringList{u"a"_s});
        QVERIFY(m_crew.works.isEmpty());
        QVERIFY(m_scheduler->isRunning(u"a"_s));
        m_scheduler->jobDone(u"a"_s);
        m_scheduler->pauseAll(false);
        QCOMPARE(m_crew.surveys.size(), 2); // it was dirty before
    }

    void vanishedRepositoriesAreForgottenAndThoseAtWorkFinish()
    {
        begin({u"a"_s, u"b"_s, u"c"_s}, {.surveySlots = 1});
        m_scheduler->setRepos({u"c"_s});
        m_scheduler->surveyed(u"a"_s, dirty); // gone: no work for it
        QVERIFY(m_crew.works.isEmpty());
        QCOMPARE(m_crew.surveys, (QStringList{u"a"_s, u"c"_s}));
        m_scheduler->surveyed(u"c"_s, clean);
        QCOMPARE(m_crew.ended.size(), 1);
    }

    void aSubmoduleGoesFirstAndItsSuperprojectWaitsUntilItIsDone()
    {
        m_scheduler = std::make_unique<Scheduler>(SchedulerOptions{.surveySlots = 8, .workSlots = 8}, m_crew, m_clock);
        m_scheduler->setRepos({u"outer"_s, u"outer/inner"_s, u"stranger"_s});
        m_scheduler->setFamilies({{u"outer/inner"_s, u"outer"_s}});
        m_scheduler->beginCycle(u"start"_s);
        QCOMPARE(m_crew.surveys, (QStringList{u"outer/inner"_s, u"stranger"_s}));
        m_scheduler->surveyed(u"stranger"_s, dirty); // is in nobody's way
        m_scheduler->surveyed(u"outer/inner"_s, dirty);
        QCOMPARE(m_crew.works, (QStringList{u"stranger"_s, u"outer/inner"_s}));
        QCOMPARE(m_crew.surveys.size(), 2);
        m_scheduler->worked(u"outer/inner"_s, clean);
        QCOMPARE(m_crew.surveys.last(), u"outer"_s);
        m_scheduler->surveyed(u"outer"_s, dirty);
        m_scheduler->request(u"outer/inner"_s); // neither may it overtake a run that has begun
        QCOMPARE(m_crew.works.last(), u"outer"_s);
        QCOMPARE(m_crew.surveys.last(), u"outer"_s);
        m_scheduler->worked(u"outer"_s, clean);
        QCOMPARE(m_crew.surveys.last(), u"outer/inner"_s);
        QCOMPARE(m_crew.ended.size(), 0); // of "stranger"
    }

    void whatASubmoduleCommittedIsAChangeOfItsSuperproject()
    {
        settleDown({u"outer"_s, u"inner"_s});
        m_scheduler->setFamilies({{u"inner"_s, u"outer"_s}});
        m_scheduler->changed(u"inner"_s);
        pass(10s);
        QCOMPARE(m_crew.surveys, (QStringList{u"inner"_s}));
        m_scheduler->surveyed(u"inner"_s, dirty);
        m_scheduler->worked(u"inner"_s, clean);
        pass(10s);
        QCOMPARE(m_crew.surveys, (QStringList{u"inner"_s, u"outer"_s}));
    }

    void aPausedSubmoduleHoldsUpNobody()
    {
        settleDown({u"outer"_s, u"inner"_s}, {.surveySlots = 1});
        m_scheduler->setFamilies({{u"inner"_s, u"outer"_s}});
        m_scheduler->pause(u"inner"_s, true);
        m_scheduler->request(u"inner"_s);
        m_scheduler->request(u"outer"_s);
        QVERIFY(m_crew.surveys.contains(u"outer"_s));
    }

    void afterSleepTheCycleComesSoonButNotAtOnce()
    {
        settleDown({u"a"_s}, {.interval = 3600s});
        m_scheduler->cycleSoon(10s);
        pass(9s);
        QCOMPARE(m_crew.cyclesDue, 0);
        pass(1s);
        QCOMPARE(m_crew.cyclesDue, 1);
    }

    void nothingStartsAfterStop()
    {
        begin({u"a"_s, u"b"_s}, {.surveySlots = 1});
        m_scheduler->stop();
        m_scheduler->surveyed(u"a"_s, dirty);
        QVERIFY(m_crew.works.isEmpty());
        QCOMPARE(m_crew.surveys.size(), 1);
        QVERIFY(!m_scheduler->isBusy());
    }
};

QTEST_GUILESS_MAIN(TestScheduler)
#include "tst_scheduler.moc"
