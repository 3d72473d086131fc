#pragma once

#include "core/base/result.h"

#include <QByteArrayView>
#include <QList>

#include <span>
#include <vector>

namespace AutoCommit {

/// A small learned function: sums of shallow decision trees, one sum per output, in log-odds. Read from a text of
/// this form (resources/engine/*.table; '#' begins a comment line):
///
///     outputs together                     names of the outputs, in order
///     bias together -0.42                  what the sum starts with
///     tree together (FileTogether<0.25 @0.1 -0.3 (WordCosine<0.1 @0.9 0.4 1.2))
///
/// A node is either a number (a leaf) or `(feature<threshold @mean less otherwise)`; `mean` is the average of the
/// leaves below, which lets every feature on the way be told what it contributed.
class TreeTable
{
public:
    /// `features` are the names that a table may use; their positions are those of the values given to `score`.
    static Result<TreeTable> parse(QByteArrayView text, const QList<QByteArray> &features);

    /// Log-odds. `values` has one entry per feature.
    double score(std::span<const float> values, std::size_t output = 0) const;
    /// The same sum told apart: one share per feature, and in the last entry what no feature is answerable for.
    std::vector<double> contributions(std::span<const float> values, std::size_t output = 0) const;

    const QList<QByteArray> &outputs() const { return m_outputs; }

private:
    friend class TreeTableReader;
    struct Node
    {
        int feature = -1; ///< -1: a leaf
        float threshold = 0;
        float mean = 0; ///< of a leaf: its value
        std::size_t otherwise = 0; ///< the other branch begins there; the first begins right behind the node
    };
    struct Tree
    {
        std::size_t output = 0;
        std::size_t root = 0;
    };
    QList<QByteArray> m_outputs;
    std::vector<double> m_bias;
    std::vector<Node> m_nodes;
    std::vector<Tree> m_trees;
    std::size_t m_features = 0;
};

} // namespace AutoCommit
