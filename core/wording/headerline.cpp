#include "core/wording/headerline.h"

#include <QHash>
#include <QRegularExpression>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

const QHash<QString, QString> &aliases()
{
    static const QHash<QString, QString> table = [] {
        QHash<QString, QString> names;
        const auto add = [&](const QString &type, const QStringList &words) {
            names.insert(type, type);
            for (const QString &word : words)
                names.insert(word, type);
        };
        add(u"feat"_s, {u"feature"_s, u"features"_s, u"feats"_s, u"new feature"_s, u"enhancement"_s});
        add(u"fix"_s,
            {u"bugfix"_s, u"bug"_s, u"hotfix"_s, u"fixes"_s, u"fixed"_s, u"bug fix"_s, u"bug-fix"_s, u"fixup"_s,
             u"security"_s});
        add(u"docs"_s, {u"doc"_s, u"documentation"_s});
        add(u"style"_s, {u"styles"_s, u"format"_s, u"formatting"_s});
        add(u"refactor"_s, {u"refactoring"_s, u"refact"_s, u"refac"_s, u"ref"_s});
        add(u"perf"_s, {u"performance"_s, u"optimization"_s});
        add(u"test"_s, {u"tests"_s, u"testing"_s});
        add(u"build"_s, {u"deps"_s, u"dependencies"_s, u"dependency"_s});
        add(u"ci"_s, {u"cd"_s, u"ci/cd"_s});
        add(u"chore"_s, {u"chores"_s, u"maintenance"_s, u"maint"_s, u"misc"_s});
        add(u"revert"_s, {u"reverts"_s});
        return names;
    }();
    return table;
}

struct Shape
{
    QRegularExpression pattern;
    bool onlyKnownTypes;
};

/// From the strict to the lax. The lax ones read ordinary sentences, too, so they need a type that is one.
const QList<Shape> &shapes()
{
    static const QString word = uR"((?<type>\p{L}[\p{L}\p{N}_/-]{0,29}))"_s;
    static const QString scope = uR"([(\[{（](?<scope>[^()\[\]{}（）\n]{0,60})[)\]}）])"_s;
    static const QString rest = uR"(\s*(?<rest>\S.*)$)"_s;
    static const QList<Shape> list{
        {QRegularExpression(u'^' + word + uR"((?<b1>!?)\s?(?:)"_s + scope + uR"()?\s?(?<b2>!?)\s?[:：])"_s + rest),
         false},
        {QRegularExpression(uR"(^\[(?<type>\p{L}+(?:[ /]\p{L}[\p{L}\p{N}_-]*)?)\]\s*(?:)"_s + scope
                            + uR"()?(?<b1>!?)(?<b2>)\s*[:：]?)"_s + rest),
         true},
        {QRegularExpression(u'^' + word + scope + uR"((?<b1>!?)(?<b2>)\s+)"_s + rest), true},
        {QRegularExpression(u'^' + word + uR"((?<scope>)(?<b1>)(?<b2>)\s+[-–—]\s+)"_s + rest), true},
        {QRegularExpression(uR"(^(?<type>(?i:bug fix|new feature))(?<scope>)(?<b1>)(?<b2>)\s*[:：])"_s + rest), true},
    };
    return list;
}

std::optional<HeaderLine> parseOnce(const QString &line, const QStringList &moreTypes)
{
    for (const Shape &shape : shapes()) {
        const QRegularExpressionMatch match = shape.pattern.match(line);
        if (!match.hasMatch())
            continue;
        QString word = match.captured(u"type"_s).toLower();
        QString scope = match.captured(u"scope"_s).trimmed();
        QString type = canonicalType(word, moreTypes);
        if (const qsizetype slash = word.indexOf(u'/'); type.isEmpty() && slash > 0 && scope.isEmpty()) {
            type = canonicalType(word.left(slash), moreTypes); // fix/parser: what
            if (!type.isEmpty())
                scope = word.mid(slash + 1);
        }
        if (type.isEmpty() && shape.onlyKnownTypes)
            continue;
        return HeaderLine{.type = type.isEmpty() ? word : type,
                          .scope = scope,
                          .breaking = !match.captured(u"b1"_s).isEmpty() || !match.captured(u"b2"_s).isEmpty(),
                          .subject = match.captured(u"rest"_s).trimmed(),
                          .knownType = !type.isEmpty()};
    }
    return std::nullopt;
}

} // namespace

QString canonicalType(const QString &word, const QStringList &more)
{
    const QString lower = word.trimmed().toLower();
    for (const QString &own : more)
        if (own.compare(lower, Qt::CaseInsensitive) == 0)
            return own;
    return aliases().value(lower);
}

std::optional<HeaderLine> parseHeaderLine(const QString &line, const QStringList &moreTypes)
{
    std::optional<HeaderLine> header = parseOnce(line.trimmed(), moreTypes);
    if (!header)
        return std::nullopt;
    // "fix: fix(parser): what". With another type inside it may well be meant: "revert: feat: what".
    const auto inner = parseOnce(header->subject, moreTypes);
    if (inner && inner->knownType && inner->type == header->type && header->type != "revert"_L1) {
        header->scope = inner->scope.isEmpty() ? header->scope : inner->scope;
        header->breaking = header->breaking || inner->breaking;
        header->subject = inner->subject;
    }
    return header;
}

bool looksLikeHeader(const QString &line)
{
    const auto header = parseOnce(line.trimmed(), {});
    return header && header->knownType;
}

} // namespace AutoCommit
