#include "core/agent/hostmessages.h"

#include "core/pipeline/changecontext.h"
#include "tests/core/privacy/samples.h"
#include "tests/support/changes.h"
#include "tests/support/fakehost.h"
#include "tests/support/scriptedmodel.h"

#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Asking another machine for messages, and what its answers may and may not do.
class TestHostMessages : public QObject
{
    Q_OBJECT

    const HandClock m_clock;
    const AskedRepository m_repo{.key = u"/r"_s, .origin = u"hub/me/r"_s};

    ChangeContext context(const QList<FileChange> &files) const
    {
        ChangeContext made{.clock = m_clock};
        made.branch = u"main"_s;
        made.changes.files = files;
        return made;
    }
    static Error away() { return {ErrorKind::Unreachable, u"apricot cannot be reached"_s}; }

private Q_SLOTS:
    void anAnswerCoversEveryFile()
    {
        FakeHost host;
        HostMessages messages(host, m_clock, {.host = u"plum"_s});
        const auto plan
            = messages.propose(context({edited("a.cpp", {"x"}, {"y"}), edited("b.md", {"x"}, {"y"})}), m_repo);
        QVERIFY2(plan, plan ? "" : qPrintable(plan.error().message));
        qsizetype files = 0;
        for (const ProposedCommit &commit : *plan)
            files += commit.files.size();
        QCOMPARE(files, 2);
        QCOMPARE(host.questions[0][u"host"].toString(), u"plum"_s);
        QCOMPARE(host.questions[0][u"origin"].toString(), u"hub/me/r"_s);
    }

    void theSameChangeHasTheSameRequestId()
    {
        FakeHost host;
        HostMessages messages(host, m_clock, {.host = u"plum"_s});
        const ChangeContext one = context({edited("a.cpp", {"x"}, {"y"})});
        QVERIFY(messages.propose(one, m_repo));
        QVERIFY(messages.propose(one, m_repo));
        QVERIFY(messages.propose(context({edited("a.cpp", {"x"}, {"z"})}), m_repo));
        QCOMPARE(host.questions[0][u"request_id"], host.questions[1][u"request_id"]);
        QVERIFY(host.questions[0][u"request_id"] != host.questions[2][u"request_id"]);
        QVERIFY(!host.questions[0][u"request_id"].toString().contains(u'*'));
    }

    void nothingSecretIsInTheQuestion()
    {
        QRandomGenerator random{4};
        const QByteArray token = QByteArray("gl") + "pat-" + Samples::randomText(random, Samples::alnum, 20);
        ChangeContext change = context({edited("a.cpp", {"key = '" + token + "'"}, {"y"}),
                                        {.path = "old/" + token + ".txt", .kind = ChangeKind::Deleted}});
        change.branch = QString::fromLatin1(token);
        change.history.commits = {{.subject = "use " + token}};
        FakeHost host;
        HostMessages messages(host, m_clock, {.host = u"plum"_s});
        const auto plan = messages.propose(
            change, {.key = u"/r"_s, .origin = u"https://u:"_s + QString::fromLatin1(token) + u"@hub/r"_s});
        QVERIFY2(plan, plan ? "" : qPrintable(plan.error().message)); // the host's own scan found nothing either
        QVERIFY(!host.sent[0].contains(token));
        QVERIFY(!host.sent[0].contains(token.mid(8)));
    }

    void anAnswerThatDoesNotCoverTheChangeIsNoAnswer_data()
    {
        using Twist = std::function<void(QJsonObject &)>;
        QTest::addColumn<Twist>("twist");
        const auto groups = [](const QList<QStringList> &paths) -> Twist {
            return [paths](QJsonObject &answer) {
                QJsonArray list;
                for (const QStringList &group : paths)
                    list.append(QJsonObject{{u"paths"_s, QJsonArray::fromStringList(group)}, {u"subject"_s, u"x"_s}});
                answer = {{u"groups"_s, list}};
            };
        };
        QTest::newRow("one missing") << groups({{u"a.cpp"_s}});
        QTest::newRow("one twice") << groups({{u"a.cpp"_s, u"b.md"_s}, {u"b.md"_s}});
        QTest::newRow("one foreign") << groups({{u"a.cpp"_s, u"b.md"_s, u"/etc/passwd"_s}});
        QTest::newRow("an empty one") << groups({{u"a.cpp"_s, u"b.md"_s}, {}});
        QTest::newRow("none") << groups({});
        QTest::newRow("another shape") << Twist([](QJsonObject &answer) { answer = {{u"groups"_s, u"all"_s}}; });
    }
    void anAnswerThatDoesNotCoverTheChangeIsNoAnswer()
    {
        QFETCH(std::function<void(QJsonObject &)>, twist);
        FakeHost host;
        host.twist = twist;
        HostMessages messages(host, m_clock, {.host = u"plum"_s});
        const auto plan
            = messages.propose(context({edited("a.cpp", {"x"}, {"y"}), edited("b.md", {"x"}, {"y"})}), m_repo);
        QVERIFY(!plan);
        QCOMPARE(plan.error().kind, ErrorKind::Internal);
    }

    void ifTheHostIsAwayOnlyOneRepositoryFindsOut()
    {
        FakeHost host;
        host.trouble = away();
        HostMessages messages(host, m_clock, {.host = u"plum"_s, .pause = 30s});
        const ChangeContext change = context({edited("a.cpp", {"x"}, {"y"})});
        QCOMPARE(messages.propose(change, m_repo).error().kind, ErrorKind::ModelUnavailable);
        host.trouble.reset();
        QCOMPARE(messages.propose(change, m_repo).error().kind, ErrorKind::ModelUnavailable);
        QCOMPARE(host.questions.size(), 0);
        m_clock.sleepFor(31s);
        QVERIFY(messages.propose(change, m_repo));
        QVERIFY(!messages.trouble());
    }

    void aSilentHostIsNotAskedByTheNextRepository()
    {
        FakeHost host;
        host.trouble = Error{ErrorKind::Timeout, u"apricot did not answer in time"_s};
        HostMessages messages(host, m_clock, {.host = u"plum"_s, .pause = 30s, .silence = 5min});
        const ChangeContext change = context({edited("a.cpp", {"x"}, {"y"})});
        QCOMPARE(messages.propose(change, m_repo).error().kind, ErrorKind::ModelUnavailable);
        QVERIFY(messages.isSilent());
        host.trouble.reset();
        m_clock.sleepFor(4min);
        QCOMPARE(messages.propose(change, {.key = u"/other"_s}).error().kind, ErrorKind::ModelUnavailable);
        QCOMPARE(host.calls, 1);
        m_clock.sleepFor(2min);
        QVERIFY(!messages.isSilent());
        QVERIFY(messages.propose(change, m_repo));
        QVERIFY(!messages.isSilent());
    }

    void aLongWaitIsSaid()
    {
        QString said;
        std::atomic_bool over = false;
        FakeHost host;
        const HostMessagesOptions options{.host = u"plum"_s, .remark = 0ms, .waiting = [&](const QString &name) {
                                              said = name;
                                              over = true;
                                          }};
        host.meanwhile = [&] { QVERIFY(QTest::qWaitFor([&] { return over.load(); })); };
        HostMessages messages(host, m_clock, options);
        QVERIFY(messages.propose(context({edited("a.cpp", {"x"}, {"y"})}), m_repo));
        QCOMPARE(said, u"apricot"_s);
    }

    void aRepositoryWaitsAsLongAsTheSettingSays()
    {
        FakeHost host;
        HostMessages patient(host, m_clock, {.host = u"plum"_s, .wait = true, .patience = 30min});
        QVERIFY(patient.waits(m_repo));
        m_clock.sleepFor(29min);
        QVERIFY(patient.waits(m_repo));
        QVERIFY(patient.waits({.key = u"/other"_s}));
        m_clock.sleepFor(2min);
        QVERIFY(!patient.waits(m_repo));
        QVERIFY(patient.waits({.key = u"/other"_s}));
        HostMessages hasty(host, m_clock, {.host = u"plum"_s});
        QVERIFY(!hasty.waits(m_repo));
    }

    void aHugeChangeFitsIntoTheServicesLimits()
    {
        QList<FileChange> files;
        for (int i = 0; i < 300; ++i)
            files += edited("f" + QByteArray::number(i), {"x"}, QList<QByteArray>(200, QByteArray(100, '\x01')));
        FakeHost host;
        HostMessages messages(host, m_clock, {.host = u"plum"_s});
        const auto plan = messages.propose(context(files), m_repo);
        QVERIFY2(plan, plan ? "" : qPrintable(plan.error().message));
        QVERIFY(host.sent[0].size() < 4'000'000);
    }
};

QTEST_APPLESS_MAIN(TestHostMessages)
#include "tst_hostmessages.moc"
