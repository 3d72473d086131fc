#include "core/message/safety.h"

#include "core/base/cleantext.h"

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

enum class CharClass { Lower, Upper, Digit, Other };

CharClass classOf(char c)
{
    return isLower(c) ? CharClass::Lower
        : isUpper(c)  ? CharClass::Upper
        : isDigit(c)  ? CharClass::Digit
                      : CharClass::Other;
}

bool hasKeyPrefix(ByteView word)
{
    static constexpr const char *prefixes[]
        = {"AKIA",  "ASIA",  "ghp_",  "gho_",    "ghu_",    "ghs_",    "ghr_",    "glpat-",  "github_pat_",
           "xoxb-", "xoxp-", "xoxa-", "xoxs-",   "sk_live", "sk_test", "pk_live", "rk_live", "AIza",
           "eyJ",   "npm_",  "pypi-", "dop_v1_", "shpat_",  "ya29.",   "sk-",     "hf_"};
    return word.size() >= 12
        && std::any_of(std::begin(prefixes), std::end(prefixes), [&](const char *p) { return word.startsWith(p); });
}

/// Changes between small letters, capitals and digits, where camelCase and "name2" do not count.
int jumps(ByteView part)
{
    int count = 0;
    for (qsizetype i = 1; i < part.size(); ++i) {
        const CharClass a = classOf(part[i - 1]);
        const CharClass b = classOf(part[i]);
        const bool hump = a == CharClass::Lower && b == CharClass::Upper && i + 1 < part.size() && isLower(part[i + 1]);
        const bool humpEnd = a == CharClass::Upper && b == CharClass::Lower;
        if (a != b && !hump && !humpEnd)
            ++count;
    }
    return count;
}

bool partLooksRandom(ByteView part)
{
    if (part.size() < 10)
        return false;
    qsizetype digits = 0;
    qsizetype hex = 0;
    qsizetype vowels = 0;
    qsizetype letters = 0;
    for (const char c : part) {
        const char low = isUpper(c) ? static_cast<char>(c + 32) : c;
        digits += isDigit(c) ? 1 : 0;
        letters += isLetter(c) ? 1 : 0;
        hex += isDigit(c) || (low >= 'a' && low <= 'f') ? 1 : 0;
        vowels += low == 'a' || low == 'e' || low == 'i' || low == 'o' || low == 'u' || low == 'y' ? 1 : 0;
    }
    if (hex == part.size() && digits >= 2)
        return true;
    if (digits >= 3 && letters >= 3 && jumps(part) >= 4)
        return true;
    return part.size() >= 16 && letters >= 12 && vowels * 8 < letters;
}

bool isNameChar(char c)
{
    return isWordChar(c) || c == '.' || c == ':' || c == '/' || c == '@' || c == '+' || c == '-';
}

bool isReference(const QString &word)
{
    if (word.contains("://"_L1) || word.startsWith("www."_L1))
        return true;
    qsizetype i = 0;
    if (word.startsWith(u"GH-"_s, Qt::CaseInsensitive))
        i = 3;
    else if (word.startsWith(u'#') || word.startsWith(u'!'))
        i = 1;
    return i > 0 && i < word.size() && std::all_of(word.begin() + i, word.end(), [](QChar c) { return c.isDigit(); });
}

/// "[text](target)" -> "text", without emphasis and code marks.
QString withoutMarkup(const QString &text)
{
    QString out;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c == u'`')
            continue;
        if (c == u'*') { // emphasis stands beside a letter, an operator does not
            const QChar before = i > 0 ? text[i - 1] : u' ';
            const QChar after = i + 1 < text.size() ? text[i + 1] : u' ';
            if (before == u'*' || after == u'*' || before.isLetterOrNumber() != after.isLetterOrNumber())
                continue;
        }
        if (c == u'!' && text.mid(i, 2) == u"![")
            continue;
        if (c == u'[')
            continue;
        if (c == u']') {
            if (i + 1 < text.size() && (text[i + 1] == u'(' || text[i + 1] == u'[')) {
                const QChar end = text[i + 1] == u'(' ? u')' : u']';
                const qsizetype close = text.indexOf(end, i + 2);
                i = close < 0 ? text.size() : close;
            }
            continue;
        }
        out += c;
    }
    return out;
}

/// The longest beginning that ends with a clause and fits.
QString clause(const QString &text, qsizetype limit)
{
    if (text.size() <= limit)
        return text;
    static const QString breaks[] = {u". "_s, u"; "_s, u" ("_s, u" - "_s, u", "_s, u": "_s};
    qsizetype best = -1;
    for (const QString &mark : breaks) {
        const qsizetype at = text.lastIndexOf(mark, limit);
        if (at > best && at <= limit)
            best = at;
    }
    return best >= 12 ? text.left(best) : QString();
}

} // namespace

bool looksRandom(ByteView word)
{
    if (hasKeyPrefix(word))
        return true;
    qsizetype start = 0;
    for (qsizetype i = 0; i <= word.size(); ++i) {
        if (i < word.size() && (isLetter(word[i]) || isDigit(word[i])))
            continue;
        if (partLooksRandom(word.sliced(start, i - start)))
            return true;
        start = i + 1;
    }
    return false;
}

QString safeName(ByteView name)
{
    name = name.trimmed();
    while (!name.isEmpty() && name.front() == '$')
        name = name.sliced(1);
    if (name.isEmpty() || name.size() > longestName || looksRandom(name))
        return {};
    if (!std::all_of(name.begin(), name.end(), [](char c) { return isNameChar(c) && c != '$'; }))
        return {};
    if (!std::any_of(name.begin(), name.end(), [](char c) { return isLetter(c) || isDigit(c); }))
        return {};
    return QString::fromLatin1(name.data(), name.size());
}

QString safeValue(ByteView literal)
{
    literal = unquoted(literal.trimmed());
    if (literal.isEmpty() || literal.size() > longestValue || looksRandom(literal))
        return {};
    const bool plain = std::all_of(literal.begin(), literal.end(), [](char c) {
        return isNameChar(c) || c == ' ' || c == '^' || c == '~' || c == '%' || c == '=' || c == '<' || c == '>'
            || c == '*' || c == ',';
    });
    const bool says = std::any_of(literal.begin(), literal.end(), [](char c) { return isLetter(c) || isDigit(c); });
    if (!plain || !says || literal.front() == ' ' || literal.back() == ' ')
        return {};
    return QString::fromLatin1(literal.data(), literal.size());
}

QString safeProse(ByteView text, qsizetype limit)
{
    constexpr qsizetype longestLine = 400;
    constexpr qsizetype longestWord = 40;
    const QString line = cleanLine(text.first(std::min(text.size(), longestLine)).toByteArray(), longestLine);
    if (line.contains(QChar::ReplacementCharacter))
        return {};
    QStringList kept;
    for (const QString &word : withoutMarkup(line).split(u' ', Qt::SkipEmptyParts)) {
        QString bare = word;
        while (!bare.isEmpty() && (u"()[],.;:"_s.contains(bare.back())))
            bare.chop(1);
        while (!bare.isEmpty() && (bare.front() == u'(' || bare.front() == u'['))
            bare.remove(0, 1);
        if (isReference(bare))
            continue;
        if (word.size() > longestWord || looksRandom(word.toUtf8()))
            return {};
        kept.append(word);
    }
    QString out = clause(kept.join(u' '), limit);
    while (!out.isEmpty() && u" .,;:-(#"_s.contains(out.back()))
        out.chop(1);
    while (!out.isEmpty() && u" .,;:-)#"_s.contains(out.front()))
        out.remove(0, 1);
    const bool says = std::any_of(out.begin(), out.end(), [](QChar c) { return c.isLetter(); });
    return says ? out : QString();
}

} // namespace AutoCommit::Wording
