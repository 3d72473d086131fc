#include "core/message/config.h"

#include "core/message/facts.h"
#include "core/message/requirement.h"
#include "core/message/safety.h"
#include "core/message/withheld.h"

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

bool isSettings(const ChangedFile &file)
{
    const bool xml = file.lang == Lang::Html && !file.name.endsWith(".html") && !file.name.endsWith(".htm")
        && !file.name.endsWith(".svg") && !file.name.endsWith(".erb") && !file.name.endsWith(".twig")
        && !file.name.endsWith(".hbs");
    const bool format = file.lang == Lang::Yaml || file.lang == Lang::Json || file.lang == Lang::Toml
        || file.lang == Lang::Ini || file.lang == Lang::Docker || file.lang == Lang::CMake || file.lang == Lang::Make
        || file.lang == Lang::Shell || xml;
    return format && file.role != Role::Fixture && file.role != Role::Lock && file.role != Role::Translation
        && file.role != Role::Changelog;
}

struct KeyLine
{
    Setting setting{};
    const Line *line = nullptr;
};

QList<KeyLine> keysIn(const Block &block, const QList<Line> &side)
{
    QList<KeyLine> keys;
    for (const Line &line : side) {
        const bool inner = block.file->lang == Lang::Shell && line.indent > 0 && !line.text.startsWith("export ");
        if (line.text.isEmpty() || line.comment || line.moved || inner || requirementOf(*block.file, line.text, {}))
            continue;
        if (auto found = settingOf(block.file->lang, line.text))
            keys.append({*found, &line});
    }
    return keys;
}

const KeyLine *find(const QList<KeyLine> &keys, ByteView key)
{
    for (const KeyLine &one : keys) {
        if (one.setting.key == key)
            return &one;
    }
    return nullptr;
}

/// A key that says nothing alone ("name", "value") is shown below its parent: "strict.name".
Name keyName(const Block &block, const KeyLine &key)
{
    const Name alone = codeName(key.setting.key);
    static const WordSet vague(
        "name value type path url key id version enabled default description image run with env on uses "
        "values paths files include exclude");
    if (!vague.contains(key.setting.key))
        return alone;
    const ByteView parent = parentKey(block, *key.line);
    const Name above = codeName(parent);
    return above.text.isEmpty() || alone.text.isEmpty() ? alone : Name{above.text + u'.' + alone.text, WordKind::Code};
}

/// The one key that differs inside `{ git = "…", rev = "…" }`.
Name innerKey(ByteView before, ByteView after, Lang lang)
{
    const Tokens was = tokensOf(before, lang);
    const Tokens is = tokensOf(after, lang);
    const Difference difference = differenceOf(was, is);
    if (difference.oldCount != 1 || difference.newCount != 1 || difference.first < 2)
        return {};
    const bool keyed
        = isOneOf(is[difference.first - 1].text, "= :") && is[difference.first - 2].kind != TokenKind::Mark;
    return keyed ? codeName(unquoted(is[difference.first - 2].text)) : Name{};
}

/// The most telling word that only the second text has.
Name newWord(ByteView before, ByteView after)
{
    ByteView best;
    for (qsizetype i = 0; i < after.size();) {
        const ByteView word = identifierAt(after, i);
        i += std::max<qsizetype>(1, word.size());
        if (word.size() > 4 && word.size() > best.size() && !hasWord(before, word) && !saysLittle(word))
            best = word;
    }
    return codeName(best);
}

/// One entry came to a list on one line, left it, or took another's place.
bool describeList(Fact &fact, const Setting &before, const Setting &after)
{
    const auto entries = listDifference(before.value, after.value);
    const bool swap = entries.size() == 2 && entries[0].second != entries[1].second;
    if (entries.size() != 1 && !swap)
        return false;
    const QString first = safeValue(entries[0].first);
    const QString second = swap ? safeValue(entries[1].first) : first;
    if (first.isEmpty() || second.isEmpty())
        return false;
    const bool came = entries[0].second;
    fact.place = fact.names.first();
    fact.verb = swap ? u"replace"_s : came ? u"add"_s : u"remove"_s;
    fact.link = swap ? u"in"_s : came ? u"to"_s : u"from"_s;
    fact.names = {{second, WordKind::Code}};
    if (swap) {
        fact.after = u"with "_s + first;
        fact.mergeable = false;
    }
    return true;
}

void addChangedKey(const Block &block, const KeyLine &before, const KeyLine &after, Facts &facts)
{
    if (before.setting.value == after.setting.value)
        return;
    Fact fact{.topic = Topic::Config, .names = {keyName(block, after)}, .lines = 2, .salience = 54};
    if (fact.names.first().text.isEmpty())
        return;
    const bool secret = isWithheld(after.setting.key, unquoted(after.setting.value))
        || isWithheld(before.setting.key, unquoted(before.setting.value));
    const QString now = secret ? QString() : safeValue(after.setting.value);
    const QString old = secret ? QString() : safeValue(before.setting.value);
    placeInFile(fact, block);
    static const WordSet scripts("run script command cmd args if with env test build lint");
    const bool script = scripts.contains(after.setting.key) && block.file->lang == Lang::Yaml;
    if (!secret && describeList(fact, before.setting, after.setting)) {
        facts.append(fact);
        return;
    }
    if (script || now.isEmpty()) {
        fact.verb = u"change"_s;
        fact.salience = script ? 44 : 54;
        const Name inner = innerKey(before.setting.value, after.setting.value, block.file->lang);
        if (!inner.text.isEmpty() && !script)
            fact.names.first().text += u'.' + inner.text;
        const Name news = secret ? Name{} : newWord(before.setting.value, after.setting.value);
        if (!news.text.isEmpty() && script) {
            fact.verb = u"use"_s;
            fact.names = {news};
        }
    } else if (isVersion(after.setting.value) && isVersion(before.setting.value)) {
        fact.verb = u"bump"_s;
        fact.after = u"from "_s + old + u" to "_s + now;
    } else {
        fact.verb = u"set"_s;
        fact.after = u"to "_s + now;
    }
    const Name sibling = codeName(siblingName(block, *after.line));
    if (fact.verb == u"change" && !sibling.text.isEmpty())
        fact.after = u"of "_s + sibling.text;
    facts.append(fact);
}

/// `- name: x`, `- title: x`: an item of a list, known by that.
bool addItem(const Block &block, const KeyLine &key, bool came, Facts &facts)
{
    static const WordSet naming("name title id label key");
    if (block.file->role == Role::Ci)
        return key.line->text.startsWith("- name:");
    if (!key.line->text.startsWith("- "))
        return false;
    constexpr qsizetype longestItem = 40;
    if (!naming.contains(key.setting.key)) { // `- action: [Detach]`
        ByteView value = key.setting.value;
        while (!value.isEmpty() && (value.front() == '[' || value.front() == '"' || value.front() == '\''))
            value = value.sliced(1);
        while (!value.isEmpty()
               && (value.back() == ']' || value.back() == ',' || value.back() == '"' || value.back() == '\''))
            value.chop(1);
        Fact fact{
            .topic = Topic::Config, .verb = came ? u"add"_s : u"remove"_s, .names = {codeName(value)}, .salience = 48};
        fact.after = safeName(key.setting.key);
        if (fact.names.first().text.isEmpty() || fact.after.isEmpty() || !isIdentifier(value))
            return false;
        placeInFile(fact, block, came ? "to" : "from");
        facts.append(fact);
        return true;
    }
    const Name plain = codeName(unquoted(key.setting.value));
    const Name title{safeProse(unquoted(key.setting.value), longestItem), WordKind::Title};
    Fact fact{.topic = Topic::Config,
              .verb = came ? u"add"_s : u"remove"_s,
              .names = {plain.text.isEmpty() ? title : plain},
              .salience = 50};
    if (fact.names.first().text.isEmpty())
        return false;
    placeInFile(fact, block, came ? "to" : "from");
    facts.append(fact);
    return true;
}

void addOneSided(const Block &block, const KeyLine &key, bool came, Facts &facts)
{
    if (addItem(block, key, came, facts))
        return;
    Fact fact{
        .topic = Topic::Config, .verb = came ? u"add"_s : u"remove"_s, .names = {keyName(block, key)}, .salience = 46};
    if (fact.names.first().text.isEmpty())
        return;
    placeInFile(fact, block, came ? "to" : "from");
    const bool secret = isWithheld(key.setting.key, unquoted(key.setting.value));
    const QString value = secret ? QString() : safeValue(key.setting.value);
    constexpr qsizetype shortValue = 16;
    if (came && !value.isEmpty() && value.size() <= shortValue && !key.setting.opens
        && block.file->role != Role::Manifest) {
        fact.verb = u"set"_s;
        fact.after = u"to "_s + value;
        fact.link = u"in"_s;
    }
    facts.append(fact);
}

/// Only the outermost keys of what came: the rest is their content.
QList<KeyLine> outermost(QList<KeyLine> keys)
{
    int least = 1000;
    for (const KeyLine &key : keys)
        least = std::min(least, key.line->indent);
    keys.removeIf([&](const KeyLine &key) { return key.line->indent > least; });
    return keys;
}

void addKeyFacts(const Block &block, Facts &facts)
{
    const QList<KeyLine> went = keysIn(block, block.removed);
    const QList<KeyLine> came = keysIn(block, block.added);
    for (const KeyLine &key : came) {
        if (const KeyLine *before = find(went, key.setting.key); before && !key.setting.opens)
            addChangedKey(block, *before, key, facts);
    }
    QList<KeyLine> news = outermost(came);
    QList<KeyLine> olds = outermost(went);
    news.removeIf([&](const KeyLine &key) { return find(went, key.setting.key); });
    olds.removeIf([&](const KeyLine &key) { return find(came, key.setting.key); });
    if (news.size() == 1 && olds.size() == 1 && news.first().setting.value == olds.first().setting.value
        && !news.first().setting.value.isEmpty()) {
        Fact fact{.topic = Topic::Config,
                  .verb = u"rename"_s,
                  .names = {codeName(olds.first().setting.key)},
                  .salience = 56,
                  .mergeable = false};
        placeInFile(fact, block);
        fact.link = u"to"_s;
        fact.place = codeName(news.first().setting.key);
        if (!fact.names.first().text.isEmpty() && !fact.place.text.isEmpty()) {
            facts.append(fact);
            return;
        }
    }
    for (const KeyLine &key : news)
        addOneSided(block, key, true, facts);
    for (const KeyLine &key : olds)
        addOneSided(block, key, false, facts);
}

} // namespace

void addConfigFacts(const Evidence &evidence, Facts &facts)
{
    for (const Block &block : evidence.view.blocks()) {
        const ChangeKind kind = block.file->change->kind;
        if (kind == ChangeKind::Added || kind == ChangeKind::Deleted)
            continue;
        if (block.file->role == Role::Ignore && block.file->name != ByteView(".git-blame-ignore-revs")) {
            addIgnoreFacts(block, facts);
            continue;
        }
        if (!isSettings(*block.file))
            continue;
        addWorkflowFacts(block, facts);
        addKeyFacts(block, facts);
        addEntryFacts(block, facts);
    }
    addTranslationFacts(evidence.view, facts);
}

} // namespace AutoCommit::Wording
