#include "core/privacy/commandpassword.h"

#include <algorithm>
#include <array>

namespace AutoCommit {

namespace {

constexpr qsizetype longestCommand = 1024;

/// How a command is given its password.
enum class Way {
    Pair, ///< behind an option, as user:password
    Option, ///< behind an option, or joined to it
    Joined, ///< joined to an option: mysql takes what follows a blank for a database
    Last, ///< the last argument, if the option is there
    Literal, ///< the next literal
    SecondLiteral, ///< the literal behind the next one
};

struct Form
{
    const char *keyword;
    Way way;
    std::array<const char *, 4> options; ///< in this order; a blank in front of each
};

constexpr std::array forms{
    Form{"curl ", Way::Pair, {" -u", " --user", " --proxy-user", " -U"}},
    Form{"sshpass ", Way::Option, {" -p"}},
    Form{"redis-cli ", Way::Option, {" -a", " --pass"}},
    Form{"docker login ", Way::Option, {" -p"}},
    Form{"podman login ", Way::Option, {" -p"}},
    Form{"registry login ", Way::Option, {" -p"}},
    Form{"sqlcmd ", Way::Option, {" -P"}},
    Form{"mosquitto_pub ", Way::Option, {" -P"}},
    Form{"mosquitto_sub ", Way::Option, {" -P"}},
    Form{"ldapsearch ", Way::Option, {" -w"}},
    Form{"openssl ", Way::Joined, {" -passin pass:", " -passout pass:", " -pass pass:"}},
    Form{"mysql ", Way::Joined, {" -p"}},
    Form{"mysqldump ", Way::Joined, {" -p"}},
    Form{"mysqladmin ", Way::Joined, {" -p"}},
    Form{"mariadb ", Way::Joined, {" -p"}},
    Form{"7z ", Way::Joined, {" -p"}},
    Form{"htpasswd ", Way::Last, {" -b", " -nb", " -cb", " -bB"}},
    Form{"identified by ", Way::Literal, {}},
    Form{"with password ", Way::Literal, {}},
    Form{"basicauth(", Way::SecondLiteral, {}},
    Form{"auth=(", Way::SecondLiteral, {}},
    Form{"auth = (", Way::SecondLiteral, {}},
};

/// The command, over lines that end with a backslash, with the blank in front of its first argument.
QByteArrayView restOfCommand(QByteArrayView text, qsizetype begin)
{
    const qsizetype limit = std::min(text.size(), begin + longestCommand);
    qsizetype end = begin;
    while (end < limit && !(text[end] == '\n' && text[end - 1] != '\\'))
        ++end;
    return text.sliced(begin, end - begin);
}

bool isQuote(char c)
{
    return c == '\'' || c == '"';
}

/// Passwords that people chose are made up where a command is only explained.
bool isPassword(const ScanKnowledge &knowledge, QByteArrayView value, bool explained)
{
    const ValueTraits traits = knowledge.values.traitsOf(value);
    if (traits.kind == ValueKind::Number || traits.kind == ValueKind::Password)
        return !explained && traits.length >= (traits.kind == ValueKind::Number ? 8 : 6);
    return traits.length >= 6 && traits.kind > ValueKind::Words;
}

struct Span
{
    qsizetype begin = 0;
    qsizetype end = 0;
};

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

Span literalIn(QByteArrayView command, int number)
{
    qsizetype at = 0;
    for (int i = 1;; ++i) {
        while (at < command.size() && !isQuote(command[at]))
            ++at;
        const Span literal = argumentAt(command, at);
        if (i == number || literal.end >= command.size())
            return i == number ? literal : Span{};
        at = literal.end + 1;
    }
}

Span spanFor(const Form &form, const char *option, QByteArrayView command)
{
    const qsizetype found = command.indexOf(option);
    if (found < 0)
        return {};
    qsizetype at = found + static_cast<qsizetype>(qstrlen(option));
    if (form.way == Way::Last) {
        at = command.trimmed().lastIndexOf(' ') + 1;
        return at > found + 1 ? argumentAt(command, at) : Span{};
    }
    while (form.way != Way::Joined && at < command.size() && QByteArrayView(" =\\\n").contains(command[at]))
        ++at;
    Span value = argumentAt(command, at);
    if (form.way != Way::Pair)
        return value;
    const qsizetype colon = command.sliced(value.begin, value.end - value.begin).indexOf(':');
    return colon < 0 ? Span{} : Span{value.begin + colon + 1, value.end};
}

} // namespace

const QList<QByteArray> &commandKeywords()
{
    static const QList<QByteArray> keywords = [] {
        QList<QByteArray> all;
        for (const Form &form : forms)
            all += form.keyword;
        return all;
    }();
    return keywords;
}

void findCommandPassword(const ScanKnowledge &knowledge, QByteArrayView text, qsizetype end, int form, FileHints hints,
                         Hits &hits)
{
    const Form &how = forms[static_cast<std::size_t>(form)];
    const qsizetype from = end - 1; // options are searched with their blank
    const QByteArrayView command = restOfCommand(text, from);
    const auto report = [&](Span value) {
        const bool explained = hints.test && how.way != Way::Pair;
        if (value.end > value.begin
            && isPassword(knowledge, command.sliced(value.begin, value.end - value.begin), explained))
            hits.push_back({.begin = from + value.begin,
                            .end = from + value.end,
                            .rule = "command-password",
                            .certainty = Certainty::Near});
    };
    if (how.way == Way::Literal || how.way == Way::SecondLiteral) {
        const int number = how.way == Way::Literal ? 1 : 2;
        const qsizetype lineEnd = command.indexOf('\n');
        report(literalIn(lineEnd < 0 ? command : command.first(lineEnd), number));
        return;
    }
    for (const char *option : how.options) {
        if (option)
            report(spanFor(how, option, command));
    }
}

} // namespace AutoCommit
