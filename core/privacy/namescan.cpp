#include "core/privacy/namescan.h"

#include "core/privacy/escapes.h"
#include "core/privacy/hashcontext.h"
#include "core/privacy/loginpair.h"

#include <algorithm>
#include <array>

namespace AutoCommit {

namespace {

constexpr qsizetype longestName = 80;
constexpr ByteSet nameBytes = Bytes::with(Bytes::word, ".-$");

bool isGrouped(QByteArrayView text, qsizetype at)
{
    return at >= 0 && nameBytes.contains(text[at]);
}

/// Bytes of the letter at `at`, if it is one of another alphabet than ASCII's: UTF-8 of two and three bytes, without
/// punctuation (quotation marks and dashes begin with E2).
qsizetype wideLetter(QByteArrayView text, qsizetype at)
{
    const auto lead = static_cast<unsigned char>(text[at]);
    const qsizetype length = lead >= 0xC3 && lead <= 0xDF ? 2 : lead >= 0xE3 && lead <= 0xED ? 3 : 0;
    return at + length <= text.size() ? length : 0;
}

/// No word or name has one of them in it.
bool hasStrongSign(QByteArrayView value)
{
    constexpr ByteSet strongSigns = Bytes::with({}, "!@#$%^&*+=?~");
    return std::any_of(value.begin(), value.end(), [&](char c) { return strongSigns.contains(c); });
}

/// `"key": "…"` and `_key` in data: what identifies an item of a list (nanoid, Firebase, Sanity) is shorter than a
/// token.
bool isPlainKey(QByteArrayView name)
{
    return name == QByteArrayView("key") || name == QByteArrayView("_key");
}

/// A comparison, or the directory in $PWD.
bool readsAsCode(QByteArrayView value)
{
    return value.startsWith('/') || value.startsWith("~/") || value.startsWith("~\\") || value.contains("==")
        || value.contains("&&") || value.contains("||");
}

QByteArrayView withoutComment(QByteArrayView value)
{
    const qsizetype comment = value.indexOf(" #");
    return comment < 0 ? value : value.first(comment).trimmed();
}

/// Of a list or table, as notes are kept in.
bool beginsItem(QByteArrayView line)
{
    const QByteArrayView text = line.trimmed();
    return text.startsWith("- ") || text.startsWith("* ") || text.startsWith('|');
}

} // namespace

void NameScan::atPart(qsizetype begin, qsizetype end)
{
    if (begin < m_lastEnd)
        return;
    const qsizetype first = std::max<qsizetype>(0, begin - longestName);
    const qsizetype last = std::min(m_text.size(), end + longestName);
    while (begin > first && isGrouped(m_text, begin - 1))
        --begin;
    while (end < last) {
        const qsizetype step = nameBytes.contains(m_text[end]) ? 1 : wideLetter(m_text, end);
        if (step == 0)
            break;
        end += step;
    }
    m_lastEnd = end;
    if (end - begin > longestName)
        return;
    constexpr ByteSet around = Bytes::with({}, "_.-$");
    while (end > begin && around.contains(m_text[end - 1]))
        --end;
    while (begin < end && around.contains(m_text[begin]))
        ++begin;
    constexpr int mostInside = 8;
    if (begin >= m_valueEnd)
        m_namesInside = 0;
    else if (++m_namesInside > mostInside) // "key=key=key=…": nobody writes so
        return;
    const bool closes = begin > 1 && m_text[begin - 1] == '/' && m_text[begin - 2] == '<'; // </key>
    begin = behindEscape(m_text, begin, std::min(end, m_lastEnd));
    const NameKind kind = closes ? NameKind::None : kindOfName(begin, end);
    if (kind <= NameKind::None)
        return;
    const auto assigned = findAssignedValue(m_text, begin, end);
    if (!assigned)
        return;
    const ValuePlace place(m_text, m_hints, begin, end, *assigned);
    if (place.isNameOfVariable() || place.isInResourceName() || place.isNameItself() || place.isIllustrated())
        return;
    m_valueEnd = std::max(m_valueEnd, assigned->end);
    judge({kind, m_text.sliced(begin, end - begin)}, place);
}

/// Reports the value at the place if it is a secret.
void NameScan::judge(const Name &given, const ValuePlace &place)
{
    const AssignedValue &assigned = place.assigned();
    QByteArrayView value = place.value();
    bool secret = isSecret(given, value, place);
    if (!secret && m_hints.configuration && !assigned.quoted && given.kind == NameKind::Password)
        value = withoutComment(place.restOfLine());
    if (assigned.begin > 0 && m_text[assigned.begin - 1] == '{' // {cipher}…
        && m_knowledge.values.isKeptElsewhere(m_text.sliced(assigned.begin - 1, value.size() + 1)))
        return;
    if (!secret && isPhrase(given.text, place.restOfLine())) {
        value = place.restOfLine();
        secret = true;
    }
    const qsizetype valueEnd = assigned.begin + value.size();
    const qsizetype nameBegin = given.text.data() - m_text.data();
    if (standsBehindHashMark(m_knowledge.lexicon, m_text, assigned.begin)
        || (assigned.link == ValueLink::Blank && nameBegin > 0 && m_text[nameBegin - 1] == '/'))
        return;
    const QByteArrayView behind = m_text.sliced(valueEnd, std::min<qsizetype>(3, m_text.size() - valueEnd));
    const bool cut = behind.contains("..") || value.contains("..");
    if (!assigned.quoted
        && m_text.sliced(valueEnd, std::min(longestName, m_text.size() - valueEnd)).trimmed().startsWith('('))
        return; // a call
    secret = secret || isSecret(given, value, place) || isSecretLoginPair(m_knowledge, value, m_hints);
    if (!cut && secret)
        m_hits.push_back(
            {.begin = assigned.begin, .end = valueEnd, .rule = "credential", .certainty = Certainty::Named});
}

/// "API key" and "secret access key" are two and three words in prose.
NameKind NameScan::kindOfName(qsizetype begin, qsizetype end) const
{
    const QByteArray name = m_text.sliced(begin, end - begin).toByteArray();
    NameKind kind = m_knowledge.names.classify(name);
    if (kind != NameKind::Weak || begin < 2 || m_text[begin - 1] != ' ')
        return kind;
    qsizetype before = begin - 1;
    const qsizetype first = std::max<qsizetype>(0, begin - 24);
    while (before > first && (Bytes::alnum.contains(m_text[before - 1]) || m_text[before - 1] == '-'))
        --before;
    if (before == begin - 1)
        return kind;
    return m_knowledge.names.classify(m_text.sliced(before, end - before));
}

/// Twelve to twenty-four small words behind a name like `mnemonic` or `seed_phrase` (BIP 39).
bool NameScan::isPhrase(QByteArrayView given, QByteArrayView value) const
{
    if (value.count(' ') < 11)
        return false;
    const QList<QByteArray> name = wordsOfName(given);
    const WordList &phraseNames = m_knowledge.lexicon.section("phrase-names");
    if (std::none_of(name.begin(), name.end(), [&](const QByteArray &word) { return phraseNames.contains(word); }))
        return false;
    const QByteArrayList words = value.trimmed().toByteArray().split(' ');
    const bool plain = std::all_of(words.begin(), words.end(), [](const QByteArray &word) {
        return word.size() >= 3 && word.size() <= 8 && std::all_of(word.begin(), word.end(), Bytes::isLower);
    });
    return plain && words.size() <= 24 && words.size() % 3 == 0;
}

/// What a test would not make up: long, random, of capitals, small letters and digits.
bool NameScan::isLiveToken(const ValueTraits &traits, bool named)
{
    return named && traits.kind == ValueKind::Random && traits.length >= 20 && traits.upper > 0 && traits.lower > 0
        && traits.digits > 0;
}

bool NameScan::isSecret(const Name &given, QByteArrayView value, const ValuePlace &place) const
{
    const AssignedValue &assigned = place.assigned();
    const NameKind name = given.kind;
    if (m_hints.lock && name < NameKind::Strong) // "Firebase: <checksum>"
        return false;
    const ValueTraits t = m_knowledge.values.traitsOf(value);
    const bool named = name >= NameKind::Strong;
    const bool defined
        = (named && place.isSetByShell()) || (name == NameKind::Password && (assigned.quoted || place.isFlag()));
    const bool loose = assigned.link == ValueLink::Blank && !defined && !(assigned.stated && m_hints.text);
    if (assigned.link == ValueLink::Argument && isName(value)) // a list of names
        return false;
    // A made-up value is let pass unless a name insists on it and it is as long as a token.
    if (!named && m_knowledge.prefixed.isId(value))
        return false;
    const bool spelled = t.digits == 0 && t.signs == 0; // abcdefghijklmnop
    if (t.madeUp
        && (m_hints.test || spelled || t.kind == ValueKind::Number || !(named && t.length >= 16 && t.distinct >= 5)))
        return false;
    if (m_hints.fixture && !isLiveToken(t, named && !loose && assigned.link != ValueLink::Argument))
        return false;
    switch (t.kind) {
    case ValueKind::Uuid:
        if (value.startsWith('{') && assigned.link != ValueLink::Assigned) // the id of a class or project of Windows
            return false;
        return named || (name == NameKind::Provider && !loose);
    case ValueKind::Hex:
        if (assigned.link == ValueLink::Argument && !assigned.quoted && t.length == 40 && t.upper == 0)
            return false; // "fix the token (<commit>)"
        if (loose) // fingerprints in logs, commits in lists
            return named && t.upper == 0 && t.length != 40;
        return named || t.length >= 32;
    case ValueKind::Number:
        return named && t.length >= 15 && t.distinct >= 5;
    case ValueKind::Random:
        if (name != NameKind::Password && value.contains(':') && t.signs - value.count(':') < 6)
            return false; // pairs of an id and a secret have formats of their own
        if (isPlainKey(given.text) && (t.length < 24 || isKeyOfCache(value)))
            return false;
        if (!named || loose)
            return t.length >= 16 && (t.digits > 0 ? t.surprise > 20 : t.length >= 20 && t.surprise > 40);
        return assigned.quoted || t.digits > 0 || t.surprise > 30;
    case ValueKind::Password:
        if (m_hints.lock)
            return false;
        if (name == NameKind::Strong) // for a secret somebody took a password
            return t.length >= 10 && t.digits >= 2 && t.lower + t.upper >= 4 && hasStrongSign(value)
                && isChosenPassword(value, t, place);
        return name == NameKind::Password && (isChosenPassword(value, t, place) || isInConnection(place));
    case ValueKind::Words:
        return name == NameKind::Password && (isInConnection(place) || isWrittenPassphrase(value, place))
            && !m_knowledge.values.placeholders().isPlaceholder(value);
    default:
        return false;
    }
}

bool NameScan::isName(QByteArrayView value) const
{
    return std::all_of(value.begin(), value.end(), [](char c) { return Bytes::word.contains(c); })
        && m_knowledge.names.classify(value) > NameKind::None;
}

bool NameScan::isWrittenPassphrase(QByteArrayView value, const ValuePlace &place) const
{
    return !m_hints.test && !place.assigned().wrapped && place.assigned().link != ValueLink::Argument
        && place.isWrittenDown() && m_knowledge.passphrases.isOne(value);
}

/// A parameter beside others that say where a server is: whatever stands there is the password of that server.
bool NameScan::isInConnection(const ValuePlace &place) const
{
    const QByteArrayView value = place.value();
    if (!place.isParameter() || m_hints.test || readsAsCode(value) || m_knowledge.values.isKeptElsewhere(value))
        return false;
    if (value.contains('.')
        && m_knowledge.names.classify(value) >= NameKind::Strong) // connect(addr=a, password=args.password)
        return false;
    return m_knowledge.lexicon.section("connection-parts").hasPartOf(place.lineBefore().toByteArray().toLower());
}

/// Not random enough to be sure, so it has to be written down as a value and must not read like a name or a text.
bool NameScan::isChosenPassword(QByteArrayView value, const ValueTraits &traits, const ValuePlace &place) const
{
    const bool noted = m_hints.notes && place.assigned().link != ValueLink::Argument && traits.length >= 8
        && traits.digits >= 2 && hasStrongSign(value) && beginsItem(place.lineBefore());
    if ((m_hints.test && !noted) || place.assigned().wrapped || traits.length < 6 || readsAsCode(value)
        || !place.isWrittenDown())
        return false;
    if (place.isInList())
        return false;
    constexpr ByteSet structure = Bytes::with({}, "()[]{}<> \t,;");
    if (std::any_of(value.begin(), value.end(), [&](char c) { return structure.contains(c); }))
        return false;
    const bool signs = hasStrongSign(value);
    if (value.contains(':') && value.contains('@')) // user:password@host
        return false;
    if (value.endsWith('=') && !place.assigned().quoted) // the next attribute
        return false;
    if (!m_hints.configuration && !m_hints.text && place.isInCodeComment())
        return false;
    const bool letters = traits.lower + traits.upper > 1;
    return letters && (signs || traits.digits > 0) && (signs || traits.surprise > -12 || traits.digits > 2);
}

} // namespace AutoCommit
