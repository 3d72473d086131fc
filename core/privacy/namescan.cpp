#include "core/privacy/namescan.h"

#include "core/privacy/hashcontext.h"
#include "core/privacy/loginpair.h"

#include <algorithm>
#include <array>

namespace AutoCommit {

namespace {

constexpr qsizetype longestName = 80;
constexpr qsizetype longestConnection = 300;
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

/// In source code, behind a mark of comment with an indentation: an example of how to call something.
bool isInCodeComment(QByteArrayView text, qsizetype at)
{
    constexpr qsizetype longestLine = 200;
    const qsizetype from = std::max<qsizetype>(0, at - longestLine);
    const QByteArrayView before = text.sliced(from, at - from);
    const QByteArrayView line = before.sliced(before.lastIndexOf('\n') + 1).trimmed();
    return line.startsWith("#  ") || line.startsWith("//  ") || line.startsWith("*  ") || line.startsWith("///")
        || line.startsWith("//!");
}

QByteArrayView withoutComment(QByteArrayView value)
{
    const qsizetype comment = value.indexOf(" #");
    return comment < 0 ? value : value.first(comment).trimmed();
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
    const NameKind kind = closes ? NameKind::None : kindOfName(begin, end);
    if (kind <= NameKind::None)
        return;
    auto assigned = findAssignedValue(m_text, begin, end);
    if (!assigned || isUsedAsVariable(begin, *assigned) || isInResourceName(begin))
        return;
    m_valueEnd = std::max(m_valueEnd, assigned->end);
    const Name given{kind, m_text.sliced(begin, end - begin)};
    QByteArrayView value = m_text.sliced(assigned->begin, assigned->end - assigned->begin);
    bool secret = isSecret(given, value, *assigned);
    if (!secret && m_hints.configuration && !assigned->quoted && kind == NameKind::Password)
        value = withoutComment(m_text.sliced(assigned->begin, assigned->lineEnd - assigned->begin));
    const qsizetype valueEnd = assigned->begin + value.size();
    if (standsBehindHashMark(m_knowledge.lexicon, m_text, assigned->begin)
        || (assigned->link == ValueLink::Blank && begin > 0 && m_text[begin - 1] == '/'))
        return;
    const QByteArrayView behind = m_text.sliced(valueEnd, std::min<qsizetype>(3, m_text.size() - valueEnd));
    const bool cut = behind.contains("..") || value.contains("..");
    if (!assigned->quoted
        && m_text.sliced(valueEnd, std::min(longestName, m_text.size() - valueEnd)).trimmed().startsWith('('))
        return; // a call
    secret = secret || isSecret(given, value, *assigned) || isSecretLoginPair(m_knowledge, value, m_hints)
        || isPhrase(begin, end, value);
    if (!cut && secret)
        m_hits.push_back(
            {.begin = assigned->begin, .end = valueEnd, .rule = "credential", .certainty = Certainty::Named});
}

/// `arn:aws:secretsmanager:…:secret:name`
bool NameScan::isInResourceName(qsizetype nameBegin) const
{
    const qsizetype from = std::max<qsizetype>(0, nameBegin - longestName);
    const QByteArrayView before = m_text.sliced(from, nameBegin - from);
    const qsizetype arn = before.lastIndexOf(QByteArrayView("arn:"));
    return before.endsWith(':') && arn >= 0
        && std::none_of(before.begin() + arn, before.end(), [](char c) { return Bytes::space.contains(c); });
}

/// `cd "$PWD" "$OTHER"`: the value of a variable is not what follows it, but for nginx's `set $name value`.
bool NameScan::isUsedAsVariable(qsizetype nameBegin, const AssignedValue &assigned) const
{
    return assigned.link == ValueLink::Blank && nameBegin > 0 && m_text[nameBegin - 1] == '$'
        && !m_text.first(nameBegin - 1).endsWith("set ");
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
bool NameScan::isPhrase(qsizetype begin, qsizetype end, QByteArrayView value) const
{
    if (value.count(' ') < 11)
        return false;
    const QList<QByteArray> name = wordsOfName(m_text.sliced(begin, end - begin));
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

bool NameScan::isSecret(const Name &given, QByteArrayView value, const AssignedValue &assigned) const
{
    const NameKind name = given.kind;
    if (m_hints.lock && name < NameKind::Strong) // "Firebase: <checksum>"
        return false;
    const ValueTraits t = m_knowledge.values.traitsOf(value);
    const bool named = name >= NameKind::Strong;
    const bool defined = (named && isSetByShell(given.text))
        || (name == NameKind::Password && (assigned.quoted || isFlag(given.text)));
    const bool loose = assigned.link == ValueLink::Blank && !defined;
    if (assigned.link == ValueLink::Argument && isName(value)) // a list of names
        return false;
    // A made-up value is let pass unless a name insists on it and it is as long as a token.
    if (t.madeUp && (m_hints.test || t.kind == ValueKind::Number || !(named && t.length >= 16 && t.distinct >= 5)))
        return false;
    if (m_hints.fixture && !isLiveToken(t, named && !loose))
        return false;
    switch (t.kind) {
    case ValueKind::Uuid:
        return named || (name == NameKind::Provider && !loose);
    case ValueKind::Hex:
        if (loose) // fingerprints in logs, commits in lists
            return named && t.upper == 0 && t.length != 40;
        return named || t.length >= 32;
    case ValueKind::Number:
        return named && t.length >= 15 && t.distinct >= 5;
    case ValueKind::Random:
        if (name != NameKind::Password && value.contains(':') && t.signs - value.count(':') < 6)
            return false; // pairs of an id and a secret have formats of their own
        if (t.length < 24 && isPlainKey(given.text))
            return false;
        if (!named || loose)
            return t.length >= 16 && (t.digits > 0 ? t.surprise > 20 : t.length >= 20 && t.surprise > 40);
        return assigned.quoted || t.digits > 0 || t.surprise > 30;
    case ValueKind::Password:
        if (name == NameKind::Strong) // for a secret somebody took a password
            return t.length >= 10 && t.digits >= 2 && t.lower + t.upper >= 4 && hasStrongSign(value)
                && isChosenPassword(given.text, value, t, assigned);
        return name == NameKind::Password
            && (isChosenPassword(given.text, value, t, assigned) || isInConnection(assigned));
    case ValueKind::Words:
        return name == NameKind::Password
            && (isInConnection(assigned) || isWrittenPassphrase(given.text, value, assigned))
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

bool NameScan::isWrittenPassphrase(QByteArrayView name, QByteArrayView value, const AssignedValue &assigned) const
{
    return !m_hints.test && !assigned.wrapped && assigned.link != ValueLink::Argument && isWrittenDown(name, assigned)
        && m_knowledge.passphrases.isOne(value);
}

/// `;Password=…;` of a connection string, `&password=…` of a query, ` password=… dbname=…` of libpq.
bool NameScan::isParameter(const AssignedValue &assigned) const
{
    qsizetype at = assigned.begin;
    while (at > 0 && at > assigned.begin - longestName
           && (nameBytes.contains(m_text[at - 1]) || m_text[at - 1] == '=' || m_text[at - 1] == ' '))
        --at;
    const char before = at > 0 ? m_text[at - 1] : '\0';
    const char behind = assigned.end < m_text.size() ? m_text[assigned.end] : '\0';
    const bool between = before == ';' || before == '&' || before == '?' || before == ',';
    return (between || followsParameter(assigned.begin)) && assigned.link == ValueLink::Assigned
        && QByteArrayView(";&,\"'\n\r \0", 9).contains(behind);
}

/// `host=h user=u password=…`: the word in front of the name is a parameter, too.
bool NameScan::followsParameter(qsizetype valueBegin) const
{
    qsizetype at = valueBegin - 1;
    while (at > 0 && at > valueBegin - longestName && m_text[at - 1] != ' ' && m_text[at - 1] != '\n')
        --at;
    const qsizetype end = at - 1;
    if (at <= 1 || m_text[end] != ' ')
        return false;
    while (at > 1 && at > end - longestName && m_text[at - 2] != ' ' && m_text[at - 2] != '\n')
        --at;
    const QByteArrayView word = m_text.sliced(at - 1, end - at + 1);
    const qsizetype sign = word.indexOf('=');
    return sign > 0 && sign + 1 < word.size() && word[sign - 1] != ':' && word[sign + 1] != '=';
}

/// A parameter beside others that say where a server is: whatever stands there is the password of that server.
bool NameScan::isInConnection(const AssignedValue &assigned) const
{
    const QByteArrayView value = m_text.sliced(assigned.begin, assigned.end - assigned.begin);
    if (!isParameter(assigned) || m_hints.test || readsAsCode(value))
        return false;
    if (value.contains('.')
        && m_knowledge.names.classify(value) >= NameKind::Strong) // connect(addr=a, password=args.password)
        return false;
    qsizetype begin = assigned.begin;
    while (begin > 0 && begin > assigned.begin - longestConnection && m_text[begin - 1] != '\n')
        --begin;
    const QByteArray before = m_text.sliced(begin, assigned.begin - begin).toByteArray().toLower();
    return m_knowledge.lexicon.section("connection-parts").hasPartOf(before);
}

/// As a value, not as code: quoted, in a configuration file, in an element of its own, or behind the name of an
/// environment variable.
bool NameScan::isWrittenDown(QByteArrayView name, const AssignedValue &assigned) const
{
    const bool constant = std::none_of(name.begin(), name.end(), Bytes::isLower);
    const char behind = assigned.end < m_text.size() ? m_text[assigned.end] : '\0';
    switch (assigned.link) {
    case ValueLink::Blank:
        return (assigned.quoted && (constant || beginsLine(name))) || isFlag(name) || isSetByShell(name)
            || standsInLogin(assigned.begin);
    case ValueLink::Element:
        return assigned.quoted || m_hints.configuration || (behind == '<' && m_text[assigned.begin - 1] == '>');
    case ValueLink::Assigned:
        return assigned.quoted || m_hints.configuration || m_hints.text || isParameter(assigned)
            || (constant && assigned.end == assigned.lineEnd) || (constant && behind == ' ' && isDirect(assigned));
    case ValueLink::Argument:
        break;
    }
    return assigned.quoted || m_hints.configuration;
}

/// `storePassword 'value'`, `@db_password "value"`: a statement of its own.
bool NameScan::beginsLine(QByteArrayView name) const
{
    qsizetype at = name.data() - m_text.data();
    at -= at > 0 && (m_text[at - 1] == '@' || m_text[at - 1] == ':') ? 1 : 0;
    while (at > 0 && Bytes::blank.contains(m_text[at - 1]))
        --at;
    return at == 0 || m_text[at - 1] == '\n';
}

/// `--name value`
bool NameScan::isFlag(QByteArrayView name) const
{
    const qsizetype at = name.data() - m_text.data();
    return at > 2 && m_text[at - 1] == '-' && m_text[at - 2] == '-' && Bytes::space.contains(m_text[at - 3]);
}

/// `set -gx NAME value`, `setx NAME value`, `ENV NAME value`, and the definitions of Lisp and C
bool NameScan::isSetByShell(QByteArrayView name) const
{
    const qsizetype at = name.data() - m_text.data();
    const qsizetype from = std::max<qsizetype>(0, at - 16);
    const QByteArrayView before = m_text.sliced(from, at - from);
    const QByteArrayView line = before.sliced(before.lastIndexOf('\n') + 1).trimmed();
    static constexpr std::array setters{"setx",   "ENV",   "set -gx", "set -x",  "set -Ux",
                                        "setenv", "(setq", "(def",    "(defvar", "(defconst"};
    return std::ranges::any_of(setters, [&](const char *setter) { return line == QByteArrayView(setter); });
}

/// `NAME=value command`, without blanks around the sign.
bool NameScan::isDirect(const AssignedValue &assigned) const
{
    return assigned.begin > 1 && m_text[assigned.begin - 1] == '=' && Bytes::word.contains(m_text[assigned.begin - 2]);
}

/// `machine host login name password value`, as .netrc has it.
bool NameScan::standsInLogin(qsizetype valueBegin) const
{
    const qsizetype from = std::max<qsizetype>(0, valueBegin - longestConnection);
    const QByteArrayView before = m_text.sliced(from, valueBegin - from);
    const QByteArrayView line = before.sliced(before.lastIndexOf('\n') + 1);
    return line.contains(" login ") && (line.startsWith("machine ") || line.startsWith("default "));
}

/// Not random enough to be sure, so it has to be written down as a value and must not read like a name or a text.
bool NameScan::isChosenPassword(QByteArrayView name, QByteArrayView value, const ValueTraits &traits,
                                const AssignedValue &assigned) const
{
    if (m_hints.test || assigned.wrapped || traits.length < 6 || readsAsCode(value) || !isWrittenDown(name, assigned))
        return false;
    constexpr ByteSet structure = Bytes::with({}, "()[]{}<> \t,;");
    if (std::any_of(value.begin(), value.end(), [&](char c) { return structure.contains(c); }))
        return false;
    const bool signs = hasStrongSign(value);
    if (value.contains(':') && value.contains('@')) // user:password@host
        return false;
    if (value.endsWith('=') && !assigned.quoted) // the next attribute
        return false;
    if (!m_hints.configuration && !m_hints.text && isInCodeComment(m_text, assigned.begin))
        return false;
    const bool letters = traits.lower + traits.upper > 1;
    return letters && (signs || traits.digits > 0) && (signs || traits.surprise > -12 || traits.digits > 2);
}

} // namespace AutoCommit
