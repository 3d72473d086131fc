#include "core/message/facts.h"
#include "core/message/safety.h"
#include "core/message/styleverb.h"

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

bool isCalled(const Tokens &tokens, qsizetype at)
{
    return at + 1 < tokens.size() && (tokens[at + 1].text == ByteView("(") || tokens[at + 1].text == ByteView("!"));
}

/// Last part of a dotted name: what is called.
ByteView lastPart(ByteView name)
{
    qsizetype start = name.size();
    while (start > 0 && isWordChar(name[start - 1]))
        --start;
    return name.sliced(start);
}

/// "a.b.c" shortened from the left until it is pleasant to read.
Name calledName(const Tokens &tokens, qsizetype at)
{
    ByteView whole = withoutSelf(qualifiedName(tokens, at));
    constexpr qsizetype longest = 30;
    if (whole.size() > longest || whole.contains("->") || whole.contains("?."))
        whole = lastPart(whole);
    return callName(whole);
}

/// What was put between the parentheses, named by its key where it has one.
Name argumentName(const Tokens &tokens, qsizetype first, qsizetype count)
{
    for (qsizetype i = first; i < first + count; ++i) {
        const Token &token = tokens[i];
        const bool keyed = i + 2 < first + count && tokens[i + 1].text == ByteView("=")
            && (isKeyword(tokens[i + 2].text) || tokens[i + 2].kind == TokenKind::Number);
        if (token.kind == TokenKind::Word && keyed) {
            const QString key = safeName(token.text);
            return {key.isEmpty() ? key : key + u'=' + safeValue(tokens[i + 2].text), WordKind::Code};
        }
        if (token.kind == TokenKind::Word && !isKeyword(token.text))
            return isCalled(tokens, i) ? calledName(tokens, i) : codeName(withoutSelf(qualifiedName(tokens, i)));
        if (token.kind == TokenKind::String)
            return {safeValue(token.text), WordKind::Code};
    }
    for (qsizetype i = first; i < first + count; ++i) {
        if (isOneOf(tokens[i].text, "true false True False null nil None nullptr undefined")
            || tokens[i].kind == TokenKind::Number)
            return {safeValue(tokens[i].text), WordKind::Plain};
    }
    return {};
}

bool addArgumentFact(const Block &block, const Pair &pair, const Change &place, Facts &facts)
{
    constexpr qsizetype mostTokens = 8;
    const bool came = place.oldCount == 0 && place.newCount > 0 && place.newCount <= mostTokens;
    const bool went = place.newCount == 0 && place.oldCount > 0 && place.oldCount <= mostTokens;
    if (!came && !went)
        return false;
    const Tokens &tokens = came ? pair.after : pair.before;
    const qsizetype first = came ? place.newFirst : place.oldFirst;
    const qsizetype count = came ? place.newCount : place.oldCount;
    const qsizetype call = enclosingCall(tokens, first);
    if (call < 0 || isKeyword(tokens[call].text) || isOneOf(tokens[call].text, "derive cfg allow"))
        return false;
    const Tokens &others = came ? pair.before : pair.after;
    if (std::none_of(others.begin(), others.end(), [&](const Token &t) { return t == tokens[call]; }))
        return false; // another function is called: that is the news
    const Token &last = tokens[first + count - 1];
    const bool starts = tokens[first].text == ByteView(",") || tokens[first - 1].text == ByteView("(")
        || tokens[first - 1].text == ByteView(",");
    const bool ends
        = last.text == ByteView(",") || first + count >= tokens.size() || isOneOf(tokens[first + count].text, ") ,");
    Fact fact{.topic = Topic::Logic, .lines = 2, .salience = 50};
    fact.names = {argumentName(tokens, first, count)};
    const Name callee = calledName(tokens, call);
    if (!starts || !ends || fact.names.first().text.isEmpty() || callee.text.isEmpty())
        return false;
    fact.verb = came ? u"pass"_s : u"stop passing"_s;
    fact.mergeable = fact.names.first().kind != WordKind::Plain; // "pass None" alone says nothing
    fact.link = u"to"_s;
    fact.place = callee;
    fact.file = block.file->index;
    facts.append(fact);
    return true;
}

/// `text` became `text.trim()`: "trim text".
bool addMethodFact(const Block &block, const Pair &pair, const Change &place, Facts &facts)
{
    const Tokens &tokens = pair.after;
    const qsizetype at = place.newFirst;
    if (place.newCount < 3 || at < 1 || tokens[at].text != ByteView(".") || tokens[at + 1].kind != TokenKind::Word
        || at + 2 >= tokens.size() || tokens[at + 2].text != ByteView("(") || tokens[at - 1].kind != TokenKind::Word)
        return false;
    const QByteArrayList parts = splitIdentifier(tokens[at + 1].text);
    const auto verb = parts.isEmpty() ? std::nullopt : readVerb(QString::fromLatin1(parts.first()));
    static const WordSet plain("get map set find filter fetch read write send run start with");
    if (!verb || verb->form != VerbForm::Imperative || parts.size() > 1 || plain.contains(parts.first()))
        return false;
    Fact fact{.topic = Topic::Logic,
              .verb = verb->base,
              .names = {codeName(withoutSelf(tokens[at - 1].text))},
              .lines = 2,
              .salience = 48};
    placeIn(fact, block);
    if (!fact.names.first().text.isEmpty() && !isKeyword(tokens[at - 1].text))
        facts.append(fact);
    return true;
}

/// The '[' or '{' that token `at` stands in, -1 if there is none.
qsizetype enclosingList(const Tokens &tokens, qsizetype at)
{
    int depth = 0;
    for (qsizetype i = at - 1; i >= 0; --i) {
        depth += isOneOf(tokens[i].text, ") ] }") ? 1 : isOneOf(tokens[i].text, "( [ {") ? -1 : 0;
        if (depth < 0)
            return tokens[i].text == ByteView("[") || tokens[i].text == ByteView("{") ? i : -1;
    }
    return -1;
}

/// `["a", "b"]` became `["a", "b", "c"]`: "add c to args in f()".
bool addElementFact(const Block &block, const Pair &pair, const Change &place, Facts &facts)
{
    const bool came = place.oldCount == 0;
    if (!came && place.newCount != 0)
        return false;
    const Tokens &tokens = came ? pair.after : pair.before;
    const qsizetype first = came ? place.newFirst : place.oldFirst;
    const qsizetype count = came ? place.newCount : place.oldCount;
    const qsizetype list = count == 2 ? enclosingList(tokens, first) : -1;
    if (list < 0)
        return false;
    const qsizetype at = tokens[first].text == ByteView(",") ? first + 1 : first;
    const bool entry
        = tokens[at].kind != TokenKind::Mark && tokens[at == first ? first + 1 : first].text == ByteView(",");
    Fact fact{.topic = Topic::Logic,
              .verb = came ? u"add"_s : u"drop"_s,
              .names = {codeName(unquoted(tokens[at].text))},
              .lines = 2,
              .salience = 50};
    if (!entry || fact.names.first().text.isEmpty())
        return false;
    placeIn(fact, block, came ? "to" : "from");
    const bool assigned
        = list >= 2 && isOneOf(tokens[list - 1].text, "= := :") && tokens[list - 2].kind == TokenKind::Word;
    if (assigned && !codeName(tokens[list - 2].text).text.isEmpty()) {
        fact.link = came ? u"to"_s : u"from"_s;
        fact.place = codeName(tokens[list - 2].text);
    }
    fact.file = block.file->index;
    if (!fact.place.text.isEmpty())
        facts.append(fact);
    return true;
}

bool isLogging(ByteView whole)
{
    const ByteView first = identifierAt(whole, 0);
    if (first == whole
        && (first.startsWith("LOG_") || first.endsWith("_LOG") || first.startsWith("qC") || first.startsWith("qDebug")
            || first.endsWith("_LOG_")))
        return true;
    return isOneOf(first, "log logger console logging LOG tracing slog warn info debug trace error LOGGER Log _logger")
        && (whole.size() == first.size() || whole.contains('.') || whole.contains("::"));
}

struct Use
{
    Name name{};
    int score = 0;
    bool logs = false;
};

/// The dotted name, or the word alone where arrows would make it unreadable.
Name usedName(const Tokens &tokens, qsizetype at)
{
    const ByteView whole = withoutSelf(qualifiedName(tokens, at));
    constexpr qsizetype longest = 34;
    const bool plain = !whole.contains("->") && !whole.contains("?.") && whole.size() <= longest;
    return codeName(plain ? whole : tokens[at].text);
}

/// The word of these lines that says most about what came (or went).
Use tellingUse(const Evidence &evidence, const Block &block, const QList<Line> &side, const QList<Line> &other)
{
    Use best;
    for (const Line &line : side) {
        if (!line.isCodeLine() || line.moved || line.text.startsWith("#[") || line.text.startsWith('@'))
            continue;
        const Tokens &tokens = line.tokens;
        for (qsizetype i = 0; i < tokens.size(); ++i) {
            const ByteView word = tokens[i].text;
            if (tokens[i].kind != TokenKind::Word || saysLittle(word))
                continue;
            const bool known
                = std::any_of(other.begin(), other.end(), [&](const Line &l) { return hasWord(l.text, word); });
            const WordUse use = evidence.words.use(word);
            if (known || use.unchanged || (block.scope && block.scope->name == word))
                continue;
            const bool called = isCalled(tokens, i);
            const bool logs = called && isLogging(qualifiedName(tokens, i));
            int score = (called ? 6 : 0) + static_cast<int>(std::min<qsizetype>(splitIdentifier(word).size(), 3)) * 2;
            score += evidence.words.isNew(word) || evidence.words.isGone(word) ? 4 : 0;
            score += std::min(use.addedBlocks + use.removedBlocks, 4);
            score += isUpper(word[0]) ? 1 : 0;
            score -= logs ? 8 : 0;
            score -= !called && splitIdentifier(word).size() == 1 && !isUpper(word[0]) ? 3 : 0;
            if (score > best.score)
                best = {called ? calledName(tokens, i) : usedName(tokens, i), score, logs};
            if (best.name.text.isEmpty())
                best.score = 0;
        }
    }
    return best;
}

bool holdsDefinition(const QList<Line> &side)
{
    return std::any_of(side.begin(), side.end(),
                       [&](const Line &line) { return line.isCodeLine() && line.definition.has_value(); });
}

int changedCode(const QList<Line> &side)
{
    return static_cast<int>(
        std::count_if(side.begin(), side.end(), [](const Line &l) { return l.isCodeLine() && !l.moved; }));
}

void addUseFact(const Evidence &evidence, const Block &block, Facts &facts)
{
    const int came = changedCode(block.added);
    const int went = changedCode(block.removed);
    if (came + went == 0 || holdsDefinition(block.added) || holdsDefinition(block.removed))
        return;
    Fact fact{.topic = Topic::Logic, .lines = came + went};
    const Use use = came > 0 ? tellingUse(evidence, block, block.added, block.removed) : Use{};
    if (use.score >= 5) {
        fact.verb = use.name.kind == WordKind::Call && went == 0 ? u"call"_s : u"use"_s;
        fact.names = {use.name};
        fact.salience = 30 + use.score;
        if (use.logs) {
            fact.verb = u"add"_s;
            fact.names = {};
            fact.before = u"logging"_s;
            fact.salience = 30;
        }
    } else if (went > 0) {
        const Use gone = tellingUse(evidence, block, block.removed, block.added);
        if (gone.score < 5)
            return;
        fact.verb = u"drop"_s;
        fact.names = {gone.name};
        fact.salience = 30 + gone.score;
    } else {
        return;
    }
    placeIn(fact, block, fact.verb == u"drop" ? "from" : "in");
    if (!fact.place.text.isEmpty() && !fact.names.isEmpty() && fact.place.text == fact.names.first().text)
        return;
    facts.append(fact);
}

} // namespace

void addCallFacts(const Evidence &evidence, Facts &facts)
{
    for (const Block &block : evidence.view.blocks()) {
        const ChangeKind kind = block.file->change->kind;
        if (!isCode(block.file->lang) || block.file->role == Role::Fixture || kind == ChangeKind::Added
            || kind == ChangeKind::Deleted)
            continue;
        bool told = false;
        for (const Pair &pair : block.edits()) {
            if (block.removed[pair.removed].comment || block.added[pair.added].definition)
                continue;
            for (const Change &place : changesOf(pair.before, pair.after))
                told |= addArgumentFact(block, pair, place, facts) || addElementFact(block, pair, place, facts)
                    || addMethodFact(block, pair, place, facts);
        }
        if (!told)
            addUseFact(evidence, block, facts);
    }
}

} // namespace AutoCommit::Wording
