#include "core/wording/draft.h"

#include "core/wording/headerline.h"
#include "core/wording/loosejson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <initializer_list>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// The value under the first of these names, whatever their case and separators.
QJsonValue field(const QJsonObject &object, std::initializer_list<QLatin1StringView> names)
{
    for (const QLatin1StringView name : names) {
        for (auto it = object.begin(); it != object.end(); ++it) {
            QString key = it.key().toLower();
            key.remove(u'_').remove(u'-').remove(u' ');
            if (key == name && !it.value().isNull())
                return it.value();
        }
    }
    return QJsonValue::Undefined;
}

QJsonValue subjectField(const QJsonObject &object)
{
    return field(object,
                 {"subject"_L1, "subjectline"_L1, "title"_L1, "header"_L1, "headline"_L1, "summary"_L1,
                  "commitmessage"_L1, "commitmsg"_L1, "message"_L1, "msg"_L1, "commit"_L1, "description"_L1,
                  "answer"_L1, "response"_L1, "output"_L1, "result"_L1, "content"_L1, "text"_L1});
}

QJsonValue bodyField(const QJsonObject &object)
{
    const QJsonValue body
        = field(object, {"body"_L1, "details"_L1, "bullets"_L1, "changes"_L1, "longdescription"_L1, "content"_L1});
    if (!body.isUndefined() && body != subjectField(object))
        return body;
    for (const QLatin1StringView name : {"description"_L1, "message"_L1}) // of {"title", "description"}
        if (const QJsonValue text = field(object, {name}); text.isString() && text != subjectField(object))
            return text;
    return QJsonValue::Undefined;
}

bool isNothing(const QString &text)
{
    static const QStringList words{u""_s,          u"null"_s,   u"none"_s, u"n/a"_s,   u"na"_s,
                                   u"undefined"_s, u"nil"_s,    u"-"_s,    u"empty"_s, u"no scope"_s,
                                   u"no body"_s,   u"global"_s, u"*"_s};
    return words.contains(text.trimmed().toLower());
}

QString bodyText(const QJsonValue &body)
{
    if (body.isString())
        return isNothing(body.toString()) ? QString() : body.toString();
    const QJsonArray points = body.toArray();
    QStringList lines;
    for (const QJsonValue &point : points) {
        static const QRegularExpression mark(uR"(^(?:\d{1,2}[.)]|[*•+])\s+)"_s);
        const QString text = point.toString().trimmed().remove(mark);
        if (text.startsWith(u'#')) // a heading of a document that this is not
            continue;
        if (!isNothing(text))
            lines.append(points.size() > 1 && !text.startsWith(u'-') ? u"- "_s + text : text);
    }
    return lines.join(u'\n');
}

QString scopeText(const QJsonValue &scope)
{
    const QJsonArray several = scope.toArray();
    const QString text = several.size() == 1 ? several[0].toString() : scope.toString();
    return isNothing(text) ? QString() : text.trimmed();
}

bool truth(const QJsonValue &value)
{
    const QString word = value.toString().toLower();
    return value.toBool() || word == "true"_L1 || word == "yes"_L1;
}

/// {"type": "object", "properties": ...}: the schema given back.
bool isSchema(const QJsonObject &object)
{
    return object.contains("properties"_L1) || object.contains("$schema"_L1)
        || (object["type"_L1].toString() == "object"_L1 && object.contains("required"_L1));
}

/// An object that holds the message under some name, to be looked into instead.
QJsonValue innerMessage(const QJsonObject &object)
{
    for (const QJsonValue &value : object)
        if (value.isObject() && !subjectField(value.toObject()).isUndefined())
            return value;
    return field(object,
                 {"commits"_L1, "messages"_L1, "commitmessages"_L1, "suggestions"_L1, "options"_L1, "choices"_L1});
}

/// "type": "feat(api)!" or "fix:"
void splitType(Draft &draft)
{
    const auto header = parseHeaderLine(draft.type.trimmed().remove(u':') + ": x"_L1);
    if (!header)
        return;
    draft.type = header->type;
    draft.breaking = draft.breaking || header->breaking;
    if (draft.scope.isEmpty())
        draft.scope = header->scope;
}

Extraction fromObject(const QJsonObject &object, const MessageRules &rules);

Extraction fromList(const QJsonArray &list, const MessageRules &rules)
{
    Extraction found{.rejection = Rejection::BrokenJson};
    for (const QJsonValue &value : list) {
        Extraction next
            = value.isObject() ? fromObject(value.toObject(), rules) : extractFromText(value.toString(), rules);
        if (!next.draft)
            continue;
        if (found.draft && next.draft->subject != found.draft->subject)
            return {.rejection = Rejection::SeveralMessages};
        found = std::move(next);
    }
    return found;
}

/// A line end in the middle of a sentence is a slip; the sentence goes on.
qsizetype endOfSubject(QString &text)
{
    const qsizetype lineEnd = text.indexOf(u'\n');
    constexpr qsizetype tooFew = 15; // for a subject
    const bool goesOn = lineEnd > 0 && lineEnd < tooFew && lineEnd + 1 < text.size()
        && text[lineEnd - 1].isLetterOrNumber() && text[lineEnd + 1].isLower() && text.indexOf(u'\n', lineEnd + 1) < 0;
    if (!goesOn)
        return lineEnd;
    text[lineEnd] = u' ';
    return -1;
}

/// A subject that is a whole message of its own: header, body and all.
void splitSubject(QString text, Draft &draft, const MessageRules &rules)
{
    const qsizetype lineEnd = endOfSubject(text);
    draft.subject = (lineEnd < 0 ? text : text.left(lineEnd)).trimmed();
    if (lineEnd >= 0 && draft.body.isEmpty())
        draft.body = text.sliced(lineEnd).trimmed();
    const auto header = parseHeaderLine(draft.subject, rules.types);
    if (rules.style != SubjectStyle::Conventional || !header || !header->knownType)
        return;
    const QString given = canonicalType(draft.type, rules.types);
    if (given.isEmpty() || given == header->type) {
        draft.type = header->type;
        draft.subject = header->subject;
        draft.breaking = draft.breaking || header->breaking;
        if (draft.scope.isEmpty())
            draft.scope = header->scope;
    }
}

/// {"message": "{\"type\": ...}"}: JSON once more, perhaps in a fence; or the arguments of a tool call.
std::optional<Extraction> fromText(const QString &text, const MessageRules &rules)
{
    static const QRegularExpression start(uR"(^\s*(?:```(?:json)?\s*)?\{)"_s);
    return text.contains(start) ? extractFromJson(text, rules) : std::nullopt;
}

Extraction fromObject(const QJsonObject &object, const MessageRules &rules)
{
    if (isSchema(object))
        return {.rejection = Rejection::NotAMessage};
    const QJsonValue subject = subjectField(object);
    for (const QJsonValue &text : {subject, field(object, {"arguments"_L1, "parameters"_L1, "input"_L1})})
        if (const auto inner = fromText(text.toString(), rules))
            return *inner;
    if (subject.isObject())
        return fromObject(subject.toObject(), rules);
    if (subject.isArray())
        return fromList(subject.toArray(), rules);
    if (!subject.isString()) {
        const QJsonValue inner = innerMessage(object);
        if (inner.isObject())
            return fromObject(inner.toObject(), rules);
        if (inner.isArray())
            return fromList(inner.toArray(), rules);
        const bool refused = !field(object, {"error"_L1, "refusal"_L1}).isUndefined();
        return {.rejection = refused ? Rejection::Refusal : Rejection::BrokenJson};
    }
    if (subject.toString().trimmed().isEmpty())
        return {.rejection = Rejection::Empty};
    Draft draft{.type = field(object, {"type"_L1, "committype"_L1, "kind"_L1}).toString(),
                .scope = scopeText(field(object, {"scope"_L1})),
                .breaking = truth(field(object, {"breaking"_L1, "breakingchange"_L1, "isbreaking"_L1})),
                .body = bodyText(bodyField(object))};
    splitType(draft);
    splitSubject(subject.toString().trimmed(), draft, rules);
    return {.draft = draft};
}

bool mayHoldMessage(const QString &answer)
{
    static const QRegularExpression key(
        uR"(["'“‘]?(?:subject|title|header|headline|summary|description|message|commit\w*|type|error|refusal|properties)["'”’]?\s*[:：])"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression wrapper(
        uR"rx(^\s*(?:```\w*\s*)?\{\s*"(?:answer|response|output|result|content|text|id|name)"\s*:)rx"_s,
        QRegularExpression::CaseInsensitiveOption);
    return answer.contains(u'{') && (answer.contains(key) || answer.contains(wrapper));
}

/// Is the whole answer meant as JSON, so that failing to read it is the end?
bool isAllJson(const QString &answer)
{
    static const QRegularExpression start(uR"(^\s*(?:```\s*(?:json\w*)?\s*)?(?:\{|\[\s*\{))"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    return answer.contains(start);
}

/// {“type“: “fix“}: an editor's quotes, or a model's that learned from one's.
QString withPlainQuotes(QString answer)
{
    static const QRegularExpression object(uR"(^\s*(?:```(?:json)?\s*)?\{\s*[“”„‟])"_s);
    static const QRegularExpression quote(u"[“”„‟]"_s);
    return answer.contains(object) && !answer.contains(u'"') ? answer.replace(quote, u"\""_s) : answer;
}

} // namespace

QString unquotedAnswer(const QString &answer)
{
    const QString text = answer.trimmed();
    if (text.size() < 3 || !text.startsWith(u'"') || !text.endsWith(u'"'))
        return answer;
    const QJsonArray wrapped = QJsonDocument::fromJson((u'[' + text + u']').toUtf8()).array();
    return wrapped.size() == 1 && wrapped[0].isString() ? wrapped[0].toString() : answer;
}

std::optional<Extraction> extractFromJson(const QString &given, const MessageRules &rules)
{
    const QString answer = withPlainQuotes(given);
    if (!mayHoldMessage(answer))
        return std::nullopt;
    std::optional<Extraction> found;
    int tries = 0;
    for (qsizetype at = answer.indexOf(u'{'); at >= 0 && tries < 40; ++tries) {
        const auto json = parseLooseJson(answer, at);
        if (!json || !json->value.isObject()) {
            at = answer.indexOf(u'{', at + 1);
            continue;
        }
        at = answer.indexOf(u'{', json->end);
        Extraction next = fromObject(json->value.toObject(), rules);
        next.repaired = json->broken;
        if (!next.draft && found)
            continue;
        if (next.draft && found && found->draft && next.draft->subject != found->draft->subject)
            return Extraction{.rejection = Rejection::SeveralMessages};
        found = std::move(next);
    }
    if (!found && isAllJson(answer))
        return Extraction{.rejection = Rejection::BrokenJson};
    // An object in passing is no reason to throw away a header that stands beside it.
    return found && (found->draft || isAllJson(answer)) ? found : std::nullopt;
}

} // namespace AutoCommit
