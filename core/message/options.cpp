#include "core/message/facts.h"
#include "core/message/safety.h"

#include <QSet>

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

bool containsAny(ByteView text, std::initializer_list<const char *> words)
{
    return std::any_of(words.begin(), words.end(), [&](const char *word) { return text.contains(word); });
}

bool declaresOption(ByteView text)
{
    return containsAny(text, {"add_argument", "add_option",        ".option(",
                              "addOption",    "new Option",        "Arg::new",
                              "arg(",         "Arg::with_name",    "click.option",
                              "no_argument",  "required_argument", "optional_argument",
                              "opts.on",      "Flags()",           "PersistentFlags()",
                              "flag.",        "typer.Option",      "argument_group",
                              "InputOption",  "@Option",           "Flag{"});
}

/// "--name" that begins in the string; without the value ("--name=<x>").
ByteView longOption(ByteView text)
{
    const qsizetype at = text.indexOf("--");
    if (at < 0 || at + 3 > text.size() || !isLetter(text[at + 2]))
        return {};
    qsizetype end = at + 2;
    while (end < text.size() && (isWordChar(text[end]) || text[end] == '-'))
        ++end;
    return text.sliced(at, end - at);
}

/// Go: cmd.Flags().BoolVarP(&x, "name", …), flag.Bool("name", …); clap: #[arg(long = "name")]
ByteView namedFlag(const Tokens &tokens, ByteView text, Lang lang)
{
    if (lang != Lang::Go && !text.contains("long = \""))
        return {};
    for (const Token &token : tokens) {
        const ByteView inner = unquoted(token.text);
        if (token.kind == TokenKind::String && inner.size() > 1 && isLower(inner[0])
            && std::all_of(inner.begin(), inner.end(), [](char c) { return isLower(c) || isDigit(c) || c == '-'; }))
            return inner;
    }
    return {};
}

bool isVariableName(ByteView text)
{
    return text.size() >= 3 && text.size() <= longestName && isUpper(text[0]) && (text.contains('_') || text.size() > 4)
        && std::all_of(text.begin(), text.end(), [](char c) { return isUpper(c) || isDigit(c) || c == '_'; });
}

bool readsEnvironment(ByteView text)
{
    return containsAny(text,
                       {"getenv", "environ", "process.env", "env::var", "LookupEnv", "Getenv", "ENV[",
                        "GetEnvironmentVariable", "import.meta.env", "env.Lookup", "qEnvironmentVariable",
                        "System.getenv", "ENV.fetch", "env!("});
}

/// getenv("X"), environ["X"], env.get("X"), process.env.X: does the environment stand right before the token?
bool isVariable(const Tokens &tokens, qsizetype at)
{
    for (qsizetype i = at - 1; i >= 0 && i >= at - 6; --i) {
        if (tokens[i].kind == TokenKind::Word)
            return tokens[i].text.toByteArray().toLower().contains("env")
                || (isOneOf(tokens[i].text, "get fetch var") && i >= 2
                    && tokens[i - 2].text.toByteArray().toLower().contains("env"));
        if (tokens[i].kind != TokenKind::Mark
            || isOneOf(tokens[i].text, ", . :: =") != (isOneOf(tokens[i].text, ". ::")))
            return false;
    }
    return false;
}

/// app.get("/x", …), @app.route("/x"), r.HandleFunc("/x", …), @GetMapping("/x")
bool declaresRoute(ByteView text)
{
    return containsAny(text, {"app.get(",       "app.post(",       "app.put(",     "app.delete(",    "app.patch(",
                              "router.get(",    "router.post(",    "router.put(",  "router.delete(", "router.patch(",
                              ".route(",        "HandleFunc(",     "GetMapping(",  "PostMapping(",   "PutMapping(",
                              "DeleteMapping(", "RequestMapping(", "@app.get",     "@router.get",    "@router.post",
                              "@app.post",      "Route::get(",     "Route::post(", "#[get(",         "#[post(",
                              "MapGet(",        "MapPost("});
}

class OptionFinder
{
public:
    OptionFinder(const Evidence &evidence, Facts &facts)
        : m_evidence(evidence)
        , m_facts(facts)
    { }

    void look(const Block &block, const Line &line, bool added)
    {
        // urfave/cli: cli.StringFlag{ on one line, Name: "tag, t" on the next
        const bool inFlag = m_flagOpen && block.file->lang == Lang::Go && line.text.startsWith("Name:");
        m_flagOpen = line.text.endsWith("Flag{");
        if (inFlag) {
            const qsizetype quote = line.text.indexOf('"');
            qsizetype end = quote + 1;
            while (quote > 0 && end < line.text.size() && (isWordChar(line.text[end]) || line.text[end] == '-'))
                ++end;
            if (quote > 0)
                add(block, line.text.sliced(quote + 1, end - quote - 1), u"flag"_s, 74, added);
            return;
        }
        const Tokens &tokens = line.tokens;
        const bool option = declaresOption(line.text);
        const bool environment = readsEnvironment(line.text);
        const bool route = declaresRoute(line.text);
        for (const Token &token : tokens) {
            if (token.kind != TokenKind::String && !(environment && token.kind == TokenKind::Word))
                continue;
            const ByteView inner = unquoted(token.text);
            const qsizetype index = &token - tokens.constData();
            if (token.kind == TokenKind::String && inner.contains('-') && isLower(inner[0]) && namesNewWord(inner))
                add(block, inner, u"option"_s, 64, added);
            if (option && token.kind == TokenKind::String && inner.startsWith("--"))
                add(block, longOption(inner), u"option"_s, 76, added);
            if (environment && isVariableName(inner) && isVariable(tokens, index))
                add(block, inner, u"environment variable"_s, 66, added);
            if (route && inner.startsWith('/') && inner.size() > 1 && token.kind == TokenKind::String)
                add(block, inner, u"route"_s, 74, added);
        }
        if (option && !line.text.contains("--"))
            add(block, namedFlag(tokens, line.text, block.file->lang), u"flag"_s, 74, added);
    }

private:
    /// "no-prefix", where no_prefix or noPrefix is new too
    bool namesNewWord(ByteView text) const
    {
        if (!std::all_of(text.begin(), text.end(), [](char c) { return isLower(c) || isDigit(c) || c == '-'; }))
            return false;
        QByteArray snake = text.toByteArray();
        snake.replace('-', '_');
        QByteArray camel;
        for (qsizetype i = 0; i < text.size(); ++i) {
            const bool hump = i > 0 && text[i - 1] == '-' && isLower(text[i]);
            if (text[i] != '-')
                camel += hump ? static_cast<char>(text[i] - 32) : text[i];
        }
        return m_evidence.words.isNew(snake) || m_evidence.words.isNew(camel);
    }

    void add(const Block &block, ByteView name, const QString &noun, double salience, bool added)
    {
        const bool elsewhere = isElsewhere(name, added);
        if (name.size() < 2 || elsewhere || m_told.contains(name))
            return;
        m_told.insert(name);
        const QString shown = noun == u"flag" ? u"--"_s + safeName(name) : safeName(name);
        if (safeName(name).isEmpty())
            return;
        Fact fact{
            .topic = Topic::Interface_, .verb = added ? u"add"_s : u"remove"_s, .names = {{shown, WordKind::Code}}};
        if (noun == u"environment variable" && !added)
            fact.verb = u"drop"_s;
        fact.after = noun;
        fact.file = block.file->index;
        fact.lines = 4;
        fact.salience = salience;
        m_facts.append(fact);
    }

    const Evidence &m_evidence;
    Facts &m_facts;
    /// Names of code are in the index; "--x" and "/x" have to be looked for.
    bool isElsewhere(ByteView name, bool added) const
    {
        if (isIdentifier(name))
            return added ? m_evidence.words.use(name).removed > 0 : m_evidence.words.use(name).added > 0;
        return added ? m_evidence.view.removedWord(name) : m_evidence.view.addedWord(name);
    }

    QSet<ByteView> m_told;
    bool m_flagOpen = false;
};

} // namespace

void addOptionFacts(const Evidence &evidence, Facts &facts)
{
    OptionFinder finder(evidence, facts);
    for (const Block &block : evidence.view.blocks()) {
        if (block.file->role != Role::Source || !isCode(block.file->lang))
            continue;
        for (const Line &line : block.added) {
            if (line.isCodeLine() && !line.moved)
                finder.look(block, line, true);
        }
        for (const Line &line : block.removed) {
            if (line.isCodeLine() && !line.moved)
                finder.look(block, line, false);
        }
    }
}

} // namespace AutoCommit::Wording
