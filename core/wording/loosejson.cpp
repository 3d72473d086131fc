#include "core/wording/loosejson.h"

#include <QJsonArray>
#include <QJsonObject>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr int maxDepth = 12;

/// The quote that ends what `open` begins, or null.
QChar closingQuote(QChar open)
{
    switch (open.unicode()) {
    case u'"':
    case u'\'':
        return open;
    case u'“':
    case u'”':
    case u'„':
        return u'”';
    case u'‘':
        return u'’';
    default:
        return {};
    }
}

class Reader
{
public:
    Reader(const QString &text, qsizetype at)
        : m_text(text)
        , m_at(at)
    { }

    std::optional<QJsonValue> value(int depth)
    {
        skipSpace();
        if (atEnd() || depth > maxDepth)
            return std::nullopt;
        const QChar c = m_text[m_at];
        if (c == u'{')
            return object(depth);
        if (c == u'[')
            return array(depth);
        if (!closingQuote(c).isNull()) {
            const auto text = string();
            return text ? std::optional<QJsonValue>(*text) : std::nullopt;
        }
        return word();
    }

    qsizetype at() const { return m_at; }
    bool broken() const { return m_broken; }

private:
    bool atEnd() const { return m_at >= m_text.size(); }

    void skipSpace()
    {
        while (!atEnd()) {
            if (m_text[m_at].isSpace()) {
                ++m_at;
            } else if (QStringView(m_text).sliced(m_at).startsWith("//"_L1)) {
                skipTo(u"\n"_s);
            } else if (QStringView(m_text).sliced(m_at).startsWith("/*"_L1)) {
                skipTo(u"*/"_s);
            } else {
                return;
            }
        }
    }

    void skipTo(const QString &mark)
    {
        const qsizetype found = m_text.indexOf(mark, m_at);
        m_at = found < 0 ? m_text.size() : found + mark.size();
        m_broken = true;
    }

    /// Is this the end of an object or array? At the end of the text it is forgiven.
    bool closes(QChar bracket)
    {
        skipSpace();
        while (!atEnd() && m_text[m_at] == u',') { // also one too many
            ++m_at;
            skipSpace();
        }
        if (atEnd()) {
            m_broken = true;
            return true;
        }
        if (m_text[m_at] != bracket)
            return false;
        ++m_at;
        return true;
    }

    std::optional<QJsonValue> object(int depth)
    {
        ++m_at;
        QJsonObject object;
        while (!closes(u'}')) {
            const auto key = closingQuote(m_text[m_at]).isNull() ? bareKey() : string();
            if (!key || key->isEmpty())
                return std::nullopt;
            skipSpace();
            if (atEnd() || (m_text[m_at] != u':' && m_text[m_at] != u'：' && m_text[m_at] != u'='))
                return std::nullopt;
            ++m_at;
            const auto content = value(depth + 1);
            if (!content)
                return std::nullopt;
            object[*key] = *content;
        }
        return QJsonValue(object);
    }

    std::optional<QJsonValue> array(int depth)
    {
        ++m_at;
        QJsonArray array;
        while (!closes(u']')) {
            const auto content = value(depth + 1);
            if (!content)
                return std::nullopt;
            array.append(*content);
        }
        return QJsonValue(array);
    }

    /// A quote is the end only where JSON goes on behind it: "handle "quoted" words".
    bool endsString(QChar quote) const
    {
        if (m_text[m_at] != quote && !(quote == u'”' && m_text[m_at] == u'"'))
            return false;
        qsizetype next = m_at + 1;
        while (next < m_text.size() && m_text[next].isSpace())
            ++next;
        const QStringView rest = QStringView(m_text).sliced(std::min(next, m_text.size()));
        return rest.isEmpty() || u",:}]：="_s.contains(rest.front()) || rest.startsWith("/*"_L1)
            || rest.startsWith("//"_L1)
            || (next > m_at + 1 && m_text.sliced(m_at + 1, next - m_at - 1).contains(u'\n'));
    }

    std::optional<QString> string()
    {
        const QChar quote = closingQuote(m_text[m_at]);
        m_broken = m_broken || m_text[m_at] != u'"';
        ++m_at;
        QString out;
        for (; !atEnd(); ++m_at) {
            const QChar c = m_text[m_at];
            if (endsString(quote)) {
                ++m_at;
                return out;
            }
            if (c == u'\\' && m_at + 1 < m_text.size()) {
                ++m_at;
                out += escape();
            } else {
                m_broken = m_broken || c == u'\n' || c == quote;
                out += c;
            }
        }
        return std::nullopt;
    }

    QChar escape()
    {
        const QChar c = m_text[m_at];
        switch (c.unicode()) {
        case u'n':
            return u'\n';
        case u't':
            return u'\t';
        case u'r':
            return u'\r';
        case u'b':
        case u'f':
            return u' ';
        case u'u':
            break;
        default:
            return c;
        }
        bool ok = false;
        const ushort code = QStringView(m_text).sliced(m_at + 1).left(4).toUShort(&ok, 16);
        if (!ok)
            return c;
        m_at += 4;
        return QChar(code);
    }

    std::optional<QString> bareKey()
    {
        m_broken = true;
        const qsizetype start = m_at;
        while (!atEnd() && (m_text[m_at].isLetterOrNumber() || m_text[m_at] == u'_' || m_text[m_at] == u'-'))
            ++m_at;
        return m_text.sliced(start, m_at - start);
    }

    /// null, true, a number; or a word without quotes.
    std::optional<QJsonValue> word()
    {
        const qsizetype start = m_at;
        while (!atEnd() && !u",}]\n"_s.contains(m_text[m_at]))
            ++m_at;
        const QString word = m_text.sliced(start, m_at - start).trimmed();
        const QString lower = word.toLower();
        if (word.isEmpty())
            return std::nullopt;
        if (lower == "true"_L1 || lower == "false"_L1)
            return QJsonValue(lower == "true"_L1);
        if (lower == "null"_L1 || lower == "none"_L1 || lower == "undefined"_L1)
            return QJsonValue(QJsonValue::Null);
        bool isNumber = false;
        const double number = word.toDouble(&isNumber);
        if (isNumber)
            return QJsonValue(number);
        m_broken = true;
        return QJsonValue(word);
    }

    const QString &m_text;
    qsizetype m_at;
    bool m_broken = false;
};

} // namespace

std::optional<LooseJson> parseLooseJson(const QString &text, qsizetype start)
{
    Reader reader(text, start);
    const auto value = reader.value(0);
    if (!value)
        return std::nullopt;
    return LooseJson{*value, reader.at(), reader.broken()};
}

} // namespace AutoCommit
