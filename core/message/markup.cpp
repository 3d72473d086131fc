#include "core/message/facts.h"
#include "core/message/scan.h"

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

bool holdsMarkup(const ChangedFile &file)
{
    const ByteView extension = file.name.sliced(file.name.lastIndexOf('.') + 1);
    return isOneOf(extension, "vue svelte tsx jsx astro html htm erb hbs twig");
}

/// "Foo" of `<Foo bar>`; empty if the line does not open an element.
ByteView elementOf(ByteView text)
{
    if (text.size() < 2 || text[0] != '<' || !isLetter(text[1]))
        return {};
    qsizetype end = 1;
    while (end < text.size() && (isWordChar(text[end]) || text[end] == '-' || text[end] == '.' || text[end] == ':'))
        ++end;
    return text.sliced(1, end - 1);
}

/// A component of the program rather than an element of HTML.
bool isComponent(ByteView element)
{
    return !element.isEmpty() && (isUpper(element[0]) || element.contains('-') || element.contains('.'));
}

/// The name of the attribute that starts at `at`: v-if, :class, @click, aria-label.
ByteView attributeAt(ByteView text, qsizetype at)
{
    qsizetype end = at;
    while (end < text.size()
           && (isWordChar(text[end]) || text[end] == '-' || text[end] == ':' || text[end] == '@' || text[end] == '.'
               || text[end] == '*'))
        ++end;
    return text.sliced(at, end - at);
}

QList<ByteView> attributesOf(ByteView text)
{
    QList<ByteView> names;
    qsizetype i = 0;
    while (i < text.size() && text[i] != ' ')
        ++i;
    while (i < text.size()) {
        const char c = text[i];
        if (c == '"' || c == '\'') {
            const qsizetype end = text.indexOf(c, i + 1);
            i = end < 0 ? text.size() : end + 1;
        } else if (c == '{') {
            Scanner at(text.sliced(i));
            if (!at.skipGroup())
                return names;
            i += at.position();
        } else if (isLetter(c) || c == ':' || c == '@' || c == '*' || c == '#') {
            const ByteView name = attributeAt(text, i);
            i += std::max<qsizetype>(1, name.size());
            if (name.size() > 1)
                names.append(name);
        } else if (c == '>') {
            return names;
        } else {
            ++i;
        }
    }
    return names;
}

bool isConditional(ByteView attribute)
{
    return isOneOf(attribute, "v-if v-show v-else-if *ngIf x-show x-if");
}

Name elementName(const Block &block, ByteView element)
{
    return isComponent(element) ? codeName(element) : Name{moduleName(*block.file), WordKind::Code};
}

Fact attributeFact(const Block &block, ByteView element, ByteView attribute, bool came)
{
    Fact fact{.topic = Topic::Logic, .file = block.file->index, .lines = 2, .salience = 50};
    if (isConditional(attribute) && came) {
        fact.verb = u"render"_s;
        fact.names = {elementName(block, element)};
        fact.after = u"conditionally"_s;
        fact.salience = 54;
        return fact;
    }
    ByteView bare = attribute;
    while (!bare.isEmpty()
           && (bare.front() == ':' || bare.front() == '@' || bare.front() == '#' || bare.front() == '*'))
        bare = bare.sliced(1);
    fact.verb = came ? u"add"_s : u"drop"_s;
    fact.names = {codeName(bare)};
    fact.link = came ? u"to"_s : u"from"_s;
    fact.place = elementName(block, element);
    return fact;
}

void addAttributeFacts(const Block &block, const Pair &pair, Facts &facts)
{
    const ByteView before = block.removed[pair.removed].text;
    const ByteView after = block.added[pair.added].text;
    const ByteView element = elementOf(after);
    if (element.isEmpty() || elementOf(before) != element)
        return;
    const QList<ByteView> was = attributesOf(before);
    const QList<ByteView> is = attributesOf(after);
    const auto append = [&](const Fact &fact) {
        if (!fact.names.first().text.isEmpty())
            facts.append(fact);
    };
    for (const ByteView attribute : is) {
        if (!was.contains(attribute))
            append(attributeFact(block, element, attribute, true));
    }
    for (const ByteView attribute : was) {
        if (!is.contains(attribute))
            append(attributeFact(block, element, attribute, false));
    }
    if (was != is || (!after.contains("class=") && !after.contains("className=") && !after.contains("style=")))
        return;
    Fact fact{
        .topic = Topic::Logic, .verb = u"restyle"_s, .names = {elementName(block, element)}, .file = block.file->index};
    fact.lines = 2;
    fact.salience = 42;
    append(fact);
}

/// Components that are newly put into a template, or taken out.
void addElements(const Block &block, Facts &facts)
{
    for (const bool added : {true, false}) {
        for (const Line &line : added ? block.added : block.removed) {
            const ByteView element = elementOf(line.text);
            if (line.moved || !isComponent(element))
                continue;
            const QList<Line> &other = added ? block.removed : block.added;
            const bool known
                = std::any_of(other.begin(), other.end(), [&](const Line &l) { return hasWord(l.text, element); });
            const Name name = codeName(element);
            if (known || name.text.isEmpty())
                continue;
            Fact fact{.topic = Topic::Logic,
                      .verb = added ? u"render"_s : u"drop"_s,
                      .names = {name},
                      .file = block.file->index};
            fact.lines = 3;
            fact.salience = 50;
            fact.link = added ? u"in"_s : u"from"_s;
            fact.place = {moduleName(*block.file), WordKind::Code};
            facts.append(fact);
        }
    }
}

} // namespace

void addMarkupFacts(const Evidence &evidence, Facts &facts)
{
    for (const Block &block : evidence.view.blocks()) {
        const ChangeKind kind = block.file->change->kind;
        if (!holdsMarkup(*block.file) || kind == ChangeKind::Added || kind == ChangeKind::Deleted
            || block.file->role == Role::Fixture || block.file->role == Role::Manifest
            || block.file->role == Role::Build)
            continue;
        for (const Pair &pair : block.pairs)
            addAttributeFacts(block, pair, facts);
        addElements(block, facts);
    }
}

} // namespace AutoCommit::Wording
