#include "core/engine/history.h"

#include <algorithm>
#include <cmath>

namespace AutoCommit {

const PastPath *History::find(quint32 pathHash) const
{
    const auto it = pathIndex.constFind(pathHash);
    return it == pathIndex.constEnd() ? nullptr : &paths[*it];
}

bool History::tellsHabits(std::size_t commit) const
{
    constexpr qsizetype fewestImported = 5; ///< files; fewer that are new together are one piece of work
    const QByteArray &statuses = statusesOf[commit];
    const qsizetype added = statuses.count('A');
    const bool first = commit + 1 == statusesOf.size();
    return added * 5 < statuses.size() * 4 || statuses.isEmpty() || (!first && statuses.size() < fewestImported);
}

double History::maturity() const
{
    constexpr double nothing = 1;
    constexpr double enough = 12;
    constexpr double mostlyNew = 0.8;
    double telling = 0;
    for (const QByteArray &statuses : statusesOf)
        telling += static_cast<double>(statuses.count('A')) < mostlyNew * static_cast<double>(statuses.size());
    return std::clamp((telling - nothing) / (enough - nothing), 0.0, 1.0);
}

double History::typedMaturity() const
{
    constexpr double nothing = 4;
    constexpr double enough = 16;
    const auto typed = std::count_if(heads.begin(), heads.end(), [](const auto &head) { return head.has_value(); });
    return std::clamp((static_cast<double>(typed) - nothing) / (enough - nothing), 0.0, 1.0);
}

namespace {

/// File diffs that are taken to have been there before the first ones.
double imagined(quint32 diffCount)
{
    constexpr double enough = 60;
    return std::max(0.0, enough - static_cast<double>(diffCount));
}

/// In which share of them a word stood: a whole identifier is rare, a single word is in one of twenty.
double usualShare(WordForm form)
{
    return form == WordForm::Name ? 0.005 : form == WordForm::Number ? 0.01 : 0.05;
}

} // namespace

double History::rarity(quint32 word, WordForm form) const
{
    const double before = imagined(diffCount);
    const double with = static_cast<double>(diffsWithWord.value(word, 0)) + before * usualShare(form);
    return std::log((static_cast<double>(diffCount) + before + 2.0) / (with + 1.0));
}

quint32 History::seen(quint32 word, WordForm form) const
{
    const double before = imagined(diffCount) * usualShare(form);
    return diffsWithWord.value(word, 0) + static_cast<quint32>(std::lround(before));
}

} // namespace AutoCommit
