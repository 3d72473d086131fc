#include "core/privacy/commandpassword.h"

#include <algorithm>
#include <array>

namespace AutoCommit {

namespace {

constexpr qsizetype longestCommand = 1024;

/// The command, over lines that end with a backslash.
QByteArrayView restOfCommand(QByteArrayView text, qsizetype begin)
{
    const qsizetype limit = std::min(text.size(), begin + longestCommand);
    qsizetype end = begin;
    while (end < limit && !(text[end] == '\n' && text[end - 1] != '\\'))
        ++end;
    return text.sliced(begin, end - begin);
}

bool isPassword(const ScanKnowledge &knowledge, QByteArrayView value)
{
    const ValueTraits traits = knowledge.values.traitsOf(value);
    return traits.length >= 6 && traits.kind > ValueKind::Words
        && !(traits.kind == ValueKind::Number && traits.length < 8);
}

} // namespace

void findCommandPassword(const ScanKnowledge &knowledge, QByteArrayView text, qsizetype end, Hits &hits)
{
    const QByteArrayView command = restOfCommand(text, end);
    constexpr std::array options{" -u", " --user", " --proxy-user", " -U"};
    for (const char *option : options) {
        const qsizetype at = command.indexOf(option);
        if (at < 0)
            continue;
        qsizetype begin = at + static_cast<qsizetype>(qstrlen(option));
        while (begin < command.size() && QByteArrayView(" ='\"\\").contains(command[begin]))
            ++begin;
        qsizetype stop = begin;
        while (stop < command.size() && !QByteArrayView(" '\"\n\\").contains(command[stop]))
            ++stop;
        const QByteArrayView pair = command.sliced(begin, stop - begin);
        const qsizetype colon = pair.indexOf(':');
        if (colon < 0 || !isPassword(knowledge, pair.sliced(colon + 1)))
            continue;
        hits.push_back({.begin = end + begin + colon + 1,
                        .end = end + stop,
                        .rule = "command-password",
                        .certainty = Certainty::Near});
    }
}

} // namespace AutoCommit
