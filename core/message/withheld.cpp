#include "core/message/withheld.h"

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

constexpr qsizetype shortestValue = 3; ///< shorter ones are left out where they would be quoted: they are too common

bool isNameChar(char c)
{
    return isLetter(c) || isDigit(c) || c == '_' || c == '-';
}

bool endsLikeSecret(const QByteArray &word)
{
    for (const char *end : {"password", "passwd", "passphrase", "passcode", "secret", "secrets", "token", "tokens",
                            "credential", "credentials", "apikey", "secretkey", "accesskey", "privatekey"}) {
        if (word.endsWith(end))
            return true;
    }
    return isOneOf(word, "pwd pin otp dsn salt creds");
}

bool isPlaceholder(ByteView value)
{
    static const WordSet words("true false True False TRUE FALSE null nil None none undefined yes no on off string str "
                               "String bool int number");
    constexpr ByteView references("$<{%&*");
    return value.isEmpty() || words.contains(value) || references.contains(value.front()) || namesCredential(value);
}

/// "x", 'x' or `x` at the start of the text; nothing if it does not end.
ByteView quotedAt(ByteView text)
{
    const qsizetype end = text.indexOf(text.front(), 1);
    return end > 1 ? text.sliced(1, end - 1) : ByteView();
}

bool isQuote(char c)
{
    return c == '"' || c == '\'' || c == '`';
}

ByteView firstWord(ByteView text)
{
    qsizetype end = 0;
    while (end < text.size() && text[end] != ' ' && text[end] != '\t')
        ++end;
    return text.first(end);
}

} // namespace

bool namesCredential(ByteView name)
{
    QByteArrayList words = splitIdentifier(name);
    while (words.size() > 1 && isOneOf(words.last(), "value default test prod dev new old string base64 b64 1 2"))
        words.removeLast();
    if (words.isEmpty())
        return false;
    if (endsLikeSecret(words.last()))
        return true;
    if (words.size() < 2)
        return false;
    if (words.last() == "pass")
        return true;
    return isOneOf(words.last(), "key keys")
        && isOneOf(words[words.size() - 2],
                   "api access secret private signing encryption master account auth client deploy license session "
                   "ssh webhook service app storage hmac jwt");
}

bool isWithheld(ByteView name, ByteView value)
{
    return namesCredential(name) && !isPlaceholder(value);
}

WithheldValues::WithheldValues(const ChangeView &view)
{
    for (const Block &block : view.blocks()) {
        for (const QList<QByteArray> *side :
             {&block.hunk->before, &block.hunk->removed, &block.hunk->added, &block.hunk->after}) {
            for (const QByteArray &line : *side) {
                const bool comment = startsComment(block.file->lang, ByteView(line).trimmed());
                read(comment ? Lang::None : block.file->lang, line);
            }
        }
        if (!block.scope || !namesCredential(block.scope->name))
            continue;
        for (const QList<Line> *side : {&block.removed, &block.added}) { // what defaultPassword() returns
            for (const Line &line : *side)
                readValues(block.file->lang, line.text, false);
        }
    }
}

void WithheldValues::read(Lang lang, ByteView line)
{
    constexpr qsizetype mostRead = 1000;
    line = line.first(std::min(line.size(), mostRead));
    for (qsizetype start = 0; start < line.size();) {
        if (!isNameChar(line[start])) {
            ++start;
            continue;
        }
        qsizetype end = start;
        while (end < line.size() && isNameChar(line[end]))
            ++end;
        if (namesCredential(line.sliced(start, end - start)))
            readValues(lang, line.sliced(end), line.sliced(start).startsWith("--"));
        start = end;
    }
}

/// `behind`: what follows the name on its line. In code only literals are values, elsewhere the next word is one.
void WithheldValues::readValues(Lang lang, ByteView behind, bool flag)
{
    if (!behind.isEmpty() && isQuote(behind.front()))
        behind = behind.sliced(1);
    behind = behind.trimmed();
    bool assigned = flag || lang == Lang::Docker;
    for (const char *mark : {":=", "=>", "is ", "=", ":", "("}) {
        if (!behind.startsWith(mark))
            continue;
        assigned = true;
        behind = behind.sliced(ByteView(mark).size()).trimmed();
        break;
    }
    const bool code = isCode(lang) && lang != Lang::Shell && lang != Lang::Make && lang != Lang::CMake;
    if (!code && assigned && !behind.isEmpty())
        withhold(isQuote(behind.front()) ? quotedAt(behind) : firstWord(behind));
    if (code && assigned && !behind.isEmpty() && isDigit(behind.front()))
        withhold(firstWord(behind));
    for (qsizetype i = 0; i < behind.size(); ++i) {
        if (!isQuote(behind[i]))
            continue;
        const ByteView literal = quotedAt(behind.sliced(i));
        if (code || assigned)
            withhold(literal);
        i += literal.size() + 1;
    }
}

void WithheldValues::withhold(ByteView value)
{
    while (!value.isEmpty() && (isQuote(value.back()) || value.back() == ',' || value.back() == ';'))
        value.chop(1);
    if (!isPlaceholder(value) && value.size() >= shortestValue)
        m_values.insert(value.toByteArray());
}

bool WithheldValues::shownIn(const Fact &fact) const
{
    if (m_values.isEmpty() || fact.topic == Topic::Fallback)
        return false;
    QByteArray shown = fact.before.toUtf8() + ' ' + fact.after.toUtf8();
    for (const Name &name : fact.names)
        shown += name.kind == WordKind::File ? QByteArray() : ' ' + name.text.toUtf8();
    if (fact.place.kind != WordKind::File)
        shown += ' ' + fact.place.text.toUtf8();
    return std::any_of(m_values.begin(), m_values.end(),
                       [&](const QByteArray &value) { return hasWord(shown, value); });
}

} // namespace AutoCommit::Wording
