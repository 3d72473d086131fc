#include "core/privacy/keywordset.h"

#include "core/privacy/byteset.h"

#include <algorithm>

namespace AutoCommit {

namespace {

/// The keywords as a tree of the edges that there are: most of the table's cells are copies, and a dense tree of this
/// size takes longer to fill than a small commit takes to scan.
class Tree
{
public:
    struct Node
    {
        quint32 firstChild = 0; ///< 0 = none: the root is nobody's child
        quint32 nextSibling = 0;
        quint32 fail = 0; ///< the node of the longest proper suffix
        quint8 byteClass = 0;
        std::vector<int> ids; ///< of the keywords that end here
    };

    quint32 childOf(quint32 node, quint8 byteClass) const
    {
        quint32 child = nodes[node].firstChild;
        while (child != 0 && nodes[child].byteClass != byteClass)
            child = nodes[child].nextSibling;
        return child;
    }

    quint32 childMade(quint32 node, quint8 byteClass)
    {
        if (const quint32 there = childOf(node, byteClass))
            return there;
        const auto made = static_cast<quint32>(nodes.size());
        nodes.push_back({.nextSibling = nodes[node].firstChild, .byteClass = byteClass, .ids = {}});
        nodes[node].firstChild = made;
        return made;
    }

    template <typename Take> void forEachChild(quint32 node, Take &&take) const
    {
        for (quint32 child = nodes[node].firstChild; child != 0; child = nodes[child].nextSibling)
            take(child);
    }

    std::vector<Node> nodes{1};
};

/// Where a mismatch goes on, and what ends there as well. Answers the nodes breadth first: a node's failure comes
/// before it.
std::vector<quint32> complete(Tree &tree)
{
    std::vector<quint32> order{0};
    order.reserve(tree.nodes.size());
    for (std::size_t head = 0; head < order.size(); ++head) {
        const quint32 node = order[head];
        tree.forEachChild(node, [&](quint32 child) {
            Tree::Node &made = tree.nodes[child];
            quint32 from = tree.nodes[node].fail;
            while (from != 0 && tree.childOf(from, made.byteClass) == 0)
                from = tree.nodes[from].fail;
            made.fail = node == 0 ? 0 : tree.childOf(from, made.byteClass);
            const std::vector<int> &shorter = tree.nodes[made.fail].ids;
            made.ids.insert(made.ids.end(), shorter.begin(), shorter.end());
            order.push_back(child);
        });
    }
    return order;
}

} // namespace

void KeywordSet::add(QByteArrayView keyword, int id)
{
    m_words.push_back({.text = keyword.toByteArray(), .id = id});
}

void KeywordSet::build()
{
    m_classes = 1;
    m_classOf.fill(0);
    for (const Word &word : m_words) {
        for (const char c : word.text) {
            quint8 &byteClass = m_classOf[static_cast<unsigned char>(c)];
            if (byteClass == 0)
                byteClass = static_cast<quint8>(m_classes++);
            if (Bytes::isLower(c))
                m_classOf[static_cast<unsigned char>(c ^ 0x20)] = byteClass;
        }
    }
    Tree tree;
    for (const Word &word : m_words) {
        quint32 node = 0;
        for (const char c : word.text)
            node = tree.childMade(node, m_classOf[static_cast<unsigned char>(c)]);
        tree.nodes[node].ids.push_back(word.id);
    }
    const std::vector<quint32> order = complete(tree);

    std::vector<quint32> rowOf(tree.nodes.size());
    quint32 row = 0;
    for (const quint32 node : order) {
        if (tree.nodes[node].ids.empty())
            rowOf[node] = m_classes * row++;
    }
    m_firstReporting = row * m_classes;
    m_reportBegin = {0};
    for (const quint32 node : order) {
        const std::vector<int> &ids = tree.nodes[node].ids;
        if (ids.empty())
            continue;
        rowOf[node] = m_classes * row++;
        m_reports.insert(m_reports.end(), ids.begin(), ids.end());
        m_reportBegin.push_back(static_cast<quint32>(m_reports.size()));
    }
    m_next.resize(tree.nodes.size() * m_classes);
    for (const quint32 node : order) { // as after its failure, but for its own edges
        quint32 *cells = m_next.data() + rowOf[node];
        if (node != 0)
            std::copy_n(m_next.data() + rowOf[tree.nodes[node].fail], m_classes, cells);
        tree.forEachChild(node, [&](quint32 child) { cells[tree.nodes[child].byteClass] = rowOf[child]; });
    }
    m_words.clear();
}

} // namespace AutoCommit
