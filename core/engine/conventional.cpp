#include "core/engine/conventional.h"

#include <utility>

namespace AutoCommit {

namespace {

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::optional<CommitType> typeNamed(const QByteArray &name)
{
    for (std::size_t i = 0; i < commitTypeNames.size(); ++i)
        if (name == commitTypeNames[i])
            return static_cast<CommitType>(i);
    constexpr std::array<std::pair<const char *, CommitType>, 19> aliases{{
        {"feature", CommitType::Feat},   {"features", CommitType::Feat},   {"bugfix", CommitType::Fix},
        {"bug", CommitType::Fix},        {"fixed", CommitType::Fix},       {"hotfix", CommitType::Fix},
        {"doc", CommitType::Docs},       {"tests", CommitType::Test},      {"testing", CommitType::Test},
        {"refac", CommitType::Refactor}, {"refact", CommitType::Refactor}, {"performance", CommitType::Perf},
        {"pref", CommitType::Perf},      {"format", CommitType::Style},    {"formatting", CommitType::Style},
        {"maint", CommitType::Chore},    {"deps", CommitType::Chore},      {"cleanup", CommitType::Refactor},
        {"fixes", CommitType::Fix},
    }};
    for (const auto &[alias, type] : aliases)
        if (name == alias)
            return type;
    return std::nullopt;
}

} // namespace

std::optional<Conventional> readConventional(QByteArrayView subject)
{
    const QByteArrayView text = subject.trimmed();
    qsizetype i = 0;
    while (i < text.size() && isLetter(text[i]))
        ++i;
    const auto type = typeNamed(text.first(i).toByteArray().toLower());
    if (!type)
        return std::nullopt;
    Conventional head{.type = *type, .scope = {}};
    if (i < text.size() && text[i] == ' ')
        ++i;
    if (i < text.size() && text[i] == '(') {
        const qsizetype close = text.indexOf(')', i);
        if (close < 0)
            return std::nullopt;
        head.scope = text.sliced(i + 1, close - i - 1).trimmed().toByteArray();
        i = close + 1;
    }
    if (i < text.size() && text[i] == '!')
        ++i;
    const bool complete = i + 1 < text.size() && text[i] == ':' && text[i + 1] == ' ';
    return complete ? std::optional(head) : std::nullopt;
}

} // namespace AutoCommit
