#include "core/message/facts.h"
#include "core/message/symbols.h"

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

struct Member
{
    ByteView name{};
    ByteView text{};
    const Block *block = nullptr;
    bool exported = true;
};

int leastIndent(const QList<Line> &lines)
{
    int least = 1000;
    for (const Line &line : lines) {
        if (line.isCodeLine())
            least = std::min(least, line.indent);
    }
    return least;
}

/// Some containers hold nothing but fields; in a class the unseen line above may be a method.
bool holdsFieldsOnly(Lang lang, DefKind kind)
{
    switch (lang) {
    case Lang::Go:
    case Lang::Proto:
        return true;
    case Lang::Rust:
        return kind == DefKind::Struct || kind == DefKind::Enum;
    case Lang::JavaScript:
        return kind == DefKind::Interface || kind == DefKind::Type || kind == DefKind::Enum;
    default:
        return kind == DefKind::Enum && lang == Lang::C;
    }
}

/// Is it certain that the line belongs to the container itself, and not to a method in it?
bool isDirect(const Block &block, ByteView text, int indent)
{
    constexpr int oneLevel = 4;
    if (!block.direct)
        return false;
    if (block.scopeIndent >= 0)
        return indent <= block.scopeIndent + oneLevel;
    if (block.file->lang == Lang::Python)
        return indent <= oneLevel;
    return holdsFieldsOnly(block.file->lang, block.scope->kind)
        || isOneOf(identifierAt(text, 0), "public private protected internal readonly final static");
}

QList<Member> membersIn(const Block &block, const QList<Line> &side)
{
    QList<Member> members;
    const Definition &container = *block.scope;
    const int indent = leastIndent(side);
    for (const Line &line : side) {
        if (!line.isCodeLine() || line.indent != indent || line.moved || !isDirect(block, line.text, line.indent))
            continue;
        const auto &definition = line.definition;
        if (definition && isCallable(definition->kind))
            continue;
        const auto member = memberOf(block.file->lang, line.text, container.kind);
        if (member && member->name.size() > 1)
            members.append({member->name, line.text, &block, member->exported});
    }
    return members;
}

Fact memberFact(const Member &member, const QString &verb)
{
    const Definition &container = *member.block->scope;
    Fact fact{.topic = Topic::Symbol, .verb = verb, .names = {codeName(member.name)}};
    fact.after = container.kind == DefKind::Enum ? QString() : u"field"_s;
    if (container.kind == DefKind::Class && member.block->file->lang != Lang::C)
        fact.after = u"property"_s;
    fact.link = verb == u"remove" ? u"from"_s : u"to"_s;
    fact.place = codeName(container.name);
    fact.file = member.block->file->index;
    fact.lines = 1;
    fact.exported = member.exported && container.exported && member.block->file->role == Role::Source;
    fact.salience = container.kind == DefKind::Enum ? 56 : 50;
    if (!fact.exported)
        fact.salience -= 8;
    return fact;
}

bool isMemberBlock(const Block &block)
{
    return block.scope && isContainer(block.scope->kind) && isCode(block.file->lang)
        && block.file->change->kind != ChangeKind::Added && block.file->role != Role::Test;
}

/// A parameter on a line of its own.
void addParameterFacts(const Block &block, Facts &facts)
{
    for (const bool added : {false, true}) {
        const QList<Line> &side = added ? block.added : block.removed;
        const QList<Line> &other = added ? block.removed : block.added;
        if (!other.isEmpty() && added != (side.size() > other.size()))
            continue;
        for (const Line &line : side) {
            ByteView text = line.text;
            if (!line.isCodeLine() || line.moved || text.startsWith(')'))
                continue;
            if (text.endsWith(','))
                text.chop(1);
            const ByteView name = parameterName(block.file->lang, text);
            const bool known
                = std::any_of(other.begin(), other.end(), [&](const Line &l) { return hasWord(l.text, name); });
            if (name.isEmpty() || known || isKeyword(name))
                continue;
            Fact fact{.topic = Topic::Symbol, .verb = added ? u"add"_s : u"drop"_s, .names = {codeName(name)}};
            fact.after = u"parameter"_s;
            fact.link = added ? u"to"_s : u"from"_s;
            fact.place = nameOf(*block.scope);
            fact.file = block.file->index;
            fact.lines = 1;
            fact.salience = 54;
            fact.exported = block.scope->exported;
            facts.append(fact);
        }
    }
}

/// `"x",` put into a list that has a name.
void addListFacts(const Block &block, Facts &facts)
{
    if (!block.onlyAdds() && !block.onlyRemoves())
        return;
    const bool added = block.onlyAdds();
    const QList<Line> &side = added ? block.added : block.removed;
    constexpr qsizetype mostEntries = 12;
    if (side.size() > mostEntries)
        return;
    Facts found;
    for (const Line &line : side) {
        if (line.text.isEmpty() || line.comment)
            continue;
        const Tokens &tokens = line.tokens;
        const bool entry = (tokens.size() == 2 && tokens[1].text == ByteView(",")) || tokens.size() == 1;
        if (!entry || tokens[0].kind == TokenKind::Mark)
            return;
        const Name name = codeName(unquoted(tokens[0].text));
        if (name.text.isEmpty())
            return;
        Fact fact{.topic = Topic::Symbol, .verb = added ? u"add"_s : u"remove"_s, .names = {name}};
        fact.link = added ? u"to"_s : u"from"_s;
        fact.place = nameOf(*block.scope);
        if (isCallable(block.scope->kind) && added)
            fact.link = u"in"_s;
        fact.file = block.file->index;
        fact.lines = 1;
        fact.salience = 48;
        found.append(fact);
    }
    facts.append(found);
}

} // namespace

void addMemberFacts(const Evidence &evidence, Facts &facts)
{
    for (const Block &block : evidence.view.blocks()) {
        if (isInParameters(block)) {
            addParameterFacts(block, facts);
            continue;
        }
        const bool mayHoldList
            = block.scope && (block.scope->kind == DefKind::Constant || isCallable(block.scope->kind));
        if (mayHoldList && isCode(block.file->lang) && block.file->role != Role::Test)
            addListFacts(block, facts);
        if (!isMemberBlock(block))
            continue;
        const QList<Member> came = membersIn(block, block.added);
        const QList<Member> went = membersIn(block, block.removed);
        const auto missing = [](const QList<Member> &list, ByteView name) {
            return std::none_of(list.begin(), list.end(), [&](const Member &m) { return m.name == name; });
        };
        for (const Member &member : came) {
            if (!missing(went, member.name) || codeName(member.name).text.isEmpty())
                continue;
            Fact fact = memberFact(member, u"add"_s);
            fact.lines += 2 * std::max(0, evidence.words.use(member.name).added - 1);
            facts.append(fact);
        }
        for (const Member &member : went) {
            if (missing(came, member.name) && !codeName(member.name).text.isEmpty())
                facts.append(memberFact(member, u"remove"_s));
        }
    }
}

} // namespace AutoCommit::Wording
