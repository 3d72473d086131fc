#include "core/model/modelstyle.h"

#include "core/model/messagecheck.h"
#include "tests/support/changes.h"

#include <QTest>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

class TestModelStyle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theRulesFollowTheHistory()
    {
        StyleProfile style;
        style.subjects = 50;
        style.convention = Convention::AreaColon;
        style.labels = {u"net"_s, u"gui"_s, u"doc"_s};
        style.capitalised = true;
        const MessageRules rules = rulesForStyle(style, {{.subject = "net: Close sockets"}}, 60, false);
        QCOMPARE(rules.style, SubjectStyle::Area);
        QCOMPARE(rules.firstLetter, FirstLetter::Upper);
        QCOMPARE(rules.scopes, style.labels);
        QVERIFY(rules.scopesClosed);
        QVERIFY(rules.englishOnly);
        QVERIFY(!rules.bodyAllowed);
        QVERIFY(!rules.firstCommit);
        QCOMPARE(rules.headerLimit, 60);
        QCOMPARE(rules.recentSubjects, QStringList{u"net: Close sockets"_s});
    }

    void aYoungRepositoryIsHeldToNothingItsPeopleDidNotShow()
    {
        const MessageRules rules = rulesForStyle({}, {}, 72, true);
        QCOMPARE(rules.style, SubjectStyle::Conventional);
        QVERIFY(!rules.englishOnly);
        QVERIFY(!rules.scopesClosed);
        QVERIFY(rules.firstCommit);
    }

    void examplesAreThoseOfTheSameFilesThenTheNewest()
    {
        const QList<PastCommit> past{{.subject = "feat: newest", .paths = {"x/y.cpp"}},
                                     {.subject = "Merge branch 'a'", .paths = {"src/a.cpp"}},
                                     {.subject = "fix: beside", .paths = {"src/b.cpp"}},
                                     {.subject = "fix: same file", .paths = {"src/a.cpp"}},
                                     {.subject = "fix: same file", .paths = {"src/a.cpp"}}};
        const ChangeSet change{{edited("src/a.cpp", {"a"}, {"b"})}};
        QCOMPARE(exampleSubjects(past, change, {0}, 3),
                 (QStringList{u"fix: same file"_s, u"fix: beside"_s, u"feat: newest"_s}));
    }

    void onlyWhatTakesSomethingAwayMayBreak_data()
    {
        QTest::addColumn<FileChange>("file");
        QTest::addColumn<bool>("mayBreak");
        FileChange deleted = edited("src/api.h", {"x"}, {});
        deleted.kind = ChangeKind::Deleted;
        QTest::newRow("a function is gone") << edited("a.py", {"def run(self):"}, {}) << true;
        QTest::newRow("a file is gone") << deleted << true;
        QTest::newRow("it says so") << edited("a.c", {}, {"/* BREAKING: new order */"}) << true;
        QTest::newRow("a line within") << edited("a.py", {"    x = 1"}, {"    x = 2"}) << false;
        QTest::newRow("a test function") << edited("tests/test_a.py", {"def test_a():"}, {}) << false;
        QTest::newRow("new") << added("a.py", {"def run(self):"}) << false;
    }
    void onlyWhatTakesSomethingAwayMayBreak()
    {
        QFETCH(FileChange, file);
        QFETCH(bool, mayBreak);
        QCOMPARE(mayBreakUsers(ChangeSet{{file}}, {0}), mayBreak);
    }
};

QTEST_APPLESS_MAIN(TestModelStyle)
#include "tst_modelstyle.moc"
