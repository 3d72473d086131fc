#include "core/privacy/assignment.h"

#include "core/privacy/byteset.h"

#include <algorithm>
#include <array>

namespace AutoCommit {

namespace {

constexpr qsizetype longestValue = 1024;
constexpr qsizetype longestGap = 200;

constexpr ByteSet quotes = Bytes::with({}, "\"'`");
constexpr ByteSet closers = Bytes::with({}, "\"'`])}*\\");
constexpr ByteSet operators = Bytes::with({}, "=:>|?+.-~<");
constexpr ByteSet bareEnds = Bytes::with({}, " \t\r\n\"'`<>,;()[]{}|&");

/// Words that stand between a name and its type or its operator: `token: str = …`, `var token string = …`.
constexpr std::array typeWords{"as",           "str",      "string", "bytes",    "text",    "char",    "wchar_t",
                               "final",        "const",    "static", "any",      "object",  "auto",    "let",
                               "var",          "val",      "option", "optional", "qstring", "varchar", "secretstr",
                               "securestring", "nsstring", "byte",   "uint8",    "u8",      "&str"};

/// Names of the place for a value, behind which it follows: `name: TOKEN, value: …`, `key="Token" value="…"`.
constexpr std::array carriers{"value", "val",     "default",  "defaultvalue", "content",  "string", "data",
                              "text",  "literal", "contents", "plaintext",    "password", "secret"};

/// Authentication schemes in front of the secret itself.
constexpr std::array schemes{"bearer", "basic", "token", "apikey", "api-key", "key", "digest", "ssws", "geniekey",
                             "splunk", "is",    "was",   "oauth",  "bot",     "jwt", "=",      "new",  "to"};

template <std::size_t N> bool isOneOf(QByteArrayView word, const std::array<const char *, N> &list)
{
    return std::any_of(list.begin(), list.end(),
                       [&](const char *entry) { return word.compare(entry, Qt::CaseInsensitive) == 0; });
}

class Reader
{
public:
    Reader(QByteArrayView text, qsizetype nameBegin, qsizetype nameEnd)
        : m_text(text)
        , m_nameBegin(nameBegin)
        , m_at(nameEnd)
    { }

    std::optional<AssignedValue> read()
    {
        const char before = m_nameBegin > 0 ? m_text[m_nameBegin - 1] : '\n';
        m_quotedName = quotes.contains(before);
        const bool flag = before == '-';
        const bool element = before == '<' || (before == ':' && m_nameBegin > 1);
        skip(closers, 6);
        if ((peek() == '?' || peek() == '!') && peek(1) == ':') // token?: string
            ++m_at;
        skipArrayBounds();
        const qsizetype closed = m_at;
        if (!skipCarrier()) {
            skip(Bytes::blank, longestGap);
            const bool gap = m_at > closed;
            skipType();
            if (!link(element, flag, gap))
                return std::nullopt;
        }
        return value();
    }

private:
    char peek(qsizetype ahead = 0) const { return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0'; }

    void skip(const ByteSet &set, qsizetype most)
    {
        const qsizetype limit = std::min(m_text.size(), m_at + most);
        while (m_at < limit && set.contains(m_text[m_at]))
            ++m_at;
    }

    QByteArrayView word(const ByteSet &set) const
    {
        qsizetype end = m_at;
        while (end < m_text.size() && end < m_at + 40 && set.contains(m_text[end]))
            ++end;
        return m_text.sliced(m_at, end - m_at);
    }

    /// `[]` and `[32]` behind a name
    void skipArrayBounds()
    {
        if (peek() != '[')
            return;
        qsizetype end = 1;
        while (Bytes::isDigit(peek(end)))
            ++end;
        if (peek(end) == ']')
            m_at += end + 1;
    }

    /// `: str =`, `string =`, `: Option<String> =`, `: &'static str =`
    void skipType()
    {
        const qsizetype start = m_at;
        if (peek() == ':' && peek(1) != ':' && peek(1) != '=')
            ++m_at;
        for (int words = 0; words < 3; ++words) {
            skip(Bytes::with(Bytes::blank, "&*'?"), 8);
            const QByteArrayView type = word(Bytes::with(Bytes::word, ".:<[&"));
            qsizetype tail = type.size();
            while (tail > 0 && Bytes::word.contains(type[tail - 1]))
                --tail;
            if (type.isEmpty() || !isOneOf(type.sliced(tail), typeWords))
                break;
            m_at += type.size();
            skip(Bytes::with(Bytes::blank, ">]?[0123456789*|"), 12);
            if (peek() == '=' || peek() == ':')
                return;
        }
        m_at = start;
    }

    /// Behind a `{{` of the same line that is still open.
    bool isInTemplate() const
    {
        const qsizetype from = std::max<qsizetype>(0, m_nameBegin - longestGap);
        const QByteArrayView before = m_text.sliced(from, m_nameBegin - from);
        const QByteArrayView line = before.sliced(before.lastIndexOf('\n') + 1);
        return line.lastIndexOf(QByteArrayView("{{")) > line.lastIndexOf(QByteArrayView("}}"));
    }

    /// Moves over what ties the value to the name; false if nothing does.
    bool link(bool element, bool flag, bool gap)
    {
        const char c = peek();
        if (c == '=' || (c == ':' && peek(1) != ':') || (c == ':' && peek(2) == '=') || (c == ':' && peek(3) == '=')
            || ((c == '?' || c == '+' || c == '.' || c == '|') && peek(1) == '=') || (c == '-' && peek(1) == '>')
            || (c == '!' && peek(1) == '=') || (c == '|' && peek(1) == '|' && peek(2) == '=')
            || (c == '?' && peek(1) == '?' && peek(2) == '=') || (c == '|' && peek(1) == '|' && peek(2) == ':')) {
            m_value.link = ValueLink::Assigned;
            skip(operators, 4);
        } else if (c == '>' && element) {
            m_value.link = ValueLink::Element;
            ++m_at;
        } else if (c == '>' && m_quotedName) {
            m_value.link = ValueLink::Element;
            ++m_at;
        } else if (c == '|' && isInTemplate()) { // {{ .password | quote }}
            return false;
        } else if (c == '|' || c == '\t') {
            m_value.link = ValueLink::Element;
            skip(Bytes::with(Bytes::blank, "|"), 8);
        } else if (c == '(' || (c == ',' && m_quotedName)) {
            m_value.link = ValueLink::Argument;
            ++m_at;
        } else if (c == '{' && quotes.contains(peek(1))) { // name{"value"}
            m_value.link = ValueLink::Assigned;
            ++m_at;
        } else if (gap || flag) {
            m_value.link = ValueLink::Blank;
        } else {
            return false;
        }
        return true;
    }

    std::optional<AssignedValue> value()
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

    /// Behind a name that is itself a value: ` value="`, `, "value": "`, `</key><string>`, `\n  value: `.
    bool skipCarrier()
    {
        const qsizetype start = m_at;
        skip(Bytes::with(Bytes::space, ",;/>\"'-\\"), 60);
        if (peek() == '<') {
            ++m_at;
            if (peek() == '/') { // the end of the name's own element
                while (m_at < m_text.size() && m_at < start + 80 && m_text[m_at] != '>')
                    ++m_at;
                skip(Bytes::with(Bytes::space, ">"), longestGap);
                if (peek() == '<')
                    ++m_at;
            }
        }
        skipBlockStart();
        skip(quotes, 1);
        const QByteArrayView carrier = word(Bytes::word);
        if (isOneOf(carrier, carriers)) {
            const qsizetype inside = m_at;
            m_at += carrier.size();
            skip(Bytes::with(Bytes::blank, "\"'\\"), 6);
            if (peek() == '=' || peek() == ':' || (peek() == '>' && m_text[inside - 1] == '<')) {
                skip(Bytes::with(operators, " \t"), 8);
                m_value.link = ValueLink::Assigned;
                return true;
            }
        }
        m_at = start;
        return false;
    }

    /// Terraform: `variable "name" {`, other attributes, `default = `.
    void skipBlockStart()
    {
        if (peek() != '{' || (peek(1) != '\n' && peek(1) != '\r'))
            return;
        const QByteArrayView block = m_text.sliced(m_at, std::min(longestGap, m_text.size() - m_at));
        const qsizetype attribute = block.indexOf(" default ");
        if (attribute > 0 && block.first(attribute).indexOf('}') < 0)
            m_at += attribute + 1;
    }

    void skipSchemes()
    {
        for (int round = 0; round < 2; ++round) {
            qsizetype quote = quotes.contains(peek()) ? 1 : peek() == '\\' && quotes.contains(peek(1)) ? 2 : 0;
            m_at += quote;
            const QByteArrayView scheme = word(Bytes::with(Bytes::word, "-="));
            const char behind = peek(scheme.size());
            if (scheme.isEmpty() || !isOneOf(scheme, schemes) || (behind != ' ' && behind != ':')) {
                m_at -= quote;
                return;
            }
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
        if (m_at > opening && (peek() == '\n' || peek() == '\r'))
            skip(Bytes::space, longestGap);
        for (qsizetype n = 1; n <= 2; ++n) {
            if (quotes.contains(peek(n)) && Bytes::with({}, "bBrRuUfFL@$s").contains(peek()))
                m_at += n;
        }
        const QByteArrayView callee = word(Bytes::with(Bytes::word, ".:$&* "));
        if (!callee.isEmpty() && peek(callee.size()) == '(' && Bytes::word.contains(callee.back())) {
            qsizetype inner = callee.size() + 1;
            while (Bytes::blank.contains(peek(inner)))
                ++inner;
            if (peek(inner) == 'b' && quotes.contains(peek(inner + 1)))
                ++inner;
            if (quotes.contains(peek(inner))) {
                m_at += inner;
                m_value.wrapped = !skipToFallback();
            }
        }
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
        if (at >= rest || !quotes.contains(call[at]))
            return false;
        m_at += at;
        return true;
    }

    bool open()
    {
        char quote = m_openQuote;
        bool escaped = false;
        if (quote == '\0' && quotes.contains(peek())) {
            quote = peek();
            ++m_at;
            if (peek() == quote && peek(1) == quote) // """ or an empty string
                m_at += 2;
        } else if (quote == '\0' && peek() == '\\' && quotes.contains(peek(1))) {
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
        while (!inside && i > m_at && (m_text[i - 1] == '.' || m_text[i - 1] == ':' || m_text[i - 1] == '!'))
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

    QByteArrayView m_text;
    qsizetype m_nameBegin;
    qsizetype m_at;
    bool m_quotedName = false;
    char m_openQuote = '\0';
    AssignedValue m_value;
};

} // namespace

std::optional<AssignedValue> findAssignedValue(QByteArrayView text, qsizetype nameBegin, qsizetype nameEnd)
{
    return Reader(text, nameBegin, nameEnd).read();
}

} // namespace AutoCommit
