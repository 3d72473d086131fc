#include "core/message/styleverb.h"

#include <QHash>
#include <QStringList>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// Verbs that open subjects and test titles. Words that are more often nouns or adjectives there are left out.
constexpr const char *verbWords
    = "abort accept access account add adapt adjust align allow annotate append apply assert assign attach avoid await "
      "backport "
      "bail block break bring build bump bundle cache calculate call cancel canonicalize capture cast catch change "
      "check choose clamp clarify clean clear clone close collapse collect combine compare compile complete compute "
      "configure "
      "connect consider consolidate consume convert copy correct count cover crash create declare decode decouple "
      "dedupe deduplicate default defer define delay delete demote deprecate derive describe deserialize detect "
      "determine "
      "disable disallow discard display document do downgrade drop dump eliminate embed emit enable encode enforce "
      "enhance ensure escape evaluate exclude execute exit expand expect explain expose export extend extract fail "
      "fall fetch fill filter find finish fix flush follow forbid force format forward generate get give group guard "
      "handle hide highlight hoist honor honour ignore implement import improve include increase indent infer inherit "
      "initialize inject inline insert install instrument introduce invalidate invert invoke isolate join keep limit "
      "link lint "
      "list load lock log look loosen lower make manage map mark match measure memoize mention merge migrate minify "
      "mock "
      "modernize modify move name normalize notify offer omit open optimize order output overwrite override parse pass "
      "patch "
      "perform permit persist pick pin point populate port prefer prefix prepare preserve prevent print process "
      "produce "
      "promote prompt propagate protect provide prune publish pull push put quote raise read rebuild recalculate "
      "recognize "
      "record recover redirect reduce refactor reformat refresh refuse regenerate register reject relax release reload "
      "remove rename render reorder reorganize repair replace report require reset reset resize resolve respect "
      "respond restore "
      "restrict restructure retain retry return reuse revert rewrite reword rework round run sanitize save scan "
      "schedule "
      "search send separate serialize serve set share shorten show shrink simplify skip sort specify speed split "
      "standardize start stop store stream strip substitute suggest support suppress surface swap switch sync "
      "synchronize tag tell terminate test throw tidy tighten toggle track translate treat trigger trim truncate try "
      "turn tweak unify unescape uninstall unpin unwrap update upgrade use utilize validate verify view wait warn wire "
      "wrap write "
      "yield zero";

struct Irregular
{
    const char *base;
    const char *past;
};

constexpr Irregular irregulars[] = {
    {"break", "broke"},       {"bring", "brought"},   {"build", "built"}, {"cast", "cast"},
    {"catch", "caught"},      {"choose", "chose"},    {"do", "did"},      {"fall", "fell"},
    {"find", "found"},        {"forbid", "forbade"},  {"get", "got"},     {"give", "gave"},
    {"hide", "hid"},          {"keep", "kept"},       {"make", "made"},   {"overwrite", "overwrote"},
    {"override", "overrode"}, {"put", "put"},         {"read", "read"},   {"rebuild", "rebuilt"},
    {"reset", "reset"},       {"rewrite", "rewrote"}, {"run", "ran"},     {"send", "sent"},
    {"set", "set"},           {"shrink", "shrank"},   {"show", "showed"}, {"speed", "sped"},
    {"split", "split"},       {"tell", "told"},       {"throw", "threw"}, {"write", "wrote"},
};

/// Those that double their last letter: "drop" -> "dropped", "dropping".
constexpr const char *doubling
    = " drop swap log stop skip set put split wrap unwrap strip trim map tag pin unpin get run prefer permit emit omit "
      "ship "
      "plug submit clap forbid reset begin format reformat refer commit bar scan plan rerun unset ";

bool doubles(const QString &base)
{
    return QLatin1String(doubling).contains(u' ' + base + u' ');
}

bool isVowel(QChar c)
{
    return u"aeiou"_s.contains(c);
}

QString pastOf(const QString &base)
{
    for (const Irregular &verb : irregulars) {
        if (base == QLatin1String(verb.base))
            return QLatin1String(verb.past);
    }
    if (base.endsWith(u'e'))
        return base + u'd';
    if (base.endsWith(u'y') && base.size() > 1 && !isVowel(base[base.size() - 2]))
        return base.chopped(1) + "ied"_L1;
    return (doubles(base) ? base + base.back() : base) + "ed"_L1;
}

QString thirdOf(const QString &base)
{
    if (base == "do"_L1)
        return u"does"_s;
    if (base.endsWith(u'y') && base.size() > 1 && !isVowel(base[base.size() - 2]))
        return base.chopped(1) + "ies"_L1;
    for (const char *ending : {"s", "sh", "ch", "x", "z"}) {
        if (base.endsWith(QLatin1String(ending)))
            return base + "es"_L1;
    }
    return base + u's';
}

QString gerundOf(const QString &base)
{
    if (base.endsWith(u'e') && !base.endsWith("ee"_L1) && !base.endsWith("ye"_L1))
        return base.chopped(1) + "ing"_L1;
    return (doubles(base) ? base + base.back() : base) + "ing"_L1;
}

const QHash<QString, VerbReading> &readings()
{
    static const QHash<QString, VerbReading> table = [] {
        QHash<QString, VerbReading> made;
        const QStringList verbs = QString::fromLatin1(verbWords).split(u' ', Qt::SkipEmptyParts);
        made.reserve(verbs.size() * 4);
        for (const QString &base : verbs) {
            made.insert(pastOf(base), {base, VerbForm::Past});
            made.insert(thirdOf(base), {base, VerbForm::ThirdPerson});
            made.insert(gerundOf(base), {base, VerbForm::Gerund});
        }
        for (const QString &base : verbs) // last: "set" and "read" count as imperative
            made.insert(base, {base, VerbForm::Imperative});
        return made;
    }();
    return table;
}

} // namespace

std::optional<VerbReading> readVerb(const QString &word)
{
    const auto found = readings().constFind(word.toLower());
    return found == readings().constEnd() ? std::nullopt : std::optional(*found);
}

QString inflected(const QString &base, VerbForm form)
{
    const qsizetype blank = base.indexOf(u' ');
    if (blank > 0) {
        // "also check": the verb is the second word
        if (base.startsWith("also "_L1))
            return u"also "_s + inflected(base.mid(5), form);
        return inflected(base.left(blank), form) + base.mid(blank);
    }
    switch (form) {
    case VerbForm::Past:
        return pastOf(base);
    case VerbForm::ThirdPerson:
        return thirdOf(base);
    case VerbForm::Gerund:
        return gerundOf(base);
    case VerbForm::Imperative:
        break;
    }
    return base;
}

} // namespace AutoCommit
