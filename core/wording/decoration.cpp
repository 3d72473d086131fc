#include "core/wording/decoration.h"

#include "core/wording/directives.h"
#include "core/wording/headerline.h"
#include "core/wording/layout.h"

#include <QRegularExpression>

#include <algorithm>
#include <optional>
#include <utility>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr auto anyCase = QRegularExpression::CaseInsensitiveOption;

/// "Commit message:", "**Subject**:", "Final answer -", in the languages such models are asked in.
const QRegularExpression &labelPattern()
{
    static const QRegularExpression pattern(
        uR"(^[*_#`\s]*(?:here(?:'s|’s| is)\s+)?(?:(?:the|your|suggested|proposed|final|generated|recommended|git|new|best|possible|conventional|a|my)\s+){0,3}(?:commit[- ]?(?:message|msg|title|subject|header)?|message|subject(?: line)?|title|header(?: line)?|summary|answer|output|response|result|suggestion|commit-nachricht|betreff|message de commit|sujet|objet|mensaje de commit|asunto|mensagem de commit|assunto|messaggio di commit|oggetto|сообщение коммита|тема|提交信息|提交消息|主题|コミットメッセージ|件名)(?:\s+(?:is|would be|could be|below|here))?[*_`\s]*[:：][*_\s]*)"_s,
        anyCase);
    return pattern;
}

const QRegularExpression &preamblePattern()
{
    static const QRegularExpression pattern(
        uR"(^[\W_]*(?:sure|certainly|of course|okay|ok|absolutely|understood|got it|great|alright|no problem|here(?:'s|’s| is| are)|below (?:is|are)|based on|looking at|after (?:analy[sz]ing|reviewing|looking)|given the|as requested|i(?:'ve|’ve| have|'ll|’ll| will|'d|’d| would| think| suggest| recommend| can)|let me|the (?:best |following |suggested |appropriate )?commit message|this is (?:the|a) commit|to summari[sz]e|thank(?:s| you)|my (?:answer|suggestion)|конечно|вот|voici|hier ist|aqu[ií] (?:est[aá]|tienes)|ecco|以下|这是|好的|はい)(?![\w-]))"_s,
        anyCase);
    return pattern;
}

QString withoutQuotes(QString line)
{
    static const QString open = u"\"'`“‘«「"_s;
    static const QString close = u"\"'`”’»」"_s;
    for (const QString &three : {u"\"\"\""_s, u"'''"_s})
        if (line.size() > 6 && line.startsWith(three) && line.endsWith(three))
            line = line.sliced(3, line.size() - 6).trimmed();
    for (int i = 0; i < 3 && line.size() > 2; ++i) {
        const qsizetype kind = open.indexOf(line.front());
        if (kind < 0 || line.back() != close[kind])
            break;
        const QString inside = line.sliced(1, line.size() - 2);
        if (inside.contains(open[kind]) || inside.contains(close[kind])) // "a" and "b"
            break;
        line = inside.trimmed();
    }
    return line;
}

QString withoutEmphasis(QString line)
{
    for (const QString &mark : {u"***"_s, u"**"_s, u"__"_s, u"*"_s, u"_"_s}) {
        if (line.size() <= 2 * mark.size() || !line.startsWith(mark))
            continue;
        const qsizetype close = line.indexOf(mark, mark.size());
        if (close < 0)
            break;
        if (mark.size() == 1 && close != line.size() - 1)
            break; // "*args and **kwargs", "_name of x": no emphasis
        line = line.sliced(mark.size(), close - mark.size()) + line.sliced(close + mark.size());
        break;
    }
    return line.trimmed();
}

/// The fenced blocks of a text; an open one reaches to the end.
struct Fence
{
    qsizetype start = 0;
    qsizetype end = 0;
    QString inside;
};

QList<Fence> fencesIn(const QString &text)
{
    static const QRegularExpression mark(uR"(^[ \t>]*(```+|~~~+)[ \t]*([\w.+-]*)[ \t]*$)"_s,
                                         QRegularExpression::MultilineOption);
    // One line: ```fix: what```
    static const QRegularExpression oneLine(uR"((?:^[ \t]*|[:：][ \t]*)```(?:\w*[ \t]+)?([^`\n]+)```[ \t.]*$)"_s,
                                            QRegularExpression::MultilineOption);
    QList<Fence> fences;
    std::optional<Fence> open;
    qsizetype insideFrom = 0;
    for (auto found = mark.globalMatch(text); found.hasNext();) {
        const QRegularExpressionMatch match = found.next();
        if (!open) {
            open = Fence{.start = match.capturedStart()};
            insideFrom = std::min(match.capturedEnd() + 1, text.size());
            continue;
        }
        open->end = match.capturedEnd();
        open->inside = text.sliced(insideFrom, std::max<qsizetype>(0, match.capturedStart() - insideFrom));
        fences.append(*std::exchange(open, std::nullopt));
    }
    if (open) {
        open->end = text.size();
        open->inside = text.sliced(insideFrom);
        fences.append(*open);
    }
    if (fences.isEmpty())
        for (auto found = oneLine.globalMatch(text); found.hasNext();) {
            const QRegularExpressionMatch match = found.next();
            fences.append({match.capturedStart(), match.capturedEnd(), match.captured(1)});
        }
    return fences;
}

bool holdsHeader(const QString &text, const QStringList &types)
{
    const QStringList lines = text.split(u'\n');
    return std::ranges::any_of(lines, [&](const QString &line) {
        const auto header = parseHeaderLine(undecorated(line), types);
        return header && header->knownType;
    });
}

/// The text inside the fence that is the message, if the message is inside of one. Several messages in several fences
/// stay what they are, to be counted.
QString withoutFences(const QString &text, const QStringList &types)
{
    const QList<Fence> fences = fencesIn(text);
    if (fences.isEmpty())
        return text;
    QStringList withHeader;
    for (const Fence &fence : fences)
        if (holdsHeader(fence.inside, types))
            withHeader.append(fence.inside.trimmed());
    withHeader.removeDuplicates();
    if (!withHeader.isEmpty())
        return withHeader.join(u'\n');
    const QString before = text.left(fences.first().start).trimmed();
    if (holdsHeader(before, types))
        return before; // code in the body
    if (const QString after = text.sliced(fences.last().end).trimmed(); holdsHeader(after, types))
        return after; // the diff once more
    const QStringList leading = before.split(u'\n', Qt::SkipEmptyParts);
    const bool announced = std::ranges::all_of(leading, isPreamble);
    return announced ? fences.first().inside.trimmed() : before;
}

/// <answer>...</answer> and its kin, \boxed{...}, the box tokens of GLM.
QString withoutAnswerTags(const QString &text)
{
    static const QRegularExpression closed(
        uR"(<(?<name>answer|final_answer|final|output|response|result|solution|message|commit|commit_message|commit-message|commitmessage|git_commit|json|parameter|arg_value|argument)(?:[\s=][^<>]{0,60})?>(?<inside>.*?)</\k<name>>)"_s,
        anyCase | QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression open(
        uR"(^\s*<(?:answer|final_answer|final|output|response|result|solution|message|commit|commit_message|commit-message|git_commit|json)>)"_s,
        anyCase);
    static const QRegularExpression token(
        uR"(<\|(?:begin_of_box|end_of_box|begin_of_solution|end_of_solution|START_RESPONSE|END_RESPONSE)\|>)"_s,
        anyCase);
    static const QRegularExpression boxed(uR"(\\boxed\{(?:\\text\{)?([^{}\n]{5,200})\}\}?)"_s);
    static const QRegularExpression latex(uR"(\\(?:text|texttt|textbf|mathrm|mathtt|verb)\{([^{}\n]*)\})"_s);
    QString last;
    for (auto found = closed.globalMatch(text); found.hasNext();) {
        const QString inside = found.next().captured(u"inside"_s).trimmed();
        last = inside.isEmpty() ? last : inside;
    }
    QString inner = last.isEmpty() ? text : last;
    if (inner.contains(u'\\'))
        inner.replace(latex, u"\\1"_s);
    inner.remove(open);
    inner.remove(token);
    if (const auto match = boxed.match(inner); match.hasMatch())
        return match.captured(1).trimmed();
    return inner;
}

/// What stands behind -m in a `git commit` line, one paragraph each.
QString withoutCommand(const QString &text)
{
    static const QRegularExpression command(
        uR"((?:^[\s$>#`]*|(?:&&|;|\|)\s*)git\s+(?:-[cC]\s+\S+\s+|--?[a-z][\w-]*(?:=\S+)?\s+)*commit\b(?<rest>.*)$)"_s,
        QRegularExpression::MultilineOption | QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression hereDocument(
        uR"(<<-?\s*['"]?(?<mark>\w+)['"]?\s*\n(?<inside>.*?)\n\s*\k<mark>\b)"_s,
        QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression argument(
        uR"rx((?:^|\s)(?:-[a-z]*m|--message)[ =]?\s*(?:"(?<a>(?:[^"\\]|\\.)*)"|'(?<b>(?:[^']|'\\'')*)'))rx"_s,
        QRegularExpression::DotMatchesEverythingOption);
    const QRegularExpressionMatch line = command.match(text);
    if (!line.hasMatch())
        return text;
    const QString rest = line.captured(u"rest"_s);
    if (const auto match = hereDocument.match(rest); match.hasMatch())
        return match.captured(u"inside"_s).trimmed();
    QStringList paragraphs;
    for (auto found = argument.globalMatch(rest); found.hasNext();) {
        const QRegularExpressionMatch match = found.next();
        QString paragraph = match.captured(u"a"_s) + match.captured(u"b"_s);
        paragraph.replace("'\\''"_L1, "'"_L1);
        paragraphs.append(paragraph.replace("\\\""_L1, "\""_L1).trimmed());
    }
    return paragraphs.isEmpty() ? text : paragraphs.join(u"\n\n"_s);
}

} // namespace

QString undecorated(const QString &line, const QStringList &areas)
{
    static const QRegularExpression bullet(
        uR"(^(?:[-*•+–—→»]|\(?(?:\d{1,2}|[A-Ha-h])\)|\d{1,2}\.|>{1,3}|#{1,6})\s+)"_s);
    static const QRegularExpression option(uR"(^(?:option|suggestion|alternative|variant)\s*\d*\s*[:.)-]\s*)"_s,
                                           anyCase);
    QString text = line.trimmed();
    static const QRegularExpression git(
        uR"(^(?:\[PATCH[^\]]{0,20}\]|\[[\w./-]{1,60} (?:\(root-commit\) )?[0-9a-f]{7,40}\]|(?:the )?commit (?:message|subject|title)\s+[-–—])\s+)"_s,
        anyCase);
    for (int i = 0; i < 4; ++i) {
        const QString before = text;
        text.remove(bullet);
        text.remove(git);
        text = withoutQuotes(withoutEmphasis(text));
        text.remove(option);
        if (!areas.contains(text.section(u':', 0, 0)))
            text.remove(labelPattern());
        text = text.trimmed();
        if (text == before)
            break;
    }
    return text;
}

QString withoutEmoji(QString text)
{
    static const QRegularExpression emoji(
        uR"(^(?:\d\x{FE0F}?\x{20E3}|[\x{1F000}-\x{1FAFF}\x{2600}-\x{27BF}\x{2B00}-\x{2BFF}\x{2300}-\x{23FF}\x{FE0F}\x{20E3}]|:[a-z0-9_+-]{2,40}:)+\s*)"_s);
    return text.remove(emoji);
}

QString withoutMarkers(QString text)
{
    static const QRegularExpression marker(uR"(^(?:\[(?:wip|draft|ai|bot)\]\s*)+)"_s, anyCase);
    static const QRegularExpression behind(
        uR"(\s+(?:[\x{1F000}-\x{1FAFF}\x{2600}-\x{27BF}\x{2B00}-\x{2BFF}\x{FE0F}]|:[a-z][a-z0-9_]{2,40}:)+$)"_s);
    return withoutEmoji(withoutOrders(text.remove(marker).trimmed())).remove(marker).remove(behind).trimmed();
}

bool isPreamble(const QString &line)
{
    static const QRegularExpression announces(
        uR"(\b(?:commit\w*|message|subject|summary|title|answer|result|output|suggestion|nachricht|mensaje|messaggio)\b|提交|コミット|коммит)"_s,
        anyCase);
    static const QRegularExpression heading(
        uR"(^[\W_]*(?:(?:the|suggested|proposed|final|generated) ){0,2}commit message[\W_]*$)"_s, anyCase);
    const QString text = line.trimmed();
    if (text.isEmpty() || text.contains(heading))
        return true;
    const bool endsOpen = text.endsWith(u':') || text.endsWith(u'：') || text.endsWith(":**"_L1);
    if (endsOpen && (text.contains(announces) || text.contains(preamblePattern())))
        return true;
    if (undecorated(text).isEmpty())
        return true; // a label with nothing behind it, a rule
    return text.contains(preamblePattern()) && (text.contains(announces) || text.size() < 20 || text.endsWith(u'!'));
}

bool isChatter(const QString &line)
{
    static const QRegularExpression chatter(
        uR"(^[\W_]*(?:let me know|i hope|feel free|would you like|do you want|want me to|shall i|should i|(?:i['’]m |i am )?happy to|you (?:can|may|could) (?:adjust|tweak|modify|edit|change) the (?:scope|type|wording|message|subject|commit)|this (?:accurately|correctly|clearly|concisely) (?:summari|describ|reflect|captur)\w*|please (?:let|note|review|confirm)|is there anything|if you(?:'d| would| want| need| have| prefer)|hope this|best regards|cheers|explanation\b|reasoning\b|rationale\b|why this|(?:this|the|that|above|my) (?:above )?(?:commit )?message\b|this (?:commit )?(?:subject|header|format|follows)|(?:note|remember)\b.{0,40}\b(?:commit message|this format|prompt|diff)\b|alternative(?:ly)?\b|another option|option \d|here(?:'s|’s| is)|i(?:'ve|’ve| have| chose| used| kept| followed)|(?:(?:however|but|also|unfortunately|additionally),? )?i(?=\s)|(?:confidence|certainty|score)(?=\s*:\s*[\d.])|breakdown of|character count|\(?\d+ characters)(?!\w))"_s,
        anyCase);
    static const QRegularExpression rule(uR"(^\s*(?:-{3,}|\*{3,}|_{3,}|={3,})\s*$)"_s);
    return line.contains(chatter) || line.contains(rule);
}

QString unwrapped(const QString &answer, const QStringList &types)
{
    return withoutTable(withoutHtml(withoutDiff(withoutCommand(withoutFences(withoutAnswerTags(answer), types)))))
        .trimmed();
}

} // namespace AutoCommit
