#include "core/privacy/scanknowledge.h"
#include "core/privacy/secretscanner.h"
#include "tests/core/privacy/samples.h"
#include "tests/support/runner.h"

#include <QDirIterator>
#include <QJsonDocument>
#include <QProcess>
#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

/// One secret of every family is planted in a checkout; afterwards none of them is anywhere we write.
class TestCanaries : public QObject
{
    Q_OBJECT

    struct Canary
    {
        QByteArray family;
        QByteArray text; ///< of the file that holds it
        QByteArray value; ///< what must not come out
    };

    World m_world;
    QRandomGenerator m_random{11};
    SecretScanner m_scanner;
    QList<Canary> m_canaries;

    QByteArray letters(qsizetype count) { return Samples::randomText(m_random, Samples::alnum, count); }

    QByteArray valueOf(const TokenRule &rule)
    {
        const auto part = [](const QByteArray &json) {
            return json.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
        };
        if (rule.check == TokenCheck::BasicAuth)
            return "Authorization: Basic " + ("admin:" + letters(15)).toBase64();
        if (rule.check != TokenCheck::Jwt)
            return Samples::sampleOf(m_random, rule.shape.nodes());
        const QByteArray token
            = part("{\"alg\":\"HS256\"}") + '.' + part("{\"sub\":\"" + letters(20) + "\"}") + '.' + letters(43);
        return rule.shapeText.startsWith("ZXlK") ? token.toBase64(QByteArray::OmitTrailingEquals) : token;
    }

    /// A random value may look like a word now and then; the story needs one that is seen.
    void plantToken(const TokenRule &rule)
    {
        for (int attempt = 0; attempt < 40; ++attempt) {
            const QByteArray value = valueOf(rule);
            const QByteArray lead = rule.near.isEmpty() ? QByteArray("value") : rule.near.first();
            const QByteArray text = "first line\n" + lead + ": '" + value + "'\n";
            if (value.size() >= 12 && !m_scanner.scan(text, {.path = "conf/" + rule.id + ".txt"}).isEmpty()) {
                m_canaries.append({rule.id, text, value});
                return;
            }
        }
    }

    void plantOthers()
    {
        const auto plant = [&](const QByteArray &family, const QByteArray &lead, const QByteArray &value,
                               const QByteArray &rest = "\n") {
            m_canaries.append({family, lead + value + rest, value});
        };
        plant("password", "db_password = \"", "Kestrel!" + letters(9), "\"\n");
        plant("url", "postgres://app:", letters(18), "@db.corp.net/x\n");
        plant("connection", "Server=db;User Id=app;Password=", letters(16), ";\n");
        plant("curl", "curl -u me:", letters(18), " https://host.net\n");
        plant("netrc", "machine host login me password ", letters(18));
        for (const QByteArray &kind : {"RSA PRIVATE KEY"_ba, "OPENSSH PRIVATE KEY"_ba, "PGP PRIVATE KEY BLOCK"_ba}) {
            QByteArray body;
            for (int i = 0; i < 8; ++i)
                body += Samples::randomText(m_random, Samples::base64, 64) + '\n';
            plant(kind, "-----BEGIN " + kind + "-----\n", body, "-----END " + kind + "-----\n");
        }
        plant("PuTTY",
              "PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\nComment: c\nPublic-Lines: 1\nAAAA\nPrivate-Lines: 1\n",
              Samples::randomText(m_random, Samples::base64, 64), "\nPrivate-MAC: 00\n");
        plant("base64", "data: ", ("token=gl" + QByteArray("pat-") + letters(20)).toBase64());
        QByteArray wide;
        for (const char c : "api_token = \"" + letters(32) + "\"\r\n") {
            wide += c;
            wide += '\0';
        }
        m_canaries.append({"utf-16", "\xFF\xFE" + wide, wide.mid(30, 40)});
    }

    QByteArray run(const QString &program, const QString &directory, const QStringList &arguments,
                   const QByteArray &input = {}) const
    {
        QProcess process;
        process.setProcessEnvironment(m_world.environment());
        process.setWorkingDirectory(directory);
        process.start(program, arguments);
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished(120'000))
            return "did not end";
        return process.readAllStandardOutput() + process.readAllStandardError();
    }
    QByteArray commits(const QString &directory, const QStringList &arguments) const
    {
        return run(QStringLiteral(AC_COMMITS_PROGRAM), directory, arguments);
    }

    QSet<QByteArray> objectsOf(const QString &repository) const
    {
        const QList<QByteArray> names
            = run(u"git"_s, repository, {u"cat-file"_s, u"--batch-all-objects"_s, u"--batch-check=%(objectname)"_s})
                  .trimmed()
                  .split('\n');
        return {names.begin(), names.end()};
    }

    void expectNone(const QByteArray &where, const QByteArray &bytes) const
    {
        QVERIFY2(!bytes.isEmpty(), where.constData());
        for (const Canary &canary : m_canaries)
            QVERIFY2(!bytes.contains(canary.value), (canary.family + " in " + where).constData());
    }

private Q_SLOTS:
    void initTestCase()
    {
        const auto knowledge = ScanKnowledge::load();
        for (const TokenRule &rule : knowledge->rules.rules())
            plantToken(rule);
        QVERIFY2(m_canaries.size() * 100 >= static_cast<qsizetype>(knowledge->rules.rules().size()) * 97,
                 qPrintable(QString::number(m_canaries.size())));
        plantOthers();
    }

    void noneIsAnywhereWeWrite()
    {
        const TempRepo repo(m_world, u"apricot"_s);
        repo.write("old name.txt", "a line that stays\nanother one\nand a third\n");
        repo.write("src/app.cpp", "int main() { return 0; }\n");
        repo.git({u"add"_s, u"-A"_s});
        repo.git({u"commit"_s, u"-q"_s, u"-m"_s, u"before"_s});
        const QString hub = makeHub(m_world, repo);
        for (const Canary &canary : std::as_const(m_canaries))
            repo.write("conf/" + canary.family + ".txt", canary.text);
        // staged, renamed, in a tracked file, in a name
        repo.write("staged.txt", m_canaries[0].text);
        repo.git({u"add"_s, u"staged.txt"_s});
        QVERIFY(QFile::rename(repo.file("old name.txt"), repo.file("new name.txt")));
        repo.write("new name.txt", "a line that stays\nanother one\nand a third\n" + m_canaries[1].text);
        const auto named = std::find_if(m_canaries.cbegin(), m_canaries.cend(),
                                        [](const Canary &canary) { return canary.family == "gitlab-pat"; });
        QVERIFY(named != m_canaries.cend());
        repo.write("keys/" + named->value + ".txt", "hello\n");
        repo.write("src/app.cpp", "int main() { return 1; }\n");
        repo.write("src/new.cpp", "int one() { return 1; }\n");
        const QSet<QByteArray> before = objectsOf(repo.path());

        QByteArray said;
        for (const QStringList &command : {QStringList{u"once"_s, u"--dry-run"_s, u"--json"_s},
                                           {u"message"_s},
                                           {u"once"_s},
                                           {u"--set"_s, u"log_level=debug"_s, u"once"_s, u"--json"_s},
                                           {u"explain"_s},
                                           {u"history"_s, u"--json"_s},
                                           {u"scan"_s},
                                           {u"scan"_s, u"--json"_s},
                                           {u"scan"_s, u"--sarif"_s},
                                           {u"scan"_s, u"--staged"_s}})
            said += commits(repo.path(), command);
        Runner runner(m_world);
        const RunReport report = runner.once(repo);
        said += QJsonDocument(report.toJson()).toJson();
        for (const Decision &decision : report.trace)
            said += decision.text.toUtf8() + '\n';

        QCOMPARE(repo.blobAt("HEAD", "src/new.cpp"), "int one() { return 1; }\n"); // the run did its work
        QCOMPARE(m_world.git(hub, {u"rev-parse"_s, u"main"_s}), repo.head());
        expectNone("what was said", said);
        const QSet<QByteArray> made = objectsOf(repo.path()) - before;
        expectNone("new objects",
                   run(u"git"_s, repo.path(), {u"cat-file"_s, u"--batch"_s},
                       QByteArrayList(made.begin(), made.end()).join('\n') + '\n'));
        expectNone("the hub", run(u"git"_s, hub, {u"cat-file"_s, u"--batch-all-objects"_s, u"--batch"_s}));
        expectNone("names on the hub", run(u"git"_s, hub, {u"ls-tree"_s, u"-r"_s, u"--name-only"_s, u"main"_s}));
        QStringList looked;
        QDirIterator written(m_world.path(u"home"_s), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (written.hasNext()) { // database, activity log, log, state
            QFile file(written.next());
            if (file.open(QIODevice::ReadOnly) && file.size() > 0) {
                expectNone(file.fileName().toUtf8(), file.readAll());
                looked += QFileInfo(file).fileName();
            }
        }
        for (const QString &name : {u"auto_commit.db"_s, u"activity.jsonl"_s})
            QVERIFY2(looked.contains(name), qPrintable(looked.join(u' ')));
    }
};

QTEST_GUILESS_MAIN(TestCanaries)
#include "tst_canaries.moc"
