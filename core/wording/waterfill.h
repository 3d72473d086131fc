#pragma once

#include <QList>

namespace AutoCommit {

struct Need
{
    qsizetype wanted = 0;
    double weight = 1;
};

/// Shares `total` by weight; who needs less than its share leaves the rest to the others. Deterministic; the sum of the
/// shares is at most `total`.
QList<qsizetype> waterFill(const QList<Need> &needs, qsizetype total);

} // namespace AutoCommit
