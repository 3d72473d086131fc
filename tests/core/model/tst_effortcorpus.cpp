#include "core/model/effort.h"

#include "core/change/patchparser.h"
#include "tests/support/changes.h"

#include <QProcess>
#include <QTest>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

/// How many model calls the commits of public histories would take, were every answer good. Runs where
/// AUTO_COMMIT_CORPUS names bare repositories, separated by ':'.
class TestEffortCorpus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCommitTakesLessThanOneAndAHalfCalls()
    {
        const QString corpus = qEnvironmentVariable("AUTO_COMMIT_CORPUS");
        if (corpus.isEmpty())
            QSKIP("AUTO_COMMIT_CORPUS names no repositories");
        std::array<int, 3> counts{};
        for (const QString &repository : corpus.split(u':', Qt::SkipEmptyParts)) {
            QProcess git;
            git.start(u"git"_s,
                      {u"--git-dir"_s, repository, u"log"_s, u"--no-merges"_s, u"--max-count=250"_s, u"-U0"_s,
                       u"--no-color"_s, u"--no-ext-diff"_s, u"--format=%x01"_s, u"-p"_s});
            git.waitForFinished(300000);
            for (const QByteArray &entry : git.readAllStandardOutput().split('\x01')) {
                const ChangeSet change{parsePatch(entry)};
                if (!change.files.isEmpty())
                    ++counts.at(static_cast<std::size_t>(effortFor(change, allFiles(change))));
            }
        }
        const int commits = counts[0] + counts[1] + counts[2];
        QVERIFY(commits > 0);
        const double calls = static_cast<double>(counts[1] + 2 * counts[2]) / commits;
        qInfo("%d commits: %d without a call, %d with one, %d with two; %.3f calls each", commits, counts[0], counts[1],
              counts[2], calls);
        QVERIFY(calls < 1.5);
    }
};

QTEST_APPLESS_MAIN(TestEffortCorpus)
#include "tst_effortcorpus.moc"
