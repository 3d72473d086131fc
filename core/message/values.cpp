#include "core/message/facts.h"
#include "core/message/requirement.h"
#include "core/message/safety.h"
#include "core/message/withheld.h"

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

bool isLiteral(const Token &token)
{
    if (token.kind == TokenKind::Number || token.kind == TokenKind::String)
        return true;
    return isOneOf(token.text, "true false True False TRUE FALSE null nil None yes no on off");
}

/// The key that stands before `at`: `timeout: 30`, `MAX = 5`, `#define SIZE 10`, `.timeout(30)`, `--jobs 4`.
Name keyBefore(const Tokens &tokens, qsizetype at)
{
    qsizetype i = at - 1;
    while (i >= 0 && (tokens[i].text == ByteView("-") || tokens[i].text == ByteView("(")))
        --i;
    if (i < 0)
        return {};
    const bool opens = i + 1 < at && tokens[i + 1].text == ByteView("(");
    if (opens && tokens[i].kind == TokenKind::Word)
        return callName(withoutSelf(qualifiedName(tokens, i)));
    if (tokens[i].kind == TokenKind::Word && i > 0 && tokens[i - 1].text == ByteView("define"))
        return codeName(tokens[i].text);
    if (isOneOf(tokens[i].text, "|| ?? or")) { // `limit = options.limit ?? 5`
        int depth = 0;
        while (i > 0 && !(depth == 0 && isOneOf(tokens[i].text, "= :"))) {
            depth += isOneOf(tokens[i].text, ") ] }") ? 1 : isOneOf(tokens[i].text, "( [ {") ? -1 : 0;
            --i;
        }
    }
    const bool assigns = isOneOf(tokens[i].text, "= : => := ?= += -=");
    if (!assigns || i == 0)
        return {};
    --i;
    if (tokens[i].kind == TokenKind::String)
        return codeName(unquoted(tokens[i].text));
    if (tokens[i].kind != TokenKind::Word)
        return {};
    // `const int limit: u32 = 5`: the name is before the type
    if (i >= 2 && tokens[i - 1].text == ByteView(":") && tokens[i - 2].kind == TokenKind::Word)
        i -= 2;
    const ByteView name = withoutSelf(qualifiedName(tokens, i));
    if (isKeyword(name))
        return {};
    return saysLittle(name) && name.size() < 3 ? Name{} : codeName(name);
}

double numberOf(ByteView text, bool &ok)
{
    QByteArray digits;
    for (const char c : text) {
        if (c != '_')
            digits += c;
    }
    return digits.toDouble(&ok);
}

/// "raise X from 30 to 60", "enable X", "set X to y"
void phraseValue(Fact &fact, ByteView before, ByteView after, bool literals)
{
    bool wasNumber = false;
    bool isNumber_ = false;
    const double was = numberOf(before, wasNumber);
    const double is = numberOf(after, isNumber_);
    const QString old = safeValue(before);
    const QString now = safeValue(after);
    if (literals && wasNumber && isNumber_ && was != is) {
        fact.verb = is > was ? u"raise"_s : u"lower"_s;
        fact.after = u"from "_s + old + u" to "_s + now;
        return;
    }
    fact.verb = u"set"_s;
    fact.after = u"to "_s + now;
    if (!old.isEmpty() && now.size() + old.size() < 30 && !isOneOf(after, "true false True False TRUE FALSE")) {
        fact.verb = u"change"_s;
        fact.after = u"from "_s + old + u" to "_s + now;
    }
}

/// `V1_18(-1, 41, "1.18"),` in an enum: the member is the key.
Name enumKey(const Block &block, const Tokens &tokens)
{
    const bool member = block.scope && block.scope->kind == DefKind::Enum && tokens.size() > 2
        && tokens[0].kind == TokenKind::Word && isOneOf(tokens[1].text, "( = :");
    return member ? codeName(tokens[0].text) : Name{};
}

/// Both lines are the same but for one literal.
std::optional<Fact> valueFact(const Block &block, const Pair &pair)
{
    const Difference &d = pair.difference;
    if (d.oldCount != 1 || d.newCount != 1)
        return {};
    const Token &before = pair.before[d.first];
    const Token &after = pair.after[d.first];
    if (!isLiteral(before) || !isLiteral(after))
        return {};
    Name key = enumKey(block, pair.after);
    if (key.text.isEmpty())
        key = keyBefore(pair.after, d.first);
    if (key.text.isEmpty() && block.file->name.contains(".gradle") && d.first == 1
        && pair.after[0].kind == TokenKind::Word)
        key = codeName(pair.after[0].text); // versionCode 42
    if (key.text.isEmpty() || safeValue(after.text).isEmpty())
        return {};
    Fact fact{.topic = Topic::Value, .names = {key}, .file = block.file->index, .lines = 2};
    const QByteArray named = key.text.toUtf8();
    if (isWithheld(named, unquoted(before.text)) || isWithheld(named, unquoted(after.text))) {
        fact.verb = u"change"_s; // that it changed may be told, not what it is
        fact.salience = 50;
        placeIn(fact, block);
        return fact;
    }
    if (key.kind == WordKind::Call) {
        const QString old = safeValue(before.text);
        const bool returned = key.text == "return"_L1;
        if (old.isEmpty() || (isKeyword(named) && !returned))
            return {};
        fact.verb = u"pass"_s;
        fact.names = {{safeValue(after.text), WordKind::Plain}};
        fact.after = u"instead of "_s + old;
        fact.link = u"to"_s;
        fact.place = key;
        fact.salience = 44;
        if (returned) { // return (1);
            fact.verb = u"return"_s;
            placeIn(fact, block, "from");
        }
        return fact;
    }
    phraseValue(fact, unquoted(before.text), unquoted(after.text),
                before.kind == TokenKind::Number && after.kind == TokenKind::Number);
    fact.salience = 56;
    const bool local = block.scope && isCallable(block.scope->kind);
    if (local) {
        placeIn(fact, block);
        fact.salience = 50;
    }
    return fact;
}

} // namespace

void addValueFacts(const Evidence &evidence, Facts &facts)
{
    for (const Block &block : evidence.view.blocks()) {
        if ((!isCode(block.file->lang) && block.file->lang != Lang::Css) || block.file->role == Role::Fixture
            || block.file->role == Role::Translation)
            continue;
        for (const Pair &pair : block.edits()) {
            if (block.removed[pair.removed].comment || requirementOf(*block.file, block.added[pair.added].text, {}))
                continue;
            if (const auto fact = valueFact(block, pair))
                facts.append(*fact);
        }
    }
}

} // namespace AutoCommit::Wording
