#include "tests/support/canaries.h"
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

    World m_world;
    Canaries m_canaries{11};

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
        const QByteArrayList found = m_canaries.foundIn(bytes);
        QVERIFY2(found.isEmpty(), (found.join(' ') + " in " + where).constData());
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_canaries.unplanted().size() * 100 <= m_canaries.all().size() * 3,
                 m_canaries.unplanted().join(' ').constData());
    }

    void noneIsAnywhereWeWrite()
    {
        const TempRepo repo(m_world, u"apricot"_s);
        repo.write("old name.txt", "a line that stays\nanother one\nand a third\n");
        repo.write("src/app.cpp", "int main() { return 0; }\n");
        repo.git({u"add"_s, u"-A"_s});
        repo.git({u"commit"_s, u"-q"_s, u"-m"_s, u"before"_s});
        const QString hub = makeHub(m_world, repo);
        for (const Canary &canary : m_canaries.all())
            repo.write("conf/" + canary.family + ".txt", canary.text);
        // staged, renamed, in a tracked file, in a name
        repo.write("staged.txt", m_canaries.all()[0].text);
        repo.git({u"add"_s, u"staged.txt"_s});
        QVERIFY(QFile::rename(repo.file("old name.txt"), repo.file("new name.txt")));
        repo.write("new name.txt", "a line that stays\nanother one\nand a third\n" + m_canaries.all()[1].text);
        repo.write("keys/" + m_canaries.of("gitlab-pat").value + ".txt", "hello\n");
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
