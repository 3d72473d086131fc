#include "core/privacy/assignmentlink.h"

#include "core/privacy/textcursor.h"

namespace AutoCommit {

namespace {

constexpr qsizetype longestLink = 200; ///< between a name and what is given to it

constexpr ByteSet nameClosers = Bytes::with({}, "\"'`])}*\\");
constexpr ByteSet operators = Bytes::with({}, "=:>|?+.-~<");

/// Words that stand between a name and its type or its operator: `token: str = …`, `var token string = …`.
constexpr std::array typeWords{"as",           "str",      "string", "bytes",    "text",    "char",    "wchar_t",
                               "final",        "const",    "static", "any",      "object",  "auto",    "let",
                               "var",          "val",      "option", "optional", "qstring", "varchar", "secretstr",
                               "securestring", "nsstring", "byte",   "uint8",    "u8",      "&str"};

/// Names of the place for a value, behind which it follows: `name: TOKEN, value: …`, `key="Token" value="…"`.
constexpr std::array carriers{"value", "val",     "default",  "defaultvalue", "content",  "string", "data",
                              "text",  "literal", "contents", "plaintext",    "password", "secret"};

class LinkReader : private TextCursor
{
public:
    LinkReader(QByteArrayView text, qsizetype nameBegin, qsizetype nameEnd)
        : TextCursor(text, nameEnd)
        , m_nameBegin(nameBegin)
    { }

    std::optional<AssignmentLink> read()
    {
        const char before = m_nameBegin > 0 ? m_text[m_nameBegin - 1] : '\n';
        m_quotedName = quoteBytes.contains(before);
        const bool flag = before == '-';
        const bool element = before == '<' || (before == ':' && m_nameBegin > 1);
        skip(nameClosers, 6);
        if ((peek() == '?' || peek() == '!') && peek(1) == ':') // token?: string
            ++m_at;
        skipArrayBounds();
        const qsizetype closed = m_at;
        if (!skipCarrier()) {
            skip(Bytes::blank, longestLink);
            const bool gap = m_at > closed;
            skipType();
            if (!link(element, flag, gap))
                return std::nullopt;
        }
        return AssignmentLink{.link = m_link, .end = m_at};
    }

private:
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
            if (type.isEmpty() || !isAmong(type.sliced(tail), typeWords))
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
        const qsizetype from = std::max<qsizetype>(0, m_nameBegin - longestLink);
        const QByteArrayView before = m_text.sliced(from, m_nameBegin - from);
        const QByteArrayView line = before.sliced(before.lastIndexOf('\n') + 1);
        return line.lastIndexOf(QByteArrayView("{{")) > line.lastIndexOf(QByteArrayView("}}"));
    }

    /// Moves over what ties the value to the name; false if nothing does.
    bool link(bool element, bool flag, bool gap)
    {
        const char c = peek();
        if (c == ':' && peek(1) == '/' && peek(2) == '/') // mapbox://…
            return false;
        if (c == '=' || (c == ':' && peek(1) != ':') || (c == ':' && peek(2) == '=') || (c == ':' && peek(3) == '=')
            || ((c == '?' || c == '+' || c == '.' || c == '|') && peek(1) == '=') || (c == '-' && peek(1) == '>')
            || (c == '!' && peek(1) == '=') || (c == '|' && peek(1) == '|' && peek(2) == '=')
            || (c == '?' && peek(1) == '?' && peek(2) == '=') || (c == '|' && peek(1) == '|' && peek(2) == ':')) {
            m_link = ValueLink::Assigned;
            skip(operators, 4);
        } else if (c == '<' && peek(1) == '-') { // R, and channels of Go
            m_link = ValueLink::Assigned;
            m_at += 2;
        } else if (c == '>' && element && peek(1) != '@') { // not https://<user>:<password>@host
            m_link = ValueLink::Element;
            ++m_at;
        } else if (c == '>' && m_quotedName) {
            m_link = ValueLink::Element;
            ++m_at;
        } else if (c == '|' && isInTemplate()) { // {{ .password | quote }}
            return false;
        } else if (c == '|' || c == '\t') {
            m_link = ValueLink::Element;
            skip(Bytes::with(Bytes::blank, "|"), 8);
        } else if (c == '(' || (c == ',' && m_quotedName)) {
            m_link = ValueLink::Argument;
            ++m_at;
        } else if (c == '{' && quoteBytes.contains(peek(1))) { // name{"value"}
            m_link = ValueLink::Assigned;
            ++m_at;
        } else if (gap || flag) {
            m_link = ValueLink::Blank;
        } else {
            return false;
        }
        return true;
    }

    /// `name: TOKEN`, `"TOKEN"`, `<key>TOKEN`: a value itself, no word of a sentence.
    bool isGivenName() const
    {
        qsizetype at = m_nameBegin;
        while (at > 0 && Bytes::blank.contains(m_text[at - 1]))
            --at;
        return at > 0 && QByteArrayView(":=>\"'`").contains(m_text[at - 1]);
    }

    /// Behind a name that is itself a value: ` value="`, `, "value": "`, `</key><string>`, `\n  value: `.
    bool skipCarrier()
    {
        const qsizetype start = m_at;
        skip(Bytes::with(Bytes::space, ",;/>\"'-\\"), 60);
        if (m_text.sliced(start, m_at - start).contains('\n') && !isGivenName()) {
            m_at = start;
            return false;
        }
        if (peek() == '<') {
            ++m_at;
            if (peek() == '/') { // the end of the name's own element
                while (m_at < m_text.size() && m_at < start + 80 && m_text[m_at] != '>')
                    ++m_at;
                skip(Bytes::with(Bytes::space, ">"), longestLink);
                if (peek() == '<')
                    ++m_at;
            }
        }
        skipBlockStart();
        skipAttributes();
        skip(quoteBytes, 1);
        const QByteArrayView carrier = word(Bytes::word);
        if (isAmong(carrier, carriers)) {
            const qsizetype inside = m_at;
            m_at += carrier.size();
            skip(Bytes::with(Bytes::blank, "\"'\\"), 6);
            const bool element = peek() == '>' && m_text[inside - 1] == '<';
            if (peek() == '=' || peek() == ':' || element) {
                skip(Bytes::with(operators, " \t"), 8);
                m_link = element ? ValueLink::Element : ValueLink::Assigned;
                return true;
            }
        }
        m_at = start;
        return false;
    }

    /// CloudFormation: `Name:`, other attributes in lines with more indentation, `Default: `.
    void skipAttributes()
    {
        if (peek() != ':' || (peek(1) != '\n' && peek(1) != '\r'))
            return;
        const auto indentationAt = [&](qsizetype at) {
            qsizetype blanks = 0;
            while (at + blanks < m_text.size() && m_text[at + blanks] == ' ')
                ++blanks;
            return blanks;
        };
        qsizetype line = m_nameBegin;
        while (line > 0 && line > m_nameBegin - longestLink && m_text[line - 1] != '\n')
            --line;
        const qsizetype own = indentationAt(line);
        const qsizetype limit = std::min(m_text.size(), m_at + longestLink);
        for (qsizetype at = m_at + 1; at < limit; ++at) {
            if (m_text[at] != '\n')
                continue;
            const qsizetype deeper = indentationAt(at + 1);
            if (deeper <= own)
                return;
            if (m_text.sliced(at + 1 + deeper).startsWith("Default: ")) {
                m_at = at + 1 + deeper;
                return;
            }
        }
    }

    /// Terraform: `variable "name" {`, other attributes, `default = `.
    void skipBlockStart()
    {
        if (peek() != '{' || (peek(1) != '\n' && peek(1) != '\r'))
            return;
        const QByteArrayView block = m_text.sliced(m_at, std::min(longestLink, m_text.size() - m_at));
        const qsizetype attribute = block.indexOf(" default ");
        if (attribute > 0 && block.first(attribute).indexOf('}') < 0)
            m_at += attribute + 1;
    }

    qsizetype m_nameBegin;
    bool m_quotedName = false;
    ValueLink m_link = ValueLink::Assigned;
};

} // namespace

std::optional<AssignmentLink> findAssignmentLink(QByteArrayView text, qsizetype nameBegin, qsizetype nameEnd)
{
    return LinkReader(text, nameBegin, nameEnd).read();
}

} // namespace AutoCommit
