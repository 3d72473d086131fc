#include "core/message/facts.h"
#include "core/message/safety.h"
#include "core/message/scan.h"
#include "core/message/symbols.h"

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

/// "@Override", "#[derive(…)]", "[Obsolete]": the name of the annotation a line consists of.
ByteView annotationOf(Lang lang, ByteView text)
{
    const bool rust = lang == Lang::Rust && text.startsWith("#[") && text.endsWith(']');
    const bool sharp = lang == Lang::CSharp && text.startsWith('[') && text.endsWith(']');
    const bool at = text.startsWith('@')
        && (lang == Lang::Java || lang == Lang::Kotlin || lang == Lang::Python || lang == Lang::Swift
            || lang == Lang::JavaScript || lang == Lang::Dart || lang == Lang::Php);
    if (!rust && !sharp && !at)
        return {};
    Scanner scanner(text.sliced(rust ? 2 : 1));
    const ByteView name = scanner.looseWord(":.");
    return scanner.atEnd() || scanner.peek() == '(' || scanner.peek() == ']' ? name : ByteView();
}

/// "IoError" of `use a::b::IoError;`
Name usedItem(ByteView text)
{
    if (!text.startsWith("use ") && !text.startsWith("pub use ") && !text.startsWith("mod ")
        && !text.startsWith("pub mod "))
        return {};
    qsizetype end = text.size();
    while (end > 0 && !isWordChar(text[end - 1]))
        --end;
    qsizetype start = end;
    while (start > 0 && isWordChar(text[start - 1]))
        --start;
    return codeName(text.sliced(start, end - start));
}

/// The definition that the annotation at `at` is on: below it on its side, or in the unchanged lines.
Name annotated(const Block &block, const QList<Line> &side, qsizetype at)
{
    for (qsizetype i = at + 1; i < side.size(); ++i) {
        if (!side[i].isCodeLine() || !annotationOf(block.file->lang, side[i].text).isEmpty())
            continue;
        const auto &found = side[i].definition;
        return found ? nameOf(*found) : usedItem(side[i].text);
    }
    for (const QByteArray &line : block.hunk->after) {
        const ByteView text = ByteView(line).trimmed();
        if (text.isEmpty() || startsComment(block.file->lang, text) || !annotationOf(block.file->lang, text).isEmpty())
            continue;
        const auto found = definitionOf(block.file->lang, line);
        return found ? nameOf(*found) : usedItem(text);
    }
    return {};
}

/// "experimental" of cfg(feature = "experimental")
QString featureOf(ByteView text)
{
    const qsizetype key = text.indexOf("feature = \"");
    if (key < 0)
        return {};
    const qsizetype start = key + 11;
    const qsizetype end = text.indexOf('"', start);
    return end < 0 ? QString() : safeName(text.sliced(start, end - start));
}

/// The traits between the parentheses of derive(…)
QList<Name> derived(ByteView text)
{
    QList<Name> names;
    const qsizetype open = text.indexOf('(');
    const qsizetype close = text.lastIndexOf(')');
    if (open < 0 || close < open)
        return names;
    Scanner at(text.sliced(open + 1, close - open - 1));
    while (!at.atEnd()) {
        const Name name = codeName(at.looseWord(":"));
        if (!name.text.isEmpty())
            names.append(name);
        if (!at.accept(","))
            break;
    }
    return names;
}

bool isDeprecation(ByteView annotation)
{
    return isOneOf(annotation, "Deprecated deprecated Obsolete typing_extensions.deprecated");
}

void addOne(const Block &block, qsizetype at, bool added, Facts &facts)
{
    const QList<Line> &side = added ? block.added : block.removed;
    const Line &line = side[at];
    const ByteView annotation = annotationOf(block.file->lang, line.text);
    const QList<Line> &other = added ? block.removed : block.added;
    const bool edited = std::any_of(other.begin(), other.end(), [&](const Line &l) {
        return annotationOf(block.file->lang, l.text) == annotation;
    });
    if (annotation.isEmpty() || line.moved || edited || marksTest(line.text))
        return;
    const Name name = annotated(block, side, at);
    if (name.text.isEmpty())
        return;
    Fact fact{.topic = Topic::Symbol, .verb = added ? u"add"_s : u"drop"_s, .names = {name}, .file = block.file->index};
    fact.lines = 1;
    fact.salience = 36;
    const QString feature = featureOf(line.text);
    if (isDeprecation(annotation) && added) {
        fact.verb = u"deprecate"_s;
        fact.salience = 62;
    } else if (!feature.isEmpty() && annotation.startsWith("cfg") && added) {
        fact.verb = u"gate"_s;
        fact.after = u"behind "_s + feature + u" feature"_s;
        fact.salience = 54;
    } else if (annotation == ByteView("derive") && added) {
        fact.verb = u"derive"_s;
        fact.names = derived(line.text);
        fact.link = u"for"_s;
        fact.place = name;
    } else {
        const QString mark = (block.file->lang == Lang::Rust         ? u"#["_s
                                  : block.file->lang == Lang::CSharp ? u"["_s
                                                                     : u"@"_s)
            + safeName(annotation)
            + (block.file->lang == Lang::Rust || block.file->lang == Lang::CSharp ? u"]"_s : QString());
        fact.names = {{mark, WordKind::Code}};
        fact.mergeable = false;
        fact.link = added ? u"to"_s : u"from"_s;
        fact.place = name;
    }
    if (!fact.names.isEmpty() && !safeName(annotation).isEmpty())
        facts.append(fact);
}

/// `#[derive(A)]` became `#[derive(A, B)]`
void addDerives(const Block &block, const Pair &pair, Facts &facts)
{
    const Line &before = block.removed[pair.removed];
    const Line &after = block.added[pair.added];
    if (annotationOf(block.file->lang, before.text) != ByteView("derive")
        || annotationOf(block.file->lang, after.text) != ByteView("derive"))
        return;
    const QList<Name> was = derived(before.text);
    const Name place = annotated(block, block.added, pair.added);
    Fact fact{.topic = Topic::Symbol,
              .verb = u"derive"_s,
              .link = u"for"_s,
              .place = place,
              .file = block.file->index,
              .lines = 2};
    fact.salience = 52;
    for (const Name &name : derived(after.text)) {
        if (!was.contains(name))
            fact.names.append(name);
    }
    if (!fact.names.isEmpty() && !place.text.isEmpty())
        facts.append(fact);
}

} // namespace

void addAnnotationFacts(const Evidence &evidence, Facts &facts)
{
    for (const Block &block : evidence.view.blocks()) {
        const ChangeKind kind = block.file->change->kind;
        if (!isCode(block.file->lang) || kind == ChangeKind::Added || kind == ChangeKind::Deleted
            || block.file->role == Role::Fixture)
            continue;
        for (const bool added : {true, false}) {
            const QList<Line> &side = added ? block.added : block.removed;
            const QList<Line> &other = added ? block.removed : block.added;
            const bool defines = std::any_of(side.begin(), side.end(), [&](const Line &line) {
                return line.isCodeLine() && !line.moved && line.definition.has_value();
            });
            for (qsizetype i = 0; i < side.size() && (!defines || !other.isEmpty()); ++i)
                addOne(block, i, added, facts);
        }
        for (const Pair &pair : block.pairs)
            addDerives(block, pair, facts);
    }
}

} // namespace AutoCommit::Wording
