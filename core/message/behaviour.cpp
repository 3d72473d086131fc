#include "core/message/facts.h"
#include "core/message/safety.h"
#include "core/message/stylesubject.h"
#include "core/message/styleverb.h"
#include "core/message/symbols.h"

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype longestSentence = 68;

/// "**core:** text", "feat(x): text", "🐛 text" -> "text"
QString withoutPrefix(QString text)
{
    text = withoutLeadingEmoji(text);
    const qsizetype colon = text.indexOf(": "_L1);
    constexpr qsizetype longestPrefix = 28;
    if (colon > 0 && colon <= longestPrefix && !text.left(colon).contains(u' '))
        text = text.mid(colon + 2);
    return text;
}

/// "text, see (@somebody)" -> "text": what is left of references to people and issues.
QString withoutCredits(QString text)
{
    for (;;) {
        const qsizetype before = text.size();
        const qsizetype open = text.lastIndexOf(u'(');
        if (open >= 0 && text.indexOf(u'@', open) == open + 1)
            text.truncate(open);
        if (const qsizetype see = text.indexOf(", see "_L1); see > 0)
            text.truncate(see);
        if (text.count(u'(') > text.count(u')'))
            text.truncate(text.lastIndexOf(u'('));
        else if (text.count(u'(') < text.count(u')') && text.endsWith(u')'))
            text.chop(1);
        if (const qsizetype last = text.lastIndexOf(u' '); last > 0 && text.indexOf(u'@', last) == last + 1)
            text.truncate(last);
        while (text.endsWith(u'.') || text.endsWith(u' '))
            text.chop(1);
        for (const QString &word :
             {u"see"_s, u"See"_s, u"by"_s, u"in"_s, u"via"_s, u"closes"_s, u"fixes"_s, u"and"_s, u","_s}) {
            text = text.trimmed();
            if (text.endsWith(word) && (word == u"," || text.chopped(word.size()).endsWith(u' ')))
                text.chop(word.size());
        }
        text = text.trimmed();
        if (text.size() == before)
            return text;
    }
}

/// "[jest-runtime] text" -> "text"; a link stays.
ByteView withoutBracket(ByteView text)
{
    const bool quoted = text.startsWith("`[");
    if (!quoted && !text.startsWith('['))
        return text;
    const qsizetype end = text.indexOf(quoted ? "]`" : "]");
    if (end < 0 || (end + 1 < text.size() && text[end + 1] == '('))
        return text;
    return text.sliced(end + (quoted ? 2 : 1)).trimmed();
}

QString lowerFirst(QString text)
{
    if (text.size() > 1 && text[0].isUpper() && text[1].isLower())
        text[0] = text[0].toLower();
    return text;
}

/// "Biome now parses x" -> "parse x"; any other sentence as it is.
bool statement(const QString &sentence, Fact &fact)
{
    const QStringList words = sentence.split(u' ', Qt::SkipEmptyParts);
    constexpr qsizetype fewestWords = 4;
    constexpr qsizetype longestSubjectPart = 3;
    if (words.size() < fewestWords)
        return false;
    const qsizetype now = words.indexOf(u"now"_s);
    if (now > 0 && now <= longestSubjectPart && now + 1 < words.size()) {
        const auto verb = readVerb(words[now + 1]);
        if (verb && verb->form == VerbForm::ThirdPerson) {
            fact.verb = verb->base;
            fact.names = {{words.mid(now + 2).join(u' '), WordKind::Plain}};
            return now + 2 < words.size();
        }
    }
    fact.names = {{sentence, WordKind::Plain}};
    return true;
}

bool isJoint(const QString &word)
{
    static const QStringList words{u"when"_s, u"if"_s,     u"that"_s,  u"which"_s, u"while"_s, u"where"_s, u"because"_s,
                                   u"as"_s,   u"unless"_s, u"until"_s, u"so"_s,    u"after"_s, u"before"_s};
    return words.contains(word);
}

/// "fetch request uses x", "Add Link dialog allows y": the first word was part of a noun, as another verb follows.
bool firstIsNoun(const VerbReading &verb, const QStringList &later)
{
    static const QStringList odd{u"is"_s,   u"are"_s,    u"was"_s, u"has"_s,  u"works"_s, u"fails"_s,
                                 u"does"_s, u"should"_s, u"can"_s, u"will"_s, u"panics"_s};
    const bool imperative = verb.form == VerbForm::Imperative;
    for (qsizetype i = 0; i < later.size(); ++i) {
        if (i > 0 && isJoint(later[i - 1]))
            return false;
        const auto other = readVerb(later[i]);
        if (odd.contains(later[i]) || (imperative && other && other->form == VerbForm::ThirdPerson))
            return true;
    }
    return false;
}

/// Puts the first word into the imperative; a sentence that does not begin with a verb is kept or gets "add".
bool imperativeSentence(const QString &sentence, Fact &fact)
{
    const qsizetype blank = sentence.indexOf(u' ');
    if (blank <= 0)
        return false;
    const QString first = sentence.left(blank);
    const QString rest = sentence.mid(blank + 1);
    if (first.compare("support"_L1, Qt::CaseInsensitive) == 0 && rest.startsWith("for "_L1)) {
        fact.verb = u"add"_s;
        fact.names = {{u"support "_s + rest, WordKind::Plain}};
        return true;
    }
    if (first.compare("new"_L1, Qt::CaseInsensitive) == 0) {
        fact.verb = u"add"_s;
        fact.names = {{rest, WordKind::Plain}};
        return true;
    }
    if (const auto verb = readVerb(first)) {
        if (verb->form == VerbForm::Gerund || firstIsNoun(*verb, rest.split(u' ')))
            return false;
        if (rest.startsWith(u':')) // "Fixed [#12]: the parser accepts x": what follows is the sentence
            return statement(rest.mid(1).trimmed(), fact);
        fact.verb = verb->base;
        fact.names = {{rest, WordKind::Plain}};
        return true;
    }
    return statement(sentence, fact);
}

/// The entries that this change adds to a change log or a changeset, each on one line.
QByteArrayList entriesIn(const Block &block)
{
    QByteArrayList entries;
    bool frontMatter = false;
    bool open = false; ///< the entry goes on on the next line
    const bool whole = block.file->change->kind == ChangeKind::Added;
    if (!block.pairs.isEmpty()) // an entry that was there before is put differently
        return entries;
    for (const Line &line : block.added) {
        const ByteView text = line.text;
        if (line.moved || text.isEmpty() || text.startsWith('#') || text.startsWith("===")) {
            open = false;
            continue;
        }
        if (text.startsWith("---")) {
            frontMatter = whole && !frontMatter;
            continue;
        }
        if (frontMatter)
            continue;
        const bool item = text.size() > 4 && (text[0] == '-' || text[0] == '*' || text[0] == '+') && text[1] == ' ';
        if (item || (whole && entries.isEmpty())) {
            entries.append((item ? text.sliced(2) : text).trimmed().toByteArray());
            open = true;
        } else if (open) {
            entries.last() += ' ' + text.toByteArray();
        }
    }
    return entries;
}

/// "Submodules: innermost first": what is behind the colon says nothing alone.
bool isFragment(const QString &entry, const QString &sentence)
{
    const bool hasTopic
        = sentence.size() < entry.size() && entry.size() > 1 && entry[0].isUpper() && entry[1].isLower();
    return hasTopic && !sentence.isEmpty() && sentence[0].isLower() && !readVerb(sentence.section(u' ', 0, 0))
        && !readVerb(lowerFirst(entry.section(u':', 0, 0)));
}

void addLogEntry(const ChangeView &view, Facts &facts)
{
    QByteArrayList entries;
    qsizetype file = 0;
    int lines = 0;
    for (const Block &block : view.blocks()) {
        if (block.file->role != Role::Changelog)
            continue;
        lines += static_cast<int>(block.added.size() + block.removed.size());
        const QByteArrayList found = entriesIn(block);
        if (!found.isEmpty())
            file = block.file->index;
        entries.append(found);
    }
    constexpr int fewLines = 16; // else the log was rewritten
    if (entries.size() != 1 || lines > fewLines)
        return;
    Fact fact{.topic = Topic::Behaviour, .file = file, .lines = view.changedLines() / 2, .salience = 84};
    fact.mergeable = false;
    if (view.onlyRoles({Role::Changelog, Role::Docs})) { // written down here, done elsewhere
        fact.topic = Topic::Docs;
        fact.verb = u"add"_s;
        fact.before = u"entry"_s;
        constexpr qsizetype longestEntry = 44;
        const QString entry = withoutCredits(safeProse(withoutBracket(entries.first()), longestEntry));
        if (!entry.isEmpty())
            fact.names = {{entry, WordKind::Title}};
        fact.link = u"to"_s;
        fact.place = {shownFile(view.files().at(file)), WordKind::File};
        facts.append(fact);
        return;
    }
    const QString entry = safeProse(withoutBracket(entries.first()), 400);
    QString sentence = withoutPrefix(entry);
    if (isFragment(entry, sentence))
        return;
    if (const qsizetype end = sentence.indexOf(". "_L1); end > 0)
        sentence.truncate(end);
    sentence = withoutCredits(sentence);
    if (sentence.count(u' ') >= 2 && imperativeSentence(lowerFirst(sentence), fact))
        facts.append(fact);
}

/// "should not throw on x" -> "not throw on x"; test_rejects_x -> "rejects x"
QString titleWords(const Definition &test)
{
    QString text;
    if (isIdentifier(test.name)) {
        // Method_DoesThis_WhenThat: the first part is what is tested
        const qsizetype part = test.name.indexOf('_');
        const bool parts
            = part > 0 && part + 1 < test.name.size() && isUpper(test.name[0]) && isUpper(test.name[part + 1]);
        QByteArrayList words = splitIdentifier(parts ? test.name.sliced(part + 1) : test.name);
        words.removeIf(
            [first = true](const QByteArray &word) mutable { return std::exchange(first, false) && word == "test"; });
        constexpr qsizetype fewest = 4;
        constexpr qsizetype most = 9;
        if (words.size() < fewest || words.size() > most)
            return {};
        text = QString::fromLatin1(words.join(' '));
        if (safeProse(text.toLatin1(), longestSentence).isEmpty())
            return {};
    } else {
        text = lowerFirst(safeProse(test.name, longestSentence));
    }
    for (const QString &opening : {u"it "_s, u"should "_s, u"must "_s, u"can "_s, u"test that "_s, u"tests that "_s,
                                   u"test "_s, u"correctly "_s, u"properly "_s}) {
        if (text.startsWith(opening))
            text.remove(0, opening.size());
    }
    for (const QString &negation : {u"not "_s, u"does not "_s, u"doesn't "_s, u"don't "_s, u"doesnt "_s}) {
        if (text.startsWith(negation))
            return u"do not "_s + text.mid(negation.size());
    }
    return text;
}

/// A title that begins with what the code shall do.
bool titleSentence(const QString &words, Fact &fact)
{
    const qsizetype blank = words.indexOf(u' ');
    if (blank <= 0 || words.count(u' ') < 2)
        return false;
    const auto verb = readVerb(words.left(blank));
    const QStringList later = words.mid(blank + 1).split(u' ');
    if (!verb || firstIsNoun(*verb, later))
        return false;
    const bool negated = words.startsWith("do not "_L1);
    constexpr qsizetype negatedWords = 4;
    if (negated && later.size() + 1 < negatedWords)
        return false;
    static const QStringList weak{u"get"_s,  u"set"_s,  u"test"_s,  u"run"_s, u"expect"_s,
                                  u"make"_s, u"look"_s, u"start"_s, u"call"_s};
    if (!verb || verb->form == VerbForm::Past || verb->form == VerbForm::Gerund || weak.contains(verb->base))
        return false;
    fact.verb = verb->base;
    fact.names = {{words.mid(blank + 1), WordKind::Plain}};
    return true;
}

void addTestTitle(const Evidence &evidence, Facts &facts)
{
    const bool asks
        = evidence.type.isEmpty() || evidence.type == "fix" || evidence.type == "feat" || evidence.type == "perf";
    if (!asks || !evidence.view.hasRole(Role::Source))
        return;
    QList<Definition> found;
    qsizetype file = 0;
    for (const Block &block : evidence.view.blocks()) {
        if (block.file->role != Role::Test && block.file->lang != Lang::Rust)
            continue;
        for (const Definition &test : testsIn(block, block.added)) {
            if (evidence.view.removedWord(test.name))
                continue;
            found.append(test);
            file = block.file->index;
        }
    }
    constexpr qsizetype mostTests = 3;
    if (found.isEmpty() || found.size() > mostTests)
        return;
    for (const Definition &test : found) {
        Fact fact{
            .topic = Topic::Behaviour, .file = file, .lines = evidence.view.changedLines() / 2, .mergeable = false};
        const QString words = titleWords(test);
        if (!titleSentence(words, fact))
            continue;
        // parse_empty_input names what is tested, not what changed; rejects_empty_input says what shall happen
        const auto verb = readVerb(words.left(words.indexOf(u' ')));
        if (isIdentifier(test.name) && !words.startsWith("do not "_L1) && verb && verb->form == VerbForm::Imperative)
            continue;
        fact.salience = (evidence.type == "feat" ? 62 : 72) - 2 * static_cast<double>(found.size());
        facts.append(fact);
        return;
    }
}

} // namespace

void addBehaviourFacts(const Evidence &evidence, Facts &facts)
{
    addLogEntry(evidence.view, facts);
    addTestTitle(evidence, facts);
}

} // namespace AutoCommit::Wording
