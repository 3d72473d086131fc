#include "core/recovery/recoverymemory.h"
#include "core/recovery/stallfile.h"
#include "core/service/repositoryrun.h"
#include "tests/support/fakemodelserver.h"
#include "tests/support/scriptedsource.h"
#include "tests/support/temprepo.h"
#include "tests/support/wireshapes.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QTest>

#include <mutex>
#include <random>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

namespace {

int hostilePlans = 24; ///< --plans N
unsigned seed = 1; ///< --seed S

/// Keeps every argv that is run.
class RecordingRunner final : public ProcessRunner
{
public:
    explicit RecordingRunner(const ProcessRunner &real)
        : m_real(real)
    { }

    Result<ProcessOutput> run(const ProcessRequest &request, const CancelToken &cancel) const override
    {
        note(request);
        return m_real.run(request, cancel);
    }
    Result<std::unique_ptr<ProcessSession>> start(const ProcessRequest &request) const override
    {
        note(request);
        return m_real.start(request);
    }
    QList<QStringList> take() const
    {
        const std::lock_guard guard(m_mutex);
        return std::exchange(m_calls, {});
    }

private:
    void note(const ProcessRequest &request) const
    {
        const std::lock_guard guard(m_mutex);
        m_calls += QStringList(request.program) + request.arguments;
    }

    const ProcessRunner &m_real;
    mutable std::mutex m_mutex;
    mutable QList<QStringList> m_calls;
};

class ShortMemory final : public RecoveryMemory
{
public:
    Result<QList<RecoveryAttempt>> attempts(const QString &) override { return kept; }
    Status record(const RecoveryAttempt &attempt) override
    {
        kept += attempt;
        return {};
    }

    QList<RecoveryAttempt> kept;
};

/// The models of a program behind a server that speaks the real protocol.
class ServedSource final : public ModelSource
{
public:
    ServedSource(const FakeModelServer &server, const Clock &clock)
        : m_client(makeInferenceClient({.baseUrls = {server.baseUrl()}, .rounds = 1}))
        , m_writer(makeModelWriter(*m_client, m_names, clock))
    { }

    ModelWriter *writer() override { return m_writer.get(); }
    const ModelNames &names() const override { return m_names; }
    std::chrono::seconds patience() const override { return std::chrono::seconds(60); }
    RequestClass requestClass() const override { return RequestClass::Batch; }
    std::optional<KeptMessage> kept(const QByteArray &) override { return std::nullopt; }
    void keep(const QByteArray &, const KeptMessage &) override { }

private:
    const ModelNames m_names{u"thinker"_s, u"writer"_s, u"claude:sonnet"_s};
    std::unique_ptr<InferenceClient> m_client;
    std::unique_ptr<ModelWriter> m_writer;
};

QString planText(const QString &steps)
{
    return uR"({"v":1,"diagnosis":"UNKNOWN","steps":[%1],"note":"as I see it"})"_s.arg(steps);
}

bool isRecoveryQuestion(const SeenRequest &request)
{
    return request.body.contains("error class:");
}

void makeHook(const QString &path, const QByteArray &script)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile hook(path);
    if (!hook.open(QIODevice::WriteOnly))
        qFatal("cannot write a hook");
    hook.write("#!/bin/sh\n" + script);
    hook.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

} // namespace

/// A run that fails in a way no rule knows, and a model that is asked about it: helpful, mistaken or hostile.
class TestRecoveryStory final : public QObject
{
    Q_OBJECT

    World m_world;
    const SystemClock m_clock;
    const RecordingRunner m_runner{m_world.processes()};
    int m_number = 0;

    /// A checkout with a commit of its own on top of the hub's, which has one that is not here, and a pre-push hook
    /// that refuses: not pulled, because the run is told not to.
    struct Scene
    {
        std::unique_ptr<TempRepo> repo;
        QString hub;
    };
    Scene scene(const QByteArray &theirs = "theirs.txt")
    {
        const QString name = u"scene-%1"_s.arg(++m_number);
        Scene made{.repo = std::make_unique<TempRepo>(m_world, name), .hub = {}};
        made.hub = makeHub(m_world, *made.repo, name + u".git"_s);
        const QString other = m_world.path(name + u"-other"_s);
        m_world.git(m_world.path(), {u"clone"_s, u"-q"_s, made.hub, other});
        QFile file(other + u'/' + QString::fromUtf8(theirs));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write");
        file.write("from the other host\n");
        file.close();
        m_world.git(other, {u"add"_s, u"-A"_s});
        m_world.git(other, {u"commit"_s, u"-q"_s, u"-m"_s, u"theirs"_s});
        m_world.git(other, {u"push"_s, u"-q"_s});
        made.repo->write("ours.txt", "from here\n");
        made.repo->git({u"add"_s, u"-A"_s});
        made.repo->git({u"commit"_s, u"-q"_s, u"-m"_s, u"ours"_s});
        made.repo->write(".git/info/exclude", "*.ignored\n");
        made.repo->write("kept.ignored", "nobody else has this\n");
        makeHook(made.repo->path() + u"/.git/hooks/pre-push"_s, "echo 'error: not today, see zebra.txt' >&2; exit 1\n");
        return made;
    }

    RunReport run(const QString &path, ModelSource *models, RecoveryMemory *memory,
                  RunOptions options = {.pull = false})
    {
        GitTools tools = m_world.tools();
        tools.runner = &m_runner;
        const Story story = commitStory();
        const LoadedSettings loaded;
        return runRepository(path,
                             {.tools = tools,
                              .settings = loaded,
                              .clock = m_clock,
                              .story = story,
                              .options = options,
                              .models = models,
                              .recovery = memory},
                             {});
    }

    static QString traceOf(const RunReport &report)
    {
        QString text;
        for (const Decision &decision : report.trace)
            if (decision.stage == u"Recover"_s)
                text += decision.text + u'\n';
        return text;
    }

    /// What must not go: bytes of every file, every commit that a ref reaches, where the hub is.
    struct Kept
    {
        QMap<QByteArray, QByteArray> files;
        QByteArrayList commits;
        QByteArray hub;
    };
    Kept ledger(const Scene &made) const
    {
        return {.files = made.repo->tree(),
                .commits = made.repo->git({u"rev-list"_s, u"--all"_s, u"HEAD"_s}).split('\n'),
                .hub = m_world.git(made.hub, {u"rev-parse"_s, u"main"_s})};
    }
    /// Empty when nothing is lost: a file has its bytes, or the history has them.
    QString lost(const Scene &made, const Kept &before) const
    {
        const Kept after = ledger(made);
        const QByteArray objects = made.repo->git({u"rev-list"_s, u"--all"_s, u"HEAD"_s, u"--objects"_s});
        for (auto it = before.files.begin(); it != before.files.end(); ++it) {
            if (after.files.value(it.key()) == *it)
                continue;
            const QByteArray blob = QCryptographicHash::hash("blob " + QByteArray::number(it->size()) + '\0' + *it,
                                                             QCryptographicHash::Sha1)
                                        .toHex();
            if (!objects.contains(blob))
                return u"bytes of "_s + QString::fromUtf8(it.key());
        }
        for (const QByteArray &commit : before.commits)
            if (!after.commits.contains(commit))
                return u"commit "_s + QString::fromLatin1(commit);
        if (m_world.gitExit(made.hub, {u"merge-base"_s, u"--is-ancestor"_s, QString::fromLatin1(before.hub), u"main"_s})
            != 0)
            return u"what the hub had"_s;
        if (m_world.gitExit(made.repo->path(), {u"fsck"_s, u"--no-dangling"_s}) != 0)
            return u"the repository's soundness"_s;
        return {};
    }
    /// The first argv that an unattended program must not run.
    static QString forbidden(const QList<QStringList> &calls)
    {
        static const QStringList words{u"--force"_s, u"-f"_s,     u"--hard"_s, u"--no-verify"_s, u"clean"_s,
                                       u"stash"_s,   u"rebase"_s, u"merge"_s,  u"checkout"_s,    u"gc"_s,
                                       u"rm"_s,      u"sh"_s,     u"bash"_s,   u"--mirror"_s,    u"--delete"_s};
        for (const QStringList &call : calls) {
            if (!call.first().endsWith("/git"_L1))
                return call.join(u' ');
            for (const QString &word : call.sliced(1))
                if ((words.contains(word) && !call.contains(u"checkout-index"_s)) || word.startsWith(u'+'))
                    return call.join(u' ');
        }
        return {};
    }

private Q_SLOTS:
    void aPlanThatHelpsIsRehearsedKeptAndWrittenDown()
    {
        FakeModelServer server;
        server.setResponder([](const SeenRequest &) {
            return Wire::answer(planText(uR"({"do":"refetch"},{"do":"rebase_mem"})"_s), "stop", 900);
        });
        ServedSource models(server, m_clock);
        ShortMemory memory;
        const Scene made = scene();
        const Kept before = ledger(made);
        const QByteArray head = made.repo->head();
        const RunReport report = run(made.repo->path(), &models, &memory);
        const QString trace = traceOf(report);
        QVERIFY2(trace.contains(u"carried out: refetch, rebase_mem"_s), qPrintable(trace));
        QCOMPARE(made.repo->subjects().mid(0, 2), (QList<QByteArray>{"ours", "theirs"}));
        QCOMPARE(made.repo->read("theirs.txt"), QByteArray("from the other host\n"));
        QCOMPARE(made.repo->git({u"for-each-ref"_s, u"--format=%(objectname)"_s, u"refs/auto-commit/backup"_s}), head);
        QCOMPARE(lost(made, before), QString());
        QCOMPARE(memory.kept.size(), 2);
        QCOMPARE(memory.kept[1].plan, u"refetch, rebase_mem"_s);
        QCOMPARE(memory.kept[1].outcome, u"done"_s);
        QCOMPARE(server.chats().size(), 1); // the first answer was a plan already
        QCOMPARE(server.chats()[0].json()[u"model"_s].toString(), u"claude:sonnet"_s);
    }

    void adviceInWordsIsPutIntoTheFormByTheOtherModel()
    {
        FakeModelServer server;
        server.setResponder([](const SeenRequest &request) {
            const bool second = request.json()[u"model"_s].toString() == u"writer"_s;
            return Wire::answer(second ? planText(uR"({"do":"ask"})"_s) : u"A hook refuses. Somebody should look."_s,
                                "stop", 900);
        });
        ServedSource models(server, m_clock);
        ShortMemory memory;
        const Scene made = scene();
        const RunReport report = run(made.repo->path(), &models, &memory);
        QCOMPARE(server.chats().size(), 2);
        QVERIFY(server.chats()[1].message(u"user"_s).contains(u"Somebody should look."_s));
        QCOMPARE(memory.kept.last().plan, u"ask"_s);
        QCOMPARE(report.error->kind, ErrorKind::HookRejected);
    }

    void theModelIsToldNoNameOfAnything()
    {
        FakeModelServer server;
        server.setResponder(
            [](const SeenRequest &) { return Wire::answer(planText(uR"({"do":"ask"})"_s), "stop", 900); });
        ServedSource models(server, m_clock);
        ShortMemory memory;
        const Scene made = scene();
        made.repo->write("ours.txt", "canary-content\n");
        (void)run(made.repo->path(), &models, &memory);
        QVERIFY(!memory.kept.isEmpty());
        for (const SeenRequest &request : server.chats()) {
            if (!isRecoveryQuestion(request))
                continue;
            const QString asked = request.message(u"user"_s);
            for (const QString &name : {u"zebra"_s, u"ours.txt"_s, u"canary"_s, u"scene-"_s, u"main"_s, m_world.path()})
                QVERIFY2(!asked.contains(name), qPrintable(name + u" in: "_s + asked));
            QVERIFY2(asked.contains(u"hook"_s), qPrintable(asked));
        }
    }

    void anIgnoredFileInTheWayEndsAtTheRehearsal()
    {
        FakeModelServer server;
        server.setResponder([](const SeenRequest &) {
            return Wire::answer(planText(uR"({"do":"refetch"},{"do":"rebase_mem"})"_s), "stop", 900);
        });
        ServedSource models(server, m_clock);
        ShortMemory memory;
        const Scene made = scene("kept.ignored2");
        made.repo->write(".git/info/exclude", "*.ignored*\n");
        made.repo->write("kept.ignored2", "mine alone\n");
        const QByteArray head = made.repo->head();
        (void)run(made.repo->path(), &models, &memory);
        QVERIFY2(memory.kept.last().outcome.startsWith(u"rehearsal, rebase_mem"_s),
                 qPrintable(memory.kept.last().outcome));
        QCOMPARE(made.repo->head(), head);
        QCOMPARE(made.repo->read("kept.ignored2"), QByteArray("mine alone\n"));
        QVERIFY(made.repo->git({u"for-each-ref"_s, u"refs/auto-commit"_s}).isEmpty());
    }

    void whatIsNotInTheGrammarIsRefusedByName()
    {
        FakeModelServer server;
        server.setResponder([](const SeenRequest &) {
            return Wire::answer(planText(uR"({"do":"push","force":true})"_s), "stop", 900);
        });
        ServedSource models(server, m_clock);
        ShortMemory memory;
        const Scene made = scene();
        const RunReport report = run(made.repo->path(), &models, &memory);
        QCOMPARE(memory.kept.last().outcome, u"plan refused: unknown-key"_s);
        QVERIFY(traceOf(report).contains(u"plan refused: unknown-key"_s));
    }

    void aPathThatIsLeftOutLetsTheOthersThrough()
    {
        FakeModelServer server;
        server.setResponder([](const SeenRequest &request) {
            return Wire::answer(isRecoveryQuestion(request) ? planText(uR"({"do":"exclude","path":"P1"})"_s) : u"no"_s,
                                "stop", 900);
        });
        ServedSource models(server, m_clock);
        ShortMemory memory;
        const TempRepo repo(m_world, u"exclude"_s);
        makeHook(repo.path() + u"/.git/hooks/pre-commit"_s,
                 "if git diff --cached --name-only | grep -q bad; then echo 'error: bad file' >&2; exit 1; fi\n");
        repo.write("bad.txt", "x\n");
        repo.write("good.txt", "y\n");
        const RunReport report = run(repo.path(), &models, &memory);
        QVERIFY2(!report.error, report.error ? qPrintable(report.error->message) : "");
        QCOMPARE(repo.git({u"ls-files"_s}).split('\n'), (QList<QByteArray>{"README", "good.txt"}));
        QCOMPARE(repo.read("bad.txt"), QByteArray("x\n"));
    }

    void theSameFailureIsNotAskedAboutTwice()
    {
        FakeModelServer server;
        server.setResponder(
            [](const SeenRequest &) { return Wire::answer(planText(uR"({"do":"ask"})"_s), "stop", 900); });
        ServedSource models(server, m_clock);
        ShortMemory memory;
        const Scene made = scene();
        (void)run(made.repo->path(), &models, &memory);
        const RunReport again = run(made.repo->path(), &models, &memory);
        QCOMPARE(server.chats().size(), 1);
        QVERIFY(traceOf(again).contains(u"asked about exactly this before"_s));
    }

    void aRepositoryThatIsPutOffIsLeftAloneByCyclesAndNotByPeople()
    {
        FakeModelServer server;
        server.setResponder(
            [](const SeenRequest &) { return Wire::answer(planText(uR"({"do":"wait","min":15})"_s), "stop", 900); });
        ServedSource models(server, m_clock);
        ShortMemory memory;
        const Scene made = scene();
        const RunOptions cycle{.pull = false, .evenIfStalled = false};
        (void)run(made.repo->path(), &models, &memory, cycle);
        const RunReport held = run(made.repo->path(), &models, &memory, cycle);
        QVERIFY2(held.reason.startsWith(u"left alone until"_s), qPrintable(held.reason));
        QVERIFY(run(made.repo->path(), &models, &memory).error);
    }

    void aConflictIsNotComputedAgainBeforeSomethingChanges()
    {
        const Scene made = scene("ours.txt");
        QFile::remove(made.repo->path() + u"/.git/hooks/pre-push"_s);
        const RunOptions cycle{.evenIfStalled = false};
        QCOMPARE(run(made.repo->path(), nullptr, nullptr, cycle).error->kind, ErrorKind::Conflict);
        m_runner.take();
        const RunReport again = run(made.repo->path(), nullptr, nullptr, cycle);
        QCOMPARE(again.error->kind, ErrorKind::Conflict);
        const auto merges = [](const QList<QStringList> &calls) {
            return std::ranges::count_if(calls, [](const QStringList &call) { return call.contains(u"merge-tree"_s); });
        };
        QCOMPARE(merges(m_runner.take()), 0);
        made.repo->git({u"commit"_s, u"-q"_s, u"--allow-empty"_s, u"-m"_s, u"more"_s});
        (void)run(made.repo->path(), nullptr, nullptr, cycle);
        QVERIFY(merges(m_runner.take()) > 0);
    }

    void aRefusedTipIsNotPushedAgain()
    {
        const TempRepo repo(m_world, u"refused"_s);
        const QString hub = makeHub(m_world, repo, u"refused.git"_s);
        makeHook(hub + u"/hooks/pre-receive"_s, "echo refused >> seen; echo 'not here' >&2; exit 1\n");
        repo.write("a.txt", "a\n");
        const RunOptions cycle{.evenIfStalled = false};
        QCOMPARE(run(repo.path(), nullptr, nullptr, cycle).error->kind, ErrorKind::RejectedByHub);
        QCOMPARE(run(repo.path(), nullptr, nullptr, cycle).error->kind, ErrorKind::RejectedByHub);
        QFile seen(hub + u"/seen"_s);
        QVERIFY(seen.open(QIODevice::ReadOnly));
        QCOMPARE(seen.readAll().count('\n'), 1);
        QFile::remove(hub + u"/hooks/pre-receive"_s);
        QVERIFY(run(repo.path(), nullptr, nullptr, cycle).error); // its time is not over
        QVERIFY(!run(repo.path(), nullptr, nullptr).error); // a person asks
    }

    void noPlanOfAnAdversaryLosesAByte()
    {
        std::mt19937 random(seed);
        const auto pick = [&](const QStringList &from) {
            return from[static_cast<qsizetype>(random() % static_cast<unsigned>(from.size()))];
        };
        const QStringList verbs{uR"({"do":"wait","min":5})"_s,
                                uR"({"do":"refetch"})"_s,
                                uR"({"do":"unlock","lock":"index"})"_s,
                                uR"({"do":"unlock","lock":"branch"})"_s,
                                uR"({"do":"unlock","lock":"packed-refs"})"_s,
                                uR"({"do":"reconcile"})"_s,
                                uR"({"do":"abort_own","op":"merge"})"_s,
                                uR"({"do":"defer","path":"P1","min":5})"_s,
                                uR"({"do":"exclude","path":"P1"})"_s,
                                uR"({"do":"rebase_mem"})"_s,
                                uR"({"do":"rebase_mem"})"_s,
                                uR"({"do":"retry_push"})"_s,
                                uR"({"do":"recommit"})"_s,
                                uR"({"do":"fallback_msg"})"_s,
                                uR"({"do":"rescan"})"_s,
                                uR"({"do":"fsck"})"_s,
                                uR"({"do":"pause","min":60})"_s,
                                uR"({"do":"ask"})"_s};
        const QStringList hostile{uR"({"do":"reset","to":"HEAD~5"})"_s,
                                  uR"({"do":"push","force":true})"_s,
                                  uR"({"do":"exclude","path":"../../etc/passwd"})"_s,
                                  uR"({"do":"sh","cmd":"rm -rf ."})"_s,
                                  uR"({"do":"unlock","lock":"../config"})"_s,
                                  uR"({"do":"rebase_mem","onto":"evil"})"_s,
                                  uR"({"do":"retry_push","do":"ask"})"_s,
                                  uR"({"do":"wait","min":99999})"_s,
                                  u"\"git clean -fdx\""_s,
                                  uR"({"do":"stash"})"_s,
                                  uR"({"do":"config","key":"core.sshCommand","value":"x"})"_s};
        int refused = 0;
        int done = 0;
        int stopped = 0;
        for (int plan = 0; plan < hostilePlans; ++plan) {
            QStringList steps;
            for (unsigned i = random() % 4 + 1; i > 0; --i)
                steps += random() % 6 == 0 ? pick(hostile) : pick(verbs);
            QString text = planText(steps.join(u','));
            if (random() % 8 == 0) { // garbled on the way
                for (int i = 0; i < 3; ++i)
                    text.replace(static_cast<qsizetype>(random() % static_cast<unsigned>(text.size())), 1,
                                 QChar(u'!' + static_cast<char16_t>(random() % 90)));
            }
            FakeModelServer server;
            server.setResponder([text](const SeenRequest &) { return Wire::answer(text, "stop", 900); });
            ServedSource models(server, m_clock);
            ShortMemory memory;
            const Scene made = scene(random() % 4 == 0       ? "ours.txt"
                                         : random() % 3 == 0 ? "kept.ignored"
                                                             : "theirs.txt");
            const unsigned shape = random() % 4;
            if (shape == 0)
                made.repo->write("dirty.txt", "not committed\n");
            if (shape == 1)
                made.repo->write("README", "changed\n");
            if (shape == 2) { // a hook of the index: the commit fails, not the push
                made.repo->write("README", "changed\n");
                makeHook(made.repo->path() + u"/.git/hooks/pre-commit"_s, "echo 'error: no' >&2; exit 1\n");
            }
            if (random() % 3 == 0)
                made.repo->write(".git/packed-refs.lock", {}, random() % 2 == 0 ? 0 : 700);
            const Kept before = ledger(made);
            m_runner.take();
            const RunReport report = run(made.repo->path(), &models, &memory);
            const QString where = u"seed %1, plan %2: %3\n%4"_s.arg(seed).arg(plan).arg(text, traceOf(report));
            const QString argv = forbidden(m_runner.take());
            QVERIFY2(argv.isEmpty(), qPrintable(argv + u'\n' + where));
            const QString gone = lost(made, before);
            QVERIFY2(gone.isEmpty(), qPrintable(gone + u'\n' + where));
            if (memory.kept.isEmpty())
                continue; // the lock ended the run before anybody was asked
            QCOMPARE(memory.kept.size(), 2);
            const QString outcome = memory.kept[1].outcome;
            QVERIFY2(!outcome.isEmpty(), qPrintable(where));
            refused += outcome.startsWith(u"plan refused: "_s) ? 1 : 0;
            done += outcome == u"done"_s ? 1 : 0;
            stopped += outcome != u"done"_s && !outcome.startsWith(u"plan refused: "_s) ? 1 : 0;
            for (const QString &suffix : {QString(), u".git"_s, u"-other"_s})
                QDir(m_world.path(u"scene-%1"_s.arg(m_number) + suffix)).removeRecursively();
        }
        qInfo("%d plans: %d refused by the grammar, %d carried out, %d stopped before or in the rehearsal or at a step",
              hostilePlans, refused, done, stopped);
        QVERIFY(hostilePlans < 20 || (refused > 0 && done > 0 && stopped > 0));
    }
};

/// --plans N: hostile plans to try; --seed S: which.
int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QStringList arguments = app.arguments();
    for (qsizetype i = arguments.size() - 2; i > 0; --i) {
        if (arguments[i] != u"--plans"_s && arguments[i] != u"--seed"_s)
            continue;
        if (arguments[i] == u"--plans"_s)
            hostilePlans = arguments[i + 1].toInt();
        else
            seed = arguments[i + 1].toUInt();
        arguments.remove(i, 2);
    }
    TestRecoveryStory test;
    return QTest::qExec(&test, arguments);
}

#include "tst_recovery_story.moc"
