#include "core/message/symbols.h"

#include "core/message/facts.h"

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

void collect(const Block &block, const QList<Line> &side, bool added, QList<Symbol> &symbols)
{
    const qsizetype first = symbols.size();
    bool marked = !block.hunk->before.isEmpty() && marksTest(ByteView(block.hunk->before.last()).trimmed());
    for (qsizetype i = 0; i < side.size(); ++i) {
        const Line &line = side[i];
        if (!line.isCodeLine())
            continue;
        if (marksTest(line.text)) {
            marked = true;
            continue;
        }
        const bool attribute = line.text.startsWith('#') || line.text.startsWith('@') || line.text.startsWith('[');
        if (std::exchange(marked, marked && attribute))
            continue;
        const auto &found = line.definition;
        if (!found || (found->name.size() < 2 && !isCallable(found->kind)) || found->kind == DefKind::Module || testOf(block.file->lang, line.text))
            continue;
        Symbol symbol{.definition = *found, .block = &block, .line = &line, .added = added};
        for (qsizetype end = i + 1; end < side.size(); ++end) {
            const Line &next = side[end];
            if (next.isCodeLine() && next.indent <= line.indent && next.definition)
                break;
            symbol.lines += next.moved || next.text.isEmpty() ? 0 : 1;
        }
        for (qsizetype s = first; s < symbols.size(); ++s)
            symbol.inner |= symbols[s].line->indent < line.indent && !symbols[s].line->text.endsWith(';');
        symbols.append(symbol);
    }
}

/// Shares at least half of the shorter name's words ("getUser", "getUserById").
bool namesAreAlike(ByteView a, ByteView b)
{
    const QByteArrayList left = splitIdentifier(a);
    const QByteArrayList right = splitIdentifier(b);
    if (left.isEmpty() || right.isEmpty())
        return false;
    const auto shared
        = std::count_if(left.begin(), left.end(), [&](const QByteArray &word) { return right.contains(word); });
    if (shared * 3 >= std::max(left.size(), right.size()) * 2)
        return true;
    return editDistance(a, b, 2) <= 2;
}

double weightOf(const Symbol &symbol)
{
    const Definition &definition = symbol.definition;
    const bool source = symbol.block->file->role == Role::Source;
    double salience = isContainer(definition.kind) ? 66 : isCallable(definition.kind) ? 62 : 50;
    if (definition.kind == DefKind::Constant)
        salience = 44;
    if (definition.kind == DefKind::Table || definition.kind == DefKind::Column || definition.kind == DefKind::Target
        || definition.kind == DefKind::Option || definition.kind == DefKind::Alias)
        salience = 66;
    if (definition.kind == DefKind::Selector)
        salience = 40;
    if (!definition.exported)
        salience -= 12;
    if (definition.name.startsWith("__")
        || isOneOf(definition.name, "toString equals hashCode constructor init initialize main setUp tearDown"))
        salience -= 22; // every class has them
    return source ? salience : salience * 0.75;
}

QString nounFor(const Definition &definition)
{
    switch (definition.kind) {
    case DefKind::Table:
    case DefKind::Column:
    case DefKind::Index:
    case DefKind::View:
    case DefKind::Selector:
    case DefKind::Target:
    case DefKind::Option:
    case DefKind::Macro:
    case DefKind::Message:
    case DefKind::Service:
    case DefKind::Resource:
    case DefKind::Alias:
        return QString::fromLatin1(nounOf(definition.kind));
    default:
        return {};
    }
}

Fact symbolFact(const Symbol &symbol, const QString &verb)
{
    Fact fact{.topic = Topic::Symbol, .verb = verb, .names = {nameOf(symbol.definition)}};
    fact.file = symbol.block->file->index;
    fact.lines = symbol.lines;
    fact.salience = weightOf(symbol);
    fact.exported = symbol.isPublic();
    fact.after = nounFor(symbol.definition);
    ByteView owner = symbol.definition.owner;
    if (owner.isEmpty() && symbol.block->scope && isContainer(symbol.block->scope->kind) && symbol.line->indent > 0)
        owner = symbol.block->scope->name;
    if (!owner.isEmpty()) {
        fact.link = verb == u"remove" ? u"from"_s : u"to"_s;
        fact.place = codeName(owner);
    }
    return fact;
}

void addMovedFact(const Symbol &from, const Symbol &to, Facts &facts)
{
    Fact fact = symbolFact(to, u"move"_s);
    const Name place{shownFile(*to.block->file), WordKind::File};
    fact.link = u"to"_s;
    fact.place = place;
    fact.salience += 3;
    fact.lines = std::max(from.lines, to.lines);
    for (const Line &line : to.block->added)
        fact.lines += line.moved ? 1 : 0;
    facts.append(fact);
}

/// Names on both sides: moved to another file, or the same thing with another signature.
void matchNames(QList<Symbol> &symbols, Facts &facts)
{
    for (Symbol &before : symbols) {
        if (before.added || before.matched)
            continue;
        Symbol *best = nullptr;
        for (Symbol &after : symbols) {
            if (!after.added || after.matched || after.definition.name != before.definition.name)
                continue;
            if (!best || (after.block->file == before.block->file && best->block->file != before.block->file))
                best = &after;
        }
        if (!best)
            continue;
        before.matched = best->matched = true;
        const bool sameFile = best->block->file == before.block->file;
        const bool alike
            = before.block->file->lang == best->block->file->lang && (before.definition.kind == best->definition.kind);
        if (!sameFile && !before.inner && !best->inner && alike && !(before.wholeFile && best->wholeFile))
            addMovedFact(before, *best, facts);
        else if (sameFile && best->line->text != before.line->text)
            addSignatureFact(before, *best, facts);
    }
}

/// One definition went, another of its kind came in its place: a new name, if little else says otherwise.
void matchRenames(QList<Symbol> &symbols, Facts &facts)
{
    for (Symbol &before : symbols) {
        if (before.added || before.matched || before.inner)
            continue;
        Symbol *best = nullptr;
        for (Symbol &after : symbols) {
            if (!after.added || after.matched || after.inner || after.wholeFile
                || after.block->file != before.block->file
                || isCallable(after.definition.kind) != isCallable(before.definition.kind))
                continue;
            const bool alike = namesAreAlike(before.definition.name, after.definition.name);
            const bool paired = std::any_of(before.block->pairs.begin(), before.block->pairs.end(), [&](const Pair &p) {
                return &before.block->removed[p.removed] == before.line && &before.block->added[p.added] == after.line;
            });
            const bool sameRest
                = after.definition.rest == before.definition.rest && (after.definition.rest.size() > 4 || paired);
            if ((after.block == before.block && (alike || sameRest)) || (alike && sameRest)) {
                best = &after;
                break;
            }
        }
        if (!best)
            continue;
        before.matched = best->matched = true;
        Fact fact = symbolFact(*best, u"rename"_s);
        fact.topic = Topic::Rename;
        fact.names = {nameOf(before.definition)};
        fact.link = u"to"_s;
        fact.place = nameOf(best->definition);
        fact.salience += 6;
        fact.lines = 2 + best->block->file->change->removedLines / 4;
        fact.mergeable = false;
        facts.append(fact);
    }
}

} // namespace

QList<Symbol> symbolsOf(const ChangeView &view)
{
    QList<Symbol> symbols;
    for (const Block &block : view.blocks()) {
        if (block.file->role == Role::Fixture)
            continue;
        const qsizetype first = symbols.size();
        collect(block, block.removed, false, symbols);
        collect(block, block.added, true, symbols);
        const ChangeKind kind = block.file->change->kind;
        for (qsizetype i = first; i < symbols.size(); ++i)
            symbols[i].wholeFile = kind == ChangeKind::Added || kind == ChangeKind::Deleted;
    }
    return symbols;
}

void addSymbolFacts(const Evidence &evidence, Facts &facts)
{
    constexpr qsizetype mostSymbols = 400;
    QList<Symbol> symbols = symbolsOf(evidence.view);
    if (symbols.size() > mostSymbols)
        symbols.resize(mostSymbols);
    matchNames(symbols, facts);
    matchRenames(symbols, facts);
    QSet<ByteView> told;
    for (const Symbol &symbol : symbols) {
        if (symbol.matched || symbol.inner || symbol.wholeFile || told.contains(symbol.definition.name))
            continue;
        told.insert(symbol.definition.name);
        Fact fact = symbolFact(symbol, symbol.added ? u"add"_s : u"remove"_s);
        const WordUse use = evidence.words.use(symbol.definition.name);
        fact.lines += std::max(0, (symbol.added ? use.added : use.removed) - 1);
        if (!fact.names.first().text.isEmpty())
            facts.append(fact);
    }
    addImplementationFacts(evidence.view, facts);
}

} // namespace AutoCommit::Wording
