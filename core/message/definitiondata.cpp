#include "core/message/definitions.h"
#include "core/message/scan.h"

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

ByteView sqlName(Scanner &at)
{
    const char quote = at.peek();
    if (quote == '"' || quote == '`' || quote == '[')
        at.skip(1);
    ByteView name = at.looseWord(".");
    if (at.peek() == '"' || at.peek() == '`' || at.peek() == ']')
        at.skip(1);
    return name;
}

std::optional<Definition> sqlDefinition(ByteView text)
{
    const QByteArray lower = text.toByteArray().toLower();
    Scanner at(lower);
    const auto original = [&](ByteView name) { return text.sliced(name.data() - lower.constData(), name.size()); };
    const bool alters = at.accept("alter table");
    if (alters) {
        at.accept("if exists");
        at.accept("only");
        const ByteView table = sqlName(at);
        const bool adds = at.accept("add");
        if (!adds)
            return {};
        at.accept("column");
        at.accept("if not exists");
        const ByteView column = sqlName(at);
        if (column.isEmpty() || isOneOf(column, "constraint primary foreign unique check index key"))
            return {};
        return Definition{.kind = DefKind::Column, .name = original(column), .owner = original(table)};
    }
    if (!at.accept("create"))
        return {};
    for (const char *word :
         {"or replace", "temporary", "temp", "unique", "unlogged", "materialized", "virtual", "external"})
        at.accept(word);
    DefKind kind = DefKind::Table;
    if (at.accept("index"))
        kind = DefKind::Index;
    else if (at.accept("view"))
        kind = DefKind::View;
    else if (at.accept("function") || at.accept("procedure") || at.accept("trigger"))
        kind = DefKind::Function;
    else if (at.accept("type"))
        kind = DefKind::Type;
    else if (!at.accept("table"))
        return {};
    at.accept("concurrently");
    at.accept("if not exists");
    const ByteView name = sqlName(at);
    return name.isEmpty() ? std::nullopt : std::optional(Definition{.kind = kind, .name = original(name)});
}

std::optional<Definition> cmakeDefinition(ByteView text)
{
    Scanner at(text);
    const QByteArray command = at.word().toByteArray().toLower();
    if (!at.accept("("))
        return {};
    const ByteView name = at.looseWord("-.:");
    if (name.isEmpty())
        return {};
    if (command == "function" || command == "macro")
        return Definition{.kind = DefKind::Function, .name = name};
    if (command == "add_library" || command == "add_executable" || command == "add_custom_target"
        || command.startsWith("qt_add_"))
        return Definition{.kind = DefKind::Target, .name = name};
    if (command == "option" || command == "cmake_dependent_option")
        return Definition{.kind = DefKind::Option, .name = name};
    return {};
}

std::optional<Definition> makeDefinition(ByteView text, int indent)
{
    if (indent > 0 || text.startsWith('.'))
        return {};
    Scanner at(text);
    const ByteView name = at.looseWord("-./%@");
    while (!at.atEnd() && at.peek() != ':' && (isWordChar(at.peek()) || at.peek() == '*' || at.peek() == '+'))
        at.skip(1); // parameters of a just recipe
    if (name.isEmpty() || at.peek() != ':' || at.rest().startsWith(":="))
        return {};
    return Definition{.kind = DefKind::Target, .name = name};
}

std::optional<Definition> hclDefinition(ByteView text, int indent)
{
    if (indent > 0 || !text.endsWith('{'))
        return {};
    Scanner at(text);
    const ByteView block = at.word();
    if (!isOneOf(block, "resource data variable output module provider") || at.peek() != '"')
        return {};
    at.skip(1);
    ByteView name = at.looseWord("-.");
    at.skip(1);
    if (at.peek() == '"') {
        at.skip(1);
        const ByteView second = at.looseWord("-.");
        if (!second.isEmpty())
            name = second;
    }
    const DefKind kind = block == ByteView("variable") ? DefKind::Option
        : block == ByteView("module")                  ? DefKind::Module
                                                       : DefKind::Resource;
    return name.isEmpty() ? std::nullopt : std::optional(Definition{.kind = kind, .name = name});
}

std::optional<Definition> cssDefinition(ByteView text)
{
    if (text.startsWith("@mixin ") || text.startsWith("@function ")) {
        Scanner at(text.sliced(1));
        at.word();
        const ByteView name = at.looseWord("-");
        return name.isEmpty() ? std::nullopt : std::optional(Definition{.kind = DefKind::Macro, .name = name});
    }
    if (text.startsWith("--") && text.contains(':')) {
        Scanner at(text);
        return Definition{.kind = DefKind::Constant, .name = at.looseWord("-")};
    }
    if (!text.endsWith('{') || text.startsWith('@') || text.startsWith('&'))
        return {};
    // ".btn-primary:hover {" -> "btn-primary": the last class or id says most
    const ByteView selector = text.first(text.size() - 1).trimmed();
    qsizetype start = std::max(selector.lastIndexOf('.'), selector.lastIndexOf('#'));
    if (start < 0)
        return {};
    Scanner at(selector.sliced(start + 1));
    const ByteView name = at.looseWord("-");
    return name.isEmpty()
        ? std::nullopt
        : std::optional(Definition{.kind = DefKind::Selector, .name = ByteView(name.data() - 1, name.size() + 1)});
}

} // namespace

std::optional<Definition> dataDefinition(Lang lang, ByteView text, int indent)
{
    switch (lang) {
    case Lang::Sql:
        return sqlDefinition(text);
    case Lang::CMake:
        return cmakeDefinition(text);
    case Lang::Make:
        return makeDefinition(text, indent);
    case Lang::Hcl:
        return hclDefinition(text, indent);
    case Lang::Css:
        return cssDefinition(text);
    default:
        return {};
    }
}

} // namespace AutoCommit::Wording
