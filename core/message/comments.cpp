#include "core/message/facts.h"

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

bool allOf(const QList<Line> &lines, bool Line::*flag)
{
    return std::all_of(lines.begin(), lines.end(), [&](const Line &line) { return line.*flag || line.text.isEmpty(); });
}

bool anyOf(const QList<Line> &lines, bool Line::*flag)
{
    return std::any_of(lines.begin(), lines.end(), [&](const Line &line) { return line.*flag; });
}

/// The definition right below the comment, else the function around it.
Name commented(const Block &block)
{
    for (const QByteArray &line : block.hunk->after) {
        const ByteView text = ByteView(line).trimmed();
        if (text.isEmpty() || startsComment(block.file->lang, text) || text.startsWith('*') || text.startsWith('@')
            || text.startsWith("#["))
            continue;
        if (const auto found = definitionOf(block.file->lang, line, block.file->header))
            return nameOf(*found);
        break;
    }
    return {};
}

bool looksLikeCode(ByteView text)
{
    while (!text.isEmpty()
           && (text.front() == '/' || text.front() == '#' || text.front() == '*' || text.front() == ' '))
        text = text.sliced(1);
    return text.endsWith(';') || text.endsWith('{') || text.endsWith("):") || text.startsWith("return ")
        || text == ByteView("}");
}

/// "SPDX-License-Identifier", "Copyright": the head of a file.
bool addLicenseFact(const Block &block, Facts &facts)
{
    const auto says = [](const Line &line) {
        return line.comment
            && (line.text.contains("SPDX-License-Identifier") || line.text.contains("Copyright")
                || line.text.contains("Licensed under"));
    };
    const bool came = std::any_of(block.added.begin(), block.added.end(), says);
    const bool went = std::any_of(block.removed.begin(), block.removed.end(), says);
    constexpr int headEnd = 20;
    if ((!came && !went) || block.hunk->newStart > headEnd)
        return false;
    Fact fact{.topic = Topic::Comment, .verb = came && went ? u"update"_s : came ? u"add"_s : u"remove"_s};
    fact.before = u"license header "_s + (came && went ? u"of"_s : came ? u"to"_s : u"from"_s);
    fact.names = {{shownFile(*block.file), WordKind::File}};
    fact.file = block.file->index;
    fact.lines = static_cast<int>(block.added.size() + block.removed.size());
    fact.salience = 46;
    facts.append(fact);
    return true;
}

/// Only what stands behind the code differs.
bool addTrailingFact(const Block &block, Facts &facts)
{
    const auto edited = [](const QList<Line> &side) {
        return std::count_if(side.begin(), side.end(), [](const Line &l) { return !l.moved && !l.text.isEmpty(); });
    };
    const bool trailing
        = !block.pairs.isEmpty() && std::all_of(block.pairs.begin(), block.pairs.end(), [&](const Pair &p) {
              return p.before == p.after && !p.before.isEmpty()
                  && block.removed[p.removed].text != block.added[p.added].text;
          });
    if (!trailing || edited(block.added) != block.pairs.size() || edited(block.removed) != block.pairs.size())
        return false;
    const Line &line = block.added[block.pairs.first().added];
    const bool came = line.text.size() > block.removed[block.pairs.first().removed].text.size() * 2;
    Fact fact{.topic = Topic::Comment,
              .verb = came ? u"add"_s : u"reword"_s,
              .before = u"comment"_s,
              .file = block.file->index};
    fact.lines = static_cast<int>(block.pairs.size() * 2);
    fact.salience = 34;
    placeIn(fact, block);
    if (fact.place.text.isEmpty()) {
        fact.link = u"in"_s;
        fact.place = {shownFile(*block.file), WordKind::File};
    }
    facts.append(fact);
    return true;
}

void addCommentFact(const Block &block, Facts &facts)
{
    if (addLicenseFact(block, facts) || addTrailingFact(block, facts))
        return;
    const bool comments = allOf(block.added, &Line::comment) && allOf(block.removed, &Line::comment)
        && (anyOf(block.added, &Line::comment) || anyOf(block.removed, &Line::comment));
    if (!comments)
        return;
    const auto isNews = [](const Line &line) { return line.comment && !line.moved; };
    if (std::none_of(block.added.begin(), block.added.end(), isNews)
        && std::none_of(block.removed.begin(), block.removed.end(), isNews))
        return;
    Fact fact{.topic = Topic::Comment, .file = block.file->index};
    fact.lines = static_cast<int>(block.added.size() + block.removed.size());
    fact.salience = 32;
    const Name below = commented(block);
    const bool dead = block.onlyRemoves()
        && std::any_of(block.removed.begin(), block.removed.end(), [](const Line &l) { return looksLikeCode(l.text); });
    if (dead) {
        fact.verb = u"remove"_s;
        fact.before = u"commented-out code"_s;
        placeIn(fact, block, "from");
        fact.salience = 40;
    } else if (!below.text.isEmpty()
               && std::any_of(block.added.begin(), block.added.end(),
                              [](const Line &l) { return l.text.contains("@deprecated"); })
               && std::none_of(block.removed.begin(), block.removed.end(),
                               [](const Line &l) { return l.text.contains("@deprecated"); })) {
        fact.verb = u"deprecate"_s;
        fact.names = {below};
        fact.topic = Topic::Symbol;
        fact.salience = 62;
    } else if (block.onlyAdds() && !below.text.isEmpty()) {
        fact.verb = u"document"_s;
        fact.names = {below};
        fact.salience = 42;
    } else {
        fact.verb = block.onlyAdds() ? u"add"_s : block.onlyRemoves() ? u"remove"_s : u"reword"_s;
        fact.before = u"comment"_s;
        if (!below.text.isEmpty()) {
            fact.link = u"on"_s;
            fact.place = below;
        } else {
            placeIn(fact, block);
        }
    }
    if (fact.names.isEmpty() && fact.place.text.isEmpty()) {
        fact.link = u"in"_s;
        fact.place = {shownFile(*block.file), WordKind::File};
    }
    facts.append(fact);
}

} // namespace

void addCommentFacts(const Evidence &evidence, Facts &facts)
{
    for (const Block &block : evidence.view.blocks()) {
        const ChangeKind kind = block.file->change->kind;
        const Lang lang = block.file->lang;
        const bool commented = isCode(lang) || lang == Lang::Yaml || lang == Lang::Toml || lang == Lang::Docker
            || lang == Lang::Ini || lang == Lang::Css;
        if (!commented || kind == ChangeKind::Added || kind == ChangeKind::Deleted)
            continue;
        addCommentFact(block, facts);
    }
}

} // namespace AutoCommit::Wording
