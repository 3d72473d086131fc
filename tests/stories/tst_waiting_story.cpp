#include "core/service/daemonregistry.h"
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

constexpr int patience = 120'000; // ms; a loaded machine is slow
const auto good
    = uR"({"type":"feat","scope":null,"breaking":false,"subject":"count lines that are not blank","body":[]})"_s;
constexpr int promptTokens = 900;

} // namespace

/// A daemon whose model server is away (`on_no_model = wait`): the real program, a server that comes and goes.
class TestWaitingStory final : public QObject
{
    Q_OBJECT

    std::unique_ptr<World> m_world;
    std::unique_ptr<QProcess> m_daemon;
    QMap<QString, QString> m_more; ///< of the environment

    QProcessEnvironment environment() const
    {
        QProcessEnvironment variables = m_world->environment();
        variables.insert(u"AUTO_COMMIT_SETTLE_SECONDS"_s, u"1"_s);
        variables.insert(u"AUTO_COMMIT_API_PORT"_s, u"0"_s);
        for (auto more = m_more.cbegin(); more != m_more.cend(); ++more)
            variables.insert(more.key(), more.value());
        return variables;
    }

    void start(const QString &interval)
    {
        m_daemon = std::make_unique<QProcess>();
        m_daemon->setProcessEnvironment(environment());
        m_daemon->start(QStringLiteral(AC_COMMITS_PROGRAM),
                        {u"start"_s, interval, u"-R"_s, m_world->path(u"code"_s), u"--foreground"_s});
        QVERIFY(m_daemon->waitForStarted());
        const DaemonRegistry registry{Paths(m_world->environment())};
        QTRY_VERIFY_WITH_TIMEOUT(!registry.running()->isEmpty() && registry.running()->first().port > 0, patience);
    }

    QJsonObject json(const QStringList &arguments) const
    {
        QProcess process;
        process.setProcessEnvironment(environment());
        process.start(QStringLiteral(AC_COMMITS_PROGRAM), arguments);
        process.waitForFinished(patience);
        return QJsonDocument::fromJson(process.readAllStandardOutput()).object();
    }

    QJsonObject onlyRepo() const { return json({u"repos"_s, u"--json"_s})[u"repos"_s].toArray().first().toObject(); }

    QByteArray status() const { return QJsonDocument(json({u"status"_s, u"--json"_s})).toJson(QJsonDocument::Compact); }

    static void change(const TempRepo &repo)
    {
        QByteArray code = "int count_lines(const char *text)\n{\n";
        for (int i = 0; i < 30; ++i)
            code += "    total += is_blank(text[" + QByteArray::number(i) + "]) ? 0 : 1;\n";
        repo.write("count.c", code + "    return total;\n}\n");
    }

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<World>();
        m_more = {{u"AUTO_COMMIT_ON_NO_MODEL"_s, u"wait"_s}};
        QDir().mkpath(m_world->path(u"code"_s));
    }

    void cleanup()
    {
        if (m_daemon && m_daemon->state() == QProcess::Running) {
            m_daemon->terminate();
            m_daemon->waitForFinished(patience);
        }
        m_daemon.reset();
    }

    void aCommitWaitsForTheServerAndGetsItsWordsAsSoonAsItIsBack()
    {
        FakeModelServer server;
        server.setResponder([](const SeenRequest &) { return answer(good, "stop", promptTokens); });
        server.onPath("/v1/models", error(200, R"({"object":"list","data":[{"id":"ministral-3b-instruct"}]})"));
        m_more.insert(u"AUTO_COMMIT_COORDINATOR_URL"_s, server.baseUrl());
        server.stop();
        const TempRepo repo(*m_world, u"code/a"_s);
        const auto before = repo.subjects().size();
        change(repo);
        start(u"1h"_s); // no further cycle comes to help
        QTRY_COMPARE_WITH_TIMEOUT(onlyRepo()[u"state"_s].toString(), u"waiting"_s, patience);
        QVERIFY(onlyRepo()[u"reason"_s].toString().contains(u"waits for the model server since"_s));
        QVERIFY(!onlyRepo()[u"error"_s].isObject()); // nobody has to do anything
        QVERIFY2(status().contains(R"("state":"down")"), status().constData());
        QCOMPARE(repo.subjects().size(), before);

        server.listen();
        QTRY_COMPARE_WITH_TIMEOUT(repo.subjects().size(), before + 1, patience);
        QCOMPARE(repo.subjects().first(), "feat: count lines that are not blank"_ba);
        QTRY_VERIFY_WITH_TIMEOUT(status().contains(R"("state":"ok")"), patience);
        QVERIFY(!QFile::exists(repo.path() + u"/.git/auto-commit/waits-for-model"_s));
    }

    void noCommitWaitsLongerThanTheSettingAllows()
    {
        FakeModelServer server;
        m_more.insert(u"AUTO_COMMIT_COORDINATOR_URL"_s, server.baseUrl());
        m_more.insert(u"AUTO_COMMIT_NO_MODEL_WAIT_SECONDS"_s, u"5"_s);
        server.stop();
        const TempRepo repo(*m_world, u"code/a"_s);
        const auto before = repo.subjects().size();
        change(repo);
        start(u"10s"_s);
        QTRY_COMPARE_WITH_TIMEOUT(repo.subjects().size(), before + 1, patience);
        QVERIFY(repo.subjects().first().contains("count"));
    }
};

QTEST_GUILESS_MAIN(TestWaitingStory)
#include "tst_waiting_story.moc"
