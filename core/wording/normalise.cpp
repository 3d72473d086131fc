#include "core/wording/normalise.h"

#include "core/wording/body.h"
#include "core/wording/decoration.h"
#include "core/wording/directives.h"
#include "core/wording/gates.h"
#include "core/wording/headerline.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <array>
#include <cctype>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr auto anyCase = QRegularExpression::CaseInsensitiveOption;

/// Verbs that begin subjects; others in front with a capital may be names.
bool isVerb(const QString &word)
{
    static const QSet<QString> verbs = [] {
        const QString list = u"accept adapt add adjust align allow apply assert avoid bump cache call centralize "
                             "change check clarify clean clear close collapse combine compare complete compute "
                             "configure consolidate convert copy correct cover create cut deal declare decode "
                             "decouple default defer define delete deprecate describe detect disable discard display "
                             "do document drop edit eliminate emit enable encode encapsulate enforce enhance ensure "
                             "escape exclude exit expand export expose extend extract fall filter find finish fix "
                             "flush follow force format generate get give group guard handle harden hide hoist ignore "
                             "implement import improve include increase init initialize inline insert install "
                             "integrate introduce invalidate isolate keep let limit link lint list load lock log "
                             "lower make map mark mention merge migrate mock modernize modify move name normalize "
                             "omit only open optimize order organize override parse pass pin polish prepare preserve "
                             "prevent print process propagate protect provide prune publish pull push put quote "
                             "raise read rebuild reduce redesign redirect refactor refine refresh register reject "
                             "relax release reload remove rename reorder reorganize replace report require reset "
                             "resolve restore restrict restructure retry return reuse revert revise rework rewrite "
                             "round run sanitize save scope select send separate serialize set setup share shorten "
                             "show simplify skip sort specify speed split standardize start state stop store "
                             "streamline strip support suppress swap switch sync synchronize tag take test throw "
                             "tidy tighten track translate treat trim tune turn tweak type unify uninstall unwrap "
                             "update upgrade use validate verify wait warn wire wrap write"_s;
        const QStringList words = list.split(u' ');
        return QSet<QString>(words.begin(), words.end());
    }();
    const QString lower = word.toLower();
    if (verbs.contains(lower))
        return true;
    for (const QString &ending : {u"s"_s, u"es"_s, u"d"_s, u"ed"_s, u"ing"_s}) // adds, fixes, added, adding
        if (lower.endsWith(ending)
            && (verbs.contains(lower.chopped(ending.size())) || verbs.contains(lower.chopped(ending.size()) + u'e')))
            return true;
    return false;
}

QString withFirstLetter(QString subject, FirstLetter rule)
{
    if (rule == FirstLetter::Keep || subject.isEmpty())
        return subject;
    const qsizetype end = subject.indexOf(u' ');
    const QString word = end < 0 ? subject : subject.left(end);
    const bool ordinary = std::ranges::all_of(word, [](QChar c) { return c.isLetter(); })
        && std::none_of(word.begin() + 1, word.end(), [](QChar c) { return c.isUpper(); });
    if (rule == FirstLetter::Lower && ordinary && isVerb(word))
        subject[0] = subject[0].toLower();
    else if (rule == FirstLetter::Upper && ordinary && subject[0].isLower())
        subject[0] = subject[0].toUpper();
    return subject;
}

QString withoutFullStop(QString subject)
{
    static const QRegularExpression shortcode(uR"(:[\w+-]+:$)"_s);
    while (subject.size() > 1 && u".。;:,"_s.contains(subject.back()) && subject[subject.size() - 2] != u'.'
           && !subject.contains(shortcode))
        subject.chop(1);
    return subject;
}

/// The last word stands in the change only as the beginning of longer ones.
bool isCutWord(const QString &word, const QByteArray &evidence)
{
    const QByteArray bytes = word.toLower().toUtf8();
    const auto isWordByte = [&](qsizetype at) {
        return at >= 0 && at < evidence.size()
            && (std::isalnum(static_cast<unsigned char>(evidence[at])) != 0 || evidence[at] == '_');
    };
    bool begins = false;
    for (qsizetype at = evidence.indexOf(bytes); at >= 0; at = evidence.indexOf(bytes, at + 1)) {
        if (isWordByte(at - 1))
            continue;
        if (!isWordByte(at + bytes.size()))
            return false;
        begins = true;
    }
    return begins;
}

/// People end a subject in three dots out of habit, models because they ran out of room. The dots go where the rest
/// stands on its own; what is left of a sentence that was cut is refused later, dots and all. The one-character
/// ellipsis is a cutting program's, not a hand's.
QString withoutTrailingDots(const QString &subject, qsizetype room, const MessageRules &rules, bool &repaired)
{
    constexpr qsizetype nearLimit = 8; // who cuts at a limit ends close to it
    if (!subject.endsWith("..."_L1) || subject.size() + nearLimit > room)
        return subject;
    QString rest = subject;
    while (rest.endsWith(u'.') || rest.endsWith(u' '))
        rest.chop(1);
    const QString last = rest.sliced(rest.lastIndexOf(u' ') + 1);
    const bool isOpen = rest.isEmpty() || !(rest.back().isLetterOrNumber() || u")]}`'\"!?+*"_s.contains(rest.back()))
        || rest.count(u'(') != rest.count(u')') || rest.count(u'`') % 2 != 0;
    if (isOpen || endsInFunctionWord(rest) || isCutWord(last, rules.evidence))
        return subject;
    repaired = true;
    return rest;
}

/// A reference nobody can have told the model: "(#123)", "closes #7".
QString withoutForeignReferences(QString subject, const MessageRules &rules, bool &repaired)
{
    static const QRegularExpression reference(
        uR"(\s*(?:\((?:(?:fixes|closes|resolves|refs|see|issue|pr)\s+)?#(?<a>\d+)\)|[,;]?\s+(?:fixes|closes|resolves|refs)\s+#(?<b>\d+))$)"_s,
        anyCase);
    static const QRegularExpression ticket(
        uR"([,;]?\s+(?:fixes|closes|resolves|refs)\s+(?<name>[A-Z][A-Z0-9]{1,9}-\d+)$)"_s);
    static const QRegularExpression leading(uR"(^(?<name>#\d+)\s*[:,-]?\s+(?=\p{L}))"_s);
    if (rules.evidence.isEmpty())
        return subject;
    for (const QRegularExpression &form : {ticket, leading}) {
        const QRegularExpressionMatch match = form.match(subject);
        if (match.hasMatch() && !rules.evidence.contains(match.captured(u"name"_s).toLower().toUtf8())) {
            subject.remove(match.capturedStart(), match.capturedLength());
            repaired = true;
        }
    }
    const QRegularExpressionMatch match = reference.match(subject);
    if (!match.hasMatch())
        return subject;
    const QString number = match.captured(u"a"_s) + match.captured(u"b"_s);
    if (rules.evidence.contains("#" + number.toUtf8()))
        return subject;
    repaired = true;
    return subject.left(match.capturedStart());
}

/// Markdown inside of a subject, unless the change is about the very same characters.
QString withoutMarkup(QString subject, const MessageRules &rules)
{
    static const QRegularExpression footnote(uR"(\[\^\w{1,4}\])"_s);
    static const QRegularExpression link(
        uR"((?<!\!)\[(?<text>[^\[\]()]{2,80})\]\((?:https?://|/|\.|[\w-]+/)[^()\s]*\))"_s);
    static const QRegularExpression escaped(uR"(\\([_*]))"_s);
    static const QRegularExpression bold(uR"(\*\*([^*\s](?:[^*]*[^*\s])?)\*\*)"_s);
    for (const QRegularExpression &mark : {footnote, link, escaped, bold})
        if (const auto match = mark.match(subject);
            match.hasMatch() && !rules.evidence.contains(match.captured().toLower().toUtf8()))
            subject.replace(mark, mark.pattern() == footnote.pattern() ? QString() : u"\\1"_s);
    return subject;
}

/// What was written for a page or a string and not for a line: "&lt;", a backslash and an n, "!!!".
QString withoutEscapes(QString subject, const MessageRules &rules)
{
    struct Entity
    {
        QLatin1StringView name;
        QChar character;
    };
    static constexpr std::array entities{Entity{"&lt;"_L1, u'<'}, Entity{"&gt;"_L1, u'>'}, Entity{"&quot;"_L1, u'"'},
                                         Entity{"&#39;"_L1, u'\''}, Entity{"&amp;"_L1, u'&'}};
    static const QRegularExpression lineEnd(uR"((?<=[\p{L}\p{N}.])\\n(?:\\n|\s|-|\p{Lu}).*$)"_s);
    static const QRegularExpression shouting(uR"((?<=[\p{L}\p{N}])!{2,}$)"_s);
    if (subject.contains(u'&'))
        for (const Entity &entity : entities)
            if (!rules.evidence.contains(entity.name.latin1()))
                subject.replace(entity.name, QString(entity.character));
    if (subject.contains(u'\\') && !rules.evidence.contains("\\n"))
        subject.remove(lineEnd);
    return subject.remove(shouting);
}

QString cleanSubject(const Draft &draft, const MessageRules &rules, bool &repaired)
{
    static const QRegularExpression length(uR"(\s*[(\[]\d{1,3}\s*(?:chars?|characters?)[)\]]$)"_s, anyCase);
    QString subject
        = withoutOrders(undecorated(draft.subject.section(u'\n', 0, 0), rules.areas())).simplified().remove(length);
    static const QRegularExpression colons(uR"(^[:：\s]+(?=[^:]))"_s);
    static const QRegularExpression shortcode(uR"(^:[\w+-]+:)"_s);
    if (!subject.contains(shortcode))
        subject.remove(colons);
    subject = withoutMarkup(withoutEscapes(subject, rules), rules);
    if (!rules.emojiAllowed)
        subject = withoutMarkers(subject);
    subject = withoutForeignReferences(subject, rules, repaired).trimmed();
    if (!closesForeignIssue(subject, rules)) { // else the gates refuse it
        const QString own = withoutForeignMentions(subject, rules);
        repaired = repaired || own != subject;
        subject = own;
    }
    const qsizetype prefix = draft.type.isEmpty() ? 0 : draft.type.size() + draft.scope.size() + 4;
    return withoutFullStop(withoutTrailingDots(subject, rules.headerLimit - prefix, rules, repaired));
}

bool isUsableScope(const QString &scope)
{
    static const QRegularExpression form(uR"(^[@\p{L}\p{N}_*.$][\p{L}\p{N} ._/@+#:,*&$-]{0,39}$)"_s);
    return scope.contains(form) && scope.count(u' ') <= 2;
}

QString allowedScope(const QString &given, const MessageRules &rules, bool &repaired)
{
    const QString scope = undecorated(given);
    if (scope.isEmpty())
        return {};
    for (const QString &known : rules.scopes)
        if (known.compare(scope, Qt::CaseInsensitive) == 0)
            return known;
    const bool isPath = rules.pathWords.contains(scope, Qt::CaseInsensitive);
    if ((isPath || !rules.scopesClosed) && isUsableScope(scope))
        return scope;
    repaired = true;
    return {};
}

/// "fix: (parser) what"
Draft withScopeFromSubject(Draft draft)
{
    static const QRegularExpression scope(uR"(^\((?<scope>[\w./-]{1,30})\)\s*:?\s+(?=\S))"_s);
    if (const auto match = scope.match(draft.subject); match.hasMatch() && draft.scope.isEmpty()) {
        draft.scope = match.captured(u"scope"_s);
        draft.subject.remove(scope);
    }
    return draft;
}

/// "fix" and then "feat: what": the form was asked for twice. "revert" and "feat: what" is how one reverts.
Draft withoutSecondType(Draft draft, const MessageRules &rules)
{
    const auto inner = parseHeaderLine(draft.subject, rules.types);
    const bool isUsual = inner && inner->knownType && MessageRules::defaultTypes().contains(inner->type);
    if (isUsual && !draft.type.isEmpty() && canonicalType(draft.type, rules.types) != "revert"_L1
        && inner->type != "revert"_L1)
        draft.subject = inner->subject;
    return draft;
}

Rejection conventionalHeader(const Draft &given, const MessageRules &rules, CommitText &text, bool &repaired)
{
    const Draft draft = withoutSecondType(withScopeFromSubject(given), rules);
    text.type = canonicalType(draft.type, rules.types);
    // An alias is no use where the repository's list does not have what it stands for.
    if (!rules.types.contains(text.type)) {
        if (rules.assumedType.isEmpty())
            return draft.type.isEmpty() ? Rejection::NoHeader : Rejection::UnknownType;
        text.type = rules.assumedType;
        repaired = true;
    }
    const bool saysTypeAgain = draft.scope.trimmed().compare(text.type, Qt::CaseInsensitive) == 0;
    text.scope
        = saysTypeAgain && !rules.scopes.contains(text.type) ? QString() : allowedScope(draft.scope, rules, repaired);
    text.breaking = draft.breaking && rules.breakingAllowed;
    repaired = repaired || text.breaking != draft.breaking;
    text.subject = withFirstLetter(cleanSubject(draft, rules, repaired), rules.firstLetter);
    return Rejection::None;
}

/// "fix(parser): what" where nobody writes like that: "parser: what" or just the words.
void plainHeader(const Draft &draft, const MessageRules &rules, CommitText &text, bool &repaired)
{
    text.subject = cleanSubject(draft, rules, repaired);
    static const QRegularExpression quotedArea(uR"(^`([^`\s]{1,40})`:\s)"_s);
    text.subject.replace(quotedArea, u"\\1: "_s);
    const auto header = parseHeaderLine(text.subject);
    const bool isForeign = header && header->knownType && MessageRules::defaultTypes().contains(header->type)
        && header->type != "revert"_L1;
    if (isForeign && !rules.types.contains(header->type)) {
        text.subject = header->subject;
        if (rules.style == SubjectStyle::Area)
            text.scope = allowedScope(header->scope, rules, repaired);
        repaired = true;
    } else if (rules.style == SubjectStyle::Area && draft.scope.size() > 0 && !text.subject.contains(u':')) {
        text.scope = allowedScope(draft.scope, rules, repaired);
    }
    const bool wordsFollow = rules.style == SubjectStyle::Plain && !text.subject.contains(": "_L1);
    if (wordsFollow || !text.scope.isEmpty())
        text.subject = withFirstLetter(text.subject, rules.firstLetter);
}

/// Where a clause begins that says more, not what: behind it the subject may end.
qsizetype lastClause(const QString &subject, qsizetype room)
{
    static const QRegularExpression clause(
        uR"((?:,\s+|;\s+|\s+[–—-]\s+|\s+\(|\s+(?=(?:and|so that|so|by|to|in order to|while|because|which|when|using|via|for|as well as|including)\s)))"_s);
    qsizetype best = -1;
    for (auto found = clause.globalMatch(subject); found.hasNext();) {
        const qsizetype at = found.next().capturedStart();
        if (at <= room && at >= 15 && !endsInFunctionWord(subject.left(at)))
            best = at;
    }
    return best;
}

} // namespace

Rejection normaliseHeader(const Draft &draft, const MessageRules &rules, CommitText &text, bool &repaired)
{
    if (rules.style == SubjectStyle::Conventional)
        return conventionalHeader(draft, rules, text, repaired);
    plainHeader(draft, rules, text, repaired);
    return Rejection::None;
}

bool fitHeader(CommitText &text, const MessageRules &rules, bool &repaired)
{
    const auto fits = [&] { return text.header().size() <= rules.headerLimit; };
    if (fits())
        return true;
    repaired = true;
    const CommitText whole = text;
    const bool scopeIsSaid = !text.scope.isEmpty() && text.subject.contains(text.scope, Qt::CaseInsensitive);
    if (scopeIsSaid && !text.type.isEmpty()) {
        text.scope.clear();
        if (fits())
            return true;
        text.scope = whole.scope;
    }
    if (whole.header().size() > 2 * rules.headerLimit)
        return false; // an essay
    const qsizetype room = rules.headerLimit - (whole.header().size() - whole.subject.size());
    const qsizetype cut = lastClause(whole.subject, room);
    if (cut < 0)
        return false;
    text.subject = whole.subject.left(cut);
    if (text.body.isEmpty() && rules.bodyAllowed && !whole.subject.startsWith(u'#')) {
        QString sentence = whole.subject;
        sentence[0] = sentence[0].toUpper();
        text.body = wrapText(sentence + u'.', rules.bodyWidth - 2);
    }
    return fits();
}

} // namespace AutoCommit
