#include "core/message/prose.h"

#include <QStringList>

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

QList<ByteView> wordsOf(ByteView text)
{
    QList<ByteView> words;
    qsizetype start = 0;
    for (qsizetype i = 0; i <= text.size(); ++i) {
        const bool inWord = i < text.size() && text[i] != ' ' && text[i] != '\t';
        if (inWord)
            continue;
        if (i > start)
            words.append(text.sliced(start, i - start));
        start = i + 1;
    }
    return words;
}

ByteView bareWord(ByteView word)
{
    while (!word.isEmpty() && !isLetter(word.front()))
        word = word.sliced(1);
    while (!word.isEmpty() && !isLetter(word.back()))
        word.chop(1);
    return word;
}

/// A word of prose: letters only, and no capital inside.
bool isPlainWord(ByteView word)
{
    if (word.size() >= 4 && std::all_of(word.begin(), word.end(), [](char c) { return isUpper(c) || c == '-'; }))
        return true;
    return word.size() >= 2
        && std::all_of(word.begin() + 1, word.end(), [](char c) { return isLower(c) || c == '\'' || c == '-'; })
        && isLetter(word[0]);
}

/// Words that are spelled right: to put another in their place changes what the text says.
bool isOrdinaryWord(ByteView word)
{
    static const WordSet words(
        "now not no nor on of off or to so do go be by in if is it at as an am are was were has had have can could may "
        "might must shall should will would this that these those them they here where when what "
        "which who why how all any and both each few more most much many some such own same other another one two "
        "three "
        "four five six first last left right next prev previous before after above below over under with within "
        "without "
        "into onto from upon up down new old high low higher lower min max minimum maximum minimal maximal true false "
        "yes enable disable enabled disabled enables disables include exclude included excluded includes excludes "
        "including excluding internal external import export imports exports input output inputs outputs read write "
        "reads writes public private required optional accept except allow allowed disallow disallowed always never "
        "local global static dynamic start stop starts stops open close opens closes opened closed push pull host "
        "hosts post posts code node mode model file files field fields line lines time times type types name names "
        "value values key keys set get let sets gets add adds use uses used user users run runs ran test tests text "
        "tests list lists last least less format sync async load loads lock locks block blocks "
        "single signal server service source sources resource resources string strong strict client customer port "
        "part parts past path paths patch batch match cache catch case cause class clear clean clone column command "
        "comment commit common");
    return words.contains(word.toByteArray().toLower());
}

bool isMisspelling(ByteView before, ByteView after)
{
    if (isOrdinaryWord(before))
        return false;
    if (before.compare(after, Qt::CaseInsensitive) == 0 || !isPlainWord(before) || !isPlainWord(after))
        return false;
    const qsizetype longer = std::max(before.size(), after.size());
    const int limit = longer >= 8 ? 3 : longer >= 4 ? 2 : 1;
    return editDistance(before, after, limit) <= limit;
}

bool isText(const Block &block, const Line &line)
{
    const Lang lang = block.file->lang;
    return line.comment || lang == Lang::Markdown || lang == Lang::Rst || lang == Lang::None;
}

/// In a line of code only the inside of one string may differ.
bool stringSpellingDiffers(const Pair &pair)
{
    const Difference &d = pair.difference;
    if (d.oldCount != 1 || d.newCount != 1)
        return false;
    const Token &before = pair.before[d.first];
    const Token &after = pair.after[d.first];
    return before.kind == TokenKind::String && after.kind == TokenKind::String && before.text.contains(' ')
        && onlySpellingDiffers(unquoted(before.text), unquoted(after.text));
}

} // namespace

QList<ByteView> codeSpans(ByteView text)
{
    QList<ByteView> spans;
    if (text.startsWith("```"))
        return spans;
    for (qsizetype open = text.indexOf('`'); open >= 0; open = text.indexOf('`', open + 1)) {
        while (open + 1 < text.size() && text[open + 1] == '`')
            ++open;
        const qsizetype close = text.indexOf('`', open + 1);
        if (close < 0)
            break;
        if (close > open + 1)
            spans.append(text.sliced(open + 1, close - open - 1));
        open = close;
        while (open + 1 < text.size() && text[open + 1] == '`')
            ++open;
    }
    return spans;
}

bool onlyLinksDiffer(ByteView before, ByteView after)
{
    const auto withoutTargets = [](ByteView text) {
        QByteArray out;
        for (qsizetype i = 0; i < text.size(); ++i) {
            if (text[i] == '(' && i > 0 && text[i - 1] == ']') {
                const qsizetype close = text.indexOf(')', i);
                i = close < 0 ? text.size() : close;
                continue;
            }
            if (text.sliced(i).startsWith("http://") || text.sliced(i).startsWith("https://")) {
                while (i < text.size() && text[i] != ' ' && text[i] != ')' && text[i] != '>' && text[i] != '"')
                    ++i;
                --i;
                continue;
            }
            out += text[i];
        }
        return out;
    };
    return before != after && (before.contains("](") || before.contains("://"))
        && withoutTargets(before) == withoutTargets(after);
}

bool onlySpellingDiffers(ByteView before, ByteView after)
{
    const QList<ByteView> was = wordsOf(before);
    const QList<ByteView> is = wordsOf(after);
    if (was.size() != is.size() || was.isEmpty())
        return false;
    constexpr int mostWords = 2;
    int differing = 0;
    for (qsizetype i = 0; i < was.size(); ++i) {
        if (was[i] == is[i])
            continue;
        if (was[i].contains('`') || is[i].contains('`') || !isMisspelling(bareWord(was[i]), bareWord(is[i])))
            return false;
        ++differing;
    }
    return differing > 0 && differing <= mostWords;
}

void addTypoFacts(const Evidence &evidence, Facts &facts)
{
    for (const ChangedFile &file : evidence.view.files()) {
        if (file.role == Role::Fixture || file.role == Role::Translation)
            continue;
        int typos = 0;
        bool inComments = false;
        for (const Block &block : evidence.view.blocks()) {
            if (block.file != &file)
                continue;
            for (const Pair &pair : block.pairs) {
                const Line &before = block.removed[pair.removed];
                const bool trailing = pair.before == pair.after; // only a comment behind the code differs
                const bool text = isText(block, before) || trailing;
                if (text ? !onlySpellingDiffers(before.text, block.added[pair.added].text)
                         : !stringSpellingDiffers(pair))
                    continue;
                ++typos;
                inComments |= before.comment || trailing;
            }
        }
        if (typos == 0)
            continue;
        Fact fact{.topic = Topic::Docs, .verb = u"fix"_s, .before = typos > 1 ? u"typos in"_s : u"typo in"_s};
        fact.names = {{shownFile(file), WordKind::File}};
        if (inComments && isCode(file.lang))
            fact.before = typos > 1 ? u"typos in comments of"_s : u"typo in comment of"_s;
        fact.file = file.index;
        fact.lines = typos * 2;
        fact.salience = typos * 4 >= evidence.view.changedLines() ? 70 : 34;
        facts.append(fact);
    }
}

} // namespace AutoCommit::Wording
