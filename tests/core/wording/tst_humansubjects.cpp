#include "core/wording/headerline.h"
#include "core/wording/ladder.h"

#include <QHash>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

namespace {

/// Subjects of people, newest first.
QStringList subjectsOf(const QString &gitDirectory)
{
    QProcess git;
    git.start(
        u"git"_s,
        {u"--git-dir"_s, gitDirectory, u"log"_s, u"--no-merges"_s, u"--max-count=1500"_s, u"--format=%an%x09%s"_s});
    git.waitForFinished(60000);
    QStringList subjects;
    for (const QString &line : QString::fromUtf8(git.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts)) {
        const QString author = line.section(u'\t', 0, 0);
        if (!author.contains(u"bot"_s, Qt::CaseInsensitive) && !author.contains(u"renovate"_s, Qt::CaseInsensitive))
            subjects.append(line.section(u'\t', 1).simplified());
    }
    return subjects;
}

/// The rules that a repository's own history gives.
MessageRules rulesOf(const QStringList &subjects)
{
    MessageRules rules;
    QHash<QString, int> types;
    qsizetype conventional = 0;
    qsizetype areas = 0;
    for (const QString &subject : subjects) {
        const auto header = parseHeaderLine(subject);
        if (!header)
            continue;
        conventional += header->knownType ? 1 : 0;
        areas += header->knownType ? 0 : 1;
        ++types[subject.section(QRegularExpression(u"[(:!]"_s), 0, 0).trimmed()];
    }
    rules.firstLetter = FirstLetter::Keep;
    rules.emojiAllowed = true;
    rules.latinOnly = rules.englishOnly = true;
    if (conventional * 10 < subjects.size() * 3) {
        rules.style = areas * 10 > subjects.size() * 4 ? SubjectStyle::Area : SubjectStyle::Plain;
        for (auto it = types.cbegin(); it != types.cend(); ++it)
            if (it.value() >= 2)
                rules.scopes.append(it.key()); // "commit", "output": no labels here
        return rules; // the usual types stay allowed: some write them now and then
    }
    for (auto it = types.cbegin(); it != types.cend(); ++it)
        if (it.value() >= 2 && !rules.types.contains(it.key()))
            rules.types.append(it.key());
    return rules;
}

bool isOfStyle(const QString &subject, const MessageRules &rules)
{
    const auto header = parseHeaderLine(subject, rules.types);
    return rules.style != SubjectStyle::Conventional || (header && header->knownType);
}

} // namespace

/// Not a test of cases but of a rate: people's subjects have to pass. Runs where AUTO_COMMIT_CORPUS names bare
/// repositories, separated by ':'.
class TestHumanSubjects : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hardlyAnySubjectOfAPersonIsRefused()
    {
        const QString corpus = qEnvironmentVariable("AUTO_COMMIT_CORPUS");
        if (corpus.isEmpty())
            QSKIP("AUTO_COMMIT_CORPUS names no repositories");
        int judged = 0;
        int refused = 0;
        int saysNothing = 0; // "wip": rightly refused
        int unchanged = 0;
        int tooLong = 0;
        int shortened = 0;
        int otherStyle = 0;
        for (const QString &repository : corpus.split(u':', Qt::SkipEmptyParts)) {
            const QStringList subjects = subjectsOf(repository);
            const MessageRules rules = rulesOf(subjects);
            for (const QString &subject : subjects) {
                if (!isOfStyle(subject, rules)) {
                    ++otherStyle;
                    continue;
                }
                const LadderResult result = judgeAnswer(subject, rules);
                if (subject.size() > rules.headerLimit) {
                    ++tooLong;
                    shortened += result.message ? 1 : 0;
                    continue;
                }
                ++judged;
                unchanged += result.message && result.message->header() == subject ? 1 : 0;
                if (!result.message) {
                    ++(result.rejection == Rejection::Generic ? saysNothing : refused);
                    qInfo().noquote() << rejectionName(result.rejection) << '|' << subject;
                } else if (result.message->header() != subject && qEnvironmentVariableIsSet("AUTO_COMMIT_SHOW")) {
                    qInfo().noquote() << "changed |" << subject << "|" << result.message->header();
                }
            }
        }
        qInfo("%d judged, %d refused (%.3f %%) beside %d that say nothing, %d unchanged (%.2f %%); %d longer than the "
              "limit, "
              "%d of them shortened; %d not in their repository's style",
              judged, refused, 100.0 * refused / judged, saysNothing, unchanged, 100.0 * unchanged / judged, tooLong,
              shortened, otherStyle);
        QVERIFY(judged >= 2000);
        QVERIFY(refused * 1000 <= judged);
    }
};

QTEST_APPLESS_MAIN(TestHumanSubjects)
#include "tst_humansubjects.moc"
