#include "core/privacy/namescan.h"

#include <algorithm>

namespace AutoCommit {

namespace {

constexpr qsizetype longestName = 80;
constexpr ByteSet nameBytes = Bytes::with(Bytes::word, ".-$");

bool isGrouped(QByteArrayView text, qsizetype at)
{
    return at >= 0 && nameBytes.contains(text[at]);
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
    while (end < last && nameBytes.contains(m_text[end]))
        ++end;
    m_lastEnd = end;
    if (end - begin > longestName)
        return;
    while (end > begin && !Bytes::alnum.contains(m_text[end - 1]))
        --end;
    while (begin < end && !Bytes::alnum.contains(m_text[begin]))
        ++begin;
    constexpr int mostInside = 8;
    if (begin >= m_valueEnd)
        m_namesInside = 0;
    else if (++m_namesInside > mostInside) // "key=key=key=…": nobody writes so
        return;
    const NameKind kind = kindOfName(begin, end);
    if (kind <= NameKind::None)
        return;
    auto assigned = findAssignedValue(m_text, begin, end);
    if (!assigned)
        return;
    m_valueEnd = std::max(m_valueEnd, assigned->end);
    QByteArrayView value = m_text.sliced(assigned->begin, assigned->end - assigned->begin);
    if (m_hints.configuration && !assigned->quoted && kind == NameKind::Password)
        value = m_text.sliced(assigned->begin, assigned->lineEnd - assigned->begin);
    const qsizetype valueEnd = assigned->begin + value.size();
    const bool cut = m_text.sliced(valueEnd, std::min<qsizetype>(3, m_text.size() - valueEnd)).contains("..");
    if (!cut && isSecret(kind, value, *assigned))
        m_hits.push_back(
            {.begin = assigned->begin, .end = valueEnd, .rule = "credential", .certainty = Certainty::Named});
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

bool NameScan::isSecret(NameKind name, QByteArrayView value, const AssignedValue &assigned) const
{
    const ValueTraits t = m_knowledge.values.traitsOf(value);
    const bool loose = assigned.link == ValueLink::Blank;
    const bool named = name >= NameKind::Strong;
    switch (t.kind) {
    case ValueKind::Uuid:
        return named || (name == NameKind::Provider && !loose);
    case ValueKind::Hex:
        return named || (t.length >= 32 && !loose);
    case ValueKind::Number:
        return named && t.length >= 15 && t.distinct >= 5;
    case ValueKind::Random:
        if (!named || loose)
            return t.length >= 16 && t.digits > 0 && t.surprise > 20;
        return assigned.quoted || t.digits > 0 || t.surprise > 30;
    case ValueKind::Password:
        return name == NameKind::Password && isChosenPassword(value, t, assigned);
    default:
        return false;
    }
}

/// Not random enough to be sure, so it has to be written down as a value and must not read like a name or a text.
bool NameScan::isChosenPassword(QByteArrayView value, const ValueTraits &traits, const AssignedValue &assigned) const
{
    if (m_hints.test || assigned.link == ValueLink::Blank || assigned.wrapped || traits.length < 6)
        return false;
    if (!assigned.quoted && !m_hints.configuration)
        return false;
    constexpr ByteSet structure = Bytes::with({}, "()[]{}<> \t,;");
    if (std::any_of(value.begin(), value.end(), [&](char c) { return structure.contains(c); }))
        return false;
    constexpr ByteSet strongSigns = Bytes::with({}, "!@#$%^&*+=?~");
    const bool signs = std::any_of(value.begin(), value.end(), [&](char c) { return strongSigns.contains(c); });
    const bool letters = traits.lower + traits.upper > 1;
    return letters && (signs || traits.digits > 0) && (signs || traits.surprise > -12 || traits.digits > 2);
}

} // namespace AutoCommit
