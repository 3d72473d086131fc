#include "core/wording/gates.h"

#include "core/wording/decoration.h"
#include "core/wording/directives.h"
#include "core/wording/generic.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr auto anyCase = QRegularExpression::CaseInsensitiveOption;

QStringList wordsOf(const QString &text)
{
    static const QRegularExpression separator(uR"([^\p{L}\p{N}_'’]+)"_s);
    return text.toLower().split(separator, Qt::SkipEmptyParts);
}

bool inEvidence(const QString &text, const MessageRules &rules)
{
    return !rules.evidence.isEmpty() && rules.evidence.contains(text.toLower().toUtf8());
}

bool isPlaceholder(const QString &subject)
{
    static const QRegularExpression filled(
        uR"(^[<\[({"'`\s]*(?:your |the |a |an )?(?:short |brief |concise |commit |one-line |imperative )*(?:subject|description|summary|message|title|commit message|subject line|what changed|placeholder|text|string|type|header)(?: of (?:the )?(?:change|changes|commit))?(?: (?:here|goes here|text))?[>\])}"'`\s.]*$)"_s,
        anyCase);
    static const QRegularExpression form(
        uR"(^<[a-z _-]{3,40}>$|^\{\{?[a-z _-]{3,40}\}?\}$|^\[(?:insert|your)\b[^\]]*\]$|^lorem ipsum)"_s, anyCase);
    return subject.contains(filled) || subject.contains(form);
}

bool repeatsItself(const QString &subject)
{
    const QStringList words = wordsOf(subject);
    const QSet<QString> different(words.begin(), words.end());
    if (words.size() >= 6 && different.size() * 2 < words.size())
        return true;
    static const QRegularExpression run(uR"((\S)\1{9,}|((?:\S{2,12}\s?))\2{4,})"_s);
    return subject.contains(run);
}

/// Eight words in a row that are ours, or no others at all.
bool echoesPrompt(const QString &text, const QString &prompt)
{
    constexpr qsizetype telling = 8;
    constexpr qsizetype fewest = 4; // "only the JSON object"
    const QStringList said = wordsOf(text);
    const qsizetype run = std::min(said.size(), telling);
    if (prompt.isEmpty() || run < fewest)
        return false;
    const QString ours = u' ' + wordsOf(prompt).join(u' ') + u' ';
    for (qsizetype i = 0; i + run <= said.size(); ++i)
        if (ours.contains(u' ' + said.mid(i, run).join(u' ') + u' '))
            return true;
    return false;
}

/// Every telling word of it stands in the change: then it may well be right a second time ("update the changelog").
bool isGrounded(const QString &subject, const MessageRules &rules)
{
    if (rules.evidence.isEmpty())
        return false;
    QStringList telling = wordsOf(subject).mid(1);
    telling.removeIf([](const QString &word) { return word.size() < 4; });
    return !telling.isEmpty()
        && std::ranges::all_of(telling, [&](const QString &word) { return inEvidence(word, rules); });
}

bool isCopied(const CommitText &text, const MessageRules &rules)
{
    if (rules.isRevert)
        return false;
    const QString header = text.header();
    const auto same = [&](const QString &subject) { return subject.compare(header, Qt::CaseInsensitive) == 0; };
    // Nobody makes the same commit twice in a row, and two words are soon found in any change.
    const bool again = !rules.recentSubjects.isEmpty() && same(rules.recentSubjects.first())
        && wordsOf(text.subject).size() <= 2 && !rules.evidence.isEmpty();
    const bool known = std::ranges::any_of(rules.examples, same) || std::ranges::any_of(rules.recentSubjects, same);
    return again || (known && !isGrounded(text.subject, rules));
}

/// Says what git or a tool did, which is not what this change does: a merge, or taking back what is not taken back.
bool isOtherKind(const CommitText &text, const MessageRules &rules)
{
    static const QRegularExpression merge(uR"(^merge (?:(?:remote-tracking )?branch|pull request|tag) ['"#\w])"_s,
                                          anyCase);
    static const QRegularExpression taken(uR"(^(?:revert|reapply) ["“])"_s, anyCase);
    static const QRegularExpression footer(uR"(^BREAKING[ -]CHANGES?\b)"_s);
    if (text.subject.contains(footer))
        return true;
    if (rules.evidence.isEmpty())
        return false;
    const bool reverts = text.type == "revert"_L1 || text.subject.contains(taken);
    return text.subject.contains(merge) || (reverts && !rules.isRevert) || closesForeignIssue(text.subject, rules);
}

/// A line of the change itself, where it reads as code.
bool isLineOfChange(const QString &subject, const MessageRules &rules)
{
    static const QRegularExpression mark(uR"(^[+-]\s+)"_s);
    static const QRegularExpression code(
        uR"([(){};=]|:$|^(?:return|if|elif|else|for|while|import|from|def|class|func|fn|let|const|var|use|package)\s)"_s);
    const QString line = QString(subject).remove(mark).trimmed();
    const QByteArray bytes = line.toLower().toUtf8();
    if (rules.evidence.isEmpty() || line.size() < 6 || !line.contains(code))
        return false;
    for (qsizetype at = rules.evidence.indexOf(bytes); at >= 0; at = rules.evidence.indexOf(bytes, at + 1)) {
        qsizetype before = at;
        while (before > 0 && u" \t"_s.contains(QLatin1Char(rules.evidence[before - 1])))
            --before;
        const qsizetype after = at + bytes.size();
        if ((before == 0 || rules.evidence[before - 1] == '\n')
            && (after == rules.evidence.size() || rules.evidence[after] == '\n'))
            return true;
    }
    return false;
}

bool isLatin(QChar c)
{
    return c.script() == QChar::Script_Latin || c.script() == QChar::Script_Common;
}

bool isSyllabic(QChar c)
{
    using enum QChar::Script;
    return c.script() == Script_Han || c.script() == Script_Hiragana || c.script() == Script_Katakana
        || c.script() == Script_Hangul;
}

/// Letters of other scripts outnumber the Latin ones.
bool isForeignScript(const QString &subject)
{
    int latin = 0;
    int other = 0;
    for (const QChar c : subject)
        if (c.isLetter())
            (isLatin(c) ? latin : other) += isSyllabic(c) ? 3 : 1; // one of these is as good as a word
    return other > latin;
}

/// Function words of other European languages, and none of English.
bool isForeignLatin(const QString &subject)
{
    static const QSet<QString> english{u"the"_s,    u"a"_s,      u"an"_s,     u"to"_s,     u"of"_s,   u"for"_s,
                                       u"and"_s,    u"with"_s,   u"on"_s,     u"from"_s,   u"when"_s, u"is"_s,
                                       u"not"_s,    u"by"_s,     u"as"_s,     u"add"_s,    u"fix"_s,  u"use"_s,
                                       u"remove"_s, u"update"_s, u"handle"_s, u"support"_s};
    static const QSet<QString> others{
        u"der"_s,  u"das"_s,   u"und"_s,  u"für"_s,    u"nicht"_s, u"mit"_s, u"vom"_s,   u"zum"_s, u"beim"_s,
        u"eine"_s, u"einen"_s, u"wird"_s, u"werden"_s, u"le"_s,    u"la"_s,  u"les"_s,   u"des"_s, u"du"_s,
        u"une"_s,  u"est"_s,   u"dans"_s, u"pour"_s,   u"avec"_s,  u"sur"_s, u"aux"_s,   u"el"_s,  u"los"_s,
        u"las"_s,  u"una"_s,   u"para"_s, u"con"_s,    u"por"_s,   u"del"_s, u"que"_s,   u"não"_s, u"uma"_s,
        u"ao"_s,   u"na"_s,    u"il"_s,   u"gli"_s,    u"che"_s,   u"nel"_s, u"della"_s, u"het"_s, u"een"_s,
        u"voor"_s, u"och"_s,   u"för"_s,  u"som"_s,    u"nie"_s,   u"dla"_s};
    int foreign = 0;
    const QStringList words = wordsOf(subject);
    for (const QString &word : words) {
        if (english.contains(word))
            return false;
        foreign += others.contains(word) ? 1 : 0;
    }
    return foreign >= 2 && foreign * 5 >= words.size();
}

/// A home directory names a person and a machine.
bool namesHome(const QString &text, const MessageRules &rules)
{
    static const QRegularExpression home(uR"((?:/(?:home|Users)/|[A-Z]:\\Users\\)[\w.-]+[/\\])"_s);
    const QRegularExpressionMatch match = home.match(text);
    return match.hasMatch() && !inEvidence(match.captured(), rules);
}

bool isProse(const QString &subject)
{
    static const QRegularExpression essay(
        uR"(^(?:this (?:commit|change|patch|diff|pr|pull request|update) |the (?:diff|changes?|commit|patch) (?:shows?|introduces?|adds?|updates?|modif|include|appear|seem)|in this (?:commit|change|diff)|the (?:commit|diff|patch) \w+s\b|i(?: have|['’]ve)? (?:\w+ed|made|wrote)\b|these changes |the user (?:wants|asks|needs)|based on the (?:diff|changes)))"_s,
        anyCase);
    return subject.contains(essay);
}

/// "Here is the message" for a subject, and without a type also the beginning of thinking aloud.
bool isAnnouncement(const CommitText &text)
{
    static const QRegularExpression aloud(
        uR"(^(?:okay,? |so,? the |alright,? |let['’]s |we need to |first,? (?:i|let|we) |looking at ))"_s, anyCase);
    if (isPreamble(text.subject))
        return text.type.isEmpty() || text.subject.contains("message"_L1);
    return text.type.isEmpty() && text.subject.contains(aloud);
}

bool isCode(const QString &subject)
{
    static const QRegularExpression code(
        uR"(^(?:diff --git|@@ |\+\+\+ |--- |index [0-9a-f]{6,}|```|<!doctype|<html|<\?xml|#include|import [\w{}*, ]+ from ['"]|import [\w.]+;|[{\[<]["{\[<]|={3}\s|[MADRT]\s+\S+[./]\S+(?:\s+[+-]\d+)+$)|^[{\[]\s*[“"]|^[^\p{L}\p{N}]+$)"_s,
        anyCase);
    return subject.contains(code);
}

/// "fix: one; feat: two": messages of several pieces put into one line.
bool isJoined(const CommitText &text)
{
    static const QRegularExpression another(
        uR"((?<by>[;,|]|\s/|\s(?:or|and|OR))\s*(?:feat|fix|docs|style|refactor|perf|test|build|ci|chore|revert)(?:\([^()]{1,30}\))?!?:\s)"_s);
    const QRegularExpressionMatch match = another.match(text.subject);
    // In a plain sentence "tests and test: ..." may be no more than a list.
    return match.hasMatch() && (!text.type.isEmpty() || match.captured(u"by"_s).size() == 1);
}

} // namespace

bool breaksOff(const QString &subject)
{
    static const QRegularExpression openEnd(uR"((?:\s(?:the|an|and|or|of|its|whose|which)|[(\[{])$)"_s);
    return subject.endsWith(u'…') || subject.endsWith("..."_L1) || (subject.size() > 20 && subject.contains(openEnd));
}

bool endsInFunctionWord(const QString &subject)
{
    static const QRegularExpression word(
        uR"(\s(?:for|to|with|in|on|at|as|from|by|via|when|where|if|this|is|are|be|not|how|than|without|between|that|into|onto|while|but|so|because|until|after|before|due|according|which|also)$)"_s,
        anyCase);
    return breaksOff(subject) || subject.contains(word);
}

bool isRefusal(const QString &text)
{
    static const QRegularExpression refusal(
        uR"(^[\W_]*(?:i['’]?m (?:sorry|unable|afraid|not able|just an)|i am (?:sorry|unable|not able|an ai)|sorry|apologies|my apologies|unfortunately|as an? (?:ai|language|large)|i (?:can['’]?t|cannot|can not|couldn['’]?t|could not|don['’]?t (?:have|see|know)|do not (?:have|see|know)|won['’]?t|will not|need (?:more|the)|require)|unable to (?:generate|create|write|provide|determine|produce)|cannot (?:generate|create|write|provide|determine|produce) (?:a |the )?(?:commit|message)|please (?:provide|share|paste|send|supply|give)|could you (?:please )?(?:provide|share|paste|send|clarify)|(?:there (?:is|are|were)|it (?:looks|seems|appears)(?: like)?(?: that)?(?: there)?|the diff (?:is|was|you provided)).{0,30}\b(?:no (?:changes|diff|content)|empty|not provided|missing|incomplete)|no (?:diff|changes?) (?:was|were|is|are)? ?(?:provided|detected|found|given|to (?:commit|describe))|error:|what would you like|how can i (?:help|assist)))"_s,
        anyCase);
    return text.contains(refusal);
}

bool hasControlTokens(const QString &text, const MessageRules &rules)
{
    static const QRegularExpression token(
        uR"(<\|[^|<>\n]{1,40}\|>|<｜[^｜\n]{1,40}｜>|\[/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|TOOL_CONTENT|ARGS|CALL_ID|THINK|IMG|PAD|UNUSED\d*)\]|</?s>|<(?:unk|pad|bos|eos|mask)>|<unused\d+>|<(?:start|end)_of_turn>|</?tool_call>|</?function(?:_call|=[^>]*)?>|<<\/?SYS>>|<<<DATA|DATA>>>|\[(?:multimodal|@BOS@)\])"_s);
    for (auto found = token.globalMatch(text); found.hasNext();) {
        const QRegularExpressionMatch match = found.next();
        const qsizetype start = match.capturedStart();
        const bool quoted = start > 0 && match.capturedEnd() < text.size() && text[start - 1] == u'`'
            && text[match.capturedEnd()] == u'`';
        if (!quoted && !inEvidence(match.captured(), rules))
            return true;
    }
    return false;
}

namespace {

/// What a model says of its own trouble, or of an order that it found in the change.
bool isExcuse(const QString &subject, const MessageRules &rules)
{
    static const QRegularExpression excuse(
        uR"(^(?:(?:insufficient|not enough|limited) (?:information|context|data|details?)\b|(?:need|needs|requires?) more (?:context|information|details)\b|unable to (?:parse|read|see|understand|analy[sz]e|describe|interpret|process) (?:the |this )?(?:diff|change|changes|patch|input|request|content)$|(?:the )?(?:diff|patch|input) (?:is |was |got )?(?:truncated|too (?:large|long)|cut off|not (?:shown|visible|available))$|(?:hello|hi|hey)\b[!,. ]|the (?:model|assistant|ai) (?:refuses|declines|cannot|can['’]?t|is unable)|ignor\w+ (?:all )?(?:the |any )?(?:previous|prior|above|earlier) (?:instructions?|prompts?|rules)))"_s,
        anyCase);
    const QRegularExpressionMatch match = excuse.match(subject);
    return match.hasMatch() && !inEvidence(match.captured(), rules);
}

} // namespace

Rejection wordingFault(const CommitText &text, const MessageRules &rules)
{
    const QString &subject = text.subject;
    const bool hasLetters = std::ranges::any_of(subject, [](QChar c) { return c.isLetterOrNumber(); });
    if (!hasLetters)
        return Rejection::Empty;
    if (rules.containsSecret && rules.containsSecret(text.text()))
        return Rejection::Secret;
    if (hasControlTokens(text.text(), rules))
        return Rejection::ControlTokens;
    if (isRefusal(subject) || isExcuse(subject, rules))
        return Rejection::Refusal;
    if (isPlaceholder(subject))
        return Rejection::Placeholder;
    if (isProse(subject) || isAnnouncement(text) || isCode(subject) || namesHome(text.text(), rules)
        || isOtherKind(text, rules) || isLineOfChange(subject, rules))
        return Rejection::NotAMessage;
    if (isJoined(text))
        return Rejection::SeveralMessages;
    if (breaksOff(subject))
        return Rejection::Ellipsis;
    if (saysNothing(text, rules))
        return Rejection::Generic;
    if (repeatsItself(subject))
        return Rejection::Repetition;
    if (echoesPrompt(subject, rules.promptWords) || echoesPrompt(text.body, rules.promptWords))
        return Rejection::PromptEcho;
    if (isCopied(text, rules))
        return Rejection::Copied;
    if ((rules.latinOnly && isForeignScript(subject)) || (rules.englishOnly && isForeignLatin(subject)))
        return Rejection::WrongLanguage;
    return Rejection::None;
}

} // namespace AutoCommit
