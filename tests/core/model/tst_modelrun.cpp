#include "core/model/modelrun.h"

#include "tests/support/changes.h"
#include "tests/support/scriptedmodel.h"

#include <QTest>

using namespace AutoCommit;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestModelRun : public QObject
{
    Q_OBJECT

    const HandClock m_clock;
    const SecretScanner m_scanner;
    const ChangeSet m_change{{edited("src/a.cpp", manyLines(80, "old"), manyLines(80)),
                              edited("src/b.cpp", manyLines(80, "before"), manyLines(80, "after")),
                              edited("src/c.cpp", {"x"}, {"y"})}};

    ModelTerms terms() const { return {.scanner = m_scanner, .until = m_clock.monotonic() + 10min}; }
    std::vector<MessageQuestion> questions() const
    {
        return {
            {.change = m_change, .files = {0}}, {.change = m_change, .files = {1}}, {.change = m_change, .files = {2}}};
    }
    static Result<ChatReply> answerTo(const ChatRequest &request)
    {
        if (request.mayThink)
            return said(u"- a: b\nINTENT: c\nTYPE: fix"_s);
        for (const auto &name : {u"a.cpp"_s, u"b.cpp"_s})
            if (request.messages.at(1).content.text().contains(name))
                return said(u"fix: mend "_s + name);
        return said(u"fix: mend c.cpp"_s);
    }

private Q_SLOTS:
    void allNotesComeBeforeTheFirstMessage()
    {
        ScriptedModel model(answerTo);
        const auto writer = makeModelWriter(model, {u"t"_s, u"w"_s}, m_clock);
        ModelRun run(*writer, terms());
        const auto messages = run.messages(questions());
        QCOMPARE(model.modelsAsked(), (QStringList{u"t"_s, u"t"_s, u"w"_s, u"w"_s, u"w"_s}));
        QCOMPARE(messages.size(), 3U);
        QCOMPARE(messages[1]->text->header(), u"fix: mend b.cpp"_s);
    }

    void noMessageRepeatsTheOneBefore()
    {
        ScriptedModel model([](const ChatRequest &request) {
            return request.messages.size() > 2 ? said(u"fix: close the socket in time"_s) : said(u"fix: mend it all"_s);
        });
        const auto writer = makeModelWriter(model, {{}, u"w"_s}, m_clock);
        ModelRun run(*writer, terms());
        const auto messages = run.messages({{.change = m_change, .files = {0}}, {.change = m_change, .files = {1}}});
        QCOMPARE(messages[0]->text->header(), u"fix: mend it all"_s);
        QCOMPARE(messages[1]->text->header(), u"fix: close the socket in time"_s);
        QCOMPARE(messages[1]->rejections, QStringList{u"copied"_s});
    }

    void aServerThatIsDownIsAskedOnceInARun()
    {
        ScriptedModel model(oneByOne({Error{ErrorKind::ModelUnavailable, u"nobody answers"_s}}));
        const auto writer = makeModelWriter(model, {u"t"_s, u"w"_s}, m_clock);
        ModelRun run(*writer, terms());
        QVERIFY(!run.groups({.change = m_change, .groups = {{0}, {1}, {2}}}));
        for (const auto &message : run.messages(questions()))
            QVERIFY(!message);
        QCOMPARE(model.requests.size(), 1);
        QCOMPARE(run.gaveUp()->kind, ErrorKind::ModelUnavailable);
        QCOMPARE(run.remarks(), QStringList{u"nobody answers"_s});
    }

    void oneUselessAnswerDoesNotEndTheRun()
    {
        ScriptedModel model([](const ChatRequest &request) -> Result<ChatReply> {
            if (request.messages.at(1).content.text().contains(u"b.cpp"_s))
                return said(u"I cannot do that."_s);
            return answerTo(request);
        });
        const auto writer = makeModelWriter(model, {{}, u"w"_s}, m_clock);
        ModelRun run(*writer, terms());
        const auto messages = run.messages(questions());
        QVERIFY(messages[0]);
        QVERIFY(!messages[1]);
        QVERIFY(messages[2]);
        QVERIFY(!run.gaveUp());
        QCOMPARE(run.remarks().size(), 1);
    }

    void afterACancelNobodyIsAsked()
    {
        ScriptedModel model(answerTo);
        const auto writer = makeModelWriter(model, {{}, u"w"_s}, m_clock);
        const ModelTerms cancelled = terms();
        cancelled.cancel.cancel();
        ModelRun run(*writer, cancelled);
        QVERIFY(!run.messages(questions())[0]);
        QVERIFY(run.wasCancelled());
        QVERIFY(model.requests.isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestModelRun)
#include "tst_modelrun.moc"
