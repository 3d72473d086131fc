#include "core/message/facts.h"
#include "core/message/prose.h"
#include "core/message/safety.h"

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype longestHeading = 56;

bool isProse(const ChangedFile &file)
{
    return file.lang == Lang::Markdown || file.lang == Lang::Rst;
}

/// "## Usage" -> "Usage"; a line that "----" follows.
ByteView headingIn(const QList<Line> &lines, qsizetype at, Lang lang)
{
    const ByteView text = lines[at].text;
    if (lang == Lang::Markdown && text.startsWith('#')) {
        qsizetype level = 0;
        while (level < text.size() && text[level] == '#')
            ++level;
        return level <= 6 && level < text.size() && text[level] == ' ' ? text.sliced(level).trimmed() : ByteView();
    }
    if (lang == Lang::Rst && text.startsWith("==") && text.contains("== "))
        return text.sliced(text.indexOf(' ')).trimmed();
    const bool underlined = lang == Lang::Rst && at + 1 < lines.size() && lines[at + 1].text.size() >= 3
        && (lines[at + 1].text.startsWith("===") || lines[at + 1].text.startsWith("---")
            || lines[at + 1].text.startsWith("~~~"));
    return underlined ? text : ByteView();
}

QString shownHeading(ByteView heading)
{
    return safeProse(heading, longestHeading);
}

/// The heading the block stands under, as far as it is near.
QString sectionOf(const Block &block)
{
    QList<Line> above;
    for (const QByteArray &line : block.hunk->before)
        above.append(Line{.raw = line, .text = ByteView(line).trimmed()});
    for (qsizetype i = above.size() - 1; i >= 0; --i) {
        const ByteView heading = headingIn(above, i, block.file->lang);
        if (!heading.isEmpty())
            return shownHeading(heading);
    }
    const ByteView context = block.hunk->context;
    if (block.file->lang == Lang::Markdown && context.startsWith('#'))
        return shownHeading(context.sliced(std::min(context.size(), context.indexOf(' ') + 1)));
    return {};
}

void addHeadingFacts(const Block &block, Facts &facts)
{
    bool fenced = false;
    for (qsizetype i = 0; i < block.added.size(); ++i) {
        if (block.added[i].text.startsWith("```"))
            fenced = !fenced;
        const ByteView heading
            = fenced || block.added[i].moved ? ByteView() : headingIn(block.added, i, block.file->lang);
        const QString shown = heading.isEmpty() ? QString() : shownHeading(heading);
        if (shown.isEmpty() || isVersion(heading))
            continue;
        bool renamed = false;
        for (qsizetype r = 0; r < block.removed.size(); ++r)
            renamed |= !headingIn(block.removed, r, block.file->lang).isEmpty();
        if (renamed)
            continue;
        Fact fact{.topic = Topic::Docs, .verb = u"add"_s, .names = {{shown, WordKind::Title}}, .after = u"section"_s};
        fact.link = u"to"_s;
        fact.place = {shownFile(*block.file), WordKind::File};
        fact.file = block.file->index;
        fact.lines = static_cast<int>(block.added.size());
        fact.salience = 58;
        facts.append(fact);
    }
    for (qsizetype i = 0; i < block.removed.size() && block.added.isEmpty(); ++i) {
        const ByteView heading = block.removed[i].moved ? ByteView() : headingIn(block.removed, i, block.file->lang);
        const QString shown = heading.isEmpty() ? QString() : shownHeading(heading);
        if (shown.isEmpty())
            continue;
        Fact fact{
            .topic = Topic::Docs, .verb = u"remove"_s, .names = {{shown, WordKind::Title}}, .after = u"section"_s};
        fact.link = u"from"_s;
        fact.place = {shownFile(*block.file), WordKind::File};
        fact.file = block.file->index;
        fact.lines = static_cast<int>(block.removed.size());
        fact.salience = 56;
        facts.append(fact);
    }
}

/// One word or name put for another: "replace x with y in README.md".
void addPairFacts(const Block &block, Facts &facts)
{
    for (const Pair &pair : block.pairs) {
        const ByteView before = block.removed[pair.removed].text;
        const ByteView after = block.added[pair.added].text;
        if (onlyLinksDiffer(before, after)) {
            const QString title = entryName(after);
            Fact fact{.topic = Topic::Docs,
                      .verb = u"update"_s,
                      .names = {{title.isEmpty() ? u"links"_s : title, WordKind::Plain}}};
            fact.after = title.isEmpty() ? QString() : u"link"_s;
            fact.link = u"in"_s;
            fact.place = {shownFile(*block.file), WordKind::File};
            fact.file = block.file->index;
            fact.lines = 2;
            fact.salience = 48;
            facts.append(fact);
            continue;
        }
        const Difference &d = pair.difference;
        if (d.oldCount != 1 || d.newCount != 1)
            continue;
        const ByteView old = unquoted(pair.before[d.first].text);
        const ByteView now = unquoted(pair.after[d.first].text);
        const auto isOrdinary = [](ByteView word) { return std::all_of(word.begin(), word.end(), isLower); };
        if (safeName(old).isEmpty() || safeName(now).isEmpty() || old.size() < 2
            || (isOrdinary(old) && isOrdinary(now)))
            continue;
        Fact fact{
            .topic = Topic::Docs, .verb = u"replace"_s, .names = {codeName(old)}, .after = u"with "_s + safeName(now)};
        fact.link = u"in"_s;
        fact.place = {shownFile(*block.file), WordKind::File};
        fact.file = block.file->index;
        fact.lines = 2;
        fact.salience = 46;
        fact.mergeable = false;
        facts.append(fact);
    }
}

/// What can be said of any edit of a text: where, and whether it grew, shrank or was put differently.
void addShapeFact(const Block &block, Facts &facts)
{
    const QString section = sectionOf(block);
    const bool onlyMoved = std::all_of(block.added.begin(), block.added.end(),
                                       [](const Line &l) { return l.moved || l.text.isEmpty(); });
    if (onlyMoved && std::all_of(block.removed.begin(), block.removed.end(), [](const Line &l) {
            return l.moved || l.text.isEmpty();
        }))
        return;
    Fact fact{.topic = Topic::Docs, .file = block.file->index};
    const auto words = [](const QList<Line> &side) {
        QByteArray out;
        for (const Line &line : side) {
            for (const char c : line.text)
                out += c == ' ' || c == '\t' ? "" : QByteArray(1, c);
        }
        return out;
    };
    if (words(block.added) == words(block.removed) && block.added.size() > 1) { // only blanks and line ends moved
        fact.topic = Topic::Format;
        fact.verb = u"reflow"_s;
        fact.names = {{shownFile(*block.file), WordKind::File}};
        fact.lines = static_cast<int>(block.added.size() + block.removed.size());
        fact.salience = 30;
        facts.append(fact);
        return;
    }
    constexpr qsizetype mostly = 4;
    const bool grew = block.removed.size() * mostly <= block.added.size();
    const bool shrank = block.added.size() * mostly <= block.removed.size();
    fact.verb = grew ? u"extend"_s : shrank ? u"trim"_s : u"reword"_s;
    fact.lines = static_cast<int>(block.added.size() + block.removed.size());
    fact.salience = section.isEmpty() ? 22 : 34;
    fact.names = {{shownFile(*block.file), WordKind::File}};
    if (!section.isEmpty()) {
        fact.names = {{section, WordKind::Title}};
        fact.after = u"section"_s;
        fact.link = u"of"_s;
        fact.place = {shownFile(*block.file), WordKind::File};
    }
    facts.append(fact);
}

} // namespace

void addDocsFacts(const Evidence &evidence, Facts &facts)
{
    addTypoFacts(evidence, facts);
    for (const Block &block : evidence.view.blocks()) {
        const ChangeKind kind = block.file->change->kind;
        const bool docs = isProse(*block.file) && block.file->role != Role::Manifest && block.file->role != Role::Build;
        if (!docs || kind == ChangeKind::Added || kind == ChangeKind::Deleted || block.file->role == Role::Fixture)
            continue;
        if (block.file->role == Role::Changelog) {
            addPairFacts(block, facts);
            continue;
        }
        addHeadingFacts(block, facts);
        addBadgeFacts(block, facts);
        addDocEntryFact(block, facts);
        addSpanFacts(evidence, block, facts);
        addPairFacts(block, facts);
        addShapeFact(block, facts);
    }
    for (const ChangedFile &file : evidence.view.files()) {
        const bool docs
            = isProse(file) && (file.role == Role::Docs || file.role == Role::Example || file.role == Role::Source);
        if (docs && file.change->kind != ChangeKind::Added && file.change->kind != ChangeKind::Deleted)
            addDocThemeFacts(evidence.view, file, facts);
    }
}

} // namespace AutoCommit::Wording
