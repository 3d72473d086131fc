#include "core/message/facts.h"
#include "core/message/symbols.h"

#include "core/base/cleantext.h"

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

struct Theme
{
    ByteView word{};
    WordUse use{};
    int score = 0;
};

bool comesWithTheLanguage(ByteView word)
{
    static const WordSet words(
        "ValueError TypeError KeyError IndexError RuntimeError AttributeError OSError ImportError "
        "NotImplementedError AssertionError StopIteration ArgumentError StandardError "
        "RuntimeException IllegalArgumentException IllegalStateException NullPointerException "
        "UnsupportedOperationException InvalidArgumentException RangeError SyntaxError Exception");
    return words.contains(word) || word.endsWith("_t");
}

int themeScore(ByteView word, int blocks, int files)
{
    const auto parts = std::min<qsizetype>(splitIdentifier(word).size(), 4);
    return blocks * 3 + files * 4 + static_cast<int>(parts) * 2;
}

/// The word that came to (or left) the most places.
Theme themeOf(const WordIndex &words, bool came)
{
    Theme best;
    constexpr int fewestBlocks = 3;
    const QHash<ByteView, WordUse> &all = words.all();
    for (auto it = all.begin(); it != all.end(); ++it) {
        const int blocks = came ? it->addedBlocks : it->removedBlocks;
        const bool name = it->called || splitIdentifier(it.key()).size() > 1 || isUpper(it.key()[0]);
        if (blocks < fewestBlocks || !name || saysLittle(it.key()) || it.key().size() < 4
            || comesWithTheLanguage(it.key()))
            continue;
        if (came ? !words.isNew(it.key()) : !words.isGone(it.key()))
            continue;
        const int score = themeScore(it.key(), blocks, it->files);
        if (score > best.score || (score == best.score && it->first < best.use.first))
            best = {it.key(), *it, score};
    }
    return best;
}

/// The first file of source code (or of any kind) that has the word.
qsizetype fileWith(const ChangeView &view, ByteView word, bool added)
{
    for (const Block &block : view.blocks()) {
        const QList<Line> &side = added ? block.added : block.removed;
        if (std::any_of(side.begin(), side.end(), [&](const Line &line) { return hasWord(line.text, word); }))
            return block.file->index;
    }
    return 0;
}

void addTheme(const Evidence &evidence, bool came, Facts &facts)
{
    const Theme theme = themeOf(evidence.words, came);
    if (theme.score == 0)
        return;
    Fact fact{.topic = Topic::Logic, .verb = came ? u"use"_s : u"remove"_s, .mergeable = false};
    fact.names = {theme.use.called ? callName(theme.word) : codeName(theme.word)};
    if (fact.names.first().text.isEmpty())
        return;
    fact.file = fileWith(evidence.view, theme.word, came);
    if (evidence.view.files().at(fact.file).lang == Lang::Css) // "Range" of --Range-thumb is no name
        return;
    fact.lines = (came ? theme.use.addedBlocks : theme.use.removedBlocks) * 3;
    fact.salience = 44 + std::min(12, theme.score / 4);
    if (theme.use.files == 1) {
        fact.link = came ? u"in"_s : u"from"_s;
        fact.place = {shownFile(evidence.view.files().at(fact.file)), WordKind::File};
    }
    facts.append(fact);
}

/// Does the change itself bring the thing: a definition, `x = …`, `x: …`, `:x`, "x"? What is only called, or
/// imported from elsewhere, was there before.
bool isBrought(const ChangeView &view, ByteView word)
{
    const auto brings = [&](const Line &line) {
        if (line.import || line.comment)
            return false;
        if (line.definition && line.definition->name == word)
            return true;
        const Tokens &tokens = line.tokens;
        for (qsizetype i = 0; i < tokens.size(); ++i) {
            if (unquoted(tokens[i].text) != word)
                continue;
            const bool named = tokens[i].kind == TokenKind::String
                || (i + 1 < tokens.size() && isOneOf(tokens[i + 1].text, "= := :"))
                || (i > 0 && tokens[i - 1].text == ByteView(":"));
            if (named)
                return true;
        }
        return false;
    };
    return std::any_of(view.blocks().begin(), view.blocks().end(), [&](const Block &block) {
        return block.file->role != Role::Test && std::any_of(block.added.begin(), block.added.end(), brings);
    });
}

/// New to the source and to its docs or tests alike: the thing a feature brings.
void addFeature(const Evidence &evidence, Facts &facts)
{
    if (!evidence.view.hasRole(Role::Source)
        || !(evidence.view.hasRole(Role::Docs) || evidence.view.hasRole(Role::Test)))
        return;
    QHash<ByteView, int> sides; // 1: source, 2: docs, 4: tests
    QHash<ByteView, int> blocks;
    for (const Block &block : evidence.view.blocks()) {
        const Role role = block.file->role;
        const int side = role == Role::Source ? 1 : role == Role::Docs ? 2 : role == Role::Test ? 4 : 0;
        if (side == 0)
            continue;
        QSet<ByteView> seen;
        for (const Line &line : block.added) {
            if (line.moved || line.comment || line.import)
                continue;
            for (qsizetype i = 0; i < line.text.size();) {
                const ByteView word = identifierAt(line.text, i);
                i += std::max<qsizetype>(1, word.size());
                if (word.size() < 5 || seen.contains(word) || saysLittle(word) || splitIdentifier(word).size() < 2
                    || !evidence.words.isNew(word))
                    continue;
                seen.insert(word);
                sides[word] |= side;
                ++blocks[word];
            }
        }
    }
    ByteView best;
    int bestScore = 0;
    for (auto it = sides.begin(); it != sides.end(); ++it) {
        if ((it.value() & 1) == 0 || it.value() == 1)
            continue;
        const int score = blocks[it.key()] * 4 + ((it.value() & 2) ? 8 : 0) + ((it.value() & 4) ? 3 : 0);
        const bool earlier = evidence.words.use(it.key()).first < evidence.words.use(best).first;
        if (score > bestScore || (score == bestScore && earlier)) {
            best = it.key();
            bestScore = score;
        }
    }
    if (bestScore == 0)
        return;
    Fact fact{.topic = Topic::Symbol, .verb = u"add"_s, .names = {codeName(best)}, .mergeable = false};
    if (fact.names.first().text.isEmpty())
        return;
    fact.file = fileWith(evidence.view, best, true);
    fact.lines = std::max(6, evidence.words.use(best).added * 3);
    fact.salience = ((sides[best] & 2) ? 66 : 56) + std::min(8, blocks[best]);
    if (!(sides[best] & 2) && !isBrought(evidence.view, best)) {
        if (comesWithTheLanguage(best))
            return;
        fact.topic = Topic::Logic;
        fact.verb = u"use"_s;
        fact.salience = 46;
    }
    facts.append(fact);
}

} // namespace

void addThemeFacts(const Evidence &evidence, Facts &facts)
{
    addTheme(evidence, true, facts);
    addTheme(evidence, false, facts);
    addFeature(evidence, facts);
}

} // namespace AutoCommit::Wording
