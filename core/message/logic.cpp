#include "core/message/facts.h"
#include "core/message/guard.h"
#include "core/message/safety.h"
#include "core/message/scan.h"

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

enum class Exit { None, Return, Raise, Continue, Break };

Exit exitOf(ByteView text)
{
    const ByteView word = identifierAt(text, 0);
    if (isOneOf(word, "return exit") || text.startsWith("Ok(") || text.startsWith("process.exit")
        || text.startsWith("os.Exit") || text.startsWith("sys.exit"))
        return Exit::Return;
    if (isOneOf(word, "throw raise panic bail die abort fail error") || text.startsWith("bail!")
        || text.startsWith("panic!") || text.startsWith("Err(") || text.startsWith("anyhow::bail"))
        return Exit::Raise;
    if (isOneOf(word, "continue next"))
        return Exit::Continue;
    return word == ByteView("break") ? Exit::Break : Exit::None;
}

/// What follows the condition: the exit on the same line, or the first statement of the branch.
Exit exitAfter(const QList<Line> &lines, qsizetype at)
{
    const ByteView text = lines[at].text;
    for (const char *word : {"return", "continue", "throw", "break", "raise"}) {
        const qsizetype found = text.lastIndexOf(word);
        if (found > 4 && (text[found - 1] == ' ' || text[found - 1] == '{') && found > text.lastIndexOf('"'))
            return exitOf(text.sliced(found));
    }
    constexpr qsizetype linesLooked = 4;
    for (qsizetype i = at + 1; i < std::min(lines.size(), at + linesLooked); ++i) {
        if (lines[i].indent <= lines[at].indent && lines[i].isCodeLine() && lines[i].text != ByteView("{"))
            break;
        const Exit found = exitOf(lines[i].text);
        if (found != Exit::None)
            return found;
    }
    return Exit::None;
}

/// `x, err := foo()` on the line before: "handle error of foo()".
void addErrorGuard(const Block &block, qsizetype at, Facts &facts)
{
    const Line *const above = at > 0 ? &block.added[at - 1] : nullptr;
    const QByteArray *const unchanged = !above && !block.hunk->before.isEmpty() ? &block.hunk->before.last() : nullptr;
    if (!above && !unchanged)
        return;
    const Tokens tokens = above ? above->tokens : tokensOf(ByteView(*unchanged).trimmed(), block.file->lang);
    for (qsizetype i = tokens.size() - 2; i > 0; --i) {
        if (tokens[i].kind != TokenKind::Word || tokens[i + 1].text != ByteView("(") || isKeyword(tokens[i].text))
            continue;
        const Name name = callName(withoutSelf(qualifiedName(tokens, i)));
        if (name.text.isEmpty() || enclosingCall(tokens, i) >= 0)
            continue;
        Fact fact{.topic = Topic::Logic,
                  .verb = u"handle"_s,
                  .before = u"error of"_s,
                  .names = {name},
                  .lines = 3,
                  .salience = 50};
        fact.mergeable = false;
        placeIn(fact, block);
        facts.append(fact);
        return;
    }
}

void addGuard(const Block &block, qsizetype at, Facts &facts)
{
    const Line &line = block.added[at];
    const Tokens &tokens = line.tokens;
    const Exit exit = exitAfter(block.added, at);
    const auto guard = block.file->lang == Lang::Shell ? shellGuard(line.text) : guardOf(tokens);
    constexpr qsizetype smallBlock = 14;
    if (!guard || (exit == Exit::None && block.added.size() > smallBlock))
        return;
    if (isOneOf(guard->subject, "err error e ex exc result rc ret")) {
        addErrorGuard(block, at, facts);
        return;
    }
    Fact fact{.topic = Topic::Logic, .names = {shownSubject(*guard)}, .file = block.file->index};
    if (fact.names.first().text.isEmpty())
        return;
    fact.lines = static_cast<int>(std::min<qsizetype>(block.added.size(), 8));
    fact.salience = 58;
    if (guard->state == u"instance") {
        fact.verb = exit == Exit::Raise ? u"reject"_s : u"handle"_s;
    } else if (exit == Exit::Raise && !guard->state.isEmpty()) {
        fact.verb = u"reject"_s;
        fact.before = guard->state;
    } else if (!guard->state.isEmpty()) {
        fact.verb = u"check for"_s;
        fact.before = guard->state;
    } else {
        fact.verb = u"check"_s;
        fact.salience = 54;
    }
    if (exit == Exit::None)
        fact.salience -= 6;
    placeIn(fact, block);
    facts.append(fact);
}

/// `case X:`, `X =>`, `when X`
ByteView caseOf(Lang lang, ByteView text)
{
    Scanner at(text);
    if (at.accept("case ") || (lang == Lang::Ruby && at.accept("when "))) {
        if (at.peek() == '"' || at.peek() == '\'') {
            const ByteView inner = at.rest();
            const qsizetype end = inner.indexOf(inner[0], 1);
            return end > 1 ? inner.sliced(1, end - 1) : ByteView();
        }
        at.accept(".");
        return at.looseWord(".:");
    }
    const qsizetype arrow = text.indexOf("=>");
    if (lang != Lang::Rust || arrow <= 0)
        return {};
    Scanner pattern(text);
    ByteView name = pattern.looseWord(":");
    if (!name.isEmpty()
        && isUpper(name.sliced(name.lastIndexOf(':') + 1).isEmpty() ? 'a' : name.sliced(name.lastIndexOf(':') + 1)[0]))
        return name;
    return {};
}

void addCase(const Block &block, const Line &line, Facts &facts)
{
    ByteView name = caseOf(block.file->lang, line.text);
    while (name.endsWith(':') || name.endsWith('.'))
        name.chop(1);
    if (name.size() < 2 || isKeyword(name))
        return;
    for (const Line &old : block.removed) {
        if (hasWord(old.text, name))
            return;
    }
    Fact fact{.topic = Topic::Logic, .verb = u"handle"_s, .names = {codeName(name)}, .lines = 2, .salience = 54};
    if (fact.names.first().text.isEmpty())
        return;
    placeIn(fact, block);
    facts.append(fact);
}

/// catch (X e), except X:, rescue X =>
void addCatch(const Block &block, const Line &line, Facts &facts)
{
    Scanner at(line.text);
    at.accept("}");
    if (!at.accept("catch") && !at.accept("except") && !at.accept("rescue"))
        return;
    at.accept("(");
    at.accept("const");
    ByteView name = at.looseWord(".:");
    while (name.endsWith(':') || name.endsWith('.'))
        name.chop(1);
    const ByteView last = name.sliced(std::max(name.lastIndexOf('.'), name.lastIndexOf(':')) + 1);
    if (last.isEmpty() || !isUpper(last[0]))
        return;
    Fact fact{.topic = Topic::Logic, .verb = u"catch"_s, .names = {codeName(name)}, .lines = 3, .salience = 56};
    if (fact.names.first().text.isEmpty())
        return;
    placeIn(fact, block);
    facts.append(fact);
}

} // namespace

void addLogicFacts(const Evidence &evidence, Facts &facts)
{
    for (const Block &block : evidence.view.blocks()) {
        const bool source
            = block.file->role == Role::Source || block.file->role == Role::Example || block.file->role == Role::Build;
        if (!source || !isCode(block.file->lang) || block.file->change->kind == ChangeKind::Added)
            continue;
        const bool replaces = std::any_of(block.removed.begin(), block.removed.end(),
                                          [](const Line &l) { return isCondition(l.text); });
        for (qsizetype i = 0; i < block.added.size(); ++i) {
            const Line &line = block.added[i];
            if (!line.isCodeLine() || line.moved)
                continue;
            if (line.definition)
                break; // what follows belongs to something new
            if (isCondition(line.text) && !replaces)
                addGuard(block, i, facts);
            addCase(block, line, facts);
            addCatch(block, line, facts);
        }
        for (const Pair &pair : block.edits())
            addConditionFact(block, pair, facts);
    }
}

} // namespace AutoCommit::Wording
