#include "core/privacy/keywordset.h"

#include "core/privacy/byteset.h"

namespace AutoCommit {

namespace {

/// The keywords as a tree, then with every missing edge filled in. A node's row is its index.
struct Tree
{
    explicit Tree(std::size_t classCount)
        : classes(classCount)
    {
        addNode();
    }

    quint32 addNode()
    {
        edges.resize(edges.size() + classes, 0);
        fail.push_back(0);
        ids.emplace_back();
        return static_cast<quint32>(fail.size()) - 1;
    }

    quint32 &edge(quint32 node, std::size_t byteClass) { return edges[node * classes + byteClass]; }

    std::size_t classes;
    std::vector<quint32> edges;
    std::vector<quint32> fail;
    std::vector<std::vector<int>> ids;
};

/// Breadth first, so that the node a failure leads to is complete before it is needed.
void complete(Tree &tree)
{
    std::vector<quint32> queue;
    for (std::size_t c = 0; c < tree.classes; ++c) {
        if (tree.edge(0, c) != 0)
            queue.push_back(tree.edge(0, c));
    }
    for (std::size_t head = 0; head < queue.size(); ++head) {
        const quint32 node = queue[head];
        const quint32 fail = tree.fail[node];
        tree.ids[node].insert(tree.ids[node].end(), tree.ids[fail].begin(), tree.ids[fail].end());
        for (std::size_t c = 0; c < tree.classes; ++c) {
            quint32 &child = tree.edge(node, c);
            if (child == 0) {
                child = tree.edge(fail, c);
            } else {
                tree.fail[child] = tree.edge(fail, c);
                queue.push_back(child);
            }
        }
    }
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
    Tree tree(m_classes);
    for (const Word &word : m_words) {
        quint32 node = 0;
        for (const char c : word.text) {
            const std::size_t byteClass = m_classOf[static_cast<unsigned char>(c)];
            if (tree.edge(node, byteClass) == 0) {
                const quint32 made = tree.addNode();
                tree.edge(node, byteClass) = made;
            }
            node = tree.edge(node, byteClass);
        }
        tree.ids[node].push_back(word.id);
    }
    complete(tree);

    const std::size_t nodes = tree.fail.size();
    std::vector<quint32> rowOf(nodes);
    quint32 row = 0;
    for (std::size_t node = 0; node < nodes; ++node) {
        if (tree.ids[node].empty())
            rowOf[node] = row++;
    }
    m_firstReporting = row * m_classes;
    m_reportBegin = {0};
    for (std::size_t node = 0; node < nodes; ++node) {
        if (tree.ids[node].empty())
            continue;
        rowOf[node] = row++;
        m_reports.insert(m_reports.end(), tree.ids[node].begin(), tree.ids[node].end());
        m_reportBegin.push_back(static_cast<quint32>(m_reports.size()));
    }
    m_next.resize(nodes * m_classes);
    for (std::size_t node = 0; node < nodes; ++node) {
        for (std::size_t c = 0; c < m_classes; ++c)
            m_next[rowOf[node] * m_classes + c] = rowOf[tree.edge(static_cast<quint32>(node), c)] * m_classes;
    }
    m_words.clear();
}

} // namespace AutoCommit
