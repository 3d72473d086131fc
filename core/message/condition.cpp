#include "core/message/guard.h"
#include "core/message/safety.h"

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

bool asksSomething(const Tokens &tokens)
{
    return std::any_of(tokens.begin(), tokens.begin() + std::min<qsizetype>(tokens.size(), 3), [](const Token &token) {
        return isOneOf(token.text, "if elif elsif while unless guard && || and or until");
    });
}

/// The name that says most among `count` tokens from `first`: a call, else a qualified name.
Name tellingName(const Tokens &tokens, qsizetype first, qsizetype count)
{
    Name best;
    for (qsizetype i = first; i < first + count; ++i) {
        if (tokens[i].kind != TokenKind::Word || isKeyword(tokens[i].text))
            continue;
        const ByteView whole = withoutSelf(qualifiedName(tokens, i));
        const char *const end = whole.data() + whole.size();
        while (i + 1 < first + count && tokens[i].text.data() + tokens[i].text.size() < end)
            ++i;
        if (saysLittle(whole))
            continue;
        const bool called = i + 1 < tokens.size() && tokens[i + 1].text == ByteView("(");
        Name name = called ? callName(whole) : codeName(whole);
        if (!name.text.isEmpty() && (best.text.isEmpty() || (called && best.kind != WordKind::Call)))
            best = name;
    }
    return best;
}

bool joins(const Tokens &tokens, qsizetype first, qsizetype count)
{
    return std::any_of(tokens.begin() + first, tokens.begin() + first + count,
                       [](const Token &token) { return isOneOf(token.text, "&& || and or"); });
}

/// Does the stretch hold more than a part of one condition?
bool holdsStatement(const Tokens &tokens, qsizetype first, qsizetype count)
{
    return std::any_of(tokens.begin() + first, tokens.begin() + first + count, [](const Token &token) {
        return isOneOf(token.text, "{ } ; if else for while return then do");
    });
}

} // namespace

void addConditionFact(const Block &block, const Pair &pair, Facts &facts)
{
    const Difference &d = pair.difference;
    if (holdsStatement(pair.before, d.first, d.oldCount) || holdsStatement(pair.after, d.first, d.newCount))
        return;
    if (block.removed[pair.removed].comment || (!asksSomething(pair.before) && !asksSomething(pair.after))
        || (d.oldCount == 0 && d.newCount == 0))
        return;
    Fact fact{.topic = Topic::Logic, .verb = u"check"_s, .lines = 2, .salience = 52};
    if (d.oldCount == 0 && joins(pair.after, d.first, d.newCount)) {
        fact.names = {tellingName(pair.after, d.first, d.newCount)};
        fact.verb = u"also check"_s;
        fact.salience = 56;
    } else if (d.newCount == 0 && joins(pair.before, d.first, d.oldCount)) {
        fact.names = {tellingName(pair.before, d.first, d.oldCount)};
        fact.verb = u"drop"_s;
        fact.before = u"check of"_s;
        fact.salience = 54;
    } else if (d.newCount + d.oldCount == 1
               && isOneOf(d.newCount ? pair.after[d.first].text : pair.before[d.first].text, "! not")) {
        const qsizetype at = d.first + d.newCount;
        fact.names = {tellingName(pair.after, at, std::min<qsizetype>(pair.after.size() - at, 6))};
        fact.verb = u"invert"_s;
        fact.before = u"check of"_s;
    } else {
        const qsizetype call = enclosingCall(pair.after, d.first);
        if (call >= 0 && !isKeyword(pair.after[call].text)) // an argument, not what is asked
            return;
        const Name before = tellingName(pair.before, d.first, d.oldCount);
        fact.names = {tellingName(pair.after, d.first, d.newCount)};
        if (fact.names.first().text == before.text)
            return;
        if (!before.text.isEmpty() && before.kind == fact.names.first().kind)
            fact.after = u"instead of "_s + before.text + (before.kind == WordKind::Call ? u"()"_s : QString());
    }
    if (fact.names.first().text.isEmpty())
        return;
    placeIn(fact, block);
    facts.append(fact);
}

} // namespace AutoCommit::Wording
