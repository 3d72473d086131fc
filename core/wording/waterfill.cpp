#include "core/wording/waterfill.h"

#include <algorithm>
#include <numeric>

namespace AutoCommit {

QList<qsizetype> waterFill(const QList<Need> &needs, qsizetype total)
{
    QList<qsizetype> shares(needs.size(), 0);
    QList<qsizetype> order(needs.size());
    std::iota(order.begin(), order.end(), 0);
    const auto perWeight = [&](qsizetype i) { return static_cast<double>(needs[i].wanted) / needs[i].weight; };
    std::stable_sort(order.begin(), order.end(), [&](qsizetype a, qsizetype b) { return perWeight(a) < perWeight(b); });
    double weight = 0;
    for (const Need &need : needs)
        weight += need.weight;
    qsizetype left = std::max<qsizetype>(0, total);
    // From the one that needs least for its weight: what it leaves is known before the next is served.
    for (const qsizetype i : order) {
        const double fair = weight > 0 ? static_cast<double>(left) * needs[i].weight / weight : 0;
        shares[i] = std::min(needs[i].wanted, static_cast<qsizetype>(fair));
        left -= shares[i];
        weight -= needs[i].weight;
    }
    return shares;
}

} // namespace AutoCommit
