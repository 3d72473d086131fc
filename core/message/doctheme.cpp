#include "core/message/prose.h"

#include "core/message/facts.h"
#include "core/message/safety.h"

#include <QHash>

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

struct Term
{
    ByteView shown{};
    int added = 0;
    int removed = 0;
    int order = 0;
    bool known = false; ///< stands in removed or unchanged text too
};

using Terms = QHash<QByteArray, Term>;

bool isTermChar(char c)
{
    return isWordChar(c) || c == '-' || c == '.' || c == '/' || c == '@' || c == '+' || c == ':';
}

template <typename Each> void eachTerm(ByteView text, Each each)
{
    for (qsizetype i = 0; i < text.size();) {
        if (!isTermChar(text[i])) {
            ++i;
            continue;
        }
        qsizetype end = i;
        while (end < text.size() && isTermChar(text[end]))
            ++end;
        ByteView term = text.sliced(i, end - i);
        const bool opensSentence = i == 0 || text[i - 1] == '*' || text[i - 1] == '_' || text[i - 1] == '"'
            || (i > 1 && (text[i - 2] == '.' || text[i - 2] == '*' || text[i - 2] == '-' || text[i - 2] == '#'));
        while (!term.isEmpty() && !isLetter(term.back()) && !isDigit(term.back()) && term.back() != '+')
            term.chop(1);
        while (!term.isEmpty()
               && (term.front() == '.' || term.front() == '/' || term.front() == ':' || term.front() == '+'))
            term = term.sliced(1);
        if (term.size() > 2)
            each(term, opensSentence);
        i = end;
    }
}

/// A proper name or a name of code, as opposed to an ordinary word.
bool isName(ByteView term, bool opensSentence)
{
    const bool inner
        = std::any_of(term.begin() + 1, term.end(), [](char c) { return isUpper(c) || c == '_' || c == '@'; })
        || term.contains("()") || term.startsWith("--");
    const bool dotted = term.contains('.') && !term.contains("..") && isLetter(term.back()) && !term.contains("//");
    const bool proper = isUpper(term[0]) && !opensSentence && term.size() > 3;
    return (inner || dotted || proper) && !saysLittle(term);
}

void countSide(const QList<Line> &side, int Term::*counter, Terms &terms)
{
    for (const Line &line : side) {
        if (line.moved)
            continue;
        eachTerm(line.text, [&](ByteView term, bool opens) {
            Term &entry = terms[term.toByteArray().toLower()];
            if (entry.added + entry.removed == 0)
                entry.order = static_cast<int>(terms.size());
            if (entry.shown.isEmpty() && isName(term, opens))
                entry.shown = term;
            ++(entry.*counter);
        });
    }
}

void countTerms(const Block &block, Terms &terms)
{
    countSide(block.added, &Term::added, terms);
    countSide(block.removed, &Term::removed, terms);
    for (const QList<QByteArray> *side : {&block.hunk->before, &block.hunk->after}) {
        for (const QByteArray &line : *side)
            eachTerm(line, [&](ByteView term, bool) { terms[term.toByteArray().toLower()].known = true; });
    }
}

bool holdsFence(const Block &block)
{
    return std::count_if(block.added.begin(), block.added.end(),
                         [](const Line &line) {
                             return line.text.startsWith("```") || line.text.startsWith("~~~")
                                 || line.text.startsWith(".. code");
                         })
        >= 2;
}

/// The name only one side has, and that often.
const Term *tellingTerm(const Terms &terms, bool came)
{
    constexpr int often = 2;
    const Term *best = nullptr;
    for (const Term &term : terms) {
        const int count = came ? term.added : term.removed;
        const int other = came ? term.removed : term.added;
        if (term.known || other > 0 || count < often || term.shown.isEmpty() || safeName(term.shown).isEmpty())
            continue;
        const int bestCount = !best ? 0 : came ? best->added : best->removed;
        if (count > bestCount || (count == bestCount && term.order < best->order))
            best = &term;
    }
    return best;
}

void addTerm(const Terms &terms, const ChangedFile &file, bool example, int lines, bool came, Facts &facts)
{
    const Term *const best = tellingTerm(terms, came);
    if (!best)
        return;
    Fact fact{.topic = Topic::Docs,
              .verb = u"mention"_s,
              .names = {{safeName(best->shown), WordKind::Plain}},
              .link = u"in"_s};
    if (example) {
        fact.verb = u"add"_s;
        fact.after = u"example"_s;
        fact.link = u"to"_s;
    } else if (!came) {
        fact.verb = u"drop"_s;
        fact.link = u"from"_s;
    }
    fact.place = {shownFile(file), WordKind::File};
    fact.file = file.index;
    fact.lines = std::max(2, lines / 2);
    fact.salience = 40 + std::min(came ? best->added : best->removed, 6);
    facts.append(fact);
}

} // namespace

void addDocThemeFacts(const ChangeView &view, const ChangedFile &file, Facts &facts)
{
    Terms terms;
    bool example = false;
    int lines = 0;
    for (const Block &block : view.blocks()) {
        if (block.file != &file)
            continue;
        countTerms(block, terms);
        example |= block.onlyAdds() && holdsFence(block);
        lines += static_cast<int>(block.added.size() + block.removed.size());
    }
    addTerm(terms, file, example, lines, true, facts);
    addTerm(terms, file, false, lines, false, facts);
}

} // namespace AutoCommit::Wording
