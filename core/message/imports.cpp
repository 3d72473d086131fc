#include "core/message/facts.h"

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

bool importsOnly(const QList<Line> &lines, bool Line::*flag)
{
    return std::all_of(lines.begin(), lines.end(), [&](const Line &line) { return line.*flag || line.text.isEmpty(); });
}

bool holdsImport(const QList<Line> &lines, bool Line::*flag)
{
    return std::any_of(lines.begin(), lines.end(), [&](const Line &line) { return line.*flag; });
}

/// The last part of what an import brings in: "x" of `import a.b.x;`, `use a::x;`, `#include "a/x.h"`.
Name importedName(ByteView text)
{
    const qsizetype quote = std::max(text.lastIndexOf('"'), text.lastIndexOf('\''));
    if (quote > 0) {
        const qsizetype open = text.lastIndexOf(text[quote], quote - 1);
        if (open >= 0)
            return codeName(text.sliced(open + 1, quote - open - 1));
    }
    qsizetype end = text.size();
    while (end > 0 && !isWordChar(text[end - 1]))
        --end;
    qsizetype start = end;
    while (start > 0 && (isWordChar(text[start - 1]) || text[start - 1] == '.' || text[start - 1] == '/'))
        --start;
    ByteView name = text.sliced(start, end - start);
    if (name.count('.') >= 2)
        name = name.sliced(name.lastIndexOf('.') + 1);
    return codeName(name);
}

/// The words of import lines that the other side does not have.
QList<Name> newNames(const QList<Line> &side, const QList<Line> &other)
{
    QList<Name> names;
    for (const Line &line : side) {
        for (qsizetype i = 0; i < line.text.size();) {
            const ByteView word = identifierAt(line.text, i);
            i += std::max<qsizetype>(1, word.size());
            const bool known
                = std::any_of(other.begin(), other.end(), [&](const Line &l) { return hasWord(l.text, word); });
            const Name name = codeName(word);
            if (!word.isEmpty() && !known && !isKeyword(word) && !name.text.isEmpty() && !names.contains(name))
                names.append(name);
        }
    }
    return names;
}

void addImportFact(const Block &block, Facts &facts)
{
    const bool imports = importsOnly(block.added, &Line::import) && importsOnly(block.removed, &Line::import);
    if (!imports || (!holdsImport(block.added, &Line::import) && !holdsImport(block.removed, &Line::import)))
        return;
    QList<Name> came;
    QList<Name> went;
    for (const Line &line : block.added) {
        if (line.import && !line.moved)
            came.append(importedName(line.text));
    }
    for (const Line &line : block.removed) {
        if (line.import && !line.moved)
            went.append(importedName(line.text));
    }
    Fact fact{.topic = Topic::Import,
              .file = block.file->index,
              .lines = static_cast<int>(came.size() + went.size()),
              .salience = 16};
    fact.link = u"in"_s;
    fact.place = {shownFile(*block.file), WordKind::File};
    if (came.isEmpty() && went.isEmpty()) {
        fact.verb = u"reorder"_s;
        fact.before = u"imports"_s;
    } else if (came.isEmpty()) {
        fact.verb = u"drop"_s;
        fact.names = went;
        fact.after = u"import"_s;
        fact.link = u"from"_s;
    } else if (went.isEmpty()) {
        fact.verb = u"import"_s;
        fact.names = came;
    } else {
        fact.verb = u"change"_s;
        fact.before = u"imports"_s;
        const QList<Name> added = newNames(block.added, block.removed);
        const QList<Name> dropped = newNames(block.removed, block.added);
        if (added.size() == 1 && dropped.size() == 1) {
            fact.before.clear();
            fact.verb = u"import"_s;
            fact.names = added;
            fact.after = u"instead of "_s + dropped.first().text;
        } else if (added.isEmpty() != dropped.isEmpty()) {
            fact.before.clear();
            fact.verb = added.isEmpty() ? u"drop"_s : u"import"_s;
            fact.names = added.isEmpty() ? dropped : added;
            fact.after = added.isEmpty() ? u"import"_s : QString();
            fact.link = added.isEmpty() ? u"from"_s : u"in"_s;
        }
    }
    for (const Name &name : fact.names) {
        if (name.text.isEmpty())
            return;
    }
    facts.append(fact);
}

} // namespace

void addImportFacts(const Evidence &evidence, Facts &facts)
{
    for (const Block &block : evidence.view.blocks()) {
        const ChangeKind kind = block.file->change->kind;
        if (isCode(block.file->lang) && kind != ChangeKind::Added && kind != ChangeKind::Deleted)
            addImportFact(block, facts);
    }
}

} // namespace AutoCommit::Wording
