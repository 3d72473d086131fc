#include "core/message/definition.h"
#include "core/message/scan.h"

namespace AutoCommit::Wording {

namespace {

std::optional<Definition> titled(ByteView title)
{
    title = title.trimmed();
    if (title.size() < 3)
        return {};
    return Definition{.kind = DefKind::Test, .name = title};
}

/// The text between the quotes that start here.
ByteView quoted(Scanner at)
{
    const char quote = at.peek();
    if (quote != '"' && quote != '\'' && quote != '`')
        return {};
    const ByteView text = at.rest();
    for (qsizetype i = 1; i < text.size(); ++i) {
        if (text[i] == '\\')
            ++i;
        else if (text[i] == quote)
            return text.sliced(1, i - 1);
    }
    return {};
}

/// it("…"), test.each(…)("…"), describe("…"), Deno.test("…"), t.Run("…"), SECTION("…"), @test "…"
std::optional<Definition> calledTest(ByteView text, const char *names, bool bare)
{
    Scanner at(text);
    if (at.peek() == '@')
        at.skip(1);
    const ByteView word = at.looseWord(".");
    const qsizetype dot = word.indexOf('.');
    const ByteView base = dot > 0 && !isOneOf(word, names) ? word.first(dot) : word;
    if (!isOneOf(base, names))
        return {};
    if (!at.accept("(") && !bare)
        return {};
    return titled(quoted(at));
}

std::optional<Definition> prefixed(ByteView text, const char *keyword, const char *prefix)
{
    const qsizetype start = text.indexOf(keyword);
    if (start < 0)
        return {};
    Scanner at(text.sliced(start + ByteView(keyword).size()));
    const ByteView name = at.word();
    const ByteView wanted(prefix);
    if (!name.startsWith(wanted) || name.size() <= wanted.size() || at.peek() != '(')
        return {};
    // Testify is no test, TestIfy is
    const char next = name[wanted.size()];
    return isLetter(wanted.back()) && isLower(next) ? std::nullopt : titled(name);
}

/// TEST(Suite, Name), TEST_F(…), TEST_CASE("…")
std::optional<Definition> macroTest(ByteView text)
{
    Scanner at(text);
    const ByteView macro = at.word();
    if (isOneOf(macro, "TEST_CASE SECTION SCENARIO SUBCASE BOOST_AUTO_TEST_CASE") && at.accept("("))
        return titled(at.peek() == '"' ? quoted(at) : at.word());
    if (!isOneOf(macro, "TEST TEST_F TEST_P TYPED_TEST") || !at.accept("("))
        return {};
    at.word();
    return at.accept(",") ? titled(at.word()) : std::nullopt;
}

} // namespace

std::optional<Definition> testOf(Lang lang, ByteView line)
{
    const ByteView text = line.trimmed();
    switch (lang) {
    case Lang::JavaScript:
        return calledTest(text, "it test specify bench Deno.test", false);
    case Lang::Ruby:
        if (auto found = prefixed(text, "def ", "test_"))
            return found;
        return calledTest(text, "it test should scenario specify", true);
    case Lang::Elixir:
        return calledTest(text, "test", true);
    case Lang::Python:
        return prefixed(text, "def ", "test_");
    case Lang::Go:
        if (auto found = prefixed(text, "func ", "Test"))
            return found;
        for (const char *key : {"name:", "Name:", "desc:", "testName:", "title:", "description:"}) {
            if (text.startsWith(key) && text.contains(" \"")) // an entry of a table of tests
                return titled(quoted(Scanner(text.sliced(ByteView(key).size()))));
        }
        return calledTest(text, "t.Run", false);
    case Lang::Rust:
        return prefixed(text, "fn ", "test_");
    case Lang::C:
        return macroTest(text);
    case Lang::Java:
    case Lang::CSharp:
        return prefixed(text, "void ", "test");
    case Lang::Kotlin: {
        const qsizetype tick = text.indexOf("fun `");
        if (tick >= 0)
            return titled(quoted(Scanner(text.sliced(tick + 4))));
        return prefixed(text, "fun ", "test");
    }
    case Lang::Swift:
        return prefixed(text, "func ", "test");
    case Lang::Php:
        if (auto found = prefixed(text, "function ", "test"))
            return found;
        return calledTest(text, "it test", false);
    case Lang::Dart:
        return calledTest(text, "test testWidgets blocTest", false);
    case Lang::Shell:
        return text.startsWith("@test") ? calledTest(text, "test", true) : std::nullopt;
    case Lang::Lua:
        return calledTest(text, "it", false);
    default:
        return {};
    }
}

} // namespace AutoCommit::Wording
