#include "core/privacy/shape.h"

#include <algorithm>

namespace AutoCommit {

namespace {

/// What comes behind the sequence being matched.
struct Frame
{
    const Shape::Sequence *sequence = nullptr;
    std::size_t index = 0;
    const Shape::Node *group = nullptr; ///< set: another round of this group may come first
    int rounds = 0;
    const Frame *up = nullptr;
};

class Matcher
{
public:
    explicit Matcher(RunCache &cache)
        : m_cache(cache)
        , m_text(cache.text())
    { }

    qsizetype sequence(const Shape::Sequence &nodes, std::size_t index, qsizetype at, const Frame *up)
    {
        if (index == nodes.size())
            return up ? resume(*up, at) : at;
        const Shape::Node &node = nodes[index];
        if (!node.choices.empty())
            return group(node, 0, at, {.sequence = &nodes, .index = index + 1, .up = up});
        qsizetype length = available(node, at);
        if (length < node.min)
            return -1;
        if (!node.gives)
            return sequence(nodes, index + 1, at + length, up);
        for (; length >= node.min; --length) {
            const qsizetype end = sequence(nodes, index + 1, at + length, up);
            if (end >= 0)
                return end;
        }
        return -1;
    }

private:
    qsizetype resume(const Frame &frame, qsizetype at)
    {
        if (frame.group) {
            const Frame after{.sequence = frame.sequence, .index = frame.index, .up = frame.up};
            return group(*frame.group, frame.rounds, at, after);
        }
        return sequence(*frame.sequence, frame.index, at, frame.up);
    }

    qsizetype group(const Shape::Node &node, int rounds, qsizetype at, const Frame &after)
    {
        if (rounds < node.max) {
            const Frame again{
                .sequence = after.sequence, .index = after.index, .group = &node, .rounds = rounds + 1, .up = after.up};
            for (const Shape::Sequence &choice : node.choices) {
                const qsizetype end = sequence(choice, 0, at, &again);
                if (end >= 0)
                    return end;
            }
        }
        return rounds >= node.min ? resume(after, at) : -1;
    }

    qsizetype available(const Shape::Node &node, qsizetype at)
    {
        constexpr int worthRemembering = 128;
        if (node.max > worthRemembering)
            return std::min<qsizetype>(m_cache.runEnd(node.set, node.setId, at) - at, node.max);
        const qsizetype limit = std::min<qsizetype>(m_text.size() - at, node.max);
        qsizetype length = 0;
        while (length < limit && node.set.contains(m_text[at + length]))
            ++length;
        return length;
    }

    RunCache &m_cache;
    QByteArrayView m_text;
};

qsizetype minLengthOf(const Shape::Sequence &nodes)
{
    qsizetype total = 0;
    for (const Shape::Node &node : nodes) {
        qsizetype one = 1;
        for (std::size_t i = 0; i < node.choices.size(); ++i) {
            const qsizetype length = minLengthOf(node.choices[i]);
            one = i == 0 ? length : std::min(one, length);
        }
        total += one * node.min;
    }
    return total;
}

} // namespace

int ByteSetNumbers::numberOf(const ByteSet &set)
{
    const auto found = std::find(m_sets.begin(), m_sets.end(), set);
    if (found != m_sets.end())
        return static_cast<int>(found - m_sets.begin());
    m_sets.push_back(set);
    return static_cast<int>(m_sets.size()) - 1;
}

qsizetype RunCache::runEnd(const ByteSet &set, int id, qsizetype at)
{
    const auto index = static_cast<std::size_t>(id);
    if (index >= m_runs.size())
        m_runs.resize(index + 1);
    Run &run = m_runs[index];
    if (at < run.begin || at >= run.end) {
        run.begin = at;
        run.end = at;
        while (run.end < m_text.size() && set.contains(m_text[run.end]))
            ++run.end;
    }
    return run.end;
}

qsizetype Shape::match(RunCache &cache, qsizetype at) const
{
    return Matcher(cache).sequence(m_nodes, 0, at, nullptr);
}

qsizetype Shape::minLength() const
{
    return minLengthOf(m_nodes);
}

} // namespace AutoCommit
