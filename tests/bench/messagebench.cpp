// Writes messages for commits of real histories and sets them beside what their authors wrote.
// messagebench [--count N] [--seed N] [--newest N] [--context N] [--attributes FILE] [--diff LINES] [--body] GITDIR…

#include "tests/bench/messagebenchgit.h"
#include "tests/bench/messagebenchscore.h"

#include "core/message/facts.h"
#include "core/message/message.h"
#include "core/message/stylesubject.h"
#include "core/message/subject.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTextStream>

#include <algorithm>
#include <numeric>

using namespace AutoCommit;
using namespace AutoCommit::Bench;

namespace {

struct Totals
{
    int pairs = 0;
    double rouge = 0;
    double f1 = 0;
    int named = 0;
    int shared = 0;
    int generic = 0;
    int tooLong = 0;
    int ungroundedNames = 0;
    int changed = 0; ///< another answer the second time
    QList<qint64> nanoseconds;
};

bool isGeneric(const QString &text)
{
    const QString verb = text.left(text.indexOf(u' ')).toLower();
    static const QStringList vague{QStringLiteral("adjust"), QStringLiteral("rework"), QStringLiteral("extend"),
                                   QStringLiteral("trim"),   QStringLiteral("update"), QStringLiteral("reword"),
                                   QStringLiteral("change")};
    return vague.contains(verb);
}

/// Every fact the engine found, best first.
void printFacts(const MessageInput &input, const StyleProfile &style, QTextStream &out)
{
    using namespace AutoCommit::Wording;
    const ChangeView view(input.changes, input.files);
    const WordIndex words(view);
    const Evidence evidence{view, words, input.type.toLower().toUtf8()};
    for (const Fact &fact : rankedFacts(factsOf(evidence), evidence))
        out << QStringLiteral("    # t%1 s%2 l%3 f%4: ")
                   .arg(static_cast<int>(fact.topic))
                   .arg(fact.salience)
                   .arg(fact.lines)
                   .arg(fact.file)
            << phrasings(fact, style, input.scope).value(0) << '\n';
}

QString shortDiff(const RealCommit &commit, int lines)
{
    QString out;
    int left = lines;
    for (const QByteArray &line : commit.patch.split('\n')) {
        if (line.startsWith("index ") || line.startsWith("--- ") || line.startsWith("diff --git"))
            continue;
        if (left-- <= 0)
            break;
        out += QStringLiteral("      ") + QString::fromUtf8(line.left(140)) + QLatin1Char('\n');
    }
    return out;
}

class Runner
{
public:
    Runner(const Sampling &sampling, int diffLines, bool bodies, bool facts, int repeat)
        : m_sampling(sampling)
        , m_diffLines(diffLines)
        , m_bodies(bodies)
        , m_facts(facts)
        , m_repeat(repeat)
        , m_out(stdout)
    { }

    void run(const QString &gitDir)
    {
        QList<qsizetype> chosen;
        const QList<PastCommit> history = readHistory(gitDir, m_sampling, chosen);
        for (const qsizetype at : chosen) {
            const QList<PastCommit> before = history.mid(at + 1, m_sampling.history);
            one(gitDir, readCommit(gitDir, history[at], m_sampling), before);
        }
    }

    void report()
    {
        Totals &t = m_totals;
        std::sort(t.nanoseconds.begin(), t.nanoseconds.end());
        const auto share = [&](double value) { return t.pairs ? value / t.pairs : 0; };
        m_out << QStringLiteral("pairs %1  rouge-L %2  token-F1 %3  names in truth %4  generic %5  too long %6  "
                                "ungrounded %7  unstable %8\n")
                     .arg(t.pairs)
                     .arg(share(t.rouge), 0, 'f', 3)
                     .arg(share(t.f1), 0, 'f', 3)
                     .arg(t.named ? static_cast<double>(t.shared) / t.named : 0, 0, 'f', 3)
                     .arg(share(t.generic), 0, 'f', 3)
                     .arg(t.tooLong)
                     .arg(t.ungroundedNames)
                     .arg(t.changed);
        if (!t.nanoseconds.isEmpty())
            m_out << QStringLiteral("describe() ms: median %1  p95 %2  p99 %3  max %4\n")
                         .arg(ms(0.5), 0, 'f', 3)
                         .arg(ms(0.95), 0, 'f', 3)
                         .arg(ms(0.99), 0, 'f', 3)
                         .arg(ms(1), 0, 'f', 3);
    }

private:
    double ms(double quantile) const
    {
        const auto last = static_cast<double>(m_totals.nanoseconds.size() - 1);
        return static_cast<double>(m_totals.nanoseconds[static_cast<qsizetype>(last * quantile)]) / 1e6;
    }

    void one(const QString &gitDir, const RealCommit &commit, const QList<PastCommit> &before)
    {
        if (commit.changes.files.isEmpty())
            return;
        const QString truth = QString::fromUtf8(commit.past.subject);
        const SubjectParts parts = splitSubject(truth);
        const StyleProfile style = learnStyle(before);
        QList<qsizetype> all(commit.changes.files.size());
        std::iota(all.begin(), all.end(), 0);
        const MessageInput input{commit.changes, all, parts.type, parts.scope};
        QElapsedTimer timer;
        for (int i = 1; i < m_repeat; ++i)
            (void)describe(input, style);
        timer.start();
        const CommitMessage message = describe(input, style);
        m_totals.nanoseconds.append(timer.nsecsElapsed());
        score(commit, truth, parts, message, describe(input, style).subject);
        const QString project = gitDir.section(u'/', -2, -2) == QStringLiteral("repo") ? gitDir.section(u'/', -3, -3)
                                                                                       : gitDir.section(u'/', -2, -2);
        m_out << QStringLiteral("%1 %2 files %3 +%4 %7 ms\n  T %5\n  O %6\n")
                     .arg(project, QString::fromLatin1(commit.past.id.left(9)))
                     .arg(commit.changes.files.size())
                     .arg(commit.patch.count('\n'))
                     .arg(truth, message.subject)
                     .arg(static_cast<double>(m_totals.nanoseconds.last()) / 1e6, 0, 'f', 2);
        if (m_bodies && !message.body.isEmpty())
            m_out << QStringLiteral("    ")
                  << QString(message.body).replace(QLatin1Char('\n'), QStringLiteral("\n    ")) << '\n';
        if (m_facts)
            printFacts(input, style, m_out);
        if (m_diffLines > 0)
            m_out << shortDiff(commit, m_diffLines);
        m_out.flush();
    }

    void score(const RealCommit &commit, const QString &truth, const SubjectParts &parts, const CommitMessage &ours,
               const QString &again)
    {
        Totals &t = m_totals;
        ++t.pairs;
        const QString text = splitSubject(ours.subject).text;
        t.rouge += rougeL(parts.text, text);
        t.f1 += tokenF1(parts.text, text);
        const QStringList mine = names(text);
        const QString whole = truth + QLatin1Char('\n') + QString::fromUtf8(commit.body);
        if (!mine.isEmpty()) {
            ++t.named;
            t.shared += std::any_of(mine.begin(), mine.end(),
                                    [&](const QString &n) { return whole.contains(n, Qt::CaseInsensitive); })
                ? 1
                : 0;
        }
        t.generic += isGeneric(text) ? 1 : 0;
        t.tooLong += ours.subject.size() > 72 ? 1 : 0;
        t.changed += again != ours.subject ? 1 : 0;
        const QStringList missing = ungrounded(text, commit.patch);
        t.ungroundedNames += static_cast<int>(missing.size());
        if (!missing.isEmpty())
            m_out << "  UNGROUNDED " << missing.join(u' ') << '\n';
    }

    Sampling m_sampling;
    int m_diffLines;
    bool m_bodies;
    bool m_facts;
    int m_repeat;
    QTextStream m_out;
    Totals m_totals;
};

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addOption(
        {QStringLiteral("count"), QStringLiteral("commits per history"), QStringLiteral("n"), QStringLiteral("20")});
    parser.addOption(
        {QStringLiteral("seed"), QStringLiteral("which commits"), QStringLiteral("n"), QStringLiteral("1")});
    parser.addOption(
        {QStringLiteral("newest"), QStringLiteral("how far back"), QStringLiteral("n"), QStringLiteral("3000")});
    parser.addOption(
        {QStringLiteral("context"), QStringLiteral("lines around a change"), QStringLiteral("n"), QStringLiteral("3")});
    parser.addOption(
        {QStringLiteral("attributes"), QStringLiteral("a core.attributesFile"), QStringLiteral("file"), QString()});
    parser.addOption({QStringLiteral("diff"), QStringLiteral("print that many lines of each diff"), QStringLiteral("n"),
                      QStringLiteral("0")});
    parser.addOption({QStringLiteral("body"), QStringLiteral("print the bodies")});
    parser.addOption({QStringLiteral("facts"), QStringLiteral("print all facts of each commit")});
    parser.addOption({QStringLiteral("repeat"), QStringLiteral("describe each commit that often"), QStringLiteral("n"),
                      QStringLiteral("1")});
    parser.addOption({QStringLiteral("headers"), QStringLiteral("diffs with our hunk headers")});
    parser.addOption(
        {QStringLiteral("only"), QStringLiteral("only the commit that begins so"), QStringLiteral("hash"), QString()});
    parser.addPositionalArgument(QStringLiteral("gitdir"), QStringLiteral("bare repositories"));
    parser.process(application);
    Sampling sampling;
    sampling.count = parser.value(QStringLiteral("count")).toInt();
    sampling.seed = parser.value(QStringLiteral("seed")).toUInt();
    sampling.newest = parser.value(QStringLiteral("newest")).toInt();
    sampling.context = parser.value(QStringLiteral("context")).toInt();
    sampling.headers = parser.isSet(QStringLiteral("headers"));
    sampling.only = parser.value(QStringLiteral("only")).toLatin1();
    sampling.attributes = parser.value(QStringLiteral("attributes")).toUtf8();
    Runner runner(sampling, parser.value(QStringLiteral("diff")).toInt(), parser.isSet(QStringLiteral("body")),
                  parser.isSet(QStringLiteral("facts")), parser.value(QStringLiteral("repeat")).toInt());
    for (const QString &gitDir : parser.positionalArguments())
        runner.run(gitDir);
    runner.report();
    return 0;
}
