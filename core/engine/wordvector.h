#pragma once

#include <QtGlobal>

#include <vector>

namespace AutoCommit {

/// A word with its weight in a tf-idf vector.
struct Weighted
{
    quint32 hash = 0;
    float weight = 0;
};
using WordVector = std::vector<Weighted>; ///< sorted by hash

void scaleToLengthOne(WordVector &vector);
/// Of two vectors of length one.
double cosine(const WordVector &a, const WordVector &b);

/// How many values two sorted lists have in common; a value that stands twice in both counts twice.
std::size_t countCommon(const std::vector<quint32> &a, const std::vector<quint32> &b);

} // namespace AutoCommit
