#include "core/recovery/strictjson.h"

namespace AutoCommit {

void StrictJson::skipBlanks()
{
    while (m_at < m_text.size()
           && (m_text[m_at] == ' ' || m_text[m_at] == '\n' || m_text[m_at] == '\t' || m_text[m_at] == '\r'))
        ++m_at;
}

bool StrictJson::take(char symbol)
{
    skipBlanks();
    if (m_at >= m_text.size() || m_text[m_at] != symbol)
        return false;
    ++m_at;
    return true;
}

std::optional<QByteArray> StrictJson::string()
{
    if (!take('"'))
        return std::nullopt;
    const qsizetype begin = m_at;
    for (; m_at < m_text.size(); ++m_at) {
        const char c = m_text[m_at];
        if (c == '"')
            return m_text.mid(begin, m_at++ - begin);
        if (c == '\\' || static_cast<unsigned char>(c) < 0x20)
            return std::nullopt;
    }
    return std::nullopt;
}

std::optional<int> StrictJson::number()
{
    skipBlanks();
    const qsizetype begin = m_at;
    while (m_at < m_text.size() && m_text[m_at] >= '0' && m_text[m_at] <= '9')
        ++m_at;
    const QByteArray digits = m_text.mid(begin, m_at - begin);
    if (digits.isEmpty() || digits.size() > 5 || (digits.size() > 1 && digits[0] == '0'))
        return std::nullopt;
    return digits.toInt(); // a sign, a fraction or an exponent is then no comma or bracket
}

bool StrictJson::atEnd()
{
    skipBlanks();
    return m_at == m_text.size();
}

} // namespace AutoCommit
