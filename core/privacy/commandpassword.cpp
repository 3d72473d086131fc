#include "core/privacy/commandpassword.h"

#include "core/privacy/commandforms.h"

#include <algorithm>

namespace AutoCommit {

namespace {

constexpr qsizetype longestCommand = 1024;
constexpr qsizetype longestPair = 120;

struct Span
{
    qsizetype begin = 0;
    qsizetype end = 0;
};

bool isQuote(char c)
{
    return c == '\'' || c == '"';
}

/// The command, over lines that end with a backslash, with the blank in front of its first argument.
QByteArrayView restOfCommand(QByteArrayView text, qsizetype begin)
{
    const qsizetype limit = std::min(text.size(), begin + longestCommand);
    qsizetype end = begin;
    while (end < limit && !(text[end] == '\n' && text[end - 1] != '\\'))
        ++end;
    return text.sliced(begin, end - begin);
}

/// Passwords that people chose are made up where a command is only explained.
bool isPassword(const ScanKnowledge &knowledge, QByteArrayView value, bool explained)
{
    if (value.startsWith('$') || value.contains('`')
        || value.startsWith('+')) // a variable, or code that builds the command
        return false;
    const ValueTraits traits = knowledge.values.traitsOf(value);
    if (traits.kind == ValueKind::Number || traits.kind == ValueKind::Password)
        return !explained && traits.length >= (traits.kind == ValueKind::Number ? 8 : 6);
    if (traits.kind == ValueKind::Words)
        return !explained && knowledge.passphrases.isOne(value)
            && !knowledge.values.placeholders().isPlaceholder(value);
    return traits.length >= 6 && traits.kind > ValueKind::Words;
}

/// The argument at `at`, without its quotes.
Span argumentAt(QByteArrayView command, qsizetype at)
{
    const char quote = at < command.size() && isQuote(command[at]) ? command[at] : '\0';
    at += quote ? 1 : 0;
    qsizetype end = at;
    while (end < command.size()
           && (quote ? command[end] != quote && command[end] != '\n'
                     : !QByteArrayView(" '\"\n\\|;").contains(command[end])))
        ++end;
    return {at, end};
}

Span wordNumber(QByteArrayView command, int number)
{
    qsizetype at = 0;
    for (int i = 1;; ++i) {
        while (at < command.size() && command[at] == ' ')
            ++at;
        const Span word = argumentAt(command, at);
        if (i == number || word.end >= command.size())
            return i == number ? word : Span{};
        at = word.end + (isQuote(command[word.end]) ? 1 : 0);
        if (at == word.begin)
            return {};
    }
}

Span firstLiteral(QByteArrayView line, int within)
{
    qsizetype at = 0;
    while (at < line.size() && !isQuote(line[at]))
        ++at;
    return within > 0 && at > within ? Span{} : argumentAt(line, at);
}

/// The argument `number` of the call whose arguments begin at the start of `text`, if it is a literal.
Span literalArgument(QByteArrayView text, int number)
{
    int depth = 0;
    int current = 1;
    for (qsizetype i = 0; i < text.size() && depth >= 0; ++i) {
        const char c = text[i];
        if (isQuote(c)) {
            const Span literal = argumentAt(text, i);
            if (current == number && depth == 0)
                return literal.end < text.size() && text[literal.end] == c ? literal : Span{};
            i = literal.end;
        } else if (c == ',' && depth == 0 && ++current > number) {
            break;
        } else {
            depth += c == '(' || c == '[' || c == '{' ? 1 : c == ')' || c == ']' || c == '}' ? -1 : 0;
        }
    }
    return {};
}

/// What stands behind the first `sign` of the span.
Span behindSign(QByteArrayView command, Span pair, char sign)
{
    const qsizetype at = command.sliced(pair.begin, pair.end - pair.begin).indexOf(sign);
    return at < 0 ? Span{} : Span{pair.begin + at + 1, pair.end};
}

Span spanFor(const PasswordForm &form, const char *option, QByteArrayView command)
{
    const qsizetype found = command.indexOf(option);
    if (found < 0)
        return {};
    if (form.way == PasswordWay::Echoed)
        return wordNumber(command, 1);
    if (form.way == PasswordWay::EchoedPair)
        return behindSign(command, wordNumber(command, 1), form.sign);
    qsizetype at = found + static_cast<qsizetype>(qstrlen(option));
    if (form.way == PasswordWay::Last) {
        qsizetype end = command.size();
        while (end > 0 && Bytes::space.contains(command[end - 1]))
            --end;
        at = command.first(end).lastIndexOf(' ') + 1;
        return at > found + 1 ? argumentAt(command, at) : Span{};
    }
    while (form.way != PasswordWay::Joined && at < command.size() && QByteArrayView(" =\\\n").contains(command[at]))
        ++at;
    const Span value = argumentAt(command, at);
    if (form.way != PasswordWay::Pair)
        return value;
    const Span password = behindSign(command, value, form.sign);
    const bool opensQuote = value.end < command.size() && isQuote(command[value.end]) && value.end > value.begin
        && command[value.end - 1] == form.sign; // user:'password'
    return opensQuote ? argumentAt(command, value.end) : password;
}

/// `user:password` that ends in front of `keyword`.
Span pairBefore(QByteArrayView text, qsizetype keyword)
{
    qsizetype begin = keyword;
    while (begin > 0 && begin > keyword - longestPair && !QByteArrayView(" \t\n\"'`=(").contains(text[begin - 1]))
        --begin;
    return behindSign(text, {begin, keyword}, ':');
}

Span wordBefore(QByteArrayView text, qsizetype keyword)
{
    qsizetype end = keyword;
    while (end > 0 && (text[end - 1] == ' ' || isQuote(text[end - 1])))
        --end;
    qsizetype begin = end;
    while (begin > 0 && begin > end - longestPair && !Bytes::space.contains(text[begin - 1])
           && !isQuote(text[begin - 1]))
        --begin;
    return {begin, end};
}

/// `a:b:password` in front of the end of the line.
Span fieldNumber(QByteArrayView line, int number, char sign)
{
    qsizetype begin = 0;
    for (int i = 1; i < number; ++i) {
        begin = line.indexOf(sign, begin) + 1;
        if (begin == 0)
            return {};
    }
    const Span field{begin, line.size()};
    const QByteArrayView value = line.sliced(begin);
    return value.contains(' ') || value.contains(sign) ? Span{} : field;
}

/// The first word that is no option.
Span wordOfLine(QByteArrayView line)
{
    constexpr int most = 3;
    for (int number = 1; number <= most; ++number) {
        const Span word = wordNumber(line, number);
        if (word.end == word.begin || line[word.begin] != '-')
            return word;
    }
    return {};
}

/// `user/password@host` in `rest`.
Span pairBehind(QByteArrayView rest, char sign)
{
    const Span pair = argumentAt(rest, rest.startsWith(' ') ? 1 : 0);
    const Span password = behindSign(rest, pair, sign);
    const qsizetype at = rest.sliced(password.begin, password.end - password.begin).lastIndexOf('@');
    return at <= 0 ? Span{} : Span{password.begin, password.begin + at};
}

bool beginsLine(QByteArrayView text, qsizetype at)
{
    while (at > 0 && Bytes::blank.contains(text[at - 1]))
        --at;
    return at == 0 || text[at - 1] == '\n';
}

/// Of the forms without options.
Span spanFor(const PasswordForm &form, QByteArrayView text, QByteArrayView command, qsizetype keyword)
{
    const qsizetype lineEnd = command.indexOf('\n');
    const QByteArrayView line = lineEnd < 0 ? command : command.first(lineEnd);
    switch (form.way) {
    case PasswordWay::Literal:
        return firstLiteral(line, form.number);
    case PasswordWay::Argument:
        return literalArgument(command.sliced(std::min<qsizetype>(1, command.size())), form.number);
    case PasswordWay::Word:
        return wordNumber(line, form.number);
    case PasswordWay::Pair:
        return behindSign(line, wordNumber(line, 1), form.sign);
    case PasswordWay::Line:
        return beginsLine(text, keyword) ? wordOfLine(line) : Span{};
    case PasswordWay::Field:
        return fieldNumber(line.sliced(std::min<qsizetype>(1, line.size())), form.number, form.sign);
    case PasswordWay::Behind:
        return pairBehind(command.sliced(std::min<qsizetype>(1, command.size())), form.sign);
    default:
        return {};
    }
}

} // namespace

const QList<QByteArray> &commandKeywords()
{
    static const QList<QByteArray> keywords = [] {
        QList<QByteArray> all;
        for (const PasswordForm &form : passwordForms)
            all += form.keyword;
        return all;
    }();
    return keywords;
}

CommandScan::CommandScan(const ScanKnowledge &knowledge, QByteArrayView text, const FileHints &hints, Hits &hits)
    : m_knowledge(knowledge)
    , m_text(text)
    , m_hints(hints)
    , m_hits(hits)
    , m_seen(passwordForms.size())
{ }

/// "echo echo echo …": nobody writes so, and searching on from each would not be linear.
bool CommandScan::isTooOften(qsizetype end, std::size_t form)
{
    constexpr int mostInside = 6;
    Seen &seen = m_seen[form];
    if (end < seen.until)
        return ++seen.inside > mostInside;
    seen = {.until = end + longestCommand};
    return false;
}

void CommandScan::atKeyword(qsizetype end, int form)
{
    const PasswordForm &how = passwordForms[static_cast<std::size_t>(form)];
    if (isTooOften(end, static_cast<std::size_t>(form)))
        return;
    const auto report = [&](Span value, qsizetype from) {
        const bool explained = m_hints.test && how.way != PasswordWay::Pair;
        if (value.end > value.begin
            && isPassword(m_knowledge, m_text.sliced(from + value.begin, value.end - value.begin), explained))
            m_hits.push_back({.begin = from + value.begin,
                              .end = from + value.end,
                              .rule = "command-password",
                              .certainty = Certainty::Near});
    };
    const qsizetype keyword = end - static_cast<qsizetype>(qstrlen(how.keyword));
    if (how.way == PasswordWay::Before || how.way == PasswordWay::WordBefore) {
        report(how.way == PasswordWay::Before ? pairBefore(m_text, keyword) : wordBefore(m_text, keyword), 0);
        return;
    }
    const qsizetype from = end - 1; // options are searched with their blank
    const QByteArrayView command = restOfCommand(m_text, from);
    if (how.options.front() == nullptr) {
        const bool call
            = how.way == PasswordWay::Argument || how.way == PasswordWay::Behind || how.way == PasswordWay::Field;
        report(spanFor(how, m_text, command, keyword), from + (call ? 1 : 0));
        return;
    }
    for (const char *option : how.options) {
        if (option)
            report(spanFor(how, option, command), from);
    }
}

} // namespace AutoCommit
