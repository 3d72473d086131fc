#include "core/message/definition.h"

#include "core/message/definitions.h"
#include "core/message/keywords.h"
#include "core/message/scan.h"
#include "core/message/token.h"

#include <algorithm>
#include <array>

namespace AutoCommit::Wording {

namespace {

bool isModifier(ByteView word)
{
    static const WordSet words(
        "pub export default public private protected internal static final abstract sealed async "
        "open override inline extern external unsafe partial virtual declare suspend data value "
        "inner companion operator infix tailrec expect actual mutating nonisolated fileprivate "
        "package readonly friend constexpr consteval explicit typedef new local required "
        "convenience indirect implicit case lateinit annotation crate lazy base final");
    return words.contains(word);
}

/// Passes attributes, annotations and modifiers; tells whether one of them hides the definition or shows it.
void skipModifiers(Scanner &at, Lang lang, bool &hidden, bool &shown)
{
    for (int guard = 0; guard < 12; ++guard) {
        if (at.peek() == '@' && at.rest().size() > 1 && isWordStart(at.rest()[1]) && !at.rest().startsWith("@interface")
            && !at.rest().startsWith("@implementation") && !at.rest().startsWith("@protocol")) {
            at.skip(1);
            at.looseWord(".:");
            at.skipGroup();
            continue;
        }
        if ((at.rest().startsWith("[[") || (lang == Lang::CSharp && at.peek() == '[')) && at.skipGroup())
            continue;
        if (at.rest().startsWith("#[")) {
            at.skip(1);
            if (!at.skipGroup())
                return;
            continue;
        }
        if (at.accept("template")) {
            at.skipGroup();
            continue;
        }
        const ByteView word = at.peekWord();
        const bool rustConst = lang == Lang::Rust && word == ByteView("const")
            && (at.rest().startsWith("const fn") || at.rest().startsWith("const unsafe")
                || at.rest().startsWith("const async"));
        if (!isModifier(word) && !rustConst)
            return;
        hidden |= isOneOf(word, "private internal fileprivate local");
        shown |= isOneOf(word, "pub export public open default external");
        at.word();
        if (word == ByteView("pub") && at.peek() == '(') {
            hidden = true;
            at.skipGroup();
        }
        if (word == ByteView("extern") && at.peek() == '"')
            at.skip(at.rest().indexOf('"', 1) + 1);
    }
}

bool isShown(Lang lang, ByteView name, bool hidden, bool shown)
{
    switch (lang) {
    case Lang::Go:
        return !name.isEmpty() && isUpper(name[0]);
    case Lang::Rust:
    case Lang::JavaScript:
        return shown && !hidden;
    case Lang::Java:
        return shown;
    case Lang::CSharp:
        return shown && !hidden;
    case Lang::Python:
    case Lang::Dart:
        return !name.startsWith('_') && !hidden;
    case Lang::Elixir:
    default:
        return !hidden;
    }
}

/// Behind "func" in Go: an optional receiver, then the name.
Definition goFunction(Scanner &at)
{
    Definition found;
    if (at.peek() == '(') {
        const ByteView before = at.rest();
        at.skipGroup();
        const ByteView group = before.first(before.size() - at.rest().size()).trimmed();
        qsizetype end = group.size() - 1;
        const qsizetype bracket = group.indexOf('[');
        if (bracket > 0)
            end = bracket;
        qsizetype start = end;
        while (start > 0 && isWordChar(group[start - 1]))
            --start;
        found.owner = group.sliced(start, std::max<qsizetype>(0, end - start));
    }
    found.name = at.word();
    found.rest = at.rest();
    return found;
}

std::optional<Definition> goDefinition(Scanner at)
{
    Definition found;
    if (at.accept("func")) {
        found = goFunction(at);
    } else if (at.accept("type")) {
        found.name = at.word();
        at.skipGroup();
        found.kind = at.accept("struct") ? DefKind::Struct
            : at.accept("interface")     ? DefKind::Interface
                                         : DefKind::Type;
        found.rest = at.rest();
    } else if (at.accept("const") || at.accept("var")) {
        found.kind = DefKind::Constant;
        found.name = at.word();
        found.rest = at.rest();
    } else {
        return {};
    }
    if (found.name.isEmpty())
        return {};
    found.exported = isUpper(found.name[0]) && (found.owner.isEmpty() || isUpper(found.owner[0]));
    return found;
}

std::optional<Definition> keywordDefinition(Lang lang, Scanner at)
{
    bool hidden = false;
    bool shown = false;
    skipModifiers(at, lang, hidden, shown);
    for (const Keyword &keyword : keywordsOf(lang)) {
        Scanner behind = at;
        if (!behind.accept(keyword.word))
            continue;
        Definition found;
        found.kind = keyword.kind;
        behind.accept("*");
        if (lang == Lang::Kotlin || lang == Lang::Rust)
            behind.skipGroup(); // fun <T> name
        if (lang == Lang::Ruby)
            behind.accept("self.");
        const char *const also = lang == Lang::Lua || lang == Lang::Kotlin || lang == Lang::Ruby || lang == Lang::Elixir
            ? ".:?!"
            : lang == Lang::Shell ? ".:-"
            : lang == Lang::C     ? ":"
                                  : "";
        ByteView name = behind.looseWord(also);
        if (lang == Lang::C && keyword.kind != DefKind::Module && !behind.peekWord().isEmpty()
            && behind.peekWord() != ByteView("final") && !hasWord(behind.rest(), "extends")) // class EXPORT_MACRO Name
            name = behind.word();
        while (name.endsWith(':') || name.endsWith('.') || name.endsWith('?') || name.endsWith('!'))
            name.chop(1);
        if (name.isEmpty() || isKeyword(name))
            return {};
        found.rest = behind.rest();
        if (lang == Lang::C
            && (found.rest.startsWith(';') || found.rest.contains(");") || found.rest.startsWith('*')
                || found.rest.startsWith('&') || found.rest.startsWith('(') || found.rest.startsWith('=')))
            return {}; // forward declaration, or `struct x y = …`
        if (lang == Lang::JavaScript && keyword.kind == DefKind::Type && !found.rest.startsWith('=')
            && !found.rest.startsWith('<'))
            return {}; // `type: x` and the like
        if ((lang == Lang::Dart || lang == Lang::Proto) && found.rest.startsWith('('))
            return {};
        const qsizetype dot = name.lastIndexOf(lang == Lang::Lua && name.contains(':') ? ':' : '.');
        if (dot > 0 && lang != Lang::Shell && lang != Lang::Elixir) {
            found.owner = name.first(dot);
            name = name.sliced(dot + 1);
        }
        if (name.isEmpty())
            return {};
        found.name = name;
        found.exported = isShown(lang, name, hidden, shown)
            && !(lang == Lang::Elixir && ByteView(keyword.word) == ByteView("defp"));
        return found;
    }
    return {};
}

/// `NAME = …` at the left edge: a constant of the module.
std::optional<Definition> moduleConstant(ByteView line)
{
    const ByteView name = identifierAt(line, 0);
    if (name.size() < 2 || isKeyword(name))
        return {};
    const ByteView rest = line.sliced(name.size()).trimmed();
    const bool annotated = rest.startsWith(':') && rest.contains('=');
    if (!annotated && (!rest.startsWith('=') || rest.startsWith("==")))
        return {};
    return Definition{.kind = DefKind::Constant, .name = name, .rest = rest, .exported = !name.startsWith('_')};
}

} // namespace

std::optional<Definition> definitionOf(Lang lang, ByteView line, bool header)
{
    constexpr qsizetype longest = 500;
    if (line.size() > longest)
        line = line.first(longest);
    const int indent = indentOf(line);
    const ByteView text = line.trimmed();
    if (text.size() < 3 || startsComment(lang, text) || text.startsWith('*'))
        return {};
    switch (lang) {
    case Lang::Go: {
        const auto found = goDefinition(Scanner(text));
        return found && found->kind == DefKind::Constant && indent > 0 ? std::nullopt : found;
    }
    case Lang::Sql:
    case Lang::CMake:
    case Lang::Make:
    case Lang::Hcl:
    case Lang::Css:
        return dataDefinition(lang, text, indent);
    default:
        break;
    }
    if (const auto found = keywordDefinition(lang, Scanner(text)))
        return found;
    switch (lang) {
    case Lang::C:
    case Lang::CSharp:
    case Lang::Java:
    case Lang::Dart:
        return callableDefinition(lang, text, indent, header);
    case Lang::JavaScript:
        return scriptDefinition(text, indent);
    case Lang::Python:
    case Lang::Ruby:
        return indent == 0 ? moduleConstant(text) : std::nullopt;
    case Lang::Shell:
        return shellFunction(text);
    default:
        return {};
    }
}

} // namespace AutoCommit::Wording
