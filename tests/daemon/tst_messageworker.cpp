#include "daemon/service/messageworker.h"

#include "tests/support/scriptedsource.h"

#include <QTest>

#include <semaphore>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

namespace {

GenerateRequest requestFor(const QByteArray &path)
{
    return {.requestId = u"r"_s,
            .host = u"plum"_s,
            .branch = u"main"_s,
            .files = {{.path = path, .added = 1, .deleted = 1}},
            .patch = "diff --git a/" + path + " b/" + path + "\n--- a/" + path + "\n+++ b/" + path
                + "\n@@ -7 +7 @@ int run()\n-int limit = 3;\n+int limit = 4;\n"};
}

} // namespace

/// The service behind /generate-message: its thread, its queue and its deadline.
class TestMessageWorker : public QObject
{
    Q_OBJECT

    struct Answers
    {
        QList<Result<GenerateAnswer>> all;
        QList<QThread *> threads;

        MessageService::Done take()
        {
            return [this](Result<GenerateAnswer> answer) {
                all += std::move(answer);
                threads += QThread::currentThread();
            };
        }
    };

    /// A model that says nothing until it is let go.
    struct SlowModel
    {
        std::counting_semaphore<> asked{0};
        std::counting_semaphore<> go{0};
        ScriptedModel model{[this](const ChatRequest &request) -> Result<ChatReply> {
            urgency = request.requestClass;
            asked.release();
            go.acquire();
            return said(u"fix: raise the limit to four"_s);
        }};
        RequestClass urgency = RequestClass::Batch;
    };

    const HandClock m_clock;

    std::unique_ptr<MessageWorker> worker(InferenceClient *model, MessageWorkerOptions options = {}) const
    {
        return std::make_unique<MessageWorker>(
            Settings(), Gate(), model ? std::make_unique<ScriptedSource>(*model, m_clock) : nullptr, m_clock, options);
    }

private Q_SLOTS:
    void theAnswerComesOnTheThreadThatAsked()
    {
        const auto service = worker(nullptr);
        Answers answers;
        service->generate(requestFor("src/a.cpp"), answers.take());
        QCOMPARE(answers.all.size(), 0);
        QTRY_COMPARE(answers.all.size(), 1);
        QVERIFY(answers.all[0]);
        QCOMPARE(answers.all[0]->groups.size(), 1);
        QCOMPARE(answers.all[0]->groups[0].paths, QList<QByteArray>{"src/a.cpp"});
        QCOMPARE(answers.all[0]->groups[0].source, MessageSource::Builtin);
        QCOMPARE(answers.threads[0], thread());
    }

    void modelsAreAskedAtInteractivePriority()
    {
        SlowModel slow;
        const auto service = worker(&slow.model);
        Answers answers;
        slow.go.release(100);
        service->generate(requestFor("src/a.cpp"), answers.take());
        QTRY_COMPARE(answers.all.size(), 1);
        QCOMPARE(slow.urgency, RequestClass::Interactive);
        QCOMPARE(answers.all[0]->groups[0].subject, u"fix: raise the limit to four"_s);
        QCOMPARE(answers.all[0]->groups[0].source, MessageSource::Llm);
        QCOMPARE(answers.all[0]->groups[0].model, u"writer"_s);
    }

    /// As after a reload: other settings, other models.
    void newPartsHoldForWhatIsAskedFromThenOn()
    {
        SlowModel before;
        ScriptedModel after(
            [](const ChatRequest &) -> Result<ChatReply> { return said(u"fix: allow four at once"_s); });
        const auto service = worker(&before.model);
        Answers answers;
        service->generate(requestFor("src/a.cpp"), answers.take());
        before.asked.acquire();
        service->setParts(Settings(), Gate(), std::make_unique<ScriptedSource>(after, m_clock));
        service->generate(requestFor("src/b.cpp"), answers.take());
        before.go.release(100);
        QTRY_COMPARE(answers.all.size(), 2);
        QCOMPARE(answers.all[0]->groups[0].subject, u"fix: raise the limit to four"_s);
        QCOMPARE(answers.all[1]->groups[0].subject, u"fix: allow four at once"_s);
        QCOMPARE(before.model.requests.size(), 1);
        service->setParts(Settings(), Gate(), nullptr);
        service->generate(requestFor("src/c.cpp"), answers.take());
        QTRY_COMPARE(answers.all.size(), 3);
        QCOMPARE(answers.all[2]->groups[0].source, MessageSource::Builtin);
    }

    void oneTooManyIsTurnedAwayAtOnce()
    {
        SlowModel slow;
        const auto service = worker(&slow.model, {.waiting = 2});
        Answers answers;
        for (int i = 0; i < 3; ++i) // one at work, two waiting
            service->generate(requestFor("src/a.cpp"), answers.take());
        QCOMPARE(answers.all.size(), 0);
        service->generate(requestFor("src/a.cpp"), answers.take());
        QCOMPARE(answers.all.size(), 1);
        QCOMPARE(answers.all[0].error().kind, ErrorKind::OutOfResources);
        slow.go.release(100);
        QTRY_COMPARE(answers.all.size(), 4);
        service->generate(requestFor("src/a.cpp"), answers.take());
        QTRY_COMPARE(answers.all.size(), 5);
        QVERIFY(answers.all[4]);
    }

    void aChangeThatWaitedTooLongIsDescribedWithoutModels()
    {
        SlowModel slow;
        const auto service = worker(&slow.model, {.deadline = std::chrono::seconds(20)});
        Answers answers;
        service->generate(requestFor("src/a.cpp"), answers.take());
        service->generate(requestFor("src/b.cpp"), answers.take());
        slow.asked.acquire();
        m_clock.sleepFor(std::chrono::seconds(21));
        slow.go.release(1);
        QTRY_COMPARE(answers.all.size(), 2);
        QVERIFY(answers.all[1]);
        QCOMPARE(answers.all[1]->groups[0].source, MessageSource::Builtin);
        QCOMPARE(slow.model.requests.size(), 1);
    }

    void whatStillWaitsAtTheEndIsAnswered()
    {
        SlowModel slow;
        auto service = worker(&slow.model);
        Answers answers;
        service->generate(requestFor("src/a.cpp"), answers.take());
        service->generate(requestFor("src/b.cpp"), answers.take());
        slow.asked.acquire();
        slow.go.release(100);
        service.reset();
        QCOMPARE(answers.all.size(), 2);
        QCOMPARE(answers.all[1].error().kind, ErrorKind::Cancelled);
        QCoreApplication::processEvents();
        QCOMPARE(answers.all.size(), 2);
    }

    void aSecretIsAnErrorWithoutTheSecret()
    {
        const auto service = worker(nullptr);
        Answers answers;
        GenerateRequest request = requestFor("src/a.cpp");
        const QByteArray token = QByteArray("gl") + "pat-Zx8Kq2Lm9Tw4Rb7Yc3Vd";
        request.patch.replace("int limit = 4;", "token = \"" + token + "\"");
        service->generate(request, answers.take());
        QTRY_COMPARE(answers.all.size(), 1);
        QCOMPARE(answers.all[0].error().kind, ErrorKind::RejectedSecret);
        QVERIFY(!answers.all[0].error().message.contains(QString::fromLatin1(token)));
    }
};

QTEST_GUILESS_MAIN(TestMessageWorker)
#include "tst_messageworker.moc"
