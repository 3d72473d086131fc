#include "core/message/safety.h"
#include "core/message/scan.h"
#include "core/message/symbols.h"

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

/// Behind the parameters: the return type where it is written there.
ByteView behindParameters(ByteView text)
{
    Scanner at(text);
    if (at.peek() == '<')
        at.skipGroup();
    if (!at.skipGroup())
        return {};
    ByteView rest = at.rest();
    for (const char *end : {" {", "{", ";", " =>", " where ", ":"}) {
        const qsizetype stop = rest.indexOf(end, 1);
        if (stop > 0)
            rest = rest.first(stop);
    }
    for (const char *mark : {"->", ":"}) {
        if (rest.startsWith(mark))
            return rest.sliced(ByteView(mark).size()).trimmed();
    }
    return rest.trimmed();
}

QList<ByteView> only(const QList<ByteView> &in, const QList<ByteView> &notIn, Lang lang)
{
    QList<ByteView> names;
    for (const ByteView part : in) {
        const ByteView name = parameterName(lang, part);
        const bool known = std::any_of(notIn.begin(), notIn.end(),
                                       [&](ByteView other) { return parameterName(lang, other) == name; });
        if (!known && !name.isEmpty())
            names.append(name);
    }
    return names;
}

void nameAll(Fact &fact, const QList<ByteView> &names)
{
    fact.names.clear();
    for (const ByteView name : names) {
        const Name shown = codeName(name);
        if (!shown.text.isEmpty())
            fact.names.append(shown);
    }
}

/// A word before the name that came or went: async, static, export, public, const, …
bool modifierFact(const Symbol &before, const Symbol &after, Fact &fact)
{
    const auto head = [](const Symbol &symbol) {
        return symbol.line->text.first(symbol.definition.name.data() - symbol.line->text.data());
    };
    const ByteView was = head(before);
    const ByteView is = head(after);
    if (was == is)
        return false;
    for (const char *word : {"async", "static", "abstract", "virtual", "suspend", "sealed", "final", "inline",
                             "constexpr", "public", "private", "protected", "internal", "mutating", "const"}) {
        const bool comes = hasWord(is, word) && !hasWord(was, word);
        if (!comes)
            continue;
        fact.verb = u"make"_s;
        fact.after = QString::fromLatin1(word);
        return true;
    }
    if ((hasWord(is, "export") && !hasWord(was, "export")) || (hasWord(is, "pub") && !hasWord(was, "pub"))) {
        fact.verb = hasWord(is, "export") ? u"export"_s : u"make"_s;
        fact.after = hasWord(is, "export") ? QString() : u"public"_s;
        return true;
    }
    for (const char *word : {"async", "static", "virtual", "export", "pub", "final", "inline"}) {
        if (hasWord(was, word) && !hasWord(is, word)) {
            fact.verb = u"make"_s;
            fact.after = ByteView(word) == ByteView("pub") || ByteView(word) == ByteView("export")
                ? u"private"_s
                : u"non-"_s + QString::fromLatin1(word);
            return true;
        }
    }
    return false;
}

bool parameterFact(const Symbol &before, const Symbol &after, Fact &fact)
{
    const Lang lang = after.block->file->lang;
    const QList<ByteView> was = parametersOf(before.definition.rest);
    const QList<ByteView> is = parametersOf(after.definition.rest);
    if (was == is)
        return false;
    const QList<ByteView> came = only(is, was, lang);
    const QList<ByteView> went = only(was, is, lang);
    if (came.size() == 1 && went.size() == 1 && was.size() == is.size()) {
        fact.verb = u"rename"_s;
        nameAll(fact, went);
        fact.before = u"parameter"_s;
        fact.link = u"to"_s;
        fact.place = codeName(came.first());
        fact.salience = 40;
    } else if (!came.isEmpty()) {
        fact.verb = u"add"_s;
        nameAll(fact, came);
        fact.after = u"parameter"_s;
        fact.link = u"to"_s;
    } else if (!went.isEmpty()) {
        fact.verb = u"drop"_s;
        nameAll(fact, went);
        fact.after = u"parameter"_s;
        fact.link = u"from"_s;
    } else {
        return false;
    }
    return !fact.names.isEmpty();
}

bool returnFact(const Symbol &before, const Symbol &after, Fact &fact)
{
    const ByteView was = behindParameters(before.definition.rest);
    const ByteView is = behindParameters(after.definition.rest);
    if (was == is || is.isEmpty())
        return false;
    const QString type = safeValue(is);
    if (type.isEmpty() || !isWordStart(is[0]) || isOneOf(is, "const noexcept override throws"))
        return false;
    fact.verb = u"return"_s;
    fact.names = {{type, WordKind::Code}};
    fact.link = u"from"_s;
    return true;
}

/// class X -> class X extends Y
bool baseFact(const Symbol &before, const Symbol &after, Fact &fact)
{
    for (qsizetype i = 0; i < after.definition.rest.size();) {
        const ByteView word = identifierAt(after.definition.rest, i);
        i += std::max<qsizetype>(1, word.size());
        if (word.size() < 3 || isKeyword(word) || hasWord(before.definition.rest, word) || !isUpper(word[0]))
            continue;
        fact.verb = u"derive"_s;
        fact.link = u"from"_s;
        fact.place = codeName(word);
        return !fact.place.text.isEmpty();
    }
    return false;
}

} // namespace

void addSignatureFact(const Symbol &before, const Symbol &after, Facts &facts)
{
    Fact fact{.topic = Topic::Symbol, .file = after.block->file->index, .lines = 2, .salience = 54};
    fact.exported = after.isPublic();
    fact.names = {nameOf(after.definition)};
    if (fact.names.first().text.isEmpty())
        return;
    fact.place = fact.names.first();
    if (isContainer(after.definition.kind)) {
        if (baseFact(before, after, fact))
            facts.append(fact);
        return;
    }
    if (!isCallable(after.definition.kind))
        return;
    if (parameterFact(before, after, fact)) {
        facts.append(fact);
        return;
    }
    if (returnFact(before, after, fact)) {
        fact.salience = 48;
        facts.append(fact);
        return;
    }
    fact.place = {};
    fact.names = {nameOf(after.definition)};
    fact.salience = 50;
    if (!modifierFact(before, after, fact)) {
        fact.verb = u"change"_s;
        fact.before = u"signature of"_s;
        fact.salience = 42;
    }
    facts.append(fact);
}

void addImplementationFacts(const ChangeView &view, Facts &facts)
{
    for (const Block &block : view.blocks()) {
        if (block.file->lang != Lang::Rust || block.file->change->kind == ChangeKind::Added)
            continue;
        for (const Line &line : block.added) {
            if (line.moved || !line.text.startsWith("impl"))
                continue;
            Scanner at(line.text);
            at.accept("impl");
            at.skipGroup();
            ByteView trait = at.looseWord(":");
            at.skipGroup();
            if (!at.accept("for"))
                continue;
            at.accept("&");
            ByteView type = at.looseWord(":");
            trait = trait.sliced(trait.lastIndexOf(':') + 1);
            type = type.sliced(type.lastIndexOf(':') + 1);
            Fact fact{.topic = Topic::Symbol, .verb = u"implement"_s, .names = {codeName(trait)}, .link = u"for"_s};
            fact.place = codeName(type);
            fact.file = block.file->index;
            fact.lines = static_cast<int>(block.added.size());
            fact.salience = 62;
            if (!fact.names.first().text.isEmpty() && !fact.place.text.isEmpty())
                facts.append(fact);
        }
    }
}

} // namespace AutoCommit::Wording
