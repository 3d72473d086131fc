#include "core/privacy/rulebook.h"

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

Error badRule(QByteArrayView line, const QString &why)
{
    return {.kind = ErrorKind::Config,
            .message = u"The secret rule \"%1\" cannot be read: %2"_s.arg(QString::fromUtf8(line), why),
            .detail = {}};
}

/// Takes the first blank-separated word off `line`.
QByteArrayView takeWord(QByteArrayView &line)
{
    line = line.trimmed();
    qsizetype end = 0;
    while (end < line.size() && !Bytes::blank.contains(line[end]))
        ++end;
    const QByteArrayView word = line.first(end);
    line = line.sliced(end).trimmed();
    return word;
}

bool applyCheck(TokenRule &rule, QByteArrayView check)
{
    if (check.startsWith("near="))
        rule.near = check.sliced(5).toByteArray().split(',');
    else if (check.startsWith("entropy="))
        rule.entropy = check.sliced(8).toDouble();
    else if (check == QByteArrayView("crc32"))
        rule.check = TokenCheck::Crc32Base62;
    else if (check == QByteArrayView("jwt"))
        rule.check = TokenCheck::Jwt;
    else if (check == QByteArrayView("basic-auth"))
        rule.check = TokenCheck::BasicAuth;
    else if (check == QByteArrayView("base64-json"))
        rule.check = TokenCheck::Base64Json;
    else if (check == QByteArrayView("open-left"))
        rule.openLeft = true;
    else if (check == QByteArrayView("open-right"))
        rule.openRight = true;
    else if (check == QByteArrayView("whole"))
        rule.whole = true;
    else if (check == QByteArrayView("generic"))
        rule.generic = true;
    else if (check == QByteArrayView("in-runs"))
        rule.inRuns = true;
    else
        return false;
    return true;
}

} // namespace

bool TokenRule::isFoundByItself() const
{
    const auto telling = [](const Shape::Anchor &anchor) { return anchor.keyword.size() > 2; };
    const QList<Shape::Anchor> &anchors = shape.anchors();
    return inRuns || (!anchors.isEmpty() && (near.isEmpty() || std::all_of(anchors.begin(), anchors.end(), telling)));
}

Result<TokenRule> RuleBook::parseRule(QByteArrayView line)
{
    const QByteArrayView whole = line;
    TokenRule rule;
    rule.id = takeWord(line).toByteArray();
    rule.provider = m_provider;
    rule.source = m_source;
    rule.shapeText = takeWord(line).toByteArray();
    while (!line.isEmpty()) {
        const QByteArrayView check = takeWord(line);
        if (check == QByteArrayView("--")) {
            rule.description = line.toByteArray();
            break;
        }
        if (!applyCheck(rule, check))
            return badRule(whole, u"unknown check \"%1\""_s.arg(QString::fromUtf8(check)));
    }
    if (rule.description.isEmpty() || rule.provider.isEmpty())
        return badRule(whole, u"provider or description is missing"_s);
    AC_ASSIGN(rule.shape, Shape::parse(rule.shapeText, m_numbers));
    if (rule.shape.anchors().isEmpty() && rule.near.isEmpty() && !rule.inRuns)
        return badRule(whole, u"it has neither a fixed part nor words to be near to"_s);
    return rule;
}

Status RuleBook::read(QByteArrayView text)
{
    for (qsizetype begin = 0; begin < text.size();) {
        qsizetype end = text.indexOf('\n', begin);
        if (end < 0)
            end = text.size();
        QByteArrayView line = text.sliced(begin, end - begin).trimmed();
        begin = end + 1;
        if (line.isEmpty() || line.startsWith('#'))
            continue;
        if (line.startsWith("@ ")) {
            const qsizetype bar = line.indexOf('|');
            m_provider = line.sliced(2, (bar < 0 ? line.size() : bar) - 2).trimmed().toByteArray();
            m_source = bar < 0 ? QByteArray() : line.sliced(bar + 1).trimmed().toByteArray();
            continue;
        }
        AC_ASSIGN(auto rule, parseRule(line));
        m_rules.push_back(std::move(rule));
    }
    return {};
}

} // namespace AutoCommit
