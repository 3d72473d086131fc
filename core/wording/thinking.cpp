#include "core/wording/thinking.h"

#include "core/wording/headerline.h"

#include <QList>
#include <QRegularExpression>

#include <algorithm>
#include <optional>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

struct Mark
{
    qsizetype start = 0;
    qsizetype end = 0;
    bool closes = false;
};

const QRegularExpression &markPattern()
{
    static const QRegularExpression pattern(
        uR"((?:<|&lt;|◁)\s*(?<a>/?)\s*(?:think|thinking|thoughts?|reasoning|reasoning_content|reflection|reflect|analysis|scratchpad|rationale|deliberation|chain_of_thought|cot|(?:inner_|internal_)?monologue|ant_?thinking|(?:seed|mm|longcat)[:_]think|ponder)(?:\s[^<>\n]{0,80})?\s*(?:>|&gt;|▷))"
        uR"(|\[\s*(?<b>/?)\s*(?:THINK|THINKING|REASONING|THOUGHT)\s*\])"
        uR"(|<\|\s*(?<c>/?)\s*(?:think|thinking|thought|reasoning|inner_thoughts)\s*\|>)"
        uR"(|<\|(?:begin_of_thought|start_thinking|inner_prefix|begin_thinking)\|>)"
        uR"(|(?<d><\|(?:end_of_thought|end_thinking|inner_suffix)\|>))"
        uR"(|<\|channel>\s*(?:thought|analysis)?|(?<f><channel\|>))"
        uR"(|<unused94>|(?<e><unused95>))"_s,
        QRegularExpression::CaseInsensitiveOption);
    return pattern;
}

QStringView lineBefore(const QString &text, qsizetype at)
{
    const qsizetype start = at == 0 ? 0 : text.lastIndexOf(u'\n', at - 1) + 1;
    return QStringView(text).sliced(start, at - start).trimmed();
}

QStringView lineAfter(const QString &text, qsizetype at)
{
    const qsizetype end = text.indexOf(u'\n', at);
    return QStringView(text).sliced(at, (end < 0 ? text.size() : end) - at).trimmed();
}

bool isQuoted(const QString &text, const Mark &mark)
{
    static const QString quotes = u"`\"'“”‘’"_s;
    return mark.start > 0 && mark.end < text.size() && quotes.contains(text[mark.start - 1])
        && quotes.contains(text[mark.end]);
}

/// "feat: strip <think> tags" speaks of the mark. What stands in front of it has to be the beginning of a sentence and
/// what follows the rest of the same one.
bool isMention(const QString &text, const Mark &mark)
{
    if (isQuoted(text, mark))
        return true;
    const QStringView before = lineBefore(text, mark.start);
    const QStringView after = lineAfter(text, mark.end);
    if (before.isEmpty() || after.isEmpty() || after.size() > 60 || looksLikeHeader(after.toString()))
        return false;
    if (looksLikeHeader(before.toString()))
        return true;
    // A plain subject: nothing but this line.
    return !text.contains(u'\n') && before.size() < 60 && text.size() <= 100 && !before.contains(u'.');
}

QList<Mark> marksIn(const QString &text)
{
    QList<Mark> marks;
    for (auto found = markPattern().globalMatch(text); found.hasNext();) {
        const QRegularExpressionMatch match = found.next();
        const bool closes = !match.captured(u"a"_s).isEmpty() || !match.captured(u"b"_s).isEmpty()
            || !match.captured(u"c"_s).isEmpty() || !match.captured(u"d"_s).isEmpty()
            || !match.captured(u"e"_s).isEmpty() || !match.captured(u"f"_s).isEmpty();
        const Mark mark{match.capturedStart(), match.capturedEnd(), closes};
        if (!isMention(text, mark))
            marks.append(mark);
    }
    return marks;
}

/// A closing mark behind the answer, with nothing opened before it: left over, unless it ends a thought that led
/// nowhere.
bool isStray(const QString &text, qsizetype from, const Mark &mark, qsizetype lastClose)
{
    const QString before = text.sliced(from, mark.start - from).trimmed();
    const bool atEnd = QStringView(text).sliced(mark.end).trimmed().isEmpty();
    return atEnd && (lastClose >= 0 ? !before.isEmpty() : !before.contains(u'\n') && looksLikeHeader(before));
}

/// What is outside of the blocks between the marks.
Unthought outside(const QString &text, const QList<Mark> &marks)
{
    Unthought result;
    qsizetype from = 0;
    qsizetype lastClose = -1;
    int depth = 0;
    for (const Mark &mark : marks) {
        if (!mark.closes) {
            if (depth++ == 0)
                result.text += QStringView(text).sliced(from, mark.start - from);
            continue;
        }
        if (depth == 0 && !isStray(text, from, mark, lastClose)) // everything up to here was thought
            result.text.clear();
        else if (depth == 0)
            result.text += QStringView(text).sliced(from, mark.start - from);
        depth = std::max(0, depth - 1);
        from = lastClose = mark.end;
    }
    if (depth == 0) {
        result.text += QStringView(text).sliced(from);
    } else if (lastClose >= 0 && !marks.last().closes) {
        result.unfinished = true; // closed once, and then it began to think again
        if (result.text.trimmed().isEmpty())
            result.text = text.sliced(lastClose, marks.last().start - lastClose);
    } else if (lastClose >= 0) {
        result.text = text.sliced(lastClose); // a mark was named inside the thought
    } else {
        result.unfinished = true;
    }
    return result;
}

/// The channels of gpt-oss. Nothing when the text has none.
std::optional<Unthought> finalChannel(const QString &text)
{
    static const QRegularExpression final(uR"(<\|channel\|>\s*final\b[^<]*(?:<\|constrain\|>[^<]*)?<\|message\|>)"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression end(uR"(<\|(?:end|return|start|channel|call)\|>)"_s);
    if (!text.contains("<|channel|>"_L1))
        return std::nullopt;
    qsizetype start = -1;
    for (auto found = final.globalMatch(text); found.hasNext();)
        start = found.next().capturedEnd();
    if (start < 0)
        return Unthought{.unfinished = true};
    const qsizetype stop = text.indexOf(end, start);
    return Unthought{.text = text.sliced(start, (stop < 0 ? text.size() : stop) - start)};
}

/// The same after a server threw the control tokens away: "analysisWe need to ...assistantfinalfix: ...".
std::optional<Unthought> gluedChannels(const QString &text)
{
    static const QRegularExpression start(uR"(^\s*(?:analysis|commentary)(?=[A-Z]|\s*\n))"_s);
    static const QRegularExpression final(uR"(assistant\s*final(?:\s*json)?\s*)"_s);
    if (!start.match(text).hasMatch())
        return std::nullopt;
    qsizetype from = -1;
    for (auto found = final.globalMatch(text); found.hasNext();)
        from = found.next().capturedEnd();
    if (from < 0)
        return Unthought{.unfinished = true};
    return Unthought{.text = text.sliced(from)};
}

/// What Ollama's own command line prints, and what Granite says.
std::optional<Unthought> spokenThinking(const QString &text)
{
    static const QRegularExpression start(
        uR"(^\s*(?:Thinking\.\.\.\s|Here(?:['’]s| is) my (?:thought|thinking|reasoning) process:))"_s);
    if (!start.match(text).hasMatch())
        return std::nullopt;
    static const QRegularExpression done(
        uR"(\.\.\.done thinking\.|\n\s*Here(?:['’]s| is) my (?:final )?(?:response|answer):)"_s);
    const QRegularExpressionMatch end = done.match(text);
    if (!end.hasMatch())
        return Unthought{.unfinished = true};
    return Unthought{.text = text.sliced(end.capturedEnd())};
}

} // namespace

Unthought withoutThinking(const QString &answer)
{
    if (const auto channel = finalChannel(answer))
        return *channel;
    if (const auto glued = gluedChannels(answer))
        return *glued;
    if (const auto spoken = spokenThinking(answer))
        return *spoken;
    const QList<Mark> marks = marksIn(answer);
    return marks.isEmpty() ? Unthought{.text = answer} : outside(answer, marks);
}

} // namespace AutoCommit
