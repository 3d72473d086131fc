#include "core/privacy/shapeanchors.h"

#include <algorithm>
#include <optional>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr ByteSet hexDigits = Bytes::with({}, "0123456789abcdefABCDEF");

class Parser
{
public:
    Parser(QByteArrayView text, ByteSetNumbers &numbers)
        : m_text(text)
        , m_numbers(numbers)
    {
        if (m_text.startsWith("(?i)")) {
            m_anyCase = true;
            m_at = 4;
        }
    }

    std::optional<Shape::Sequence> all()
    {
        auto nodes = sequence();
        if (m_at != m_text.size())
            m_failed = true;
        return m_failed ? std::nullopt : std::optional(std::move(nodes));
    }

private:
    bool atEnd() const { return m_at >= m_text.size(); }
    char peek() const { return atEnd() ? '\0' : m_text[m_at]; }

    char next()
    {
        if (atEnd()) {
            m_failed = true;
            return '\0';
        }
        return m_text[m_at++];
    }

    Shape::Sequence sequence()
    {
        Shape::Sequence nodes;
        while (!atEnd() && peek() != '|' && peek() != ')' && !m_failed)
            nodes.push_back(node());
        return nodes;
    }

    Shape::Node node()
    {
        Shape::Node node;
        const char c = next();
        if (c == '(') {
            do {
                node.choices.push_back(sequence());
            } while (peek() == '|' && next() == '|');
            m_failed = next() != ')' || m_failed;
        } else if (c == '[') {
            node.set = bracket();
        } else if (c == '\\' && peek() == 'u') {
            next();
            node.choices.push_back(uuid());
        } else if (c == '\\') {
            escaped(node.set);
        } else {
            m_failed = m_failed || c == '+' || c == '*' || c == '?' || c == '.' || c == '{';
            addLetter(node.set, c);
        }
        node.setId = m_numbers.numberOf(node.set);
        quantifier(node);
        return node;
    }

    Shape::Node repeated(const ByteSet &set, int count)
    {
        Shape::Node node;
        node.set = set;
        node.setId = m_numbers.numberOf(set);
        node.min = count;
        node.max = count;
        return node;
    }

    Shape::Sequence uuid()
    {
        Shape::Sequence nodes;
        for (const int length : {8, 4, 4, 4, 12}) {
            if (!nodes.empty())
                nodes.push_back(repeated(Bytes::with({}, "-"), 1));
            nodes.push_back(repeated(hexDigits, length));
        }
        return nodes;
    }

    void addLetter(ByteSet &set, char c) const
    {
        set.add(c);
        if (m_anyCase && Bytes::isAlpha(c))
            set.add(static_cast<char>(c ^ 0x20));
    }

    void escaped(ByteSet &set)
    {
        const char c = next();
        if (c == 'd')
            set.addRange('0', '9');
        else if (c == 'h')
            set.addAll(hexDigits);
        else if (c == 's')
            set.addAll(Bytes::space);
        else if (Bytes::isAlpha(c) || Bytes::isDigit(c))
            m_failed = true;
        else
            set.add(c);
    }

    ByteSet bracket()
    {
        ByteSet set;
        const bool inverted = peek() == '^';
        if (inverted)
            next();
        while (!m_failed && peek() != ']') {
            const char first = next();
            if (first == '\\') {
                escaped(set);
            } else if (peek() == '-' && m_at + 1 < m_text.size() && m_text[m_at + 1] != ']') {
                next();
                const char last = next();
                m_failed = m_failed || last < first;
                for (int c = first; c <= last; ++c)
                    addLetter(set, static_cast<char>(c));
            } else {
                addLetter(set, first);
            }
        }
        next();
        if (inverted)
            set.invert();
        return set;
    }

    void quantifier(Shape::Node &node)
    {
        if (peek() == '?') {
            next();
            node.min = 0;
        } else if (peek() == '{') {
            next();
            node.min = number();
            node.max = node.min;
            if (peek() == ',') {
                next();
                node.max = peek() == '}' ? Shape::unbounded : number();
            }
            m_failed = next() != '}' || node.max < node.min || m_failed;
        }
    }

    int number()
    {
        int value = 0;
        m_failed = m_failed || !Bytes::isDigit(peek());
        while (Bytes::isDigit(peek()) && value < Shape::unbounded)
            value = value * 10 + (next() - '0');
        return value;
    }

    QByteArrayView m_text;
    ByteSetNumbers &m_numbers;
    qsizetype m_at = 0;
    bool m_anyCase = false;
    bool m_failed = false;
};

/// The bytes a match of nodes[index…] can begin with; `behind` is what follows the sequence itself.
ByteSet firstBytes(const Shape::Sequence &nodes, std::size_t index, const ByteSet &behind)
{
    ByteSet first;
    for (; index < nodes.size(); ++index) {
        const Shape::Node &node = nodes[index];
        if (node.choices.empty())
            first.addAll(node.set);
        for (const Shape::Sequence &choice : node.choices)
            first.addAll(firstBytes(choice, 0, {}));
        if (node.min > 0)
            return first;
    }
    first.addAll(behind);
    return first;
}

/// Marks the nodes that may have to give bytes back; answers how many ways that leaves to try at most.
double markGiving(Shape::Sequence &nodes, const ByteSet &behind)
{
    double ways = 1;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        Shape::Node &node = nodes[i];
        const ByteSet follow = firstBytes(nodes, i + 1, behind);
        for (Shape::Sequence &choice : node.choices)
            ways *= markGiving(choice, follow);
        if (node.choices.empty() && node.max > node.min && node.set.intersects(follow)) {
            node.gives = true;
            ways *= node.max - node.min + 1;
        } else if (!node.choices.empty()) {
            ways *= node.max > 8 ? 8 : node.max;
        }
    }
    return ways;
}

} // namespace

Result<Shape> Shape::parse(QByteArrayView text, ByteSetNumbers &numbers)
{
    const auto broken = [&](const QString &why) {
        return Error{.kind = ErrorKind::Config,
                     .message = u"The shape \"%1\" %2."_s.arg(QString::fromLatin1(text), why),
                     .detail = {}};
    };
    auto nodes = Parser(text, numbers).all();
    if (!nodes || nodes->empty())
        return broken(u"cannot be read"_s);
    Shape shape;
    shape.m_nodes = std::move(*nodes);
    constexpr double mostWays = 20'000;
    if (markGiving(shape.m_nodes, {}) > mostWays)
        return broken(u"has too many ways to match the same text"_s);
    shape.m_anchors = findShapeAnchors(shape.m_nodes);
    return shape;
}

} // namespace AutoCommit
