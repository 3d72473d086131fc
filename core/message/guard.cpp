#include "core/message/guard.h"

#include "core/message/scan.h"

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

ByteView lastWordBefore(const Tokens &tokens, qsizetype at)
{
    for (qsizetype i = at - 1; i >= 0; --i) {
        if (tokens[i].kind == TokenKind::Word && !isKeyword(tokens[i].text))
            return withoutSelf(qualifiedName(tokens, i));
        if (tokens[i].text != ByteView("(") && tokens[i].text != ByteView(")"))
            break;
    }
    return {};
}

bool isNothing(const Token &token)
{
    return isOneOf(token.text, "null nullptr NULL nil None undefined Nothing");
}

bool comparesEqual(const Token &token)
{
    return isOneOf(token.text, "== === is eq -eq");
}

/// `x == null` and `x != null` ask the same question.
bool comparesSame(const Tokens &tokens, qsizetype at)
{
    return comparesEqual(tokens[at]) || isOneOf(tokens[at].text, "!= !==")
        || (tokens[at].text == ByteView("not") && at > 0 && comparesEqual(tokens[at - 1]));
}

std::optional<Guard> nullGuard(const Tokens &tokens)
{
    for (qsizetype i = 1; i < tokens.size(); ++i) {
        if (isOneOf(tokens[i].text, "isNull is_none isNil is_null IsNull isNone is_some isUndefined isPresent nil")
            && i >= 2 && i + 1 < tokens.size() && isOneOf(tokens[i + 1].text, "( ?")) {
            const ByteView whole = withoutSelf(qualifiedName(tokens, i));
            const qsizetype dot = whole.lastIndexOf('.');
            if (dot > 0)
                return Guard{u"null"_s, whole.first(dot)};
        }
        if (isNothing(tokens[i]) && comparesSame(tokens, i - 1)) {
            const ByteView subject = lastWordBefore(tokens, tokens[i - 1].text == ByteView("not") ? i - 2 : i - 1);
            if (!subject.isEmpty())
                return Guard{tokens[i].text == ByteView("nil") || tokens[i].text.contains("ull")
                                     || tokens[i].text.contains("ULL")
                                 ? QString::fromLatin1(tokens[i].text == ByteView("nil") ? "nil" : "null")
                                 : u"missing"_s,
                             subject};
        }
        const bool emptyText = tokens[i].text == ByteView("\"\"") || tokens[i].text == ByteView("''");
        if (emptyText && comparesEqual(tokens[i - 1])) {
            const ByteView subject = lastWordBefore(tokens, i - 1);
            if (!subject.isEmpty())
                return Guard{u"empty"_s, subject};
        }
    }
    return {};
}

/// x.isEmpty(), x.empty(), len(x) == 0, x.length === 0, !x.length
std::optional<Guard> emptyGuard(const Tokens &tokens)
{
    for (qsizetype i = 0; i < tokens.size(); ++i) {
        const ByteView word = tokens[i].text;
        const bool asks
            = isOneOf(word, "isEmpty empty is_empty IsEmpty IsNullOrEmpty IsNullOrWhiteSpace blank isBlank");
        if (asks && i >= 2 && tokens[i - 1].kind == TokenKind::Mark) {
            const bool negated = std::any_of(tokens.begin(), tokens.begin() + i, [](const Token &t) {
                return t.text == ByteView("!") || t.text == ByteView("not");
            });
            const ByteView whole = withoutSelf(qualifiedName(tokens, i));
            const qsizetype end = std::max(whole.lastIndexOf('.'), whole.lastIndexOf('>'));
            if (!negated && end > 0)
                return Guard{u"empty"_s, whole.first(whole[end] == '>' ? end - 1 : end)};
        }
        const bool zero = i + 2 < tokens.size() && comparesEqual(tokens[i + 1]) && tokens[i + 2].text == ByteView("0");
        if (zero && isOneOf(word, "length size count Length Count Len")) {
            const ByteView whole = withoutSelf(qualifiedName(tokens, i));
            const qsizetype dot = whole.lastIndexOf('.');
            if (dot > 0)
                return Guard{u"empty"_s, whole.first(dot)};
        }
        if (isOneOf(word, "len count sizeof") && i + 5 < tokens.size() && tokens[i + 1].text == ByteView("(")
            && tokens[i + 3].text == ByteView(")") && comparesEqual(tokens[i + 4])
            && tokens[i + 5].text == ByteView("0"))
            return Guard{u"empty"_s, tokens[i + 2].text};
    }
    return {};
}

/// `!x` or `not x` alone, where x is a plain name
std::optional<Guard> falsyGuard(const Tokens &tokens)
{
    qsizetype i = 1;
    while (i < tokens.size() && tokens[i].text == ByteView("("))
        ++i;
    if (i + 1 >= tokens.size() || (tokens[i].text != ByteView("!") && tokens[i].text != ByteView("not")))
        return {};
    if (tokens[i + 1].kind != TokenKind::Word || isKeyword(tokens[i + 1].text))
        return {};
    const ByteView whole = withoutSelf(qualifiedName(tokens, i + 1));
    const char *const end = whole.data() + whole.size();
    for (qsizetype j = i + 1; j < tokens.size(); ++j) {
        if (tokens[j].text.data() + tokens[j].text.size() != end)
            continue;
        const bool called = j + 1 < tokens.size() && tokens[j + 1].text == ByteView("(");
        if (called)
            return Guard{QString(), whole, WordKind::Call};
        const bool alone = j + 1 >= tokens.size() || isOneOf(tokens[j + 1].text, ") : { return continue");
        return alone ? std::optional(Guard{QString(), whole})
                     : std::nullopt; // a flag or a pointer: the line does not tell
    }
    return {};
}

/// Any other condition: the first call or the first name that says something.
std::optional<Guard> plainGuard(const Tokens &tokens)
{
    for (qsizetype i = 1; i < tokens.size(); ++i) {
        if (tokens[i].kind != TokenKind::Word || isKeyword(tokens[i].text))
            continue;
        const ByteView whole = withoutSelf(qualifiedName(tokens, i));
        const char *const end = whole.data() + whole.size();
        qsizetype j = i;
        while (j < tokens.size() && tokens[j].text.data() + tokens[j].text.size() != end)
            ++j;
        const bool called = j + 1 < tokens.size() && tokens[j + 1].text == ByteView("(");
        if (saysLittle(whole))
            continue;
        return Guard{QString(), whole, called ? WordKind::Call : WordKind::Code};
    }
    return {};
}

/// isinstance(x, Foo), x instanceof Foo, x is Foo
ByteView askedType(const Tokens &tokens)
{
    for (qsizetype i = 0; i + 1 < tokens.size(); ++i) {
        qsizetype at = -1;
        if (tokens[i].text == ByteView("instanceof"))
            at = i + 1;
        else if (tokens[i].text == ByteView("isinstance")) {
            at = i + 1;
            while (at < tokens.size() && tokens[at].text != ByteView(","))
                ++at;
            ++at;
        }
        if (at > 0 && at < tokens.size() && tokens[at].kind == TokenKind::Word)
            return qualifiedName(tokens, at);
    }
    return {};
}

} // namespace

std::optional<Guard> shellGuard(ByteView text)
{
    const qsizetype dollar = text.indexOf('$');
    if (dollar < 0 || dollar + 2 >= text.size())
        return {};
    const ByteView name = identifierAt(text, text[dollar + 1] == '{' ? dollar + 2 : dollar + 1);
    if (name.size() < 3)
        return {};
    return Guard{text.contains("-z ") ? u"empty"_s : QString(), name, WordKind::Code};
}

namespace {

/// "if (const T x = f(); x > 1)" -> "if (x > 1)", "if (const T x = f())" -> "if (f())": T is not what is asked.
Tokens withoutDeclaration(const Tokens &tokens)
{
    if (tokens.size() < 3 || tokens[1].text != ByteView("(") || !isOneOf(tokens[0].text, "if while"))
        return tokens;
    qsizetype cut = 1;
    int depth = 0;
    for (qsizetype i = 1; i < tokens.size(); ++i) {
        const ByteView text = tokens[i].text;
        depth += text == ByteView("(") ? 1 : text == ByteView(")") ? -1 : 0;
        if (depth == 0)
            break;
        const bool declares = text == ByteView("=") && tokens[i - 1].kind == TokenKind::Word && i > 3;
        if (depth == 1 && (text == ByteView(";") || (declares && cut == 1)))
            cut = i;
    }
    return tokens.first(2) + tokens.sliced(cut + 1);
}

} // namespace

std::optional<Guard> guardOf(const Tokens &line)
{
    const Tokens tokens = withoutDeclaration(line);
    if (const ByteView type = askedType(tokens); !type.isEmpty())
        return Guard{u"instance"_s, type};
    const bool compound = std::any_of(tokens.begin(), tokens.end(), [](const Token &t) {
        return t.text == ByteView("&&") || t.text == ByteView("and") || t.text == ByteView("||")
            || t.text == ByteView("or");
    });
    if (!compound) {
        if (auto found = nullGuard(tokens))
            return found;
        if (auto found = emptyGuard(tokens))
            return found;
        if (auto found = falsyGuard(tokens))
            return found;
    }
    return plainGuard(tokens);
}

Name shownSubject(const Guard &guard)
{
    ByteView name = guard.subject;
    constexpr qsizetype longest = 28;
    for (qsizetype dot = name.indexOf('.'); name.size() > longest && dot > 0; dot = name.indexOf('.'))
        name = name.sliced(dot + 1);
    Name shown = codeName(name);
    shown.text.replace(u"->"_s, u"."_s);
    shown.kind = guard.kind;
    return shown;
}

bool isCondition(ByteView text)
{
    Scanner at(text);
    at.accept("}");
    at.accept("else");
    return at.accept("if") || at.accept("elif") || at.accept("elsif") || at.accept("unless") || at.accept("guard")
        || at.accept("} else if");
}

} // namespace AutoCommit::Wording
