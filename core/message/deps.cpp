#include "core/message/facts.h"
#include "core/message/requirement.h"
#include "core/message/safety.h"

#include <QMap>

#include <algorithm>
#include <cstring>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

struct PackageChange
{
    ByteView from{};
    ByteView to{};
    bool removed = false;
    bool added = false;
    bool transitive = false;
    bool own = false;
    qsizetype file = 0;
    int lines = 0;
    Role role = Role::Manifest;
};

using Changes = QMap<QByteArray, PackageChange>; // sorted: the same words whatever the hash seed

QList<ByteView> linesAbove(const Block &block, const QList<Line> &side, qsizetype until)
{
    constexpr qsizetype mostLines = 6;
    QList<ByteView> above;
    for (const QByteArray &line : block.hunk->before)
        above.append(ByteView(line).trimmed());
    for (qsizetype i = std::max<qsizetype>(0, until - mostLines); i < until; ++i)
        above.append(side[i].text);
    return above;
}

/// "github.com/x/y/v2" is the same thing as "github.com/x/y".
QByteArray packageKey(ByteView name)
{
    const qsizetype mark = name.lastIndexOf("/v");
    const bool major = mark > 0 && mark + 2 < name.size() && name.contains('.')
        && std::all_of(name.begin() + mark + 2, name.end(), [](char c) { return isDigit(c); });
    return (major ? name.first(mark) : name).toByteArray();
}

bool readsRequirements(const ChangedFile &file)
{
    switch (file.role) {
    case Role::Manifest:
    case Role::Ci:
    case Role::Build:
        return true;
    case Role::Config:
        return file.name.startsWith(".pre-commit") || file.lang == Lang::Yaml;
    default:
        return file.lang == Lang::Docker || file.lang == Lang::CMake || file.name.endsWith(".sln");
    }
}

void readSide(const Block &block, const QList<Line> &side, bool added, Changes &changes)
{
    for (qsizetype i = 0; i < side.size(); ++i) {
        if (side[i].moved)
            continue;
        const auto found = requirementOf(*block.file, side[i].text, linesAbove(block, side, i));
        if (!found || found->name.isEmpty())
            continue;
        PackageChange &change = changes[packageKey(found->name)];
        if (change.lines == 0) {
            change.file = block.file->index;
            change.role = block.file->role;
        }
        ++change.lines;
        (added ? change.to : change.from) = found->version;
        (added ? change.added : change.removed) = true;
        change.transitive |= found->transitive;
        change.own |= found->own;
    }
}

/// "from 1.2 to 1.3"; versions without the range marks both share.
QString fromTo(ByteView from, ByteView to)
{
    while (!from.isEmpty() && !to.isEmpty() && from[0] == to[0] && !isLetter(from[0]) && !isDigit(from[0])) {
        from = from.sliced(1);
        to = to.sliced(1);
    }
    const QString before = safeValue(from.trimmed());
    const QString after = safeValue(to.trimmed());
    if (after.isEmpty())
        return {};
    return before.isEmpty() ? u"to "_s + after : u"from "_s + before + u" to "_s + after;
}

QString shownPackage(const QByteArray &name)
{
    return safeName(name);
}

Fact versionFact(const QByteArray &name, const PackageChange &change)
{
    Fact fact{.topic = Topic::Dependency, .names = {{shownPackage(name), WordKind::Code}}, .file = change.file};
    fact.lines = change.lines;
    fact.salience = change.role == Role::Ci ? 60 : 72;
    if (change.added && change.removed) {
        fact.verb = u"bump"_s;
        fact.after = fromTo(change.from, change.to);
    } else if (change.role == Role::Ci || name == "go" || name == "toolchain") {
        fact.verb = change.added ? u"add"_s : u"remove"_s;
        fact.after = name == "toolchain" ? u"directive"_s : QString();
        fact.salience = 52;
    } else {
        fact.verb = change.added ? u"add"_s : u"drop"_s;
        fact.after = u"dependency"_s;
        fact.salience = change.added ? 64 : 66;
    }
    if (change.transitive)
        fact.salience /= 3;
    return fact;
}

/// One package went and one came: "replace X with Y".
bool addReplacement(const Changes &changes, Facts &facts)
{
    QByteArray gone;
    QByteArray came;
    for (auto it = changes.begin(); it != changes.end(); ++it) {
        if (it->transitive || it->role != Role::Manifest)
            continue;
        if (it->added && it->removed)
            continue;
        QByteArray &side = it->added ? came : gone;
        if (!side.isEmpty())
            return false;
        side = it.key();
    }
    if (gone.isEmpty() || came.isEmpty() || changes[gone].file != changes[came].file)
        return false;
    Fact fact{.topic = Topic::Dependency, .verb = u"replace"_s, .names = {{shownPackage(gone), WordKind::Code}}};
    fact.link = u"with"_s;
    fact.place = {shownPackage(came), WordKind::Code};
    fact.file = changes[gone].file;
    fact.lines = 2;
    fact.salience = 74;
    fact.mergeable = false;
    facts.append(fact);
    return true;
}

ByteView upToQuote(ByteView text)
{
    return text.first(std::max<qsizetype>(0, text.indexOf('"')));
}

/// The package whose part of a lock file this line opens: of TOML form (Cargo, Poetry, uv), npm's, Composer's, Yarn's.
ByteView lockedName(ByteView line, ByteView file)
{
    const ByteView text = line.trimmed();
    if (text.startsWith("name = \""))
        return upToQuote(text.sliced(8));
    const qsizetype module = text.endsWith('{') ? text.lastIndexOf("node_modules/") : -1;
    if (module >= 0)
        return upToQuote(text.sliced(module + 13));
    if (file == "composer.lock" && text.startsWith("\"name\": \""))
        return upToQuote(text.sliced(9));
    if (file != "yarn.lock" || line.startsWith(' ') || !text.endsWith(':'))
        return {};
    const ByteView name = text.sliced(text.startsWith('"') ? 1 : 0); // "@scope/name@^1.0", name@^1.0
    return name.first(std::max<qsizetype>(0, name.indexOf('@', 1)));
}

ByteView lockedVersion(const QList<QByteArray> &lines)
{
    for (const QByteArray &line : lines)
        for (const char *key : {"version = \"", "\"version\": \"", "version \""})
            if (const ByteView text = ByteView(line).trimmed(); text.startsWith(key))
                return upToQuote(text.sliced(static_cast<qsizetype>(std::strlen(key))));
    return {};
}

void readLock(const ChangedFile &file, Changes &changes)
{
    constexpr qsizetype mostHunks = 60;
    constexpr qsizetype mostLines = 6;
    if (file.change->hunks.size() > mostHunks)
        return;
    for (const Hunk &hunk : file.change->hunks) {
        if (hunk.removed.size() > mostLines || hunk.added.size() > mostLines)
            continue;
        ByteView name;
        for (const QByteArray &line : hunk.before)
            if (const ByteView opened = lockedName(line, file.name); !opened.isEmpty())
                name = opened;
        const ByteView from = lockedVersion(hunk.removed);
        const ByteView to = lockedVersion(hunk.added);
        if (name.isEmpty() || from.isEmpty() || to.isEmpty())
            continue;
        changes[name.toByteArray()] = {
            .from = from, .to = to, .removed = true, .added = true, .file = file.index, .lines = 1, .role = Role::Lock};
    }
}

void addLockFacts(const ChangeView &view, Facts &facts)
{
    Changes changes;
    for (const ChangedFile &file : view.files()) {
        if (file.role != Role::Lock)
            continue;
        readLock(file, changes);
        Fact fact{.topic = Topic::Dependency, .verb = u"update"_s, .names = {{shownFile(file), WordKind::File}}};
        fact.file = file.index;
        fact.lines = 1;
        fact.salience = 12;
        if (file.change->kind == ChangeKind::Deleted)
            fact.verb = u"remove"_s;
        if (file.change->kind != ChangeKind::Added)
            facts.append(fact);
    }
    constexpr qsizetype mostNamed = 3;
    if (!view.onlyRoles({Role::Lock}) || changes.size() > mostNamed)
        return;
    for (auto it = changes.begin(); it != changes.end(); ++it) {
        Fact fact = versionFact(it.key(), *it);
        fact.salience = 70;
        facts.append(fact);
    }
}

} // namespace

void addDependencyFacts(const Evidence &evidence, Facts &facts)
{
    Changes changes;
    for (const Block &block : evidence.view.blocks()) {
        const bool whole
            = block.file->change->kind == ChangeKind::Added || block.file->change->kind == ChangeKind::Deleted;
        if (whole || !readsRequirements(*block.file))
            continue;
        readSide(block, block.removed, false, changes);
        readSide(block, block.added, true, changes);
    }
    for (auto it = changes.begin(); it != changes.end();) {
        const bool same = it->added && it->removed && it->from == it->to;
        if (same && it->role == Role::Manifest && it->lines == 2 && !safeName(it.key()).isEmpty()) {
            Fact fact{.topic = Topic::Dependency, .verb = u"change"_s, .names = {{safeName(it.key()), WordKind::Code}}};
            fact.after = u"requirement"_s;
            fact.file = it->file;
            fact.lines = 2;
            fact.salience = 46;
            facts.append(fact);
        }
        if (same || it->own || shownPackage(it.key()).isEmpty())
            it = changes.erase(it);
        else
            ++it;
    }
    const bool replaced = addReplacement(changes, facts);
    for (auto it = changes.begin(); it != changes.end(); ++it) {
        if (!replaced || (it->added && it->removed))
            facts.append(versionFact(it.key(), *it));
    }
    addLockFacts(evidence.view, facts);
}

} // namespace AutoCommit::Wording
