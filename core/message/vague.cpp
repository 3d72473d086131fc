#include "core/message/facts.h"

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

bool startsWith(const Tokens &tokens, const char *words)
{
    return !tokens.isEmpty() && isOneOf(tokens[0].text, words);
}

/// The call in whose arguments the lines differ.
Name changedCall(const Pair &pair)
{
    const QList<Change> places = changesOf(pair.before, pair.after);
    if (places.isEmpty())
        return {};
    const qsizetype before = enclosingCall(pair.before, places.first().oldFirst);
    const qsizetype after = enclosingCall(pair.after, places.first().newFirst);
    if (before < 0 || after < 0 || !(pair.before[before] == pair.after[after]) || isKeyword(pair.after[after].text))
        return {};
    return callName(withoutSelf(pair.after[after].text));
}

Fact vagueFact(const QString &before, double salience)
{
    return Fact{.topic = Topic::Logic,
                .verb = u"change"_s,
                .before = before,
                .lines = 2,
                .salience = salience,
                .mergeable = false};
}

void look(const Block &block, const Pair &pair, Facts &facts)
{
    const bool function = block.scope && isCallable(block.scope->kind);
    if (startsWith(pair.before, "return") && startsWith(pair.after, "return") && function) {
        Fact fact = vagueFact(u"return value of"_s, 34);
        fact.names = {nameOf(*block.scope)};
        fact.file = block.file->index;
        if (!fact.names.first().text.isEmpty())
            facts.append(fact);
        return;
    }
    if (startsWith(pair.before, "if elif while unless") && startsWith(pair.after, "if elif while unless") && function) {
        Fact fact = vagueFact(u"condition"_s, 30);
        placeIn(fact, block);
        if (!fact.place.text.isEmpty())
            facts.append(fact);
        return;
    }
    const Name call = changedCall(pair);
    if (call.text.size() < 3)
        return;
    Fact fact = vagueFact(u"arguments of"_s, 32);
    fact.names = {call};
    placeIn(fact, block);
    facts.append(fact);
}

} // namespace

void addVagueFacts(const Evidence &evidence, Facts &facts)
{
    for (const Block &block : evidence.view.blocks()) {
        const ChangeKind kind = block.file->change->kind;
        if (!isCode(block.file->lang) || block.file->role == Role::Fixture || kind == ChangeKind::Added
            || kind == ChangeKind::Deleted)
            continue;
        for (const Pair &pair : block.edits()) {
            if (!block.removed[pair.removed].comment && !block.added[pair.added].definition)
                look(block, pair, facts);
        }
    }
}

} // namespace AutoCommit::Wording
