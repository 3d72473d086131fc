#include "core/message/facts.h"
#include "core/message/safety.h"

#include "core/base/cleantext.h"

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

constexpr quint32 symlinkMode = 0120000;
constexpr quint32 submoduleMode = 0160000;
constexpr quint32 executableBits = 0111;

Name fileName(const ChangedFile &file)
{
    return {shownFile(file), WordKind::File};
}

ByteView folderOf(ByteView path)
{
    const qsizetype slash = path.lastIndexOf('/');
    return slash < 0 ? ByteView() : path.first(slash);
}

struct Move
{
    ByteView from{};
    ByteView to{};
    bool operator==(const Move &other) const { return from == other.from && to == other.to; }
};

/// What stays of old and new path when the common end ("/b/c.cpp") is taken off.
Move moveOf(ByteView from, ByteView to)
{
    while (!from.isEmpty() && !to.isEmpty()) {
        const qsizetype a = from.lastIndexOf('/');
        const qsizetype b = to.lastIndexOf('/');
        if (a < 0 || b < 0 || from.sliced(a) != to.sliced(b))
            break;
        from = from.first(a);
        to = to.first(b);
    }
    return {from, to};
}

bool keepsName(const Move &move)
{
    return move.from.sliced(move.from.lastIndexOf('/') + 1) == move.to.sliced(move.to.lastIndexOf('/') + 1);
}

/// Only the name or the folder for people: both share the folder -> "rename a to b", else "move a to folder".
Fact moveFact(const Move &move)
{
    Fact fact{.topic = Topic::Path};
    const ByteView fromFolder = folderOf(move.from);
    const ByteView toFolder = folderOf(move.to);
    const auto shown = [](ByteView path) { return Name{displayPath(path.toByteArray()), WordKind::File}; };
    if (fromFolder == toFolder) {
        fact.verb = u"rename"_s;
        fact.names = {shown(move.from.sliced(move.from.lastIndexOf('/') + 1))};
        fact.place = shown(move.to.sliced(move.to.lastIndexOf('/') + 1));
    } else {
        fact.verb = u"move"_s;
        const bool sameName = keepsName(move);
        fact.names = {shown(sameName ? move.from.sliced(move.from.lastIndexOf('/') + 1) : move.from)};
        fact.place = sameName ? shown(toFolder) : shown(move.to);
        if (sameName && toFolder.isEmpty())
            fact.place = {u"the top level"_s, WordKind::Plain};
    }
    fact.link = u"to"_s;
    fact.mergeable = false;
    return fact;
}

struct MoveGroup
{
    Move move{};
    QList<const ChangedFile *> files{};
};

QList<MoveGroup> moveGroups(const ChangeView &view)
{
    QList<MoveGroup> groups;
    for (const ChangedFile &file : view.files()) {
        if (file.change->kind != ChangeKind::Renamed || file.change->oldPath.isEmpty())
            continue;
        const Move move = moveOf(file.change->oldPath, file.change->path);
        const auto known
            = std::find_if(groups.begin(), groups.end(), [&](const MoveGroup &g) { return g.move == move; });
        if (known != groups.end())
            known->files.append(&file);
        else
            groups.append({move, {&file}});
    }
    for (MoveGroup &group : groups) { // one file alone says nothing about its folder
        if (group.files.size() == 1)
            group.move = {group.files.first()->change->oldPath, group.files.first()->change->path};
    }
    return groups;
}

/// Several files that went the same way. Whether the folder went with them is not known: others may have stayed.
Fact movedFiles(const MoveGroup &group)
{
    Fact fact{.topic = Topic::Path, .verb = u"move"_s, .link = u"to"_s};
    constexpr qsizetype mostNamed = 3;
    if (group.files.size() <= mostNamed) {
        for (const ChangedFile *file : group.files)
            fact.names.append(fileName(*file));
    } else {
        fact.names = {{QString::number(group.files.size()), WordKind::Plain}};
        fact.after = u"files from "_s + displayPath(group.move.from.toByteArray());
    }
    fact.place = {displayPath(group.move.to.toByteArray()), WordKind::File};
    fact.mergeable = false;
    return fact;
}

void addMoves(const ChangeView &view, Facts &facts)
{
    Facts found;
    const QList<MoveGroup> groups = moveGroups(view);
    for (const MoveGroup &group : groups) {
        if (group.move.from.isEmpty() || group.move.to.isEmpty())
            continue; // the whole tree went into or out of a folder
        Fact fact = group.files.size() > 1 ? movedFiles(group) : moveFact(group.move);
        fact.file = group.files.first()->index;
        for (const ChangedFile *file : group.files)
            fact.alsoFiles.append(file->index);
        fact.salience = view.changedLines() == 0 ? 90 : 62;
        fact.lines = static_cast<int>(group.files.size()) * 10;
        found.append(fact);
    }
    // Several files from one folder to another: "move a.c and b.c to lib"
    const bool together = groups.size() > 1 && groups.size() <= 3 && found.size() == groups.size()
        && std::all_of(groups.begin(), groups.end(), [&](const MoveGroup &group) {
                              const Move &first = groups.first().move;
                              return keepsName(group.move) && folderOf(group.move.to) == folderOf(first.to)
                                  && folderOf(group.move.from) == folderOf(first.from)
                                  && folderOf(first.from) != folderOf(first.to);
                          });
    if (together) {
        for (qsizetype i = 1; i < found.size(); ++i) {
            found.first().names.append(found[i].names);
            found.first().alsoFiles.append(found[i].alsoFiles);
            found.first().lines += found[i].lines;
        }
        found.resize(1);
        found.first().salience += 4;
    }
    facts.append(found);
}

QByteArray commonFolder(const QList<const ChangedFile *> &files)
{
    QByteArray common = files.first()->directory.toByteArray();
    for (const ChangedFile *file : files) {
        while (!common.isEmpty() && file->directory != common && !file->directory.startsWith(common + '/'))
            common = common.left(std::max<qsizetype>(0, common.lastIndexOf('/')));
    }
    return common;
}

void addRemovals(const ChangeView &view, Facts &facts)
{
    QList<const ChangedFile *> gone;
    int lines = 0;
    for (const ChangedFile &file : view.files()) {
        if (file.change->kind == ChangeKind::Deleted && file.role != Role::Lock) {
            gone.append(&file);
            lines += file.change->removedLines;
        }
    }
    if (gone.isEmpty())
        return;
    Fact fact{.topic = Topic::Path, .verb = u"remove"_s};
    constexpr qsizetype mostNamed = 3;
    const QByteArray folder = commonFolder(gone);
    const bool root = std::any_of(gone.begin(), gone.end(), [&](const ChangedFile *file) {
        return file->directory == folder
            && (isOneOf(file->stem, "index mod main lib __init__") || file->role == Role::Manifest);
    });
    if (gone.size() >= 2 && root && folder.contains('/')) { // the module as a whole
        fact.names = {{displayPath(folder.mid(folder.lastIndexOf('/') + 1)), WordKind::File}};
    } else if (gone.size() <= mostNamed) {
        for (const ChangedFile *file : gone)
            fact.names.append(fileName(*file));
    } else if (!folder.isEmpty()) {
        fact.names = {{QString::number(gone.size()), WordKind::Plain}};
        fact.after = u"files"_s;
        fact.link = u"from"_s;
        fact.place = {displayPath(folder), WordKind::File};
    } else {
        for (const ChangedFile *file : gone)
            fact.names.append(fileName(*file));
    }
    fact.file = gone.first()->index;
    for (const ChangedFile *file : gone)
        fact.alsoFiles.append(file->index);
    fact.lines = lines + static_cast<int>(gone.size());
    fact.salience = gone.size() == view.files().size() ? 92 : 60;
    facts.append(fact);
}

/// The executable bit, links, binaries, submodules: what the mode alone tells.
void addModeFact(const ChangedFile &file, Facts &facts)
{
    const FileChange &change = *file.change;
    Fact fact{.topic = Topic::Path, .names = {fileName(file)}, .file = file.index, .lines = 1, .salience = 66};
    const bool silent = change.addedLines + change.removedLines == 0;
    if (change.newMode == submoduleMode || change.oldMode == submoduleMode) {
        fact.verb = change.kind == ChangeKind::Added ? u"add"_s
            : change.kind == ChangeKind::Deleted     ? u"remove"_s
                                                     : u"update"_s;
        fact.after = u"submodule"_s;
    } else if (change.kind == ChangeKind::TypeChanged) {
        fact.verb = u"turn"_s;
        fact.after = change.newMode == symlinkMode ? u"into a symlink"_s : u"into a regular file"_s;
    } else if (change.newMode == symlinkMode && change.kind == ChangeKind::Added) {
        fact.verb = u"add"_s;
        fact.after = u"symlink"_s;
    } else if (change.oldMode != 0 && change.newMode != 0 && silent && change.kind != ChangeKind::Renamed
               && (change.oldMode & executableBits) != (change.newMode & executableBits)) {
        fact.verb = u"make"_s;
        fact.after = (change.newMode & executableBits) != 0 ? u"executable"_s : u"non-executable"_s;
    } else if (change.binary && change.kind == ChangeKind::Modified) {
        fact.verb = u"replace"_s;
        fact.salience = 45;
    } else {
        return;
    }
    facts.append(fact);
}

} // namespace

void addPathFacts(const Evidence &evidence, Facts &facts)
{
    addMoves(evidence.view, facts);
    addRemovals(evidence.view, facts);
    for (const ChangedFile &file : evidence.view.files())
        addModeFact(file, facts);
}

Fact withFilesCounted(const Fact &fact, const ChangeView &view)
{
    constexpr qsizetype tooMany = 12;
    const bool list = fact.names.size() > tooMany && fact.before.isEmpty() && fact.after.isEmpty()
        && fact.place.text.isEmpty()
        && std::all_of(fact.names.begin(), fact.names.end(), [](const Name &n) { return n.kind == WordKind::File; });
    QList<const ChangedFile *> files{&view.files().at(fact.file)};
    for (const qsizetype index : fact.alsoFiles)
        files.append(&view.files().at(index));
    const QByteArray folder = list ? commonFolder(files) : QByteArray();
    if (folder.isEmpty())
        return fact;
    Fact counted = fact;
    counted.names = {{QString::number(fact.names.size()), WordKind::Plain}};
    counted.after = u"files"_s;
    counted.link = fact.verb == "add"_L1 ? u"to"_s : fact.verb == "remove"_L1 ? u"from"_s : u"in"_s;
    counted.place = {displayPath(folder), WordKind::File};
    return counted;
}

} // namespace AutoCommit::Wording
