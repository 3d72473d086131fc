#include "core/message/config.h"
#include "core/message/requirement.h"

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

/// Entries both came to and left one list: the list changed.
bool addListChange(const Block &block, Facts &facts)
{
    ByteView parent;
    for (const QList<Line> *side : {&block.added, &block.removed}) {
        bool any = false;
        for (const Line &line : *side) {
            if (line.moved || entryOf(block.file->lang, line.text).isEmpty())
                continue;
            const ByteView key = parentKey(block, line);
            if (key.isEmpty() || (!parent.isEmpty() && parent != key))
                return false;
            parent = key;
            any = true;
        }
        if (!any)
            return false;
    }
    Fact fact{.topic = Topic::Config, .verb = u"change"_s, .names = {codeName(parent)}, .salience = 50};
    placeInFile(fact, block);
    fact.lines = static_cast<int>(block.added.size() + block.removed.size());
    constexpr int single = 2;
    if (fact.names.first().text.isEmpty() || fact.lines <= single)
        return false;
    facts.append(fact);
    return true;
}

} // namespace

void placeInFile(Fact &fact, const Block &block, const char *link)
{
    fact.link = QString::fromLatin1(link);
    fact.place = {shownFile(*block.file), WordKind::File};
    fact.file = block.file->index;
    fact.lines = 1;
}

void addEntryFacts(const Block &block, Facts &facts)
{
    if (addListChange(block, facts))
        return;
    for (const bool added : {true, false}) {
        for (const Line &line : added ? block.added : block.removed) {
            const ByteView entry = line.moved || line.comment ? ByteView() : entryOf(block.file->lang, line.text);
            const Name name = codeName(entry);
            const ByteView key = parentKey(block, line);
            const Name parent = codeName(key);
            const bool came = std::any_of((added ? block.added : block.removed).begin(),
                                          (added ? block.added : block.removed).end(), [&](const Line &l) {
                                              const auto found = settingOf(block.file->lang, l.text);
                                              return found && found->opens && found->key == key;
                                          });
            if (came) // the list as a whole is the news
                continue;
            if (name.text.isEmpty() || requirementOf(*block.file, line.text, {}))
                continue;
            Fact fact{.topic = Topic::Config, .verb = added ? u"add"_s : u"remove"_s, .names = {name}, .salience = 46};
            placeInFile(fact, block);
            fact.link = added ? u"to"_s : u"from"_s;
            if (!parent.text.isEmpty())
                fact.place = parent;
            facts.append(fact);
        }
    }
}

void addIgnoreFacts(const Block &block, Facts &facts)
{
    const bool git = block.file->name == ByteView(".gitignore");
    for (const bool added : {true, false}) {
        for (const Line &line : added ? block.added : block.removed) {
            if (line.text.isEmpty() || line.text.startsWith('#') || line.moved)
                continue;
            ByteView entry = line.text;
            while (entry.startsWith('/') || entry.startsWith('*'))
                entry = entry.sliced(1);
            Name name = codeName(entry);
            if (name.text.isEmpty())
                continue;
            name.kind = WordKind::File;
            Fact fact{.topic = Topic::Config, .names = {name}, .file = block.file->index, .lines = 1, .salience = 44};
            if (git) {
                fact.verb = added ? u"ignore"_s : u"stop ignoring"_s;
            } else {
                fact.verb = added ? u"add"_s : u"remove"_s;
                fact.link = added ? u"to"_s : u"from"_s;
                fact.place = {shownFile(*block.file), WordKind::File};
            }
            facts.append(fact);
        }
    }
}

} // namespace AutoCommit::Wording
