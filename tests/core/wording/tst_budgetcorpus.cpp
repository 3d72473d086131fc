#include "core/change/patchparser.h"
#include "core/wording/changewords.h"
#include "core/wording/diffbudget.h"
#include "core/wording/fileclass.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

namespace {

QByteArray git(const QString &gitDirectory, const QStringList &arguments)
{
    QProcess process;
    process.start(u"git"_s, QStringList{u"--git-dir"_s, gitDirectory} + arguments);
    process.waitForFinished(300000);
    return process.readAllStandardOutput();
}

QSet<QByteArray> wordsIn(const QByteArray &text)
{
    QSet<QByteArray> words;
    for (const QByteArray &identifier : identifiersIn(text)) {
        words.insert(identifier.toLower());
        for (const QByteArray &part : subWords(identifier))
            words.insert(part);
    }
    return words;
}

/// Everything a reader of the whole diff sees: paths, places, changed lines and those around them.
QByteArray wholeText(const ChangeSet &change)
{
    QByteArray text;
    for (const FileChange &file : change.files) {
        if (!isReadable(classOf(file)))
            continue;
        text += file.path + '\n';
        for (const Hunk &hunk : file.hunks)
            for (const QList<QByteArray> &lines :
                 {QList{hunk.context}, hunk.before, hunk.removed, hunk.added, hunk.after})
                text += lines.join('\n') + '\n';
    }
    return text;
}

QSet<QByteArray> contentWords(const QByteArray &subject)
{
    static const QSet<QByteArray> stop{
        "the",     "and",   "for",     "with",   "from",    "into",  "when",     "not",     "use",    "using",
        "add",     "added", "adds",    "fix",    "fixes",   "fixed", "remove",   "removed", "update", "updated",
        "make",    "feat",  "docs",    "test",   "tests",   "chore", "refactor", "style",   "perf",   "build",
        "revert",  "that",  "this",    "are",    "was",     "now",   "all",      "new",     "some",   "more",
        "support", "allow", "instead", "change", "changes", "move",  "rename",   "improve", "only",   "its"};
    QSet<QByteArray> words;
    for (const QByteArray &word : wordsIn(subject))
        if (word.size() > 2 && !stop.contains(word))
            words.insert(word);
    return words;
}

struct Sums
{
    int commits = 0;
    int words = 0;
    int kept = 0;
    int allKept = 0;
    int sources = 0;
    int shown = 0;
    int over = 0;
    double seenByCommit = 0; ///< sum of the shares
    int withSources = 0;
    int hugeSources = 0; ///< of commits that the product takes apart, see planMap()
    int hugeShown = 0;
    qint64 nanoseconds = 0;
};

void measure(const ChangeSet &change, const QByteArray &subject, qsizetype characters, Sums &sums)
{
    QSet<QByteArray> expected = contentWords(subject);
    expected.intersect(wordsIn(wholeText(change)));
    if (expected.isEmpty())
        return;
    QElapsedTimer timer;
    timer.start();
    const DiffText diff = budgetedDiff(change, characters);
    sums.nanoseconds += timer.nsecsElapsed();
    const QSet<QByteArray> seen = wordsIn(diff.text().toUtf8());
    ++sums.commits;
    int kept = 0;
    for (const QByteArray &word : expected)
        kept += seen.contains(word) ? 1 : 0;
    sums.words += static_cast<int>(expected.size());
    sums.kept += kept;
    sums.allKept += kept == expected.size() ? 1 : 0;
    sums.sources += diff.sourceFiles;
    sums.shown += diff.sourceFilesShown;
    if (diff.sourceFiles > 0) {
        sums.seenByCommit += static_cast<double>(diff.sourceFilesShown) / diff.sourceFiles;
        ++sums.withSources;
    }
    if (diff.sourceFiles > 60) {
        sums.hugeSources += diff.sourceFiles;
        sums.hugeShown += diff.sourceFilesShown;
    }
    sums.over += diff.text().size() > characters ? 1 : 0;
}

double percent(int part, int whole)
{
    return whole > 0 ? 100.0 * part / whole : 0;
}

} // namespace

/// What of large diffs survives the budget, on public histories. Runs where AUTO_COMMIT_CORPUS names bare repositories,
/// separated by ':'.
class TestBudgetCorpus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void testsAndDocumentsDoNotHideSourceFiles()
    {
        QByteArray patch;
        const auto add = [&patch](const QByteArray &path) {
            patch += "diff --git a/" + path + " b/" + path + "\n--- a/" + path + "\n+++ b/" + path
                + "\n@@ -1,20 +1,20 @@\n";
            for (int line = 0; line < 20; ++line)
                patch += "-    callTheOldFunction(" + QByteArray::number(line) + ");\n+    callTheNewFunction("
                    + QByteArray::number(line) + ");\n";
        };
        for (int i = 0; i < 140; ++i) {
            add("src/widget" + QByteArray::number(i) + ".cpp");
            add("tests/tst_widget" + QByteArray::number(i) + ".cpp");
            add("docs/widget" + QByteArray::number(i) + ".md");
        }
        const DiffText diff = budgetedDiff(ChangeSet{parsePatch(patch)}, 12000);
        QVERIFY(diff.text().size() <= 12000);
        QCOMPARE(diff.sourceFiles, 140);
        QCOMPARE(diff.sourceFilesShown, 140);
        for (int i = 0; i < 140; ++i)
            QVERIFY(diff.diff.contains(u"widget%1.cpp"_s.arg(i)));
    }

    void largeDiffsKeepTheirFilesAndTheWordsOfTheirSubjects_data()
    {
        QTest::addColumn<int>("characters");
        for (const int characters : {6000, 12000, 24000})
            QTest::newRow(qPrintable(QString::number(characters))) << characters;
    }
    void largeDiffsKeepTheirFilesAndTheWordsOfTheirSubjects()
    {
        const QString corpus = qEnvironmentVariable("AUTO_COMMIT_CORPUS");
        if (corpus.isEmpty())
            QSKIP("AUTO_COMMIT_CORPUS names no repositories");
        QFETCH(int, characters);
        Sums sums;
        for (const QString &repository : corpus.split(u':', Qt::SkipEmptyParts)) {
            const QByteArray log = git(repository,
                                       {u"log"_s, u"--no-merges"_s, u"--max-count=250"_s, u"-U3"_s, u"--no-color"_s,
                                        u"--no-ext-diff"_s, u"--format=%x01%s"_s, u"-p"_s});
            for (const QByteArray &entry : log.split('\x01')) {
                if (entry.size() <= characters || entry.size() > (2 << 20))
                    continue;
                const qsizetype end = entry.indexOf('\n');
                const ChangeSet change{parsePatch(entry.mid(end))};
                if (wholeText(change).size() > characters)
                    measure(change, entry.left(end), characters, sums);
            }
        }
        const double recall = percent(sums.kept, sums.words);
        const double seen = percent(sums.shown, sums.sources);
        qInfo("%d commits over %d characters: subject words kept %.1f %%, all kept %.1f %%, source files seen %.1f %% "
              "of %d, %.2f ms a diff",
              sums.commits, characters, recall, percent(sums.allKept, sums.commits), seen, sums.sources,
              static_cast<double>(sums.nanoseconds) / 1e6 / std::max(1, sums.commits));
        qInfo(
            "    source files seen: %.1f %% on average of %d commits; %.1f %% without commits of more than 60 (%.1f %% "
            "of the %d there)",
            100 * sums.seenByCommit / std::max(1, sums.withSources), sums.withSources,
            percent(sums.shown - sums.hugeShown, sums.sources - sums.hugeSources),
            percent(sums.hugeShown, sums.hugeSources), sums.hugeSources);
        QCOMPARE(sums.over, 0);
        if (characters == 12000) {
            QVERIFY(recall >= 93);
            QVERIFY(seen >= 95);
        }
    }
};

QTEST_APPLESS_MAIN(TestBudgetCorpus)
#include "tst_budgetcorpus.moc"
