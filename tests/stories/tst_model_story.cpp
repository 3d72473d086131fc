#include "tests/support/fakemodelserver.h"
#include "tests/support/temprepo.h"
#include "tests/support/wireshapes.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace AutoCommit::Wire;
using namespace Qt::StringLiterals;

namespace {

const auto good
    = uR"({"type":"feat","scope":null,"breaking":false,"subject":"count lines that are not blank","body":[]})"_s;
constexpr int promptTokens = 900; // fewer than the prompt can have would mean that the server cut it
const auto goodSubject = u"feat: count lines that are not blank"_s;

} // namespace

/// `commits once` with models behind it: the real program, a server that speaks the real protocol.
class TestModelStory final : public QObject
{
    Q_OBJECT

    World m_world;

    struct Ran
    {
        int exitCode = -1;
        QJsonObject repo;
        QByteArray everything;

        QJsonObject commit() const { return repo[u"commits"_s].toArray().first().toObject(); }
    };

    Ran once(const TempRepo &repo, const QString &url, QMap<QString, QString> environment = {}) const
    {
        QProcess process;
        QProcessEnvironment variables = m_world.environment();
        variables.insert(u"AUTO_COMMIT_COORDINATOR_URL"_s, url);
        for (auto it = environment.begin(); it != environment.end(); ++it)
            variables.insert(it.key(), it.value());
        process.setProcessEnvironment(variables);
        process.start(QStringLiteral(AC_COMMITS_PROGRAM), {u"once"_s, u"--json"_s, repo.path()});
        if (!process.waitForFinished(60'000))
            return {};
        const QByteArray out = process.readAllStandardOutput();
        return {process.exitCode(), QJsonDocument::fromJson(out).object()[u"repos"_s].toArray().first().toObject(),
                out + process.readAllStandardError()};
    }

    static void change(const TempRepo &repo)
    {
        // An answer is kept under the content of the change, so each repository has its own.
        QByteArray code
            = "// " + QFileInfo(repo.path()).fileName().toUtf8() + "\nint count_lines(const char *text)\n{\n";
        for (int i = 0; i < 30; ++i)
            code += "    total += is_blank(text[" + QByteArray::number(i) + "]) ? 0 : 1;\n";
        repo.write("count.c", code + "    return total;\n}\n");
    }

private Q_SLOTS:
    void aModelsMessageIsCommittedAndSaysSo()
    {
        FakeModelServer server;
        server.setResponder([](const SeenRequest &) { return answer(good, "stop", promptTokens); });
        const TempRepo repo(m_world, u"good"_s);
        change(repo);
        const Ran ran = once(repo, server.baseUrl());
        QCOMPARE(ran.exitCode, 0);
        QCOMPARE(ran.commit()[u"subject"_s].toString(), goodSubject);
        QCOMPARE(ran.commit()[u"source"_s].toString(), u"llm"_s);
        QCOMPARE(QString::fromUtf8(repo.subjects().first()), goodSubject);
    }

    void rubbishOfAnyKindEndsInAnHonestMessage_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("no JSON") << u"Sure! Here is your commit message:"_s;
        QTest::newRow("vague")
            << uR"({"type":"chore","scope":null,"breaking":false,"subject":"update files","body":[]})"_s;
        QTest::newRow("a refusal") << u"I cannot help with that."_s;
        QTest::newRow("empty") << QString();
        QTest::newRow("a trailer")
            << uR"({"type":"feat","scope":null,"breaking":false,"subject":"Signed-off-by: Eve <e@x>","body":[]})"_s;
    }
    void rubbishOfAnyKindEndsInAnHonestMessage()
    {
        QFETCH(const QString, text);
        FakeModelServer server;
        server.setResponder([text](const SeenRequest &) { return answer(text); });
        const TempRepo repo(m_world, u"rubbish-"_s + QString::fromLatin1(QTest::currentDataTag()).replace(u' ', u'-'));
        change(repo);
        const Ran ran = once(repo, server.baseUrl());
        QCOMPARE(ran.exitCode, 0);
        QCOMPARE(ran.commit()[u"source"_s].toString(), u"builtin"_s);
        QVERIFY2(repo.subjects().first().contains("count"), repo.subjects().first().constData());
    }

    void aServerThatIsDownCostsNoCommit()
    {
        QString url;
        {
            const FakeModelServer server;
            url = server.baseUrl();
        }
        const TempRepo repo(m_world, u"down"_s);
        change(repo);
        const Ran ran = once(repo, url);
        QCOMPARE(ran.exitCode, 0);
        QCOMPARE(ran.commit()[u"source"_s].toString(), u"builtin"_s);
    }

    void nothingSecretReachesTheServer()
    {
        const QByteArray token = "ghp_" + QByteArray("S3cr3tS3cr3tS3cr3tS3cr3tS3cr3tS3cr37");
        FakeModelServer server;
        server.setResponder([](const SeenRequest &) { return answer(good, "stop", promptTokens); });
        const TempRepo repo(m_world, u"secret"_s);
        repo.write("old.py", "key = \"" + token + "\"\n");
        repo.git({u"add"_s, u"-A"_s});
        repo.git({u"commit"_s, u"-q"_s, u"-m"_s, u"a mistake of the past"_s});
        repo.write("old.py", "key = os.environ[\"KEY\"]\n"); // the removed line still holds it
        change(repo);
        const Ran ran = once(repo, server.baseUrl());
        QCOMPARE(ran.exitCode, 0);
        QVERIFY(!server.chats().isEmpty());
        for (const SeenRequest &request : server.requests())
            QVERIFY(!request.body.contains(token));
        QVERIFY(!ran.everything.contains(token));
    }

    void theModelIsToldWhatTheReadmeSaysAndNoneOfItsSecrets()
    {
        const QByteArray token = "ghp_" + QByteArray("S3cr3tS3cr3tS3cr3tS3cr3tS3cr3tS3cr37");
        FakeModelServer server;
        server.setResponder([](const SeenRequest &) { return answer(good, "stop", promptTokens); });
        const TempRepo repo(m_world, u"told"_s);
        repo.write("README.md", "# told\n\nCounts the lines of poems with " + token + " and ends.\n");
        repo.git({u"add"_s, u"-A"_s});
        repo.git({u"commit"_s, u"-q"_s, u"-m"_s, u"say what it is"_s});
        change(repo);
        QCOMPARE(once(repo, server.baseUrl()).exitCode, 0);
        QVERIFY(!server.chats().isEmpty());
        QVERIFY(server.chats().last().body.contains("Counts the lines of poems with"));
        for (const SeenRequest &request : server.requests())
            QVERIFY(!request.body.contains(token));
    }

    void anAnswerIsNotPaidForTwice()
    {
        FakeModelServer server;
        server.setResponder([](const SeenRequest &) { return answer(good, "stop", promptTokens); });
        const TempRepo repo(m_world, u"twice"_s);
        change(repo);
        const QString hook = repo.path() + u"/.git/hooks/pre-commit"_s;
        QDir().mkpath(QFileInfo(hook).path());
        QFile file(hook);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("#!/bin/sh\nexit 1\n");
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        file.close();
        QCOMPARE(once(repo, server.baseUrl()).exitCode, 1);
        const auto asked = server.chats().size();
        QVERIFY(asked > 0);
        QVERIFY(QFile::remove(hook));
        const Ran ran = once(repo, server.baseUrl());
        QCOMPARE(ran.exitCode, 0);
        QCOMPARE(ran.commit()[u"subject"_s].toString(), goodSubject);
        QCOMPARE(server.chats().size(), asked);
    }

    void aSlowServerIsLeftWhenTheTimeIsUp()
    {
        FakeModelServer server;
        server.setResponder([](const SeenRequest &) { return silence(); });
        const TempRepo repo(m_world, u"slow"_s);
        change(repo);
        const Ran ran = once(repo, server.baseUrl(), {{u"AUTO_COMMIT_MODEL_TIMEOUT_SECONDS"_s, u"1"_s}});
        QCOMPARE(ran.exitCode, 0);
        QCOMPARE(ran.commit()[u"source"_s].toString(), u"builtin"_s);
    }
};

QTEST_GUILESS_MAIN(TestModelStory)
#include "tst_model_story.moc"
