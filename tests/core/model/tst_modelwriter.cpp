#include "core/model/modelwriter.h"

#include "tests/support/changes.h"
#include "tests/support/scriptedmodel.h"

#include <QJsonDocument>
#include <QTest>

using namespace AutoCommit;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const auto goodAnswer
    = uR"({"type":"fix","scope":null,"breaking":false,"subject":"close the socket after a timeout","body":[]})"_s;
const auto otherAnswer
    = uR"({"type":"fix","scope":null,"breaking":false,"subject":"retry reads that were interrupted","body":[]})"_s;
const auto notes = u"- socket.cpp: closes it\nINTENT: no sockets leak\nTYPE: fix\n"_s;
const ModelNames bothModels{u"thinker"_s, u"writer"_s};

const ChangeSet smallChange{{edited("src/socket.cpp", {"return -1;"}, {"close(fd);", "return -1;"})}};
const ChangeSet largeChange{{edited("src/socket.cpp", manyLines(80, "old"), manyLines(80))}};

Error down()
{
    return {ErrorKind::ModelUnavailable, u"nobody answers"_s};
}

} // namespace

class TestModelWriter : public QObject
{
    Q_OBJECT

    SecretScanner m_scanner;

    ModelTerms terms(const Clock &clock, std::chrono::milliseconds time = 10min) const
    {
        return {.scanner = m_scanner, .until = clock.monotonic() + time};
    }

    Result<ModelMessage> describe(ScriptedModel &model, const ChangeSet &change, const ModelNames &names = bothModels)
    {
        const HandClock clock;
        return makeModelWriter(model, names, clock)
            ->describe({.change = change, .files = allFiles(change)}, terms(clock));
    }

private Q_SLOTS:
    void aChangeTakesAsManyCallsAsItIsWorth_data()
    {
        QTest::addColumn<ChangeSet>("change");
        QTest::addColumn<ModelNames>("names");
        QTest::addColumn<QStringList>("models");
        const ModelNames one{u"solo"_s, u"solo"_s};
        FileChange mode = edited("run.sh", {}, {});
        mode.kind = ChangeKind::ModeChanged;
        mode.hunks.clear();
        QTest::newRow("small") << smallChange << bothModels << QStringList{u"writer"_s};
        QTest::newRow("large") << largeChange << bothModels << QStringList{u"thinker"_s, u"writer"_s};
        QTest::newRow("large, one model") << largeChange << one << QStringList{u"solo"_s};
        QTest::newRow("large, one model named") << largeChange << ModelNames{{}, u"solo"_s} << QStringList{u"solo"_s};
        QTest::newRow("much, but only documentation")
            << ChangeSet{{added("docs/guide.md", manyLines(300))}} << bothModels << QStringList{u"writer"_s};
        QTest::newRow("a mode") << ChangeSet{{mode}} << bothModels << QStringList{};
        QTest::newRow("a lock file") << ChangeSet{{edited("Cargo.lock", manyLines(9), manyLines(9))}} << bothModels
                                     << QStringList{};
    }
    void aChangeTakesAsManyCallsAsItIsWorth()
    {
        QFETCH(ChangeSet, change);
        QFETCH(ModelNames, names);
        QFETCH(QStringList, models);
        ScriptedModel model([](const ChatRequest &request) { return said(request.mayThink ? notes : goodAnswer); });
        const Result<ModelMessage> message = describe(model, change, names);
        QVERIFY(message);
        QCOMPARE(model.modelsAsked(), models);
        QCOMPARE(message->text.has_value(), !models.isEmpty());
        QCOMPARE(message->cost.calls, models.size());
        QCOMPARE(message->cost.promptTokens, 1000 * models.size());
    }

    void aGoodAnswerIsTheMessage()
    {
        ScriptedModel model(oneByOne({said(goodAnswer)}));
        const Result<ModelMessage> message = describe(model, smallChange);
        QVERIFY(message);
        QCOMPARE(message->text->header(), u"fix: close the socket after a timeout"_s);
        QVERIFY(!message->repaired);
        QCOMPARE(message->model, u"writer"_s);
    }

    void theNotesReachTheWriter()
    {
        ScriptedModel model(oneByOne({said(u"<think>hm</think>"_s + notes), said(goodAnswer)}));
        QVERIFY(describe(model, largeChange));
        QVERIFY(model.question(1).contains(u"INTENT: no sockets leak"_s));
        QVERIFY(!model.question(1).contains(u"hm"_s));
    }

    void notesThatCannotBeHadAreDoneWithout()
    {
        ScriptedModel model(oneByOne({Error{ErrorKind::ModelRefused, u"template"_s}, said(goodAnswer)}));
        const Result<ModelMessage> message = describe(model, largeChange);
        QVERIFY(message);
        QCOMPARE(message->cost.calls, 2);
    }

    void aModelThatIsNotThereIsDoneWithout_data()
    {
        QTest::addColumn<QString>("missing");
        QTest::addColumn<QStringList>("asked");
        QTest::newRow("the one that takes notes") << u"thinker"_s << QStringList{u"thinker"_s, u"writer"_s};
        QTest::newRow("the one that writes") << u"writer"_s << QStringList{u"thinker"_s, u"writer"_s, u"thinker"_s};
    }
    void aModelThatIsNotThereIsDoneWithout()
    {
        QFETCH(QString, missing);
        QFETCH(QStringList, asked);
        ScriptedModel model([&](const ChatRequest &request) -> Result<ChatReply> {
            if (request.model == missing)
                return Error{ErrorKind::Config, u"the server does not have the model"_s};
            return said(request.mayThink ? notes : goodAnswer);
        });
        const Result<ModelMessage> message = describe(model, largeChange);
        QVERIFY(message);
        QCOMPARE(message->text->header(), u"fix: close the socket after a timeout"_s);
        QCOMPARE(model.modelsAsked(), asked);
    }

    void aRefusedAnswerIsAskedForAgainWithTheReason()
    {
        ScriptedModel model(oneByOne({said(u"I'm sorry, I cannot help with that."_s), said(goodAnswer)}));
        const Result<ModelMessage> message = describe(model, smallChange);
        QVERIFY(message);
        QVERIFY(message->repaired);
        QCOMPARE(message->rejections, QStringList{u"refusal"_s});
        const QList<ChatMessage> &conversation = model.requests.at(1).messages;
        QCOMPARE(conversation.size(), 4);
        QVERIFY(conversation.at(2).role == ChatMessage::Role::Assistant);
        QVERIFY(conversation.at(3).content.text().contains(u"there was no message in it"_s));
        // what the server has computed once it need not compute again
        QCOMPARE(conversation.at(0).content.bytes(), model.requests.at(0).messages.at(0).content.bytes());
    }

    void theOtherModelIsAskedInTheEnd()
    {
        ScriptedModel model(
            oneByOne({said(QString()), said(u"{}"_s), said(u"fix: close the socket after a timeout"_s)}));
        const Result<ModelMessage> message = describe(model, smallChange);
        QVERIFY(message);
        QCOMPARE(model.modelsAsked(), (QStringList{u"writer"_s, u"writer"_s, u"thinker"_s}));
        QVERIFY(model.requests.at(2).schema.isEmpty());
        QCOMPARE(message->model, u"thinker"_s);
    }

    void threeCallsAreTheMost_data()
    {
        QTest::addColumn<ChangeSet>("change");
        QTest::newRow("small") << smallChange;
        QTest::newRow("large") << largeChange;
    }
    void threeCallsAreTheMost()
    {
        QFETCH(ChangeSet, change);
        ScriptedModel model(oneByOne({said(u"update"_s)}));
        const Result<ModelMessage> message = describe(model, change);
        QVERIFY(!message);
        QCOMPARE(message.error().kind, ErrorKind::ModelRefused);
        QCOMPARE(model.requests.size(), 3);
    }

    void aWeakMessageIsKeptWhenNothingBetterComes()
    {
        const auto weak = uR"({"type":"docs","scope":null,"breaking":false,"subject":"update","body":[]})"_s;
        ScriptedModel model(oneByOne({said(weak), said(u"no"_s)}));
        const Result<ModelMessage> message = describe(model, smallChange);
        QVERIFY(message);
        QCOMPARE(message->text->header(), u"docs: update"_s);
        QCOMPARE(model.requests.size(), 2);
    }

    void aCutAnswerIsNoMessage()
    {
        ScriptedModel model(oneByOne({said(goodAnswer, FinishReason::Length), said(otherAnswer)}));
        const Result<ModelMessage> message = describe(model, smallChange);
        QVERIFY(message);
        QCOMPARE(message->text->subject, u"retry reads that were interrupted"_s);
        QVERIFY(model.requests.at(1).maxTokens > model.requests.at(0).maxTokens);
    }

    void aServerThatIsDownIsReportedAtOnce()
    {
        ScriptedModel model(oneByOne({down()}));
        const HandClock clock;
        const auto writer = makeModelWriter(model, bothModels, clock);
        const auto message = writer->describe({.change = largeChange, .files = {0}}, terms(clock));
        QVERIFY(!message);
        QCOMPARE(message.error().kind, ErrorKind::ModelUnavailable);
        QCOMPARE(model.requests.size(), 1);
        QVERIFY(!model.requests.at(0).patient);
        QCOMPARE(clock.passed(), 0ms);
    }

    void aServerThatIsDownIsWaitedForWhereAsked()
    {
        ScriptedModel model(oneByOne({down(), down(), said(goodAnswer)}));
        const HandClock clock;
        const auto writer = makeModelWriter(model, bothModels, clock);
        ModelTerms patient = terms(clock);
        patient.waitUntil = patient.until;
        const auto message = writer->describe({.change = smallChange, .files = {0}}, patient);
        QVERIFY(message);
        QVERIFY(message->text);
        QCOMPARE(model.surveys, 2);
    }

    void nobodyWaitsBeyondTheTerms()
    {
        ScriptedModel model(oneByOne({down()}));
        const HandClock clock;
        const auto writer = makeModelWriter(model, bothModels, clock);
        ModelTerms patient = terms(clock, 30min);
        patient.waitUntil = patient.until;
        const auto message = writer->describe({.change = smallChange, .files = {0}}, patient);
        QVERIFY(!message);
        QCOMPARE(message.error().kind, ErrorKind::ModelUnavailable);
        QVERIFY(clock.passed() > 20min);
        QVERIFY(clock.passed() < 30min);
    }

    void aServerThatIsDownIsNotWaitedForLongerThanWasSaid()
    {
        ScriptedModel model(oneByOne({down()}));
        const HandClock clock;
        const auto writer = makeModelWriter(model, bothModels, clock);
        ModelTerms patient = terms(clock, 30min);
        patient.waitUntil = clock.monotonic() + 6s;
        QVERIFY(!writer->describe({.change = smallChange, .files = {0}}, patient));
        QVERIFY(clock.passed() <= 6s);
    }

    void withoutTimeNobodyIsAsked()
    {
        ScriptedModel model(oneByOne({said(goodAnswer)}));
        const HandClock clock;
        const auto writer = makeModelWriter(model, bothModels, clock);
        const auto message = writer->describe({.change = smallChange, .files = {0}}, terms(clock, 0ms));
        QVERIFY(!message);
        QCOMPARE(message.error().kind, ErrorKind::Timeout);
        QVERIFY(model.requests.isEmpty());
    }

    void whatAPersonHasToMendIsNotWaitedFor()
    {
        ScriptedModel model(oneByOne({Error{ErrorKind::AuthFailed, u"wrong key"_s}}));
        const HandClock clock;
        ModelTerms patient = terms(clock);
        patient.waitUntil = patient.until;
        const auto message
            = makeModelWriter(model, bothModels, clock)->describe({.change = smallChange, .files = {0}}, patient);
        QVERIFY(!message);
        QCOMPARE(message.error().kind, ErrorKind::AuthFailed);
        QCOMPARE(model.requests.size(), 1);
    }

    void aPromptThatIsTooLongIsShortened()
    {
        const Error overflow{ErrorKind::ContextOverflow, u"too long"_s};
        ScriptedModel model(oneByOne({overflow, overflow, said(goodAnswer)}));
        model.context = 3000;
        const ChangeSet change{{added("docs/a.md", manyLines(900))}};
        const Result<ModelMessage> message = describe(model, change);
        QVERIFY(message);
        QVERIFY(model.question(1).size() < model.question(0).size());
        QVERIFY(model.question(2).size() < model.question(1).size());
    }

    void aContextThatHoldsNothingIsAnError()
    {
        ScriptedModel model(oneByOne({said(goodAnswer)}));
        model.context = 400;
        const Result<ModelMessage> message = describe(model, smallChange);
        QVERIFY(!message);
        QCOMPARE(message.error().kind, ErrorKind::ContextOverflow);
        QVERIFY(model.requests.isEmpty());
    }

    void aVeryLargeChangeIsReadInParts()
    {
        ChangeSet change;
        for (int i = 0; i < 90; ++i)
            change.files.append(edited("src/module" + QByteArray::number(i) + ".cpp", {"old"},
                                       manyLines(20, "part" + QByteArray::number(i) + "_")));
        ScriptedModel model([](const ChatRequest &request) { return said(request.mayThink ? notes : goodAnswer); });
        const Result<ModelMessage> message = describe(model, change);
        QVERIFY(message);
        QVERIFY(model.requests.size() > 2);
        QVERIFY(model.requests.size() <= 13);
        QVERIFY(model.question(0).startsWith(u"Part 1 of "_s));
        QCOMPARE(model.requests.last().model, u"writer"_s);
        QVERIFY(model.requests.last().messages.at(1).content.text().count(u"INTENT"_s) == model.requests.size() - 1);
    }

    void noSecretReachesAModelOrComesBack()
    {
        const QByteArray secret = "ghp_" + QByteArray("x7Kq2mVt9RbW4nLs8JdY3cZp6HfA1gTe5UoX");
        ChangeSet change{{edited("src/" + secret + ".cpp", {"old"}, {"token = \"" + secret + "\";"})}};
        change.files[0].hunks[0].context = "void f(" + secret + ")";
        MessageRules rules;
        rules.examples = {u"fix: rotate "_s + QString::fromLatin1(secret)};
        ScriptedModel model(
            oneByOne({said(uR"({"type":"fix","scope":null,"breaking":false,"subject":"use %1","body":[]})"_s.arg(
                          QString::fromLatin1(secret))),
                      said(goodAnswer)}));
        const HandClock clock;
        const auto message = makeModelWriter(model, bothModels, clock)
                                 ->describe({.change = change,
                                             .files = {0},
                                             .rules = rules,
                                             .branch = QString::fromLatin1(secret),
                                             .background = QString::fromLatin1(secret)},
                                            terms(clock));
        QVERIFY(message);
        QCOMPARE(message->rejections, QStringList{u"secret"_s});
        for (const ChatRequest &request : model.requests)
            for (const ChatMessage &part : request.messages)
                QVERIFY2(!part.content.bytes().contains(secret), part.content.bytes().constData());
    }

    void theSameRulesGiveTheSameBeginning()
    {
        ScriptedModel model(oneByOne({said(goodAnswer)}));
        QVERIFY(describe(model, smallChange));
        QVERIFY(describe(model, ChangeSet{{added("src/other.cpp", {"int x;"})}}));
        QCOMPARE(model.requests[0].messages[0].content.bytes(), model.requests[1].messages[0].content.bytes());
        QCOMPARE(model.requests[0].schema.bytes(), model.requests[1].schema.bytes());
        const QString first = model.question(0);
        QVERIFY(first.contains(u"The change:\n"_s));
        QVERIFY(model.question(1).startsWith(first.left(first.indexOf(u"The change:\n"_s))));
    }

    void theSchemaOfEveryStyleIsJson_data()
    {
        QTest::addColumn<SubjectStyle>("style");
        QTest::newRow("conventional") << SubjectStyle::Conventional;
        QTest::newRow("area") << SubjectStyle::Area;
        QTest::newRow("plain") << SubjectStyle::Plain;
    }
    void theSchemaOfEveryStyleIsJson()
    {
        QFETCH(SubjectStyle, style);
        MessageRules rules;
        rules.style = style;
        rules.scopes = {u"core"_s, u"quote\"d"_s, u"tray"_s};
        rules.scopesClosed = true;
        ScriptedModel model(oneByOne({said(goodAnswer)}));
        const HandClock clock;
        const auto message = makeModelWriter(model, bothModels, clock)
                                 ->describe({.change = smallChange, .files = {0}, .rules = rules}, terms(clock));
        const QByteArray schema = model.requests.at(0).schema.bytes();
        QVERIFY2(QJsonDocument::fromJson(schema).isObject(), schema.constData());
        QCOMPARE(schema.contains("\"type\":{\"enum\""), style == SubjectStyle::Conventional);
        QCOMPARE(schema.contains("quote\\\"d"), style != SubjectStyle::Plain);
    }

    void everythingAskedIsCounted()
    {
        ScriptedModel model(oneByOne({said(goodAnswer)}));
        const HandClock clock;
        const auto writer = makeModelWriter(model, bothModels, clock);
        QVERIFY(writer->describe({.change = smallChange, .files = {0}}, terms(clock)));
        QVERIFY(writer->describe({.change = smallChange, .files = {0}}, terms(clock)));
        QCOMPARE(writer->spent().calls, 2);
        QCOMPARE(writer->spent().completionTokens, 100);
    }
};

QTEST_APPLESS_MAIN(TestModelWriter)
#include "tst_modelwriter.moc"
