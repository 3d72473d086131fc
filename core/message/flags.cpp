#include "core/message/facts.h"
#include "core/message/safety.h"

#include <QSet>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

/// Calls `each` with every "--flag" or "--flag=value" of a command line.
template <typename Each> void eachFlag(ByteView text, Each each)
{
    for (qsizetype at = text.indexOf("--"); at >= 0; at = text.indexOf("--", at + 2)) {
        const bool opens
            = at == 0 || text[at - 1] == ' ' || text[at - 1] == '"' || text[at - 1] == '\'' || text[at - 1] == '[';
        if (!opens || at + 3 > text.size() || !isLetter(text[at + 2]))
            continue;
        qsizetype end = at + 2;
        while (end < text.size() && (isWordChar(text[end]) || text[end] == '-'))
            ++end;
        each(text.sliced(at, end - at));
        at = end - 2;
    }
}

bool holdsFlag(const QList<Line> &lines, ByteView flag)
{
    for (const Line &line : lines) {
        bool found = false;
        eachFlag(line.text, [&](ByteView other) { found |= other == flag; });
        if (found)
            return true;
    }
    return false;
}

void look(const Block &block, bool added, QSet<ByteView> &told, Facts &facts)
{
    const bool declares = block.file->name == ByteView("configure.ac") || block.file->name == ByteView("configure.in");
    for (const Line &line : added ? block.added : block.removed) {
        if (line.comment || line.moved || (declares && !line.text.contains("HELP_STRING")))
            continue;
        eachFlag(line.text, [&](ByteView flag) {
            const QString name = safeName(flag);
            if (name.isEmpty() || told.contains(flag) || holdsFlag(added ? block.removed : block.added, flag))
                return;
            told.insert(flag);
            Fact fact{.topic = declares ? Topic::Interface_ : Topic::Logic,
                      .verb = added ? u"pass"_s : u"stop passing"_s};
            fact.names = {{name, WordKind::Code}};
            fact.file = block.file->index;
            fact.lines = 2;
            fact.salience = declares ? 70 : 50;
            if (declares) {
                fact.verb = added ? u"add"_s : u"remove"_s;
                fact.after = u"option"_s;
            }
            fact.link = u"in"_s;
            fact.place = {shownFile(*block.file), WordKind::File};
            facts.append(fact);
        });
    }
}

} // namespace

void addFlagFacts(const Evidence &evidence, Facts &facts)
{
    QSet<ByteView> told;
    for (const Block &block : evidence.view.blocks()) {
        const Lang lang = block.file->lang;
        const ChangeKind kind = block.file->change->kind;
        const bool commands = lang == Lang::Shell || lang == Lang::Yaml || lang == Lang::Docker || lang == Lang::Make
            || block.file->name == ByteView("package.json") || block.file->name == ByteView("configure.ac");
        if (!commands || kind == ChangeKind::Added || kind == ChangeKind::Deleted || block.file->role == Role::Fixture)
            continue;
        look(block, true, told, facts);
        look(block, false, told, facts);
    }
}

} // namespace AutoCommit::Wording
