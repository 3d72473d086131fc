#include "core/engine/wordvector.h"

#include <cmath>

namespace AutoCommit {

void scaleToLengthOne(WordVector &vector)
{
    double sum = 0;
    for (const Weighted &w : vector)
        sum += static_cast<double>(w.weight) * static_cast<double>(w.weight);
    if (sum <= 0)
        return;
    const auto scale = static_cast<float>(1 / std::sqrt(sum));
    for (Weighted &w : vector)
        w.weight *= scale;
}

double cosine(const WordVector &a, const WordVector &b)
{
    double sum = 0;
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
        if (a[i].hash < b[j].hash)
            ++i;
        else if (b[j].hash < a[i].hash)
            ++j;
        else
            sum += static_cast<double>(a[i++].weight) * static_cast<double>(b[j++].weight);
    }
    return sum;
}

std::size_t countCommon(const std::vector<quint32> &a, const std::vector<quint32> &b)
{
    std::size_t n = 0;
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
        if (a[i] < b[j])
            ++i;
        else if (b[j] < a[i])
            ++j;
        else {
            ++n;
            ++i;
            ++j;
        }
    }
    return n;
}

} // namespace AutoCommit
