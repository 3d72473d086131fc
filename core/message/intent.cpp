#include "core/message/facts.h"
#include "core/message/safety.h"
#include "core/message/styleverb.h"

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype longestIntent = 62;
constexpr qsizetype fewestWords = 3;

/// Verbs with which people say why a line is there; other verbs in comments mostly tell the next step.
bool isPurpose(const QString &verb)
{
    static const QStringList verbs{
        u"handle"_s,  u"avoid"_s,   u"prevent"_s,  u"ensure"_s,   u"skip"_s,     u"ignore"_s,   u"allow"_s,
        u"support"_s, u"keep"_s,    u"preserve"_s, u"restrict"_s, u"disable"_s,  u"enable"_s,   u"force"_s,
        u"fix"_s,     u"reject"_s,  u"exclude"_s,  u"respect"_s,  u"honor"_s,    u"suppress"_s, u"retry"_s,
        u"limit"_s,   u"protect"_s, u"fall"_s,     u"prefer"_s,   u"disallow"_s, u"forbid"_s,   u"omit"_s,
        u"guard"_s,   u"treat"_s,   u"strip"_s,    u"reset"_s,    u"warn"_s,     u"wait"_s,     u"invalidate"_s};
    return verbs.contains(verb);
}

QString commentText(ByteView text)
{
    while (!text.isEmpty()
           && (text.front() == '/' || text.front() == '#' || text.front() == '*' || text.front() == ' '
               || text.front() == '!' || text.front() == '-' || text.front() == ';'))
        text = text.sliced(1);
    if (text.endsWith("*/"))
        text.chop(2);
    return safeProse(text.trimmed(), 400);
}

bool isNote(const QString &text)
{
    static const QStringList openings{u"TODO"_s,   u"FIXME"_s,        u"XXX"_s,       u"HACK"_s,     u"eslint"_s,
                                      u"@"_s,      u"SPDX"_s,         u"Copyright"_s, u"noqa"_s,     u"type:"_s,
                                      u"NOLINT"_s, u"clang-format"_s, u"prettier"_s,  u"istanbul"_s, u"go:"_s,
                                      u"return"_s, u"Return"_s,       u"see "_s,      u"See "_s,     u"e.g"_s,
                                      u"ts-"_s,    u"nolint"_s,       u"shellcheck"_s};
    return std::any_of(openings.begin(), openings.end(),
                       [&](const QString &opening) { return text.startsWith(opening); });
}

/// The first sentence, without what follows a colon or a dash.
QString firstSentence(QString text)
{
    for (const QString &mark : {u". "_s, u" - "_s, u" — "_s, u": "_s, u"; "_s, u" ("_s}) {
        const qsizetype at = text.indexOf(mark);
        if (at > 0)
            text = text.left(at);
    }
    while (text.endsWith(u'.') || text.endsWith(u',') || text.endsWith(u':'))
        text.chop(1);
    return text;
}

struct Intent
{
    QString verb{};
    QString rest{};
    bool purpose = false;
};

std::optional<Intent> intentOf(QString sentence)
{
    if (sentence.startsWith("Don't "_L1) || sentence.startsWith("don't "_L1))
        sentence = u"do not "_s + sentence.mid(6);
    if (sentence.startsWith("Do not "_L1))
        sentence[0] = u'd';
    if (sentence.startsWith("Make sure "_L1) || sentence.startsWith("make sure "_L1))
        return Intent{u"make"_s, sentence.mid(5), true};
    for (const QString &opening : {u"Workaround "_s, u"workaround "_s}) {
        if (sentence.startsWith(opening))
            return Intent{u"add"_s, u"workaround "_s + sentence.mid(opening.size()), true};
    }
    const qsizetype blank = sentence.indexOf(u' ');
    if (blank <= 0)
        return {};
    const QString first = sentence.left(blank);
    const QString rest = sentence.mid(blank + 1);
    if (first == "do"_L1 && rest.startsWith("not "_L1))
        return Intent{first, rest, true};
    for (const QString &pointer : {u"this "_s, u"it "_s, u"them "_s, u"these "_s, u"that "_s, u"those "_s}) {
        if (rest.startsWith(pointer)) // tells what the line below does, and only there
            return {};
    }
    const auto verb = readVerb(first);
    if (first.compare("test"_L1, Qt::CaseInsensitive) == 0 || first.compare("check"_L1, Qt::CaseInsensitive) == 0)
        return {};
    if (!verb || verb->form != VerbForm::Imperative || first != first.toLower().replace(0, 1, first.left(1)))
        return {};
    return Intent{verb->base, rest, isPurpose(verb->base)};
}

/// A comment can run over several lines: joins them until the sentence ends.
QString sentenceAt(const QList<Line> &lines, qsizetype at)
{
    QString text = commentText(lines[at].text);
    constexpr qsizetype mostLines = 3;
    for (qsizetype i = at + 1; i < std::min(lines.size(), at + mostLines); ++i) {
        if (!lines[i].comment || text.endsWith(u'.') || text.endsWith(u':'))
            break;
        const QString more = commentText(lines[i].text);
        if (more.isEmpty() || more[0].isUpper())
            break;
        text += u' ' + more;
    }
    return firstSentence(text);
}

void lookAt(const Evidence &evidence, const Block &block, Facts &facts)
{
    const auto code = std::count_if(block.added.begin(), block.added.end(),
                                    [](const Line &l) { return l.isCodeLine() && !l.moved; });
    if (code == 0)
        return;
    for (qsizetype i = 0; i < block.added.size(); ++i) {
        const Line &line = block.added[i];
        const bool starts = i == 0 || !block.added[i - 1].comment;
        if (!line.comment || line.moved || !starts || line.text.startsWith("/**") || line.text.startsWith("///")
            || line.text.startsWith("\"\"\""))
            continue;
        const QString sentence = sentenceAt(block.added, i);
        if (sentence.size() > longestIntent || sentence.count(u' ') + 1 < fewestWords || isNote(sentence))
            continue;
        const auto intent = intentOf(sentence);
        if (!intent)
            continue;
        // the comment above a new definition tells about that, not about the change
        qsizetype next = i;
        while (next < block.added.size() && !block.added[next].isCodeLine())
            ++next;
        if (next < block.added.size() && block.added[next].definition)
            continue;
        Fact fact{.topic = Topic::Behaviour,
                  .verb = intent->verb,
                  .names = {{intent->rest, WordKind::Plain}},
                  .mergeable = false};
        fact.salience = intent->purpose ? 66 : 46;
        fact.lines = static_cast<int>(block.added.size() + block.removed.size());
        constexpr int tenth = 10;
        if (fact.lines * tenth < evidence.view.changedLines(block.file->role))
            fact.salience *= 0.45;
        placeIn(fact, block);
        facts.append(fact);
    }
}

} // namespace

void addIntentFacts(const Evidence &evidence, Facts &facts)
{
    for (const Block &block : evidence.view.blocks()) {
        const bool fits = block.file->role == Role::Source || block.file->role == Role::Build
            || block.file->role == Role::Ci || block.file->role == Role::Config;
        if (!fits || block.file->change->kind == ChangeKind::Added || block.file->lang == Lang::Markdown)
            continue;
        lookAt(evidence, block, facts);
    }
}

} // namespace AutoCommit::Wording
