#include "core/message/style.h"
#include "core/message/stylelanguage.h"
#include "tests/core/message/messagesupport.h"

#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Test;
using namespace Qt::StringLiterals;

namespace {

QList<PastCommit> historyOf(const QList<QByteArray> &subjects, int bodyLines = 0)
{
    QList<PastCommit> history;
    for (const QByteArray &subject : subjects)
        history.append(PastCommit{.subject = subject, .bodyLines = bodyLines});
    return history;
}

const QList<QByteArray> conventional{"feat(cli): add --watch flag",    "fix(parser): handle empty lines",
                                     "docs: mention the cache",        "fix(parser): keep trailing blanks (#12)",
                                     "refactor: move Lexer to lexer/", "test(parser): cover nested lists"};
const QList<QByteArray> areas{"doc: fix a typo",
                              "curl: add --next",
                              "url: skip the lock when idle",
                              "doc: explain the flags",
                              "url: drop an unused variable",
                              "lib: fix a leak"};
const QList<QByteArray> sentences{"Add a scheduler",          "Fix the crash on empty input", "Remove the old parser",
                                  "Make the cache optional",  "Show the branch in the title", "Update the German words",
                                  "Handle a missing upstream"};
const QList<QByteArray> pastTense{"Added a scheduler", "Fixed the crash on empty input", "Removed the old parser",
                                  "Updated the docs", "Renamed the helper"};

/// A new function in src/parser.cpp, as each style puts it.
QString subjectIn(const QList<QByteArray> &history, const QString &type = u"feat"_s, const QString &scope = {})
{
    const ChangeSet change
        = changeOf("== src/parser.cpp\n }\n+\n+bool Parser::atEnd() const\n+{\n+    return m_at == m_end;\n+}\n");
    return describeAll(change, type, scope, learnStyle(historyOf(history))).subject;
}

} // namespace

/// A repository's habits are learned from its last subjects, and kept.
class TestLearnStyle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theConventionOfMostSubjectsIsLearned_data()
    {
        QTest::addColumn<QList<QByteArray>>("history");
        QTest::addColumn<Convention>("convention");
        QTest::newRow("conventional") << conventional << Convention::Conventional;
        QTest::newRow("area and colon") << areas << Convention::AreaColon;
        QTest::newRow("sentences") << sentences << Convention::Plain;
        QTest::newRow("brackets") << QList<QByteArray>{"[ui] Add a button", "[core] Fix the lock", "[ui] Show the age",
                                                       "[core] Drop the cache", "[docs] Explain it"}
                                  << Convention::Bracket;
        QTest::newRow("mixed, no majority") << QList<QByteArray>{"feat: add a button",  "Fix the lock", "Show the age",
                                                                 "fix: drop the cache", "Explain it",   "Try again"}
                                            << Convention::Plain;
        QTest::newRow("too young to have a habit")
            << QList<QByteArray>{"Add a button", "Fix it"} << Convention::Conventional;
        QTest::newRow("empty") << QList<QByteArray>{} << Convention::Conventional;
    }
    void theConventionOfMostSubjectsIsLearned()
    {
        QFETCH(QList<QByteArray>, history);
        QFETCH(Convention, convention);
        QCOMPARE(learnStyle(historyOf(history)).convention, convention);
    }

    void subjectsFollowTheConvention_data()
    {
        QTest::addColumn<QList<QByteArray>>("history");
        QTest::addColumn<QString>("scope");
        QTest::addColumn<QString>("subject");
        QTest::newRow("young repository") << QList<QByteArray>{} << QString() << u"feat: add atEnd() to Parser"_s;
        QTest::newRow("conventional") << conventional << QString() << u"feat: add atEnd() to Parser"_s;
        QTest::newRow("conventional, the scope says the class")
            << conventional << u"parser"_s << u"feat(parser): add atEnd()"_s;
        QTest::newRow("area and colon") << areas << u"url"_s << u"url: add atEnd() to Parser"_s;
        QTest::newRow("a sentence has neither type nor scope") << sentences << u"parser"_s << u"Add atEnd()"_s;
        QTest::newRow("past tense") << pastTense << QString() << u"Added atEnd() to Parser"_s;
        QTest::newRow("third person") << QList<QByteArray>{"Adds a scheduler", "Fixes the crash", "Removes the parser",
                                                           "Updates the docs", "Renames the helper"}
                                      << QString() << u"Adds atEnd() to Parser"_s;
        QTest::newRow("full stop") << QList<QByteArray>{"Add a scheduler.", "Fix the crash.", "Remove the parser.",
                                                        "Update the docs.", "Rename the helper."}
                                   << QString() << u"Add atEnd() to Parser."_s;
        QTest::newRow("capital behind the type") << QList<QByteArray>{"feat: Add a flag", "fix: Handle it",
                                                                      "docs: Mention it", "fix: Keep it", "ci: Drop it"}
                                                 << QString() << u"feat: Add atEnd() to Parser"_s;
        QTest::newRow("backticks") << QList<QByteArray>{"feat: add `a()`", "fix: handle `b`", "docs: mention `c`",
                                                        "fix: keep `d`", "ci: drop `e`"}
                                   << QString() << u"feat: add `atEnd()` to `Parser`"_s;
        QTest::newRow("emoji") << QList<QByteArray>{"✨ Add a flag", "🐛 Fix it", "📝 Mention it", "🐛 Keep it",
                                                    "✨ Show it"}
                               << QString() << u"✨ Add atEnd() to Parser"_s;
        QTest::newRow("emoji by name") << QList<QByteArray>{":sparkles: Add a flag", ":bug: Fix it",
                                                            ":memo: Mention it", ":bug: Keep it", ":sparkles: Show it"}
                                       << QString() << u":sparkles: Add atEnd() to Parser"_s;
    }
    void subjectsFollowTheConvention()
    {
        QFETCH(QList<QByteArray>, history);
        QFETCH(QString, scope);
        QFETCH(QString, subject);
        QCOMPARE(subjectIn(history, u"feat"_s, scope), subject);
    }

    void anAreaIsTheOneTheHistoryGaveThePlace()
    {
        QList<PastCommit> history;
        for (int i = 0; i < 6; ++i)
            history.append(
                PastCommit{.subject = "lexing: change step " + QByteArray::number(i), .paths = {"src/parser.cpp"}});
        const ChangeSet change = changeOf("== src/parser.cpp\n }\n+int next_one(int v)\n+{\n+  return v;\n+}\n");
        QCOMPARE(describeAll(change, u"feat"_s, {}, learnStyle(history)).subject, u"lexing: add next_one()"_s);
    }

    void scopesAreCountedMostUsedFirst()
    {
        const StyleProfile profile = learnStyle(historyOf(conventional));
        QCOMPARE(profile.scopes, (QStringList{u"parser"_s, u"cli"_s}));
        QCOMPARE(profile.scopeShare, 4.0 / 6.0);
        QCOMPARE(profile.subjects, 6);
    }

    void routineSubjectsTeachNothing_data()
    {
        QTest::addColumn<QByteArray>("subject");
        for (const char *subject : {"Merge branch 'x'", "Revert \"Add y\"", "Bump foo from 1.0 to 1.1", "v1.2.3",
                                    "chore(release): 1.2.3", "chore(deps): update x to v2", "fixup! Add z"})
            QTest::newRow(subject) << QByteArray(subject);
    }
    void routineSubjectsTeachNothing()
    {
        QFETCH(QByteArray, subject);
        QList<PastCommit> history = historyOf(QList<QByteArray>(30, subject)) + historyOf(sentences);
        const StyleProfile profile = learnStyle(history);
        QCOMPARE(profile.subjects, static_cast<int>(sentences.size()));
        QCOMPARE(profile.convention, Convention::Plain);
    }

    void releasesAndNewVersionsArePutAsBefore()
    {
        QList<PastCommit> history
            = historyOf({"Release 1.3.0", "Release 1.2.0", "Upgrade foo from 1 to 2", "Upgrade bar to 3"});
        history += historyOf(sentences);
        const StyleProfile profile = learnStyle(history);
        QCOMPARE(profile.releaseText, u"Release {version}"_s);
        QCOMPARE(profile.bumpVerb, u"upgrade"_s);
        const ChangeSet change = changeOf("== package.json\n-  \"version\": \"1.3.0\",\n+  \"version\": \"1.4.0\",\n");
        QCOMPARE(describeAll(change, u"chore"_s, {}, profile).subject, u"Release 1.4.0"_s);
    }

    void aReleaseWithItsLogIsPutAsBefore()
    {
        const QList<PastCommit> history
            = historyOf({"🔖 Release version 1.3.0 (#91)", "🔖 Release version 1.2.0 (#88)", "✨ Add a flag (#3)",
                         "🐛 Fix it", "📝 Mention it", "🐛 Keep it", "✨ Show it"});
        const ChangeSet change = changeOf("== app/__init__.py\n-__version__ = \"1.3.0\"\n+__version__ = \"1.4.0\"\n"
                                          "== docs/release-notes.md\n ## Latest\n+\n+## 1.4.0\n+\n+### Fixes\n+\n"
                                          "+* 🐛 Split the lines of an event as the standard says. PR #12 by @bob.\n");
        QCOMPARE(describeAll(change, u"fix"_s, {}, learnStyle(history)).subject, u"🔖 Release version 1.4.0"_s);
        QCOMPARE(learnStyle(historyOf({"Bump lint-staged from 1.0.0 to 1.1.0 (#1)",
                                       "Bump lint-staged from 1.1.0 to 1.2.0 (#2)"}))
                     .releaseText,
                 QString());
        const QList<PastCommit> unreleased = historyOf({"✨ Add", "🐛 Fix it", "📝 Mention it", "🐛 Keep it", "✨ Show"});
        QCOMPARE(describeAll(change, u"fix"_s, {}, learnStyle(unreleased)).subject, u"🔖 Bump version to 1.4.0"_s);
        QCOMPARE(describeAll(change, u"fix"_s).subject, u"chore: bump version to 1.4.0"_s);
    }

    void aTicketIsNoArea()
    {
        for (const QByteArray &before : {QByteArray("KAFKA-%1: "), QByteArray("[ISSUE #%1] "), QByteArray("#%1: ")}) {
            QList<QByteArray> subjects;
            for (int i = 0; i < 8; ++i)
                subjects.append(QByteArray(before).replace("%1", QByteArray::number(100 + i)) + "Add a step to it");
            QCOMPARE(subjectIn(subjects, u"feat"_s, {}), u"Add atEnd() to Parser"_s);
        }
    }

    void theKindBeforeTheColonIsNoPlace()
    {
        const QList<PastCommit> history
            = historyOf({"BUG: fix the first", "BUG: fix the second", "DOC: mention it", "DOC: say it", "ENH: take it",
                         "ENH: give it", "MAINT: clean it", "MAINT: sort it"});
        const ChangeSet change = changeOf("== numpy/core/a.c\n }\n+int next_one(int v)\n+{\n+  return v;\n+}\n");
        const StyleProfile style = learnStyle(history);
        QCOMPARE(describeAll(change, u"fix"_s, {}, style).subject, u"BUG: add next_one()"_s);
        QCOMPARE(describeAll(change, u"refactor"_s, {}, style).subject, u"MAINT: add next_one()"_s);
    }

    void theAreaIsNotSaidTwice()
    {
        QList<PastCommit> history;
        for (int i = 0; i < 6; ++i)
            history.append(
                PastCommit{.subject = "parser: change step " + QByteArray::number(i), .paths = {"src/parser.py"}});
        const ChangeSet change = changeOf("== src/parser.py\n@@ class Parser:\n+    LIMIT = 12\n");
        QCOMPARE(describeAll(change, u"feat"_s, {}, learnStyle(history)).subject, u"parser: add LIMIT property"_s);
    }

    void aHabitOfShortSubjectsHidesNoName()
    {
        const ChangeSet change = changeOf("== src/a.cpp\n }\n+int read_the_header_of_it(int v)\n+{\n+  return v;\n+}\n"
                                          "+int read_the_trailer_of_it(int v)\n+{\n+  return v;\n+}\n");
        const QString subject = describeAll(change, u"feat"_s, {}, learnStyle(historyOf(sentences))).subject;
        QCOMPARE(subject, u"Add read_the_header_of_it() and read_the_trailer_of_it()"_s);
    }

    void bodiesAreWrittenWhereTheyAreWritten()
    {
        const ChangeSet change = changeOf("== src/a.c\n }\n+int first_one(int v)\n+{\n+  return v;\n+}\n"
                                          "== src/b.c\n-#define MAX_DEPTH 12\n+#define MAX_DEPTH 24\n"
                                          "== src/c.c\n }\n-int other_one(int v)\n-{\n-  return v;\n-}\n"
                                          "== README.md\n text\n+\n+## Depth\n+\n+More of it.\n");
        const CommitMessage with = describeAll(change, u"feat"_s, {}, learnStyle(historyOf(sentences, 3)));
        QVERIFY2(with.body.contains("- "_L1), qPrintable(with.body));
        for (const QString &line : with.body.split(u'\n')) {
            QVERIFY2(line.size() <= 72, qPrintable(line));
            QVERIFY2(line.startsWith("- "_L1) || line.startsWith("  "_L1), qPrintable(line));
        }
        QCOMPARE(
            describeAll(change, u"feat"_s, {}, learnStyle(historyOf(sentences, 0))).body,
            u"- raise MAX_DEPTH from 12 to 24\n- remove other_one()\n- add \"Depth\" section to README.md"_s); // what
                                                                                                               // the
                                                                                                               // subject
                                                                                                               // hides
    }

    void otherLanguagesAreNoticed()
    {
        QVERIFY(looksEnglish(historyOf(sentences + sentences)));
        QVERIFY(!looksEnglish(historyOf({"Fehler beim Laden behoben", "Neue Ansicht hinzugefügt", "Übersetzung ergänzt",
                                         "Farben angepasst", "Knopf verschoben", "Alte Dateien entfernt",
                                         "Datenbank umgebaut", "Schrift vergrößert", "Bild ersetzt"})));
    }

    void hostileSubjectsOfTheHistoryBecomeNoPrefix()
    {
        QList<PastCommit> history;
        for (int i = 0; i < 8; ++i)
            history.append(PastCommit{.subject = "a\x1b[31m\xe2\x80\xae: change\x07 it", .paths = {"src/parser.cpp"}});
        const QString subject
            = describeAll(changeOf("== src/parser.cpp\n-int a = 1;\n+int a = 2;\n"), {}, {}, learnStyle(history))
                  .subject;
        for (const QChar c : subject)
            QVERIFY2(c.isPrint(), qPrintable(subject));
    }
};

QTEST_APPLESS_MAIN(TestLearnStyle)
#include "tst_learnstyle.moc"
