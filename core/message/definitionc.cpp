#include "core/message/definitionparts.h"
#include "core/message/scan.h"
#include "core/message/token.h"

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

bool opensStatement(ByteView word)
{
    static const WordSet words(
        "if else for foreach while do switch case return throw new delete goto break continue try "
        "catch finally using lock yield await assert sizeof emit co_await co_return co_yield not "
        "default super this print printf var let");
    return words.contains(word);
}

std::optional<Definition> preprocessorDefinition(ByteView text)
{
    Scanner at(text.sliced(1));
    if (!at.accept("define"))
        return {};
    const ByteView name = at.word();
    if (name.isEmpty() || at.atEnd()) // an include guard defines nothing
        return {};
    return Definition{.kind = at.peek() == '(' ? DefKind::Macro : DefKind::Constant, .name = name, .rest = at.rest()};
}

/// `using X = …;`, `typedef … X;`
std::optional<Definition> aliasDefinition(ByteView text)
{
    Scanner at(text);
    if (at.accept("using")) {
        const ByteView name = at.word();
        if (!name.isEmpty() && at.peek() == '=')
            return Definition{.kind = DefKind::Type, .name = name, .rest = at.rest()};
        return {};
    }
    if (!at.accept("typedef") || !text.endsWith(';') || text.contains('('))
        return {};
    const ByteView body = text.first(text.size() - 1).trimmed();
    qsizetype start = body.size();
    while (start > 0 && isWordChar(body[start - 1]))
        --start;
    const ByteView name = body.sliced(start);
    return isIdentifier(name) ? std::optional(Definition{.kind = DefKind::Type, .name = name}) : std::nullopt;
}

struct Head
{
    ByteView type{}; ///< everything before the name
    ByteView name{}; ///< with its qualification
    ByteView rest{}; ///< from the '(' on
};

/// Cuts `static int Foo::bar(int a)` before the first '(' outside of <…>.
std::optional<Head> headOf(ByteView text)
{
    int angle = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '<')
            ++angle;
        else if (c == '>' && angle > 0)
            --angle;
        else if (c == '(' && angle == 0) {
            qsizetype end = i;
            while (end > 0 && text[end - 1] == ' ')
                --end;
            qsizetype start = end;
            while (start > 0 && (isWordChar(text[start - 1]) || text[start - 1] == ':' || text[start - 1] == '~'))
                --start;
            if (start == end)
                return {};
            return Head{text.first(start).trimmed(), text.sliced(start, end - start), text.sliced(i)};
        } else if (c == '=' || c == '"' || c == ';' || c == '{' || c == '}'
                   || (c == '.' && text.sliced(i) != ByteView("...")))
            return {};
    }
    return {};
}

bool isTypeText(ByteView type)
{
    return std::all_of(type.begin(), type.end(), [](char c) {
        return isWordChar(c) || c == ' ' || c == '*' || c == '&' || c == ':' || c == '<' || c == '>' || c == ','
            || c == '[' || c == ']' || c == '?' || c == '@' || c == '\t';
    });
}

/// "(void);" or "(const char *s, int n);" of a prototype, as opposed to the values in `Table table(rows);`.
bool isParameterList(ByteView rest)
{
    if (!rest.endsWith(");") || rest.contains('"'))
        return false;
    const ByteView inside = rest.sliced(1, rest.size() - 3).trimmed();
    const qsizetype comma = inside.indexOf(',');
    const ByteView first = (comma < 0 ? inside : inside.first(comma)).trimmed();
    return isOneOf(first, "void int char long short float double bool unsigned size_t")
        || ((first.contains(' ') || first.contains('*')) && isTypeText(first) && isWordStart(first[0]));
}

/// Does what follows the parameters look like the end of a definition's (first) line?
bool endsLikeDefinition(Lang lang, ByteView rest, int indent, bool header, bool modified)
{
    const char last = rest.back();
    const bool edge = indent == 0 || (indent <= 4 && lang != Lang::C);
    if (last == '{')
        return true;
    if (last == ';') {
        const bool expression = rest.contains("=>");
        const bool prototype = lang == Lang::C && indent == 0 && isParameterList(rest);
        return (lang == Lang::C && header) || prototype || expression
            || (modified && lang != Lang::C && rest.endsWith(");"));
    }
    if (rest.endsWith("= 0;") || rest.endsWith("= default;"))
        return true;
    if (last == ')' || last == ',' || last == '(' || rest.endsWith("const") || rest.endsWith("noexcept")
        || rest.endsWith("=>"))
        return edge || modified || (lang == Lang::C && header && indent <= 4);
    return (last == '}' || rest.contains(") throws ") || rest.contains(" where ")) && (edge || modified);
}

} // namespace

std::optional<Definition> callableDefinition(Lang lang, ByteView text, int indent, bool header)
{
    if (lang == Lang::C && text.startsWith('#'))
        return preprocessorDefinition(text);
    if (lang == Lang::C && (text.startsWith("using ") || text.startsWith("typedef ")))
        return aliasDefinition(text);
    if (opensStatement(identifierAt(text, 0)) || !isWordStart(text[0]) || indent > 12)
        return {};
    const auto head = headOf(text);
    if (!head || !isTypeText(head->type))
        return {};
    ByteView name = head->name;
    Definition found;
    found.rest = head->rest;
    const qsizetype scope = name.lastIndexOf("::");
    if (scope > 0) {
        const ByteView owner = name.first(scope);
        const qsizetype outer = owner.lastIndexOf("::");
        found.owner = outer < 0 ? owner : owner.sliced(outer + 2);
        name = name.sliced(scope + 2);
    }
    if (name.startsWith('~'))
        name = name.sliced(1);
    if (!isIdentifier(name) || isKeyword(name) || hasWord(head->type, "return") || hasWord(head->type, "else")
        || hasWord(head->type, "new") || hasWord(head->type, "case"))
        return {};
    const bool modified = isOneOf(identifierAt(text, 0),
                                  "public private protected internal static virtual override "
                                  "abstract final async inline constexpr explicit Q_INVOKABLE");
    // Without a type it is a constructor (Java, C#, C++) or a call; only an owner or a modifier tells.
    if (head->type.isEmpty() && (scope <= 0 || indent > 0) && !(isUpper(name[0]) && text.endsWith('{')))
        return {};
    if (lang == Lang::C && !header && indent > 4)
        return {};
    if (!endsLikeDefinition(lang, head->rest, indent, header, modified))
        return {};
    found.name = name;
    const bool hidden = isOneOf(identifierAt(text, 0), "private internal static") && lang != Lang::Java
        && !(lang == Lang::CSharp && text.startsWith("static"));
    found.exported = lang == Lang::Java || lang == Lang::CSharp
        ? text.startsWith("public") || text.startsWith("protected")
        : !hidden && !name.startsWith('_');
    return found;
}

} // namespace AutoCommit::Wording
