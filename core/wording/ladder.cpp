#include "core/wording/ladder.h"

#include "core/base/cleantext.h"
#include "core/wording/body.h"
#include "core/wording/decoration.h"
#include "core/wording/draft.h"
#include "core/wording/gates.h"
#include "core/wording/generic.h"
#include "core/wording/headerline.h"
#include "core/wording/layout.h"
#include "core/wording/normalise.h"
#include "core/wording/thinking.h"

#include <QRegularExpression>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype longestAnswer = 64 << 10;

LadderResult rejected(Rejection rejection)
{
    return {.rejection = rejection};
}

/// Every character that some program takes for the end of a line is one, for us and so for everybody.
QString withPlainLineEnds(QString text)
{
    static const QRegularExpression lineEnds(uR"([\x{85}\x{2028}\x{2029}])"_s);
    static const QRegularExpression blanks(uR"([\x{0B}\x{0C}\x{A0}\x{2007}\x{202F}\x{3000}])"_s);
    return text.replace(lineEnds, u"\n"_s).replace(blanks, u" "_s);
}

/// The model's turn alone: what a template put in front, and what it made up as the next turn, goes.
QString ownTurn(QString text)
{
    static const QRegularExpression start(
        uR"(^\s*(?:<s>|<bos>|<\|begin_of_text\|>|<\|startoftext\|>|<\|im_start\|>\s*assistant|<\|assistant\|>|<\|start_header_id\|>\s*assistant\s*<\|end_header_id\|>|<start_of_turn>\s*model|\[/INST\]|assistant\s*\n|/no_think\b))"_s);
    static const QRegularExpression end(
        uR"(</s>|<eos>|<\|im_end\|>|<\|eot_id\|>|<\|end_of_text\|>|<\|endoftext\|>|<\|end\|>|<\|return\|>|<end_of_turn>|<｜end▁of▁sentence｜>|<\|im_start\|>|<\|eom_id\|>|\[/?INST\]|<\|(?:user|system|assistant|assistant_end|start)\|>|/no_think\s*$)"_s);
    for (int i = 0; i < 3; ++i)
        text.remove(start);
    for (auto found = end.globalMatch(text); found.hasNext();) {
        const QRegularExpressionMatch match = found.next();
        const qsizetype at = match.capturedStart();
        const qsizetype after = match.capturedEnd();
        const bool atLineStart = at == 0 || text[at - 1] == u'\n';
        const bool atLineEnd
            = after == text.size() || text[after].isSpace() || end.match(text, after).capturedStart() == after;
        // Inside of a line it is spoken of, or something is wrong; then the gates decide.
        if (atLineStart || (atLineEnd && !(after < text.size() && text[after] == u' '))) {
            text.truncate(at);
            break;
        }
    }
    return text;
}

/// Where the model goes on as the person who asks.
QString withoutNextTurn(const QString &text)
{
    static const QRegularExpression turn(uR"(\n\s*\n(?:\*\*|### ?)?(?:Human|User|Assistant|Instruction)(?:\*\*)?:)"_s);
    const QRegularExpressionMatch match = turn.match(text);
    return match.hasMatch() && !text.left(match.capturedStart()).trimmed().isEmpty() ? text.left(match.capturedStart())
                                                                                     : text;
}

/// "fix: what<think>was that right?</think>"
QString withoutAfterthought(QString text, const MessageRules &rules)
{
    static const QRegularExpression thought(
        uR"((?<=[^\s`'"(])<(?<tag>think(?:ing)?|thoughts?|reasoning|reflection)>[^<]*(?:</\k<tag>>)?\s*$)"_s,
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = thought.match(text);
    return match.hasMatch() && !rules.evidence.contains(match.captured(u"tag"_s).toUtf8())
        ? text.left(match.capturedStart())
        : text;
}

/// `Revert "feat: what"` is a header of its own; the one inside it would say the opposite.
std::optional<Draft> takenBack(const QString &answer)
{
    static const QRegularExpression revert(uR"(^\s*Revert ["“](?<what>.+)["”]\s*(?:\n(?<rest>[\s\S]*))?$)"_s);
    const QRegularExpressionMatch match = revert.match(answer);
    if (!match.hasMatch())
        return std::nullopt;
    return Draft{
        .type = u"revert"_s, .scope = {}, .subject = match.captured(u"what"_s), .body = match.captured(u"rest"_s)};
}

Extraction extract(const QString &answer, const MessageRules &rules)
{
    if (const auto fromJson = extractFromJson(answer, rules))
        return *fromJson;
    return extractFromText(answer, rules);
}

/// Once more, because the strings of a JSON answer can spell what the raw text could not hold: "\\u202e".
Draft cleanDraft(Draft draft)
{
    for (QString *part : {&draft.type, &draft.scope, &draft.subject, &draft.body})
        *part = cleanText(*part).normalized(QString::NormalizationForm_C);
    return draft;
}

LadderResult judgeDraft(const Draft &found, bool repaired, const MessageRules &rules)
{
    LadderResult result{.repaired = repaired};
    const Draft draft = cleanDraft(found);
    if ((draft.subject + draft.body).contains(QChar::ReplacementCharacter))
        return rejected(Rejection::BrokenText);
    CommitText text;
    result.rejection = normaliseHeader(draft, rules, text, result.repaired);
    if (result.rejection != Rejection::None)
        return result;
    text.body = cleanBody(draft.body, text.header(), rules, result.repaired);
    result.rejection = wordingFault(text, rules);
    if (result.rejection == Rejection::None && !fitHeader(text, rules, result.repaired))
        result.rejection = Rejection::TooLong;
    if (result.rejection == Rejection::None) {
        result.message = text;
        result.weak = isWeak(text);
    }
    return result;
}

} // namespace

LadderResult judgeAnswer(const QString &rawAnswer, const MessageRules &rules, bool cutShort)
{
    if (cutShort)
        return rejected(Rejection::CutShort);
    if (rawAnswer.size() > longestAnswer)
        return rejected(Rejection::TooLong);
    QString text = cleanText(withPlainLineEnds(rawAnswer)).normalized(QString::NormalizationForm_C);
    if (text.trimmed().isEmpty())
        return rejected(Rejection::Empty);
    if (text.contains(QChar::ReplacementCharacter))
        return rejected(Rejection::BrokenText);

    const Unthought unthought = withoutThinking(text);
    text = unquotedAnswer(withoutAfterthought(withoutNextTurn(ownTurn(unthought.text)), rules)).trimmed();
    if (auto draft = takenBack(text); draft && rules.style == SubjectStyle::Conventional)
        return judgeDraft(*draft, unthought.unfinished, rules);
    text = withLineBreaks(withoutQuoteMarks(text));
    if (text.isEmpty())
        return rejected(Rejection::OnlyThinking);
    const Extraction found = extract(text, rules);
    if (found.draft)
        return judgeDraft(*found.draft, found.repaired || unthought.unfinished, rules);
    if (unthought.unfinished)
        return rejected(Rejection::OnlyThinking);
    if (isRefusal(text))
        return rejected(Rejection::Refusal);
    if (hasControlTokens(text, rules))
        return rejected(Rejection::ControlTokens);
    return rejected(found.rejection);
}

QString rejectionName(Rejection rejection)
{
    switch (rejection) {
    case Rejection::None:
        return u"none"_s;
    case Rejection::CutShort:
        return u"cut-short"_s;
    case Rejection::Empty:
        return u"empty"_s;
    case Rejection::BrokenText:
        return u"broken-text"_s;
    case Rejection::OnlyThinking:
        return u"only-thinking"_s;
    case Rejection::ControlTokens:
        return u"control-tokens"_s;
    case Rejection::BrokenJson:
        return u"broken-json"_s;
    case Rejection::NotAMessage:
        return u"not-a-message"_s;
    case Rejection::NoHeader:
        return u"no-header"_s;
    case Rejection::UnknownType:
        return u"unknown-type"_s;
    case Rejection::SeveralMessages:
        return u"several-messages"_s;
    case Rejection::Placeholder:
        return u"placeholder"_s;
    case Rejection::Refusal:
        return u"refusal"_s;
    case Rejection::TooLong:
        return u"too-long"_s;
    case Rejection::Ellipsis:
        return u"ellipsis"_s;
    case Rejection::Generic:
        return u"generic"_s;
    case Rejection::Repetition:
        return u"repetition"_s;
    case Rejection::PromptEcho:
        return u"prompt-echo"_s;
    case Rejection::Copied:
        return u"copied"_s;
    case Rejection::Secret:
        return u"secret"_s;
    case Rejection::WrongLanguage:
        break;
    }
    return u"wrong-language"_s;
}

QString rejectionSentence(Rejection rejection, const MessageRules &rules)
{
    switch (rejection) {
    case Rejection::CutShort:
    case Rejection::TooLong:
        return u"the first line may have at most %1 characters"_s.arg(rules.headerLimit);
    case Rejection::OnlyThinking:
        return u"there was no answer after the thinking"_s;
    case Rejection::BrokenJson:
        return u"the JSON was not complete"_s;
    case Rejection::NoHeader:
    case Rejection::UnknownType:
        return u"the type has to be one of: %1"_s.arg(rules.types.join(", "_L1));
    case Rejection::SeveralMessages:
        return u"there has to be exactly one message for the whole change"_s;
    case Rejection::Refusal:
    case Rejection::Empty:
    case Rejection::Placeholder:
        return u"there was no message in it; describe the change that is shown"_s;
    case Rejection::Generic:
        return u"the subject has to say what was changed"_s;
    case Rejection::Ellipsis:
        return u"the subject breaks off"_s;
    case Rejection::Copied:
        return u"the subject is a copy of an earlier commit's"_s;
    case Rejection::WrongLanguage:
        return u"it has to be in the language of the earlier subjects"_s;
    case Rejection::PromptEcho:
        return u"it repeats the instructions"_s;
    case Rejection::Secret:
        return u"it holds a credential"_s;
    default:
        return u"it is not a commit message in the form asked for"_s;
    }
}

} // namespace AutoCommit
