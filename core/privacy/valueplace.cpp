#include "core/privacy/valueplace.h"

#include "core/privacy/byteset.h"

#include <QByteArray>

#include <algorithm>
#include <array>

namespace AutoCommit {

namespace {

constexpr qsizetype longestWord = 80;
constexpr ByteSet parameterName = Bytes::with(Bytes::word, ".-$=");

/// The text of the line in front of `at`, not more than `most` bytes.
QByteArrayView lineUpTo(QByteArrayView text, qsizetype at, qsizetype most)
{
    const qsizetype from = std::max<qsizetype>(0, at - most);
    const QByteArrayView before = text.sliced(from, at - from);
    return before.sliced(before.lastIndexOf('\n') + 1);
}

} // namespace

QByteArrayView ValuePlace::lineBefore() const
{
    constexpr qsizetype longestLine = 300;
    return lineUpTo(m_text, m_assigned.begin, longestLine);
}

bool ValuePlace::isInResourceName() const
{
    const qsizetype from = std::max<qsizetype>(0, m_nameBegin - longestWord);
    const QByteArrayView before = m_text.sliced(from, m_nameBegin - from);
    const qsizetype arn = before.lastIndexOf(QByteArrayView("arn:"));
    return before.endsWith(':') && arn >= 0
        && std::none_of(before.begin() + arn, before.end(), [](char c) { return Bytes::space.contains(c); });
}

bool ValuePlace::isNameOfVariable() const
{
    if (m_nameBegin == 0)
        return false;
    const char before = m_text[m_nameBegin - 1];
    if (before == '{' && m_nameBegin > 1 && m_text[m_nameBegin - 2] == '$' && m_nameEnd < m_text.size()
        && m_text[m_nameEnd] == '}')
        return true; // ${NAME}; of ${NAME:-value} the value is one
    const bool piped = m_assigned.link == ValueLink::Element && !lineBefore().trimmed().startsWith('|'); // no table
    const bool loose = m_assigned.link == ValueLink::Blank || piped;
    return before == '$' && loose && !m_text.first(m_nameBegin - 1).endsWith("set "); // nginx: set $name value
}

bool ValuePlace::isParameter() const
{
    qsizetype at = m_assigned.begin;
    while (at > 0 && at > m_assigned.begin - longestWord
           && (parameterName.contains(m_text[at - 1]) || m_text[at - 1] == ' '))
        --at;
    const char before = at > 0 ? m_text[at - 1] : '\0';
    const char behind = m_assigned.end < m_text.size() ? m_text[m_assigned.end] : '\0';
    const bool between = before == ';' || before == '&' || before == '?' || before == ',';
    return (between || followsParameter()) && m_assigned.link == ValueLink::Assigned
        && QByteArrayView(";&,\"'\n\r \0", 9).contains(behind);
}

/// `host=h user=u password=…`: the word in front of the name is a parameter, too.
bool ValuePlace::followsParameter() const
{
    qsizetype at = m_assigned.begin - 1;
    while (at > 0 && at > m_assigned.begin - longestWord && m_text[at - 1] != ' ' && m_text[at - 1] != '\n')
        --at;
    const qsizetype end = at - 1;
    if (at <= 1 || m_text[end] != ' ')
        return false;
    while (at > 1 && at > end - longestWord && m_text[at - 2] != ' ' && m_text[at - 2] != '\n')
        --at;
    const QByteArrayView word = m_text.sliced(at - 1, end - at + 1);
    const qsizetype sign = word.indexOf('=');
    return sign > 0 && sign + 1 < word.size() && word[sign - 1] != ':' && word[sign + 1] != '=';
}

bool ValuePlace::isWrittenDown() const
{
    const QByteArrayView given = name();
    const bool constant = std::none_of(given.begin(), given.end(), Bytes::isLower);
    const char behind = m_assigned.end < m_text.size() ? m_text[m_assigned.end] : '\0';
    const bool quoted = m_assigned.quoted;
    switch (m_assigned.link) {
    case ValueLink::Blank:
        return (quoted && (constant || beginsLine() || isKeyword())) || (m_assigned.stated && m_hints.text) || isFlag()
            || isSetByShell() || standsInLogin();
    case ValueLink::Element:
        return quoted || m_hints.configuration || (behind == '<' && m_text[m_assigned.begin - 1] == '>');
    case ValueLink::Assigned:
        return quoted || m_hints.configuration || m_hints.text || isParameter()
            || (constant && m_assigned.end == m_assigned.lineEnd) || (constant && behind == ' ' && isDirect());
    case ValueLink::Argument:
        break;
    }
    return quoted || m_hints.configuration;
}

/// `storePassword 'value'`, `@db_password "value"`, `#define dbPassword "value"`: a statement of its own.
bool ValuePlace::beginsLine() const
{
    qsizetype at = m_nameBegin;
    at -= at > 0 && (m_text[at - 1] == '@' || m_text[at - 1] == ':') ? 1 : 0;
    while (at > 0 && Bytes::blank.contains(m_text[at - 1]))
        --at;
    return at == 0 || m_text[at - 1] == '\n' || m_text.first(at).endsWith(QByteArrayView("#define"));
}

/// `:password "value"` in Clojure's maps.
bool ValuePlace::isKeyword() const
{
    return m_nameBegin > 1 && m_text[m_nameBegin - 1] == ':'
        && QByteArrayView(" {(\n").contains(m_text[m_nameBegin - 2]);
}

bool ValuePlace::isInList() const
{
    return m_assigned.link == ValueLink::Argument && m_nameBegin > 1 && m_text[m_nameBegin - 2] == '[';
}

bool ValuePlace::isIllustrated() const
{
    constexpr qsizetype longestWords = 40;
    constexpr ByteSet openers = Bytes::with(Bytes::blank, "\"'`[({:");
    QByteArrayView before = lineUpTo(m_text, m_nameBegin, longestWords);
    while (!before.isEmpty() && openers.contains(before.back()))
        before.chop(1);
    const QByteArray words = before.toByteArray().toLower();
    static constexpr std::array ends{"example", "examples", "sample", "dummy", "fake", "e.g.", "form of"};
    return std::ranges::any_of(ends, [&](const char *end) { return words.endsWith(end); });
}

bool ValuePlace::isNameItself() const
{
    const QByteArrayView behind = m_text.sliced(m_assigned.end, std::min<qsizetype>(2, m_text.size() - m_assigned.end));
    return m_assigned.quoted && (behind == QByteArrayView("\":") || behind == QByteArrayView("':"));
}

bool ValuePlace::isFlag() const
{
    const qsizetype at = m_nameBegin;
    const bool single
        = m_assigned.quoted && at > 1 && Bytes::space.contains(m_text[at - 2]); // PowerShell, Java's tools
    return at > 2 && m_text[at - 1] == '-'
        && (single || (m_text[at - 2] == '-' && Bytes::space.contains(m_text[at - 3])));
}

bool ValuePlace::isSetByShell() const
{
    constexpr qsizetype longestSetter = 24;
    const QByteArrayView line = lineUpTo(m_text, m_nameBegin, longestSetter).trimmed();
    static constexpr std::array setters{"setx",  "ENV",  "set -gx", "set -x",    "set -Ux",          "setenv",
                                        "(setq", "(def", "(defvar", "(defconst", "proxy_set_header", "fastcgi_param"};
    return std::ranges::any_of(setters, [&](const char *setter) { return line == QByteArrayView(setter); });
}

/// `NAME=value command`, without blanks around the sign.
bool ValuePlace::isDirect() const
{
    const qsizetype at = m_assigned.begin;
    return at > 1 && m_text[at - 1] == '=' && Bytes::word.contains(m_text[at - 2]);
}

/// `machine host login name password value`, as .netrc has it.
bool ValuePlace::standsInLogin() const
{
    constexpr qsizetype longestLogin = 300; // over lines
    const qsizetype from = std::max<qsizetype>(0, m_assigned.begin - longestLogin);
    const QByteArrayView before = m_text.sliced(from, m_assigned.begin - from);
    qsizetype login = before.lastIndexOf(QByteArrayView("login "));
    const qsizetype machine = login < 0 ? -1 : before.first(login).lastIndexOf(QByteArrayView("machine "));
    return machine >= 0 && (machine == 0 || before[machine - 1] == '\n')
        && std::count(before.begin() + login, before.end(), '\n') <= 1;
}

bool ValuePlace::isInCodeComment() const
{
    constexpr qsizetype longestLine = 200;
    const QByteArrayView line = lineUpTo(m_text, m_assigned.begin, longestLine).trimmed();
    return line.startsWith("#  ") || line.startsWith("//  ") || line.startsWith("*  ") || line.startsWith("///")
        || line.startsWith("//!");
}

} // namespace AutoCommit
