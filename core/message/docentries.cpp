#include "core/message/prose.h"
#include "core/message/safety.h"

#include <algorithm>

namespace AutoCommit::Wording {

using namespace Qt::StringLiterals;

QString entryName(ByteView text)
{
    constexpr qsizetype longestEntry = 36;
    const qsizetype link = text.indexOf("](");
    if (link > 0) {
        const qsizetype open = text.lastIndexOf('[', link);
        if (open >= 0)
            return safeProse(text.sliced(open + 1, link - open - 1), longestEntry);
    }
    return {};
}

void addBadgeFacts(const Block &block, Facts &facts)
{
    constexpr qsizetype longestBadge = 30;
    const auto alts = [](const QList<Line> &side) {
        QStringList found;
        for (const Line &line : side) {
            for (qsizetype at = line.text.indexOf("[!["); at >= 0; at = line.text.indexOf("[![", at + 3)) {
                const qsizetype end = line.text.indexOf(']', at + 3);
                const QString alt
                    = end > 0 ? safeProse(line.text.sliced(at + 3, end - at - 3), longestBadge) : QString();
                if (!alt.isEmpty())
                    found.append(alt);
            }
        }
        return found;
    };
    const QStringList was = alts(block.removed);
    const QStringList is = alts(block.added);
    for (const bool came : {true, false}) {
        for (const QString &alt : came ? is : was) {
            if ((came ? was : is).contains(alt))
                continue;
            Fact fact{.topic = Topic::Docs,
                      .verb = came ? u"add"_s : u"remove"_s,
                      .names = {{alt, WordKind::Plain}},
                      .after = u"badge"_s};
            fact.link = came ? u"to"_s : u"from"_s;
            fact.place = {shownFile(*block.file), WordKind::File};
            fact.file = block.file->index;
            fact.lines = 2;
            fact.salience = 52;
            facts.append(fact);
        }
    }
}

void addDocEntryFact(const Block &block, Facts &facts)
{
    if (!block.onlyAdds())
        return;
    constexpr qsizetype mostEntries = 4;
    QList<Name> names;
    for (const Line &line : block.added) {
        const bool numbered = line.text.size() > 3 && isDigit(line.text[0]) && line.text.first(4).contains(". ");
        const bool item
            = numbered || line.text.startsWith("- ") || line.text.startsWith("* ") || line.text.startsWith('|');
        if (!item || line.moved)
            continue;
        const QString name = entryName(line.text);
        if (!name.isEmpty())
            names.append({name, WordKind::Plain});
    }
    if (names.isEmpty() || names.size() > mostEntries)
        return;
    Fact fact{.topic = Topic::Docs,
              .verb = u"add"_s,
              .names = names,
              .link = u"to"_s,
              .lines = static_cast<int>(block.added.size())};
    fact.place = {shownFile(*block.file), WordKind::File};
    fact.file = block.file->index;
    fact.salience = 50;
    facts.append(fact);
}

void addSpanFacts(const Evidence &evidence, const Block &block, Facts &facts)
{
    QList<Name> names;
    for (const Line &line : block.added) {
        if (line.moved)
            continue;
        for (const ByteView span : codeSpans(line.text)) {
            const Name name = codeName(span);
            const bool known = std::any_of(block.removed.begin(), block.removed.end(),
                                           [&](const Line &l) { return l.text.contains(span); });
            if (name.text.size() < 3 || known || names.contains(name) || evidence.view.removedWord(span))
                continue;
            names.append(name);
        }
    }
    constexpr qsizetype mostNames = 3;
    if (names.isEmpty() || names.size() > mostNames)
        return;
    Fact fact{
        .topic = Topic::Docs, .verb = u"document"_s, .names = names, .lines = static_cast<int>(block.added.size())};
    if (!block.removed.isEmpty())
        fact.verb = u"mention"_s;
    fact.link = u"in"_s;
    fact.place = {shownFile(*block.file), WordKind::File};
    fact.file = block.file->index;
    fact.salience = 48;
    facts.append(fact);
}

} // namespace AutoCommit::Wording
