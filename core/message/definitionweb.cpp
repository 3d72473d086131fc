#include "core/message/definitions.h"
#include "core/message/scan.h"
#include "core/message/token.h"

namespace AutoCommit::Wording {

namespace {

/// Is what is bound to the name a function?
bool bindsFunction(ByteView value)
{
    Scanner at(value);
    at.accept("async");
    if (at.accept("function"))
        return true;
    for (const char *wrapper :
         {"useCallback(", "React.memo(", "memo(", "forwardRef(", "React.forwardRef(", "debounce("}) {
        if (at.rest().startsWith(wrapper))
            return true;
    }
    if (at.peek() == '<')
        at.skipGroup();
    if (at.peek() == '(') {
        Scanner behind = at;
        if (behind.skipGroup())
            return behind.rest().contains("=>");
        return value.endsWith('(') || value.endsWith(','); // parameters go on on the next line
    }
    const ByteView one = at.word();
    return !one.isEmpty() && at.rest().startsWith("=>");
}

std::optional<Definition> binding(Scanner at, int indent, bool exported)
{
    if (!at.accept("const") && !at.accept("let") && !at.accept("var"))
        return {};
    Definition found;
    found.name = at.word();
    found.exported = exported;
    if (found.name.isEmpty())
        return {};
    if (at.peek() == ':') {
        const qsizetype equals = at.rest().indexOf(" = ");
        if (equals < 0)
            return {};
        at.skip(equals);
    }
    if (!at.accept("="))
        return {};
    found.rest = at.rest();
    if (bindsFunction(at.rest()))
        return indent <= 4 ? std::optional(found) : std::nullopt;
    found.kind = DefKind::Constant;
    const bool requires_ = at.rest().startsWith("require(") || at.rest().startsWith("await import");
    return indent == 0 && !requires_ ? std::optional(found) : std::nullopt;
}

std::optional<Definition> method(Scanner at)
{
    for (const char *modifier :
         {"public", "private", "protected", "static", "override", "async", "get", "set", "readonly"}) {
        Scanner behind = at;
        if (behind.accept(modifier) && behind.peek() != '(')
            at = behind;
    }
    at.accept("*");
    Definition found;
    found.exported = at.peek() != '#';
    at.accept("#");
    found.name = at.word();
    if (found.name.isEmpty() || isKeyword(found.name) || found.name == ByteView("constructor"))
        return {};
    found.rest = at.rest();
    if (at.accept(":") || at.accept("=")) { // name: function () {}, name = () => {}
        const bool bound = bindsFunction(at.rest());
        return bound && at.rest().trimmed().endsWith('{') ? std::optional(found) : std::nullopt;
    }
    if (at.peek() == '<')
        at.skipGroup();
    if (at.peek() != '(' || !at.skipGroup() || !at.rest().endsWith('{'))
        return {};
    if (at.rest().startsWith("=>") || (at.peek() != '{' && at.peek() != ':'))
        return {};
    return found;
}

} // namespace

std::optional<Definition> scriptDefinition(ByteView text, int indent)
{
    Scanner at(text);
    bool exported = false;
    while (at.accept("export") || at.accept("default") || at.accept("declare"))
        exported = true;
    if (auto found = binding(at, indent, exported))
        return found;
    if (exported) {
        at.accept("async");
        if (at.accept("abstract") || at.accept("function") || at.accept("class")) {
            const ByteView name = at.word();
            if (!name.isEmpty())
                return Definition{.kind = DefKind::Class, .name = name, .rest = at.rest()};
        }
        return {};
    }
    return indent > 0 && indent <= 8 ? method(at) : std::nullopt;
}

std::optional<Definition> shellFunction(ByteView text)
{
    Scanner at(text);
    if (at.accept("alias")) {
        at.accept("-g");
        at.accept("-s");
        const ByteView alias = at.looseWord("-.:");
        return alias.isEmpty() || at.peek() != '=' ? std::nullopt
                                                   : std::optional(Definition{.kind = DefKind::Alias, .name = alias});
    }
    const ByteView name = at.looseWord("-.:");
    if (name.isEmpty() || isKeyword(name) || !at.accept("(") || !at.accept(")"))
        return {};
    if (!at.atEnd() && at.peek() != '{' && at.peek() != '(')
        return {};
    return Definition{.name = name, .exported = !name.startsWith('_')};
}

} // namespace AutoCommit::Wording
