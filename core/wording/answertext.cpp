#include "core/wording/draft.h"

#include "core/wording/decoration.h"
#include "core/wording/headerline.h"

#include <QRegularExpression>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

struct Found
{
    HeaderLine header;
    qsizetype line = 0;
    bool alone = false; ///< inside a sentence or quotes: what follows is not its body
    bool several = false; ///< and another one beside it
};

bool isHeader(const std::optional<HeaderLine> &header)
{
    return header && header->knownType && !header->subject.isEmpty();
}

/// The header in a line, also behind a label or inside quotes.
std::optional<Found> headerInLine(const QString &raw, qsizetype number, const QStringList &types)
{
    static const QRegularExpression commitName(
        uR"(^(?:(?=\w*\d)[0-9a-f]{7,40}|\[?[A-Z][A-Z0-9]{1,9}-\d+\]?:?)\s+)"_s); // or a ticket
    static const QRegularExpression echo(
        uR"(\b(?:ignore|disregard|forget) (?:all |any )?(?:of )?(?:the |your |my )?(?:previous|prior|above|earlier) )"_s,
        QRegularExpression::CaseInsensitiveOption);
    const QString line = undecorated(raw).remove(commitName);
    for (const QString &start : {line, withoutMarkers(line)})
        if (const auto header = parseHeaderLine(start, types); isHeader(header))
            return Found{*header, number, false};
    static const QRegularExpression quoted(uR"([`"'“‘«「](?<inside>[^`"“”»」\n]{6,200})(?=[`"'”’»」]))"_s);
    std::optional<Found> first;
    for (auto found = quoted.globalMatch(raw); found.hasNext();) {
        const auto header = parseHeaderLine(found.next().captured(u"inside"_s).trimmed(), types);
        if (isHeader(header) && !first && !raw.contains(echo)) // an order in the diff, repeated
            first = Found{*header, number, true};
        else if (isHeader(header) && first)
            first->several = first->several || header->subject != first->header.subject;
    }
    if (first)
        return first;
    static const QRegularExpression colon(uR"([:：]\s*)"_s);
    for (auto found = colon.globalMatch(line.left(200)); found.hasNext();) {
        const QString rest = undecorated(line.sliced(found.next().capturedEnd()));
        const auto header = parseHeaderLine(rest, types);
        // Only with its own colon: "Note: fix - perhaps" is no header.
        if (isHeader(header) && rest.left(60).contains(QRegularExpression(u"[:：]"_s)))
            return Found{*header, number, false};
    }
    return std::nullopt;
}

QString lettersOf(const QString &text)
{
    static const QRegularExpression others(uR"([^\p{L}\p{N}]+)"_s);
    return text.toLower().remove(others);
}

bool sameHeader(const HeaderLine &a, const HeaderLine &b)
{
    return a.type == b.type && a.scope == b.scope && lettersOf(a.subject) == lettersOf(b.subject);
}

/// Below the first header a line counts as another one when it is written like it: "- **Tests**: cover it" is not.
bool isAnotherHeader(const QString &raw, const QString &first, const std::optional<HeaderLine> &header)
{
    const QString line = undecorated(raw);
    const QString start = undecorated(first);
    return isHeader(header) && !line.isEmpty() && !start.isEmpty() && line[0].isUpper() == start[0].isUpper()
        && (line.startsWith(header->type, Qt::CaseInsensitive) || !header->scope.isEmpty());
}

/// "Best: fix: this", "Runner-up: fix: that"
bool isAnotherLabelled(const QString &raw, const Found &first, const QStringList &lines, const MessageRules &rules)
{
    const auto isLabelled = [&](const QString &line) {
        return !isHeader(parseHeaderLine(undecorated(line), rules.types)) && line.count(u':') >= 2;
    };
    if (!isLabelled(lines[first.line]) || !isLabelled(raw))
        return false;
    const auto another = headerInLine(raw, 0, rules.types);
    return another && !another->alone && !sameHeader(another->header, first.header);
}

Draft draftOf(const Found &found, const QStringList &lines)
{
    Draft draft{.type = found.header.type,
                .scope = found.header.scope,
                .breaking = found.header.breaking,
                .subject = found.header.subject};
    if (!found.alone)
        draft.body = lines.mid(found.line + 1).join(u'\n').trimmed();
    return draft;
}

Extraction conventional(const QStringList &lines, const MessageRules &rules)
{
    std::optional<Found> first;
    QStringList kept = lines;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (!first) {
            first = headerInLine(lines[i], i, rules.types);
            if (first && first->several)
                return {.rejection = Rejection::SeveralMessages};
            continue;
        }
        const auto header = parseHeaderLine(undecorated(lines[i]), rules.types);
        if (isHeader(header) && sameHeader(*header, first->header))
            kept[i].clear(); // it said it twice
        else if (isAnotherHeader(lines[i], lines[first->line], header)
                 || isAnotherLabelled(lines[i], *first, lines, rules))
            return {.rejection = Rejection::SeveralMessages};
    }
    if (first)
        return {.draft = draftOf(*first, kept)};
    return {.rejection = Rejection::NoHeader};
}

/// The first line that is neither blank nor a preamble. A line that ends in a colon announces the next.
qsizetype firstLine(const QStringList &lines)
{
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QString line = lines[i].trimmed();
        const bool announces = i + 1 < lines.size() && (line.endsWith(u':') || line.endsWith(u'：'));
        const QString words = undecorated(line);
        if (!announces && !words.isEmpty() && !(isPreamble(line) && isPreamble(words)))
            return i;
    }
    return -1;
}

bool isListItem(const QString &line)
{
    static const QRegularExpression item(uR"(^\s*(?:[-*•+]|\d{1,2}[.)])\s+\S)"_s);
    return line.contains(item);
}

bool isOption(const QString &line)
{
    static const QRegularExpression option(
        uR"(^[\s*_#-]*(?:option|alternative|variant|candidate)\s*(?:\d|[A-H])[*_]*\s*[:.)–-])"_s,
        QRegularExpression::CaseInsensitiveOption);
    return line.contains(option);
}

/// The one thing in quotes in a line about the message: I'd use the commit message "Handle empty input".
std::optional<Draft> quotedInTalk(const QStringList &lines)
{
    static const QRegularExpression talk(
        uR"(\b(?:commit message|subject line)\b|^[`"“][^`"”]+[`"”] (?:is|would|describes|summari[sz]es)\b)"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression quoted(uR"([`"“«「](?<inside>[^`"“”«»」\n]{6,200})[`"”»」])"_s);
    std::optional<Draft> draft;
    for (const QString &line : lines) {
        if (!line.contains(talk))
            continue;
        for (auto found = quoted.globalMatch(line); found.hasNext();) {
            const QString inside = found.next().captured(u"inside"_s).trimmed();
            if (!inside.contains(u' ') || (draft && draft->subject != inside))
                return std::nullopt;
            draft = Draft{.subject = inside};
        }
    }
    return draft;
}

bool isTalk(const QString &line)
{
    static const QRegularExpression about(
        uR"(^[`"“][^`"”]+[`"”] (?:is|would|describes|summari[sz]es)\b.*\bmessage\b)"_s,
        QRegularExpression::CaseInsensitiveOption);
    return isPreamble(line) || line.contains(about);
}

Extraction plain(const QStringList &lines, const MessageRules &rules)
{
    const qsizetype at = firstLine(lines);
    if (at < 0 || isTalk(lines[at].trimmed()))
        if (const auto draft = quotedInTalk(lines))
            return {.draft = draft};
    if (at < 0)
        return {.rejection = lines.join(QString()).trimmed().isEmpty() ? Rejection::Empty : Rejection::NotAMessage};
    const auto items = std::count_if(lines.begin() + at, lines.end(), isListItem);
    if (isListItem(lines[at]) && items > 1)
        return {.rejection = Rejection::NotAMessage};
    if (std::count_if(lines.begin() + at, lines.end(), isOption) > 1)
        return {.rejection = Rejection::SeveralMessages};
    Draft draft{.subject = undecorated(lines[at], rules.areas()), .body = lines.mid(at + 1).join(u'\n').trimmed()};
    return {.draft = draft};
}

/// A plain answer in a repository that wants a type in front.
Extraction withAssumedType(const QStringList &lines, const MessageRules &rules)
{
    Extraction found = plain(lines, rules);
    if (!found.draft || rules.assumedType.isEmpty())
        return {.rejection = found.draft ? Rejection::NoHeader : found.rejection};
    const auto header = parseHeaderLine(found.draft->subject, rules.types);
    if (header && !header->knownType && !header->subject.isEmpty())
        found.draft->subject = header->subject; // "update: what"
    found.draft->type = rules.assumedType;
    found.repaired = true;
    return found;
}

/// "type: fix", "scope: parser", "subject: what": the form filled in line by line, or in tags.
std::optional<Draft> filledForm(const QString &answer, const QStringList &types)
{
    static const QRegularExpression field(
        uR"(^[\s*_>#-]*(?:commit[ _-])?(?<key>type|scope|subject|title|description|message|body|breaking)[*_]*\s*[:：=][*_]*[ \t]*(?<value>.*)$)"_s,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::MultilineOption);
    static const QRegularExpression tag(
        uR"(<(?<key>type|scope|subject|title|description|body|breaking)>\s*(?<value>.*?)\s*</\k<key>>)"_s,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression argument(
        uR"rx(\b(?<key>type|scope|subject|title|description|message|body|breaking)\s*=\s*(?<quote>["'])(?<value>(?:\\.|(?!\k<quote>)[^\\])*)\k<quote>)rx"_s);
    for (const QRegularExpression &shape : {tag, field, argument}) {
        QHash<QString, QString> values;
        qsizetype end = 0;
        for (auto found = shape.globalMatch(answer); found.hasNext();) {
            const QRegularExpressionMatch match = found.next();
            const QString key = match.captured(u"key"_s).toLower();
            if (!values.contains(key))
                values[key] = undecorated(match.captured(u"value"_s));
            if (key == "body"_L1)
                end = match.capturedStart(u"value"_s);
        }
        QString subject;
        for (const QString &key : {u"subject"_s, u"title"_s, u"description"_s, u"message"_s})
            subject = subject.isEmpty() ? values.value(key) : subject;
        const auto header = parseHeaderLine(subject, types);
        if (subject.isEmpty() || (!values.contains(u"type"_s) && !isHeader(header)))
            continue;
        const bool lastIsBody = shape.pattern() == field.pattern() && end > 0;
        static const QRegularExpression blockMark(uR"(^[|>][+-]?\s*(?=\n))"_s); // YAML's
        QString body = lastIsBody ? answer.sliced(end).trimmed() : values.value(u"body"_s);
        body.remove(blockMark);
        if (!values.contains(u"type"_s))
            return Draft{.type = header->type,
                         .scope = header->scope,
                         .breaking = header->breaking,
                         .subject = header->subject,
                         .body = body};
        const QString scope = values.value(u"scope"_s);
        return Draft{.type = values[u"type"_s].toLower(),
                     .scope = scope.compare("none"_L1, Qt::CaseInsensitive) == 0 ? QString() : scope,
                     .breaking = values.value(u"breaking"_s).startsWith(u't', Qt::CaseInsensitive),
                     .subject = subject,
                     .body = body};
    }
    return std::nullopt;
}

} // namespace

Extraction extractFromText(const QString &answer, const MessageRules &rules)
{
    const QString text = unwrapped(answer, rules.types);
    if (text.isEmpty())
        return {.rejection = Rejection::NotAMessage}; // a diff, a table's head, an empty fence
    const QStringList lines = text.split(u'\n');
    if (rules.style != SubjectStyle::Conventional)
        return plain(lines, rules);
    Extraction found = conventional(lines, rules);
    if (found.rejection != Rejection::NoHeader)
        return found;
    if (const auto form = filledForm(text, rules.types))
        return {.draft = form};
    return withAssumedType(lines, rules);
}

} // namespace AutoCommit
