#include "core/engine/history.h"

#include <cmath>

namespace AutoCommit {

const PastPath *History::find(quint32 pathHash) const
{
    const auto it = pathIndex.constFind(pathHash);
    return it == pathIndex.constEnd() ? nullptr : &paths[*it];
}

double History::rarity(quint32 word) const
{
    const quint32 with = diffsWithWord.value(word, 0);
    return std::log((static_cast<double>(diffCount) + 2.0) / (static_cast<double>(with) + 1.0));
}

} // namespace AutoCommit
