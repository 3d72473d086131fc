#include "core/message/facts.h"

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

bool onlyMoved(const QList<Line> &lines)
{
    return std::all_of(lines.begin(), lines.end(), [](const Line &l) { return l.moved || l.text.size() <= 4; });
}

/// All that changed in the file is the order of its lines.
bool isReordered(const ChangeView &view, const ChangedFile &file)
{
    int moved = 0;
    for (const Block &block : view.blocks()) {
        if (block.file != &file)
            continue;
        if (!onlyMoved(block.added) || !onlyMoved(block.removed))
            return false;
        for (const Line &line : block.added)
            moved += line.moved ? 1 : 0;
    }
    return moved > 0 && file.change->addedLines == file.change->removedLines;
}

const Block *firstBlock(const ChangeView &view, const ChangedFile &file)
{
    const auto found
        = std::find_if(view.blocks().begin(), view.blocks().end(), [&](const Block &b) { return b.file == &file; });
    return found == view.blocks().end() ? nullptr : &*found;
}

Fact reorderFact(const ChangeView &view, const ChangedFile &file)
{
    Fact fact{.topic = Topic::Format, .verb = u"reorder"_s, .before = u"lines"_s, .link = u"in"_s, .file = file.index};
    fact.place = {shownFile(file), WordKind::File};
    fact.lines = file.change->addedLines + file.change->removedLines;
    fact.salience = 44;
    const Block *const block = firstBlock(view, file);
    if (!isCode(file.lang) || !block) {
        fact.before = file.lang == Lang::Markdown || file.lang == Lang::Rst ? u"lines"_s : u"entries"_s;
        return fact;
    }
    fact.before = u"statements"_s;
    for (const Line &line : block->added) {
        if (!line.isCodeLine())
            continue;
        const auto &found = line.definition;
        if (!found)
            continue;
        fact.verb = u"move"_s;
        fact.before.clear();
        fact.names = {nameOf(*found)};
        fact.link = u"within"_s;
        return fact;
    }
    const bool imports = std::all_of(block->added.begin(), block->added.end(),
                                     [](const Line &l) { return l.import || l.text.isEmpty(); });
    if (imports)
        fact.before = u"imports"_s;
    else
        placeIn(fact, *block);
    return fact;
}

} // namespace

void addReorderFacts(const Evidence &evidence, Facts &facts)
{
    for (const ChangedFile &file : evidence.view.files()) {
        const bool edited = file.change->kind == ChangeKind::Modified || file.change->kind == ChangeKind::Renamed;
        if (edited && isReordered(evidence.view, file))
            facts.append(reorderFact(evidence.view, file));
    }
}

} // namespace AutoCommit::Wording
