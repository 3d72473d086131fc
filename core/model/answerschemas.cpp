#include "core/model/answerschemas.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace AutoCommit {

using namespace Qt::StringLiterals;

namespace {

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray compact(const QJsonArray &array)
{
    return QJsonDocument(array).toJson(QJsonDocument::Compact);
}

QByteArray text(qsizetype longest)
{
    return compact(QJsonObject{{u"type"_s, u"string"_s}, {u"maxLength"_s, longest}});
}

using Property = std::pair<const char *, QByteArray>;

/// By hand, because servers write the properties in the order in which they stand here, and QJsonObject sorts them.
QByteArray objectOf(const QList<Property> &properties)
{
    QByteArrayList members;
    QByteArrayList names;
    for (const auto &[name, schema] : properties) {
        names.append('"' + QByteArray(name) + '"');
        members.append(names.last() + ':' + schema);
    }
    return R"({"type":"object","properties":{)" + members.join(',') + R"(},"required":[)" + names.join(',')
        + R"(],"additionalProperties":false})";
}

QByteArray arrayOf(const QByteArray &items, qsizetype least, qsizetype most)
{
    return R"({"type":"array","items":)" + items + R"(,"minItems":)" + QByteArray::number(least) + R"(,"maxItems":)"
        + QByteArray::number(most) + '}';
}

QByteArray scopeSchema(const MessageRules &rules)
{
    QJsonArray known = QJsonArray::fromStringList(rules.scopes.mid(0, 24));
    known.append(QJsonValue::Null);
    if (rules.scopesClosed && known.size() > 1)
        return R"({"enum":)" + compact(known) + '}';
    return R"({"type":["string","null"],"maxLength":24})";
}

/// Room for the subject beside the longest "type(scope)!: " that is usual; the ladder counts exactly.
qsizetype subjectLimit(const MessageRules &rules)
{
    const auto shorter = [](const QString &a, const QString &b) { return a.size() < b.size(); };
    qsizetype prefix = 0;
    if (rules.style == SubjectStyle::Conventional && !rules.types.isEmpty())
        prefix += std::ranges::max(rules.types, shorter).size() + 3;
    if (rules.style != SubjectStyle::Plain)
        prefix += rules.scopes.isEmpty() ? 8 : std::ranges::max(rules.scopes.mid(0, 24), shorter).size() + 2;
    return std::max<qsizetype>(40, rules.headerLimit - prefix);
}

} // namespace

RedactedText messageSchema(const MessageRules &rules, const SecretScanner &scanner)
{
    const bool conventional = rules.style == SubjectStyle::Conventional;
    QList<Property> properties;
    if (conventional)
        properties.append(Property{"type", R"({"enum":)" + compact(QJsonArray::fromStringList(rules.types)) + '}'});
    if (rules.style != SubjectStyle::Plain)
        properties.append(Property{"scope", scopeSchema(rules)});
    if (conventional)
        properties.append(Property{"breaking", R"({"type":"boolean"})"});
    properties.append(Property{"subject", text(subjectLimit(rules))});
    if (rules.bodyAllowed)
        properties.append(Property{"body", arrayOf(text(200), 0, 5)});
    return scanner.redact(objectOf(properties));
}

RedactedText groupSchema(qsizetype groups)
{
    const QByteArray number
        = compact(QJsonObject{{u"type"_s, u"integer"_s}, {u"minimum"_s, 1}, {u"maximum"_s, groups}});
    const QByteArray commit = objectOf({{"groups", arrayOf(number, 1, groups)}, {"why", text(100)}});
    return RedactedText::ownWords(objectOf({{"commits", arrayOf(commit, 1, groups)}}).constData());
}

} // namespace AutoCommit
