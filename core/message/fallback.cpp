#include "core/message/facts.h"

#include "core/base/cleantext.h"

#include <QHash>

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

/// "extend", "trim", "rework", "adjust" by the numbers alone: all that is sure when nothing else is.
QString shapeVerb(int added, int removed)
{
    constexpr int many = 12;
    constexpr int mostly = 4;
    if (removed * mostly <= added)
        return u"extend"_s;
    if (added * mostly <= removed)
        return u"trim"_s;
    return added + removed >= many ? u"rework"_s : u"adjust"_s;
}

struct Touched
{
    Name name{};
    const Block *block = nullptr;
    int added = 0;
    int removed = 0;
};

/// The functions and classes whose insides changed.
void addScopeFacts(const ChangeView &view, Facts &facts)
{
    QList<Touched> all;
    for (const Block &block : view.blocks()) {
        if (!block.scope || block.file->change->kind == ChangeKind::Added
            || block.file->change->kind == ChangeKind::Deleted)
            continue;
        const Name name = nameOf(*block.scope);
        if (name.text.isEmpty())
            continue;
        auto found = std::find_if(all.begin(), all.end(),
                                  [&](const Touched &t) { return t.name == name && t.block->file == block.file; });
        if (found == all.end())
            found = all.insert(all.end(), {name, &block});
        for (const Line &line : block.added)
            found->added += line.moved || line.text.isEmpty() ? 0 : 1;
        for (const Line &line : block.removed)
            found->removed += line.moved || line.text.isEmpty() ? 0 : 1;
    }
    for (const Touched &touched : all) {
        if (touched.added + touched.removed == 0)
            continue;
        Fact fact{.topic = Topic::Fallback, .verb = shapeVerb(touched.added, touched.removed), .names = {touched.name}};
        fact.file = touched.block->file->index;
        fact.lines = touched.added + touched.removed;
        fact.salience = 14;
        fact.exported = touched.block->scope->exported;
        facts.append(fact);
    }
}

Fact fileFact(const ChangedFile &file)
{
    Fact fact{.topic = Topic::Fallback, .names = {{shownFile(file), WordKind::File}}, .file = file.index};
    const FileChange &change = *file.change;
    switch (change.kind) {
    case ChangeKind::Added:
        fact.verb = u"add"_s;
        break;
    case ChangeKind::Deleted:
        fact.verb = u"remove"_s;
        break;
    default:
        fact.verb = change.binary ? u"replace"_s : shapeVerb(change.addedLines, change.removedLines);
        break;
    }
    if (file.role == Role::Fixture && change.kind == ChangeKind::Modified) {
        const bool snapshot = file.name.endsWith(".snap") || file.change->path.contains("snapshots/");
        fact.verb = u"update"_s;
        fact.before = snapshot ? u"snapshots of"_s : u"fixtures in"_s;
        fact.names = {{snapshot ? moduleName(file) : displayPath(file.directory.toByteArray()), WordKind::File}};
        if (!snapshot && file.directory.isEmpty())
            fact.before = u"fixture"_s, fact.names = {{shownFile(file), WordKind::File}};
    }
    if (file.role == Role::Generated && change.kind == ChangeKind::Modified)
        fact.verb = u"regenerate"_s;
    if (file.role == Role::Lock)
        fact.verb = u"update"_s;
    fact.lines = std::max(1, change.addedLines + change.removedLines);
    fact.salience = file.role == Role::Lock || file.role == Role::Generated ? 3 : 6;
    return fact;
}

} // namespace

void addFallbackFacts(const Evidence &evidence, Facts &facts)
{
    addScopeFacts(evidence.view, facts);
    for (const ChangedFile &file : evidence.view.files())
        facts.append(fileFact(file));
}

} // namespace AutoCommit::Wording
