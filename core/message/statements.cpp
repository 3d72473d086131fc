#include "core/message/facts.h"
#include "core/message/safety.h"

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

/// throw new X(…), raise X(…)
void addRaise(const Block &block, const Line &line, Facts &facts)
{
    const Tokens &tokens = line.tokens;
    if (tokens.isEmpty() || !isOneOf(tokens[0].text, "throw raise"))
        return;
    for (qsizetype i = 1; i < tokens.size(); ++i) {
        if (tokens[i].kind != TokenKind::Word || isKeyword(tokens[i].text))
            continue;
        const ByteView whole = qualifiedName(tokens, i);
        qsizetype start = whole.size();
        while (start > 0 && isWordChar(whole[start - 1]))
            --start;
        const ByteView name = whole.sliced(start);
        const bool known = std::any_of(block.removed.begin(), block.removed.end(),
                                       [&](const Line &l) { return hasWord(l.text, name); });
        if (known || name.isEmpty() || !isUpper(name[0])
            || isOneOf(name, "Error Exception RuntimeException TypeError ValueError"))
            return;
        Fact fact{.topic = Topic::Logic, .verb = QString::fromLatin1(tokens[0].text.data(), tokens[0].text.size())};
        fact.names = {codeName(name)};
        fact.lines = 2;
        fact.salience = 50;
        placeIn(fact, block);
        if (!fact.names.first().text.isEmpty())
            facts.append(fact);
        return;
    }
}

/// `return 1`, `return false`, `return kNone`: a value of one token that was not returned before.
void addReturn(const Block &block, const Line &line, Facts &facts)
{
    const Tokens &tokens = line.tokens;
    const bool one = tokens.size() == 2 || (tokens.size() == 3 && tokens[2].text == ByteView(";"));
    if (!one || tokens[0].text != ByteView("return") || tokens[1].kind == TokenKind::Mark || !block.scope
        || !isCallable(block.scope->kind))
        return;
    const QString value = safeValue(tokens[1].text);
    const bool guarded = std::any_of(block.added.begin(), block.added.end(), [](const Line &l) {
        return l.text.startsWith("if") || l.text.startsWith("} else") || l.text.contains("catch")
            || l.text.startsWith("except") || l.text.startsWith("rescue");
    });
    constexpr qsizetype smallBlock = 3;
    if (value.isEmpty() || guarded || block.added.size() > smallBlock)
        return;
    Fact fact{
        .topic = Topic::Logic, .verb = u"return"_s, .names = {{value, WordKind::Code}}, .lines = 2, .salience = 48};
    placeIn(fact, block, "from");
    if (!fact.place.text.isEmpty())
        facts.append(fact);
}

/// `x` became `(type)x`
void addCast(const Block &block, const Pair &pair, Facts &facts)
{
    const Difference &d = pair.difference;
    const qsizetype behind = d.first + d.newCount;
    const bool shape = block.file->lang == Lang::C && d.oldCount == 0 && d.newCount >= 3 && d.newCount <= 6
        && pair.after[d.first].text == ByteView("(") && pair.after[behind - 1].text == ByteView(")")
        && behind < pair.after.size()
        && (pair.after[behind].kind == TokenKind::Word || isOneOf(pair.after[behind].text, "* ("));
    if (!shape)
        return;
    QStringList type;
    for (qsizetype i = d.first + 1; i < behind - 1; ++i) {
        if (pair.after[i].kind == TokenKind::Word)
            type.append(QString::fromLatin1(pair.after[i].text.data(), pair.after[i].text.size()));
        else if (pair.after[i].text != ByteView("*"))
            return;
    }
    Fact fact{.topic = Topic::Logic, .verb = u"cast"_s, .lines = 2, .salience = 50};
    const qsizetype subject = pair.after[behind].kind == TokenKind::Word ? behind : behind + 1;
    if (subject >= pair.after.size() || pair.after[subject].kind != TokenKind::Word)
        return;
    fact.names = {codeName(qualifiedName(pair.after, subject))};
    fact.names.first().text.replace("->"_L1, "."_L1);
    fact.after = u"to "_s + type.join(u' ');
    placeIn(fact, block);
    if (!fact.names.first().text.isEmpty() && safeValue(type.join(u' ').toLatin1()).size() > 2)
        facts.append(fact);
}

/// "flex mt-2 items-center": words of a style sheet, not of a language.
bool holdsClasses(ByteView text)
{
    int words = 0;
    int marked = 0;
    for (qsizetype start = 0; start < text.size();) {
        qsizetype end = text.indexOf(' ', start);
        end = end < 0 ? text.size() : end;
        const ByteView word = text.sliced(start, end - start);
        words += word.isEmpty() ? 0 : 1;
        marked
            += std::any_of(word.begin(), word.end(), [](char c) { return c == '-' || c == ':' || c == '['; }) ? 1 : 0;
        start = end + 1;
    }
    return words >= 2 && marked * 3 >= words;
}

/// Do the two lines differ in the text of one string only?
bool onlyTextDiffers(const Pair &pair)
{
    const QList<Change> places = changesOf(pair.before, pair.after);
    return !places.isEmpty() && std::all_of(places.begin(), places.end(), [&](const Change &place) {
        return place.oldCount == 1 && place.newCount == 1 && pair.before[place.oldFirst].kind == TokenKind::String
            && pair.after[place.newFirst].kind == TokenKind::String
            && (pair.before[place.oldFirst].text.contains(' ') || pair.after[place.newFirst].text.contains(' '));
    });
}

/// Word for word: what one string has that the other has not, when that is a single word.
ByteView extraWord(ByteView longer, ByteView shorter)
{
    qsizetype front = 0;
    while (front < shorter.size() && longer[front] == shorter[front])
        ++front;
    qsizetype back = 0;
    while (back < shorter.size() - front && longer[longer.size() - 1 - back] == shorter[shorter.size() - 1 - back])
        ++back;
    if (front + back < shorter.size())
        return {};
    const bool opensWord = front == 0 || !isWordChar(longer[front - 1]) || !isWordChar(longer[front]);
    const bool endsWord
        = back == 0 || !isWordChar(longer[longer.size() - back]) || !isWordChar(longer[longer.size() - back - 1]);
    if (!opensWord || !endsWord || front + back >= longer.size())
        return {};
    const ByteView extra = longer.sliced(front, longer.size() - front - back).trimmed();
    return extra.contains(' ') ? ByteView() : extra;
}

/// In the function around the block, else in the file.
void placeAnywhere(Fact &fact, const Block &block, const char *link = "in")
{
    placeIn(fact, block, link);
    if (!fact.place.text.isEmpty())
        return;
    fact.link = QString::fromLatin1(link);
    fact.place = {shownFile(*block.file), WordKind::File};
}

/// A flag or a name put into, or taken out of, the command in a string.
bool addWordFact(const Block &block, const Pair &pair, Facts &facts)
{
    const Difference &d = pair.difference;
    if (d.oldCount != 1 || d.newCount != 1 || pair.before[d.first].kind != TokenKind::String
        || pair.after[d.first].kind != TokenKind::String)
        return false;
    const ByteView was = unquoted(pair.before[d.first].text);
    const ByteView is = unquoted(pair.after[d.first].text);
    const bool came = is.size() > was.size();
    const ByteView word = came ? extraWord(is, was) : extraWord(was, is);
    const bool name = word.startsWith('-') || word.contains('_') || (word.size() > 3 && isUpper(word[0]));
    if (word.size() < 2 || !name || codeName(word).text.isEmpty())
        return false;
    Fact fact{.topic = Topic::Logic,
              .verb = came ? u"add"_s : u"drop"_s,
              .names = {codeName(word)},
              .lines = 2,
              .salience = 48};
    placeAnywhere(fact, block, came ? "to" : "from");
    facts.append(fact);
    return true;
}

void addRenamedTest(const Block &block, const Definition &test, Facts &facts)
{
    const auto before = testOf(block.file->lang, block.removed[block.pairs.first().removed].text);
    const Name name = nameOf(test);
    if (!before || nameOf(*before).text.isEmpty() || name.text.isEmpty())
        return;
    Fact fact{.topic = Topic::Test, .verb = u"rename"_s, .before = u"test"_s, .names = {nameOf(*before)}};
    fact.link = u"to"_s;
    fact.place = name;
    fact.file = block.file->index;
    fact.lines = 2;
    fact.salience = 50;
    facts.append(fact);
}

QString speakerOf(ByteView text)
{
    if (text.startsWith("throw") || text.startsWith("raise") || text.contains("rror("))
        return u"error message"_s;
    if (text.contains("log.") || text.contains("log(") || text.contains("logger") || text.contains("LOG"))
        return u"log message"_s;
    return u"message"_s;
}

/// Every changed line only says something else: "reword message in f()".
void addMessageFact(const Block &block, Facts &facts)
{
    if (block.pairs.isEmpty())
        return;
    const auto paired = block.pairs.size();
    const auto news = std::count_if(block.added.begin(), block.added.end(),
                                    [](const Line &l) { return !l.moved && !l.text.isEmpty(); });
    if (paired != news || !std::all_of(block.pairs.begin(), block.pairs.end(), onlyTextDiffers))
        return;
    const Pair &sample = block.pairs.first();
    const QList<Change> places = changesOf(sample.before, sample.after);
    Fact fact{.topic = Topic::Logic, .lines = static_cast<int>(paired * 2)};
    const bool markup = block.added[sample.added].text.contains("lass"); // class="…", className={…}
    if (markup && !places.isEmpty() && holdsClasses(sample.after[places.first().newFirst].text)) {
        fact.verb = u"change"_s;
        fact.before = u"classes"_s;
        fact.salience = 40;
        placeAnywhere(fact, block);
        facts.append(fact);
        return;
    }
    const ByteView text = block.added[sample.added].text;
    if (text.contains(" --") || text.contains("\"--")) // a command line is no message
        return;
    if (const auto test = testOf(block.file->lang, text)) {
        addRenamedTest(block, *test, facts);
        return;
    }
    fact.verb = u"reword"_s;
    fact.before = speakerOf(text) + (paired > 1 ? u"s"_s : QString());
    fact.salience = 48;
    placeAnywhere(fact, block);
    facts.append(fact);
}

} // namespace

void addStatementFacts(const Evidence &evidence, Facts &facts)
{
    for (const Block &block : evidence.view.blocks()) {
        const ChangeKind kind = block.file->change->kind;
        if (!isCode(block.file->lang) || block.file->role == Role::Fixture || kind == ChangeKind::Added
            || kind == ChangeKind::Deleted)
            continue;
        for (const Line &line : block.added) {
            if (!line.isCodeLine() || line.moved)
                continue;
            addRaise(block, line, facts);
            addReturn(block, line, facts);
        }
        bool told = false;
        for (const Pair &pair : block.pairs) {
            addCast(block, pair, facts);
            told |= addWordFact(block, pair, facts);
        }
        if (!told)
            addMessageFact(block, facts);
    }
}

} // namespace AutoCommit::Wording
