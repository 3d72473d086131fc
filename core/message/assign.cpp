#include "core/message/facts.h"

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

/// What a line sets: `a.b.c = …`, `key: …,` in a literal, `key=…,` in a call.
struct Assignment
{
    ByteView key{};
    qsizetype value = 0; ///< index of the first token of the value
    bool entry = false; ///< of a literal or a call, rather than a statement
};

std::optional<Assignment> assignmentOf(const Tokens &tokens)
{
    if (tokens.size() < 3 || (tokens[0].kind != TokenKind::Word && tokens[0].kind != TokenKind::String))
        return {};
    static const WordSet openings(
        "return if else elif for while case default switch throw raise yield await assert print go defer "
        "import from use using public private protected static final type interface struct enum let mut "
        "pub fn def class do try catch match when unless");
    if (openings.contains(tokens[0].text))
        return {};
    const bool declares = isOneOf(tokens[0].text, "const var auto val int bool QString");
    const qsizetype start = declares ? 1 : 0;
    const ByteView whole = qualifiedName(tokens, start);
    const char *const end = whole.data() + whole.size();
    qsizetype i = start;
    while (i < tokens.size() && tokens[i].text.data() + tokens[i].text.size() != end)
        ++i;
    if (i + 2 >= tokens.size())
        return {};
    const ByteView mark = tokens[i + 1].text;
    const bool last = tokens.back().text == ByteView(",");
    if (isOneOf(mark, "= := ?\?= ||= += -="))
        return Assignment{unquoted(whole), i + 2, last && !whole.contains('.')};
    if (mark == ByteView("=>") && tokens[0].kind == TokenKind::String)
        return Assignment{unquoted(whole), i + 2, true};
    const bool named = tokens[0].kind == TokenKind::String || !whole.contains('.');
    if (mark == ByteView(":") && (last || tokens[0].kind == TokenKind::String) && named)
        return Assignment{unquoted(whole), i + 2, true};
    return {};
}

/// "a.b.c.d" -> "c.d"; "self.x" -> "x".
Name shownKey(ByteView key)
{
    key = withoutSelf(key);
    QList<qsizetype> dots;
    for (qsizetype i = 0; i < key.size(); ++i) {
        if (key[i] == '.')
            dots.append(i);
    }
    if (dots.size() >= 2)
        key = key.sliced(dots[dots.size() - 2] + 1);
    Name name = codeName(key);
    name.text.replace("->"_L1, "."_L1);
    name.text.replace("?."_L1, "."_L1);
    return name;
}

bool tells(ByteView key)
{
    const qsizetype dot = key.lastIndexOf('.');
    const ByteView last = dot < 0 ? key : key.sliced(dot + 1);
    return last.size() >= 3 && !isKeyword(last) && (dot > 0 || !saysLittle(last));
}

void addNew(const Evidence &evidence, const Block &block, const Line &line, Facts &facts)
{
    const Tokens &tokens = line.tokens;
    const auto found = assignmentOf(tokens);
    if (!found || !tells(found->key))
        return;
    const bool local = !found->entry && !found->key.contains('.') && !found->key.contains("->");
    const ByteView last = found->key.sliced(found->key.lastIndexOf('.') + 1);
    if (local || evidence.words.use(last).removed > 0)
        return;
    Fact fact{.topic = Topic::Logic, .verb = u"set"_s, .names = {shownKey(found->key)}, .lines = 2, .salience = 44};
    if (fact.names.first().text.isEmpty())
        return;
    placeIn(fact, block);
    if (!evidence.words.isNew(last) && !found->key.contains('.'))
        fact.salience -= 6;
    facts.append(fact);
}

/// An entry of a literal that is gone: "drop install_autoloader from getDefaultSettings()".
void addGone(const Evidence &evidence, const Block &block, const Line &line, Facts &facts)
{
    const Tokens &tokens = line.tokens;
    const auto found = assignmentOf(tokens);
    if (!found || !found->entry || !tells(found->key) || evidence.words.use(found->key).added > 0)
        return;
    Fact fact{.topic = Topic::Logic, .verb = u"drop"_s, .names = {shownKey(found->key)}, .lines = 2, .salience = 46};
    placeIn(fact, block, "from");
    if (!fact.names.first().text.isEmpty() && !fact.place.text.isEmpty())
        facts.append(fact);
}

void addReset(const Block &block, const Pair &pair, Facts &facts)
{
    const auto before = assignmentOf(pair.before);
    const auto after = assignmentOf(pair.after);
    if (!before || !after || before->key != after->key || pair.difference.first < after->value || !tells(after->key))
        return;
    Fact fact{.topic = Topic::Logic, .verb = u"change"_s, .names = {shownKey(after->key)}, .lines = 2, .salience = 36};
    if (fact.names.first().text.isEmpty())
        return;
    placeIn(fact, block);
    facts.append(fact);
}

} // namespace

void addAssignmentFacts(const Evidence &evidence, Facts &facts)
{
    for (const Block &block : evidence.view.blocks()) {
        const ChangeKind kind = block.file->change->kind;
        if (!isCode(block.file->lang) || kind == ChangeKind::Added || kind == ChangeKind::Deleted
            || block.file->role == Role::Fixture)
            continue;
        const bool member = block.scope && isContainer(block.scope->kind);
        for (const Line &line : block.added) {
            if (!line.isCodeLine() || line.moved || member)
                continue;
            if (line.definition)
                break;
            const bool paired = std::any_of(block.pairs.begin(), block.pairs.end(),
                                            [&](const Pair &p) { return &block.added[p.added] == &line; });
            if (!paired)
                addNew(evidence, block, line, facts);
        }
        for (const Line &line : block.removed) {
            if (block.onlyRemoves() && line.isCodeLine() && !line.moved && !member)
                addGone(evidence, block, line, facts);
        }
        for (const Pair &pair : block.edits()) {
            if (!block.removed[pair.removed].comment)
                addReset(block, pair, facts);
        }
    }
}

} // namespace AutoCommit::Wording
