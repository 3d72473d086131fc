#include "core/message/stylelanguage.h"

#include "core/base/cleantext.h"
#include "core/message/stylesubject.h"
#include "core/message/styleverb.h"

#include <QSet>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// Short words of English that other European languages written in Latin script do not share.
bool isEnglishWord(const QString &word)
{
    static const QSet<QString> words{u"the"_s,    u"to"_s,      u"for"_s,    u"of"_s,   u"and"_s,     u"with"_s,
                                     u"from"_s,   u"when"_s,    u"not"_s,    u"into"_s, u"by"_s,      u"is"_s,
                                     u"are"_s,    u"be"_s,      u"it"_s,     u"this"_s, u"that"_s,    u"more"_s,
                                     u"new"_s,    u"missing"_s, u"some"_s,   u"if"_s,   u"instead"_s, u"better"_s,
                                     u"should"_s, u"unused"_s,  u"wrong"_s,  u"typo"_s, u"tests"_s,   u"small"_s,
                                     u"minor"_s,  u"first"_s,   u"initial"_s};
    return words.contains(word);
}

bool isEnglish(const QString &subject)
{
    const QString text = splitSubject(subject).text;
    for (const QString &word : text.toLower().split(u' ', Qt::SkipEmptyParts)) {
        if (isEnglishWord(word) || (word.size() > 2 && readVerb(word)))
            return true;
    }
    return false;
}

} // namespace

bool looksEnglish(const QList<PastCommit> &commits)
{
    constexpr int enough = 100;
    constexpr int fewest = 8;
    int seen = 0;
    int english = 0;
    for (const PastCommit &commit : commits) {
        const QString subject = cleanLine(commit.subject);
        if (isRoutineSubject(subject) || splitSubject(subject).text.count(u' ') < 1)
            continue;
        ++seen;
        english += isEnglish(subject) ? 1 : 0;
        if (seen == enough)
            break;
    }
    return seen < fewest || english * 5 >= seen * 2;
}

QString releasePattern(const QString &whole)
{
    const qsizetype reference = whole.lastIndexOf(" (#"_L1);
    const QString subject = reference > 0 && whole.endsWith(u')') ? whole.left(reference) : whole;
    // a version: digits and dots, perhaps "-rc.1"
    qsizetype start = 0;
    while (start < subject.size() && !(subject[start].isDigit() && subject.indexOf(u'.', start) > 0))
        ++start;
    qsizetype end = start;
    while (end < subject.size() && (subject[end].isLetterOrNumber() || subject[end] == u'.' || subject[end] == u'-'))
        ++end;
    if (start == end)
        return {};
    QString before = subject.left(start);
    QString after = subject.mid(end);
    // "bump: version 1.2.0 → 1.2.1"
    qsizetype second = 0;
    while (second < after.size() && !(after[second].isDigit() && after.indexOf(u'.', second) > 0))
        ++second;
    qsizetype secondEnd = second;
    while (secondEnd < after.size()
           && (after[secondEnd].isLetterOrNumber() || after[secondEnd] == u'.' || after[secondEnd] == u'-'))
        ++secondEnd;
    if (second < secondEnd) {
        before += u"{from}"_s + after.left(second);
        after = after.mid(secondEnd);
    }
    const auto hasDigit = [](const QString &text) {
        return std::any_of(text.begin(), text.end(), [](QChar c) { return c.isDigit(); });
    };
    constexpr qsizetype longest = 40;
    if (hasDigit(before) || hasDigit(after) || before.contains(u'@') || subject.size() - (end - start) > longest
        || subject.contains(u'\''))
        return {};
    return before + "{version}"_L1 + after;
}

} // namespace AutoCommit
