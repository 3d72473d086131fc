#include "core/message/config.h"
#include "core/message/facts.h"
#include "core/message/safety.h"
#include "core/message/symbols.h"

#include <QMap>

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

struct Swap
{
    int count = 0;
    int lines = 0;
    QSet<qsizetype> files{};
    QSet<ByteView> wholeOld{}; ///< the dotted names the words were part of
    QSet<ByteView> wholeNew{};
    const Block *block = nullptr; ///< the first
    bool inSignature = false; ///< the last one was seen in the line of a definition
    qsizetype order = 0;
};

using SwapKey = std::pair<QByteArray, QByteArray>;
using Swaps = QMap<SwapKey, Swap>;

bool isFixedWord(ByteView word)
{
    static const WordSet fixed(
        "true false True False null nil None undefined if else while for return case default and or not");
    return fixed.contains(word);
}

/// The tokens of a place as one text, when they are names only: "unsigned int", "foo", "a/b".
QByteArray swapText(const Tokens &tokens, qsizetype first, qsizetype count)
{
    constexpr qsizetype mostTokens = 5;
    QByteArray text;
    if (count < 1 || count > mostTokens)
        return {};
    bool joined = false;
    for (qsizetype i = first; i < first + count; ++i) {
        const Token &token = tokens[i];
        if (token.kind == TokenKind::String && count == 1)
            return unquoted(token.text).size() > 2 && !safeName(unquoted(token.text)).isEmpty()
                ? unquoted(token.text).toByteArray()
                : QByteArray();
        const bool joins = isOneOf(token.text, ". :: -> ?.");
        if (joins && !text.isEmpty() && i + 1 < first + count) {
            text += token.text.toByteArray();
            joined = true;
            continue;
        }
        if (token.kind != TokenKind::Word || isFixedWord(token.text))
            return {};
        text += (text.isEmpty() || joined ? "" : " ") + token.text.toByteArray();
        joined = false;
    }
    return text;
}

void count(const Block &block, const Pair &pair, Swaps &swaps)
{
    constexpr qsizetype mostPlaces = 6;
    const QList<Change> places = changesOf(pair.before, pair.after);
    if (places.size() > mostPlaces)
        return;
    for (const Change &place : places) {
        const QByteArray before = swapText(pair.before, place.oldFirst, place.oldCount);
        const QByteArray after = swapText(pair.after, place.newFirst, place.newCount);
        const bool sameKind = !before.isEmpty() && !after.isEmpty()
            && pair.before[place.oldFirst].kind == pair.after[place.newFirst].kind;
        if (!sameKind)
            continue;
        Swap &swap = swaps[{before, after}];
        if (swap.count == 0) {
            swap.block = &block;
            swap.order = swaps.size();
        }
        ++swap.count;
        swap.inSignature = block.added[pair.added].definition.has_value();
        swap.lines += places.size() == 1 ? 2 : 1;
        swap.files.insert(block.file->index);
        if (place.oldCount == 1 && place.newCount == 1 && pair.before[place.oldFirst].kind == TokenKind::Word) {
            swap.wholeOld.insert(qualifiedName(pair.before, place.oldFirst));
            swap.wholeNew.insert(qualifiedName(pair.after, place.newFirst));
        }
    }
}

/// Words that vanished from line after line, with nothing in their place: "drop declare".
void countDropped(const Block &block, const Pair &pair, QMap<QByteArray, Swap> &dropped)
{
    for (const Change &place : changesOf(pair.before, pair.after)) {
        const QByteArray word
            = place.newCount == 0 ? swapText(pair.before, place.oldFirst, place.oldCount) : QByteArray();
        if (word.size() < 3)
            continue;
        Swap &swap = dropped[word];
        if (swap.count == 0)
            swap.block = &block;
        ++swap.count;
        swap.lines += 2;
        swap.files.insert(block.file->index);
    }
}

void addDropped(const QMap<QByteArray, Swap> &dropped, const ChangeView &view, Facts &facts)
{
    constexpr int often = 3;
    for (auto it = dropped.begin(); it != dropped.end(); ++it) {
        const Name name = codeName(it.key());
        if (it->count < often || name.text.isEmpty() || it->lines * 2 < view.changedLines())
            continue;
        Fact fact{.topic = Topic::Rename,
                  .verb = u"drop"_s,
                  .names = {name},
                  .file = it->block->file->index,
                  .lines = it->lines};
        fact.salience = 58;
        fact.mergeable = false;
        if (it->files.size() == 1) {
            fact.link = u"from"_s;
            fact.place = {shownFile(*it->block->file), WordKind::File};
        }
        facts.append(fact);
    }
}

Name spacedName(const QByteArray &words)
{
    Name whole;
    for (const QByteArray &word : words.split(' ')) {
        const Name name = codeName(word);
        if (name.text.isEmpty())
            return {};
        whole.text += (whole.text.isEmpty() ? QString() : u" "_s) + name.text;
    }
    return whole;
}

/// "lo.Map" where every "lo" that was swapped was part of that, else "lo".
Name shownSwap(const QByteArray &word, const QSet<ByteView> &wholes)
{
    if (wholes.size() == 1) {
        const ByteView whole = withoutSelf(*wholes.begin());
        const Name name = codeName(whole);
        constexpr qsizetype longestWhole = 36;
        if (whole.size() <= longestWhole && !name.text.isEmpty())
            return name;
    }
    return spacedName(word);
}

bool isDefinedAnew(const QList<Symbol> &symbols, const QByteArray &name)
{
    return std::any_of(symbols.begin(), symbols.end(), [&](const Symbol &symbol) {
        return symbol.added && !symbol.wholeFile && symbol.definition.name == ByteView(name);
    });
}

Fact swapFact(const Evidence &evidence, const SwapKey &key, const Swap &swap, const QList<Symbol> &symbols)
{
    Fact fact{.topic = Topic::Rename, .file = swap.block->file->index, .lines = swap.lines, .mergeable = false};
    const WordUse before = evidence.words.use(key.first);
    const WordUse after = evidence.words.use(key.second);
    const bool gone = before.added == 0 && !before.unchanged;
    const bool came = after.removed == 0 && !after.unchanged;
    const double share = evidence.view.changedLines() > 0
        ? std::min(1.0, static_cast<double>(swap.lines) / evidence.view.changedLines())
        : 0;
    const bool renamed = gone && came && isDefinedAnew(symbols, key.second);
    fact.names = {renamed ? codeName(key.first) : shownSwap(key.first, swap.wholeOld)};
    fact.place = renamed ? codeName(key.second) : shownSwap(key.second, swap.wholeNew);
    fact.verb = renamed ? u"rename"_s : u"replace"_s;
    fact.link = renamed ? u"to"_s : u"with"_s;
    constexpr int sweeping = 6;
    fact.salience = (swap.count > 1 ? 48 : 40) + 26 * share + (swap.count >= sweeping && share > 0.4 ? 14 : 0);
    if (saysLittle(key.first) && saysLittle(key.second))
        fact.salience -= 14;
    if (swap.count == 1 && !renamed) {
        // a single place: say where
        const Name old = fact.names.first();
        fact.verb = u"use"_s;
        fact.names = {fact.place};
        fact.after = u"instead of "_s + old.text;
        fact.link.clear();
        fact.place = {};
        if (swap.block->scope && nameOf(*swap.block->scope).text != old.text)
            placeIn(fact, *swap.block);
    }
    return fact;
}

} // namespace

void addRenameFacts(const Evidence &evidence, Facts &facts)
{
    Swaps swaps;
    QMap<QByteArray, Swap> dropped;
    for (const Block &block : evidence.view.blocks()) {
        if (block.file->role == Role::Fixture)
            continue;
        const bool commands = block.file->lang == Lang::Docker || block.file->lang == Lang::Yaml;
        if (!commands && !isCode(block.file->lang) && block.file->lang != Lang::Html && block.file->lang != Lang::Css)
            continue;
        for (const Pair &pair : block.edits()) {
            if (block.removed[pair.removed].comment
                || (commands && settingOf(block.file->lang, block.removed[pair.removed].text)))
                continue;
            count(block, pair, swaps);
            countDropped(block, pair, dropped);
        }
    }
    addDropped(dropped, evidence.view, facts);
    if (swaps.isEmpty())
        return;
    const QList<Symbol> symbols = symbolsOf(evidence.view);
    QList<Swaps::const_iterator> order;
    for (auto it = swaps.constBegin(); it != swaps.constEnd(); ++it)
        order.append(it);
    std::sort(order.begin(), order.end(),
              [](auto a, auto b) { return a->count != b->count ? a->count > b->count : a->order < b->order; });
    constexpr qsizetype mostFacts = 6;
    for (qsizetype i = 0; i < std::min(order.size(), mostFacts); ++i) {
        const Fact fact = swapFact(evidence, order[i].key(), *order[i], symbols);
        const bool told = std::any_of(facts.begin(), facts.end(), [&](const Fact &other) {
            return other.topic == Topic::Rename && other.verb == u"rename"
                && other.names.first().text == codeName(order[i].key().first).text;
        });
        if (told || (order[i]->count == 1 && order[i]->inSignature)) // a signature has its own words
            continue;
        const bool shown = !fact.names.first().text.isEmpty() && (fact.link.isEmpty() || !fact.place.text.isEmpty());
        if (shown && fact.names.first().text != fact.place.text)
            facts.append(fact);
    }
}

} // namespace AutoCommit::Wording
