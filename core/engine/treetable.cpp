#include "core/engine/treetable.h"

#include <QHash>

#include <cmath>
#include <optional>

namespace AutoCommit {

using namespace Qt::StringLiterals;

class TreeTableReader
{
public:
    explicit TreeTableReader(const QList<QByteArray> &features)
    {
        for (qsizetype i = 0; i < features.size(); ++i)
            m_features.insert(features[i], static_cast<int>(i));
        m_table.m_features = static_cast<std::size_t>(features.size());
    }

    Result<TreeTable> read(QByteArrayView text)
    {
        qsizetype number = 0;
        while (!text.isEmpty()) {
            const qsizetype end = text.indexOf('\n');
            QByteArrayView line = (end < 0 ? text : text.first(end)).trimmed();
            text = end < 0 ? QByteArrayView() : text.sliced(end + 1);
            ++number;
            if (!line.isEmpty() && line.front() != '#' && !readLine(line))
                return Error{ErrorKind::Internal, u"line %1 of an engine table is damaged"_s.arg(number)};
        }
        if (m_table.m_outputs.isEmpty() || m_table.m_trees.empty())
            return Error{ErrorKind::Internal, u"an engine table has no trees"_s};
        return std::move(m_table);
    }

private:
    bool readLine(QByteArrayView line)
    {
        m_rest = line;
        const QByteArrayView keyword = word();
        if (keyword == "outputs") {
            for (QByteArrayView name = word(); !name.isEmpty(); name = word())
                m_table.m_outputs.append(name.toByteArray());
            m_table.m_bias.assign(static_cast<std::size_t>(m_table.m_outputs.size()), 0);
            return !m_table.m_outputs.isEmpty();
        }
        const qsizetype output = m_table.m_outputs.indexOf(word().toByteArray());
        if (output < 0)
            return false;
        if (keyword == "bias") {
            const auto value = number(word());
            if (value)
                m_table.m_bias[static_cast<std::size_t>(output)] = static_cast<double>(*value);
            return value && m_rest.isEmpty();
        }
        if (keyword != "tree")
            return false;
        m_table.m_trees.push_back({static_cast<std::size_t>(output), m_table.m_nodes.size()});
        return readNode(0) && m_rest.isEmpty();
    }

    bool readNode(int depth)
    {
        constexpr int deepest = 8;
        if (depth > deepest || m_rest.isEmpty())
            return false;
        const std::size_t self = m_table.m_nodes.size();
        m_table.m_nodes.emplace_back();
        if (m_rest.front() != '(') {
            const auto leaf = number(word());
            m_table.m_nodes[self].mean = leaf.value_or(0);
            return leaf.has_value();
        }
        m_rest = m_rest.sliced(1);
        const QByteArrayView test = word();
        const qsizetype less = test.indexOf('<');
        const QByteArrayView mean = word();
        if (less < 0 || !mean.startsWith('@'))
            return false;
        const int feature = m_features.value(test.first(less).toByteArray(), -1);
        const auto threshold = number(test.sliced(less + 1));
        const auto average = number(mean.sliced(1));
        if (feature < 0 || !threshold || !average || !readNode(depth + 1))
            return false;
        const std::size_t otherwise = m_table.m_nodes.size();
        m_table.m_nodes[self] = {.feature = feature, .threshold = *threshold, .mean = *average, .otherwise = otherwise};
        if (!readNode(depth + 1) || !m_rest.startsWith(')'))
            return false;
        m_rest = m_rest.sliced(1).trimmed();
        return true;
    }

    /// Up to the next space or closing bracket.
    QByteArrayView word()
    {
        qsizetype end = 0;
        while (end < m_rest.size() && m_rest[end] != ' ' && m_rest[end] != ')')
            ++end;
        const QByteArrayView found = m_rest.first(end);
        while (end < m_rest.size() && m_rest[end] == ' ')
            ++end;
        m_rest = m_rest.sliced(end);
        return found;
    }

    static std::optional<float> number(QByteArrayView text)
    {
        bool ok = false;
        const float value = text.toFloat(&ok);
        return ok && std::isfinite(value) ? std::optional(value) : std::nullopt;
    }

    TreeTable m_table;
    QHash<QByteArray, int> m_features;
    QByteArrayView m_rest;
};

Result<TreeTable> TreeTable::parse(QByteArrayView text, const QList<QByteArray> &features)
{
    return TreeTableReader(features).read(text);
}

double TreeTable::score(std::span<const float> values, std::size_t output) const
{
    double sum = m_bias[output];
    for (const Tree &tree : m_trees) {
        if (tree.output != output)
            continue;
        std::size_t at = tree.root;
        while (m_nodes[at].feature >= 0)
            at = values[static_cast<std::size_t>(m_nodes[at].feature)] < m_nodes[at].threshold ? at + 1
                                                                                               : m_nodes[at].otherwise;
        sum += static_cast<double>(m_nodes[at].mean);
    }
    return sum;
}

std::vector<double> TreeTable::contributions(std::span<const float> values, std::size_t output) const
{
    std::vector<double> shares(m_features + 1, 0);
    shares.back() = m_bias[output];
    for (const Tree &tree : m_trees) {
        if (tree.output != output)
            continue;
        std::size_t at = tree.root;
        shares.back() += static_cast<double>(m_nodes[at].mean);
        while (m_nodes[at].feature >= 0) {
            const auto feature = static_cast<std::size_t>(m_nodes[at].feature);
            const std::size_t next = values[feature] < m_nodes[at].threshold ? at + 1 : m_nodes[at].otherwise;
            shares[feature] += static_cast<double>(m_nodes[next].mean) - static_cast<double>(m_nodes[at].mean);
            at = next;
        }
    }
    return shares;
}

} // namespace AutoCommit
