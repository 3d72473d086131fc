#include "core/message/definition.h"
#include "core/message/scan.h"
#include "core/message/token.h"

namespace AutoCommit::Wording {

namespace {

Definition field(ByteView name, ByteView rest, bool exported = true)
{
    return Definition{.kind = DefKind::Field, .name = name, .rest = rest, .exported = exported};
}

/// `Name,`  `Name = 1,`  `Name(String),`  `Name { … },`
std::optional<Definition> enumMember(Scanner at)
{
    at.accept("case");
    const ByteView name = at.word();
    if (name.isEmpty() || isKeyword(name))
        return {};
    const char next = at.peek();
    if (next != ',' && next != '=' && next != '(' && next != '{' && next != ';' && next != '\0')
        return {};
    if (at.rest().startsWith("==") || at.rest().startsWith("=>"))
        return {};
    return field(name, at.rest());
}

/// `name: Type,`  `name?: Type;`  `pub name: Type,`  `val name: Type`
std::optional<Definition> colonMember(Scanner at)
{
    bool hidden = false;
    for (const char *word : {"pub", "public", "private", "protected", "readonly", "static", "override", "var", "let",
                             "val", "lateinit", "weak", "lazy", "internal", "open", "abstract", "declare"}) {
        if (at.accept(word))
            hidden |= ByteView(word) == ByteView("private");
        if (at.peek() == '(')
            at.skipGroup(); // pub(crate)
    }
    const ByteView name = at.word();
    if (name.isEmpty() || isOneOf(name, "case default return if else"))
        return {};
    at.accept("?");
    at.accept("!");
    if (at.peek() != ':' || at.rest().startsWith("::"))
        return {};
    return field(name, at.rest(), !hidden);
}

/// `Type name;`  `Type name = x;`  `private final Map<A, B> name;`  `public string Name { get; set; }`
std::optional<Definition> typedMember(ByteView text)
{
    if (text.startsWith('@') || text.startsWith('[') || text.contains("return ") || text.startsWith("using ")
        || text.startsWith("friend ") || text.startsWith('#') || text.startsWith("delete ")
        || text.startsWith("throw "))
        return {};
    qsizetype end = text.size();
    for (const char *stop : {" = ", "=", ";", " { get", "{"}) {
        const qsizetype at = text.indexOf(stop);
        if (at > 0 && at < end)
            end = at;
    }
    const ByteView head = text.first(end).trimmed();
    if (end == text.size() || head.contains('(') || head.contains(')'))
        return {};
    qsizetype start = head.size();
    while (start > 0 && isWordChar(head[start - 1]))
        --start;
    const ByteView name = head.sliced(start);
    const ByteView type = head.first(start).trimmed();
    if (!isIdentifier(name) || isKeyword(name) || type.isEmpty() || !isWordStart(type[0]) || type.endsWith('.')
        || type.endsWith("->") || type.endsWith(','))
        return {};
    return field(name, text.sliced(end), !text.startsWith("private"));
}

/// `Name Type` + tag, `Name, Other int`
std::optional<Definition> goMember(Scanner at, DefKind container)
{
    const ByteView name = at.word();
    if (name.isEmpty() || isOneOf(name, "return if for var const func type switch case default defer go"))
        return {};
    const char next = at.peek();
    const bool typed
        = isWordStart(next) || next == '*' || next == '[' || (container == DefKind::Interface && next == '(');
    if (!typed || at.rest().contains(":=") || at.rest().contains(" = "))
        return {};
    return field(name, at.rest(), isUpper(name[0]));
}

std::optional<Definition> protoMember(ByteView text)
{
    Scanner at(text);
    const ByteView first = at.word();
    if (at.peek() == ':' || at.peek() == '(') // GraphQL: name(args): Type
        return first.isEmpty() ? std::nullopt : std::optional(field(first, at.rest()));
    const qsizetype equals = text.indexOf('=');
    if (equals < 0 || !text.contains(';'))
        return {};
    const ByteView head = text.first(equals).trimmed();
    const ByteView name = head.sliced(head.lastIndexOf(' ') + 1);
    return isIdentifier(name) ? std::optional(field(name, text.sliced(equals))) : std::nullopt;
}

} // namespace

std::optional<Definition> memberOf(Lang lang, ByteView line, DefKind container)
{
    const ByteView text = line.trimmed();
    if (text.isEmpty() || startsComment(lang, text) || text.startsWith('*'))
        return {};
    if (container == DefKind::Enum && lang != Lang::Python && lang != Lang::Go)
        return enumMember(Scanner(text));
    switch (lang) {
    case Lang::Go:
        return goMember(Scanner(text), container);
    case Lang::Rust:
    case Lang::JavaScript:
    case Lang::Kotlin:
    case Lang::Swift:
        return colonMember(Scanner(text));
    case Lang::Python: {
        Scanner at(text);
        const ByteView name = at.word();
        const bool set = at.peek() == ':' || (at.peek() == '=' && !at.rest().startsWith("=="));
        if (name.isEmpty() || isKeyword(name) || !set || text.endsWith(':'))
            return {};
        return field(name, at.rest(), !name.startsWith('_'));
    }
    case Lang::Proto:
        return protoMember(text);
    case Lang::C:
    case Lang::CSharp:
    case Lang::Java:
    case Lang::Dart:
        return typedMember(text);
    case Lang::Php: {
        const qsizetype dollar = text.indexOf('$');
        if (!isOneOf(identifierAt(text, 0), "public private protected var readonly static") || dollar < 0
            || text.contains("function"))
            return {};
        const ByteView name = identifierAt(text, dollar + 1);
        return name.isEmpty() ? std::nullopt : std::optional(field(name, text, !text.startsWith("private")));
    }
    default:
        return {};
    }
}

} // namespace AutoCommit::Wording
