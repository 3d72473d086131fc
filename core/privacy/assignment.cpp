#include "core/privacy/assignment.h"

#include "core/privacy/textcursor.h"

namespace AutoCommit {

namespace {

constexpr qsizetype longestValue = 1024;
constexpr qsizetype longestGap = 200;

constexpr ByteSet bareEnds = Bytes::with({}, " \t\r\n\"'`<>,;()[]{}|&");

/// Authentication authSchemes in front of the secret itself.
constexpr std::array authSchemes{"bearer", "basic", "token", "apikey", "api-key", "key", "digest", "ssws", "geniekey",
                                 "splunk", "is",    "was",   "oauth",  "bot",     "jwt", "=",      "new",  "to"};

/// Calls that give back what they are given.
constexpr std::array conversions{"byte", "bytes", "string", "str", "from", "of", "String", "SecretString", "Secret"};

class ValueReader : private TextCursor
{
public:
    ValueReader(QByteArrayView text, const AssignmentLink &link)
        : TextCursor(text, link.end)
    {
        m_value.link = link.link;
    }

    std::optional<AssignedValue> read()
    {
        const qsizetype linked = m_at;
        skipGap();
        const QByteArrayView gap = m_text.sliced(linked, m_at - linked);
        skipSchemes();
        skipPrefix();
        if (!open() || (m_value.link == ValueLink::Element && gap.contains('\n') && !isEndOfElement()))
            return std::nullopt;
        return m_value;
    }

private:
    /// "<dump> <pass>" at the end of a line begins no element.
    bool isEndOfElement() const
    {
        const QByteArrayView behind = m_text.sliced(m_value.end, std::min(longestGap, m_text.size() - m_value.end));
        return behind.trimmed().startsWith('<');
    }

    /// Blanks, at most two line ends with indentation, YAML's block marks.
    void skipGap()
    {
        skip(Bytes::with(Bytes::blank, "*"), longestGap);
        if (m_value.link == ValueLink::Blank)
            return;
        if ((peek() == '|' || peek() == '>') && (peek(1) == '\n' || peek(2) == '\n'))
            m_at += peek(1) == '\n' ? 1 : 2;
        if (peek() == '\\' && (peek(1) == '\n' || peek(1) == '\r'))
            ++m_at;
        if (peek() == '\n' || peek() == '\r')
            skip(Bytes::space, longestGap);
    }

    void skipSchemes()
    {
        for (int round = 0; round < 2; ++round) {
            qsizetype quote = quoteBytes.contains(peek()) ? 1 : peek() == '\\' && quoteBytes.contains(peek(1)) ? 2 : 0;
            m_at += quote;
            const QByteArrayView scheme = word(Bytes::with(Bytes::word, "-="));
            const char behind = peek(scheme.size());
            if (scheme.isEmpty() || !isAmong(scheme, authSchemes) || (behind != ' ' && behind != ':')) {
                m_at -= quote;
                return;
            }
            m_value.stated = m_value.stated || scheme == QByteArrayView("is") || scheme == QByteArrayView("was");
            m_at += scheme.size();
            if (quote == 1)
                m_openQuote = m_text[m_at - scheme.size() - 1];
            skip(Bytes::with(Bytes::blank, ":="), 4);
        }
    }

    /// String prefixes (`b"…"`, `@"…"`), opened lists, and calls whose first argument is a literal.
    void skipPrefix()
    {
        if (m_openQuote != '\0')
            return;
        const qsizetype opening = m_at;
        skip(Bytes::with(Bytes::blank, "[{("), 4);
        if (m_at > opening && peek() == ']') // []byte("…")
            ++m_at;
        if (m_at > opening && (peek() == '\n' || peek() == '\r'))
            skip(Bytes::space, longestGap);
        for (qsizetype n = 1; n <= 2; ++n) {
            if (quoteBytes.contains(peek(n)) && Bytes::with({}, "bBrRuUfFL@$s").contains(peek()))
                m_at += n;
        }
        const QByteArrayView callee = word(Bytes::with(Bytes::word, ".:$&* "));
        if (!callee.isEmpty() && peek(callee.size()) == '(' && Bytes::word.contains(callee.back())) {
            qsizetype inner = callee.size() + 1;
            while (Bytes::blank.contains(peek(inner)))
                ++inner;
            if (peek(inner) == 'b' && quoteBytes.contains(peek(inner + 1)))
                ++inner;
            if (quoteBytes.contains(peek(inner))) {
                m_at += inner;
                m_value.wrapped = !skipToFallback() && !isConversion(callee);
            }
        }
    }

    /// `byte("…")`, `String::from("…")`: the value itself in another type.
    static bool isConversion(QByteArrayView callee)
    {
        qsizetype begin = callee.size();
        while (begin > 0 && Bytes::word.contains(callee[begin - 1]))
            --begin;
        return isAmong(callee.sliced(begin), conversions);
    }

    /// `getenv("NAME") ?: "value"`: the literal that stands in when the call finds nothing.
    bool skipToFallback()
    {
        const qsizetype rest = std::min(longestGap, m_text.size() - m_at);
        const QByteArrayView call = m_text.sliced(m_at, rest);
        const qsizetype closed = call.indexOf(')');
        if (closed < 0 || call.first(closed).contains('\n'))
            return false;
        qsizetype at = closed + 1;
        const auto skipBlanks = [&] {
            while (at < rest && Bytes::blank.contains(call[at]))
                ++at;
        };
        skipBlanks();
        const QByteArrayView sign = call.sliced(at, std::min<qsizetype>(2, rest - at));
        if (sign != QByteArrayView("?:") && sign != QByteArrayView("??") && sign != QByteArrayView("||"))
            return false;
        at += 2;
        skipBlanks();
        if (at >= rest || !quoteBytes.contains(call[at]))
            return false;
        m_at += at;
        return true;
    }

    bool open()
    {
        char quote = m_openQuote;
        bool escaped = false;
        if (quote == '\0' && quoteBytes.contains(peek())) {
            quote = peek();
            ++m_at;
            if (peek() == quote && peek(1) == quote) // """ or an empty string
                m_at += 2;
        } else if (quote == '\0' && peek() == '\\' && quoteBytes.contains(peek(1))) {
            quote = peek(1);
            escaped = true;
            m_at += 2;
        }
        skipSchemes();
        m_value.quoted = quote != '\0';
        m_value.begin = m_at;
        m_value.end = quote != '\0' ? endOfQuoted(quote, escaped) : endOfBare();
        m_value.lineEnd = m_value.end;
        if (quote == '\0')
            findLineEnd();
        return m_value.end > m_value.begin;
    }

    qsizetype endOfQuoted(char quote, bool escaped) const
    {
        const qsizetype limit = std::min(m_text.size(), m_at + longestValue);
        qsizetype i = m_at;
        while (i < limit) {
            const char c = m_text[i];
            if (c == quote || c == '\n' || c == '\r')
                break;
            if (c == '\\' && i + 1 < limit) {
                if (escaped && m_text[i + 1] == quote)
                    break;
                ++i;
            }
            ++i;
        }
        return std::min(i, limit);
    }

    qsizetype endOfBare() const
    {
        const qsizetype limit = std::min(m_text.size(), m_at + longestValue);
        qsizetype i = m_at;
        const bool element = m_value.link == ValueLink::Element; // holds entities such as &amp;
        while (i < limit && (!bareEnds.contains(m_text[i]) || (element && m_text[i] == '&'))) {
            if (m_text[i] == '\\' && i + 1 < limit && Bytes::with({}, "nrt\"'").contains(m_text[i + 1]))
                break;
            ++i;
        }
        const bool inside = i < limit && Bytes::with({}, ";&<\"'").contains(m_text[i]); // no sentence ends here
        const bool sentence = m_value.link == ValueLink::Blank; // where an exclamation mark may end it
        while (!inside && i > m_at
               && (m_text[i - 1] == '.' || m_text[i - 1] == ':' || (sentence && m_text[i - 1] == '!')))
            --i;
        return i;
    }

    void findLineEnd()
    {
        const qsizetype limit = std::min(m_text.size(), m_at + longestValue);
        qsizetype i = m_value.begin;
        while (i < limit && m_text[i] != '\n' && m_text[i] != '\r' && m_text[i] != '\0')
            ++i;
        while (i > m_value.begin && Bytes::blank.contains(m_text[i - 1]))
            --i;
        m_value.lineEnd = i;
    }

    char m_openQuote = '\0';
    AssignedValue m_value;
};

} // namespace

std::optional<AssignedValue> findAssignedValue(QByteArrayView text, qsizetype nameBegin, qsizetype nameEnd)
{
    const auto link = findAssignmentLink(text, nameBegin, nameEnd);
    return link ? ValueReader(text, *link).read() : std::nullopt;
}

} // namespace AutoCommit
