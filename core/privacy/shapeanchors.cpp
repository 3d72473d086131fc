#include "core/privacy/shapeanchors.h"

#include <algorithm>

namespace AutoCommit {

namespace {

constexpr int mostKeywords = 128;

/// All byte strings a node can stand for, lower case, or nothing if they are too many to list.
QList<QByteArray> spellings(const Shape::Node &node)
{
    QList<QByteArray> out;
    if (node.min != node.max || node.min != 1)
        return out;
    for (const Shape::Sequence &choice : node.choices) {
        QList<QByteArray> parts{QByteArray()};
        for (const Shape::Node &inner : choice) {
            QList<QByteArray> longer;
            for (const QByteArray &head : parts) {
                for (const QByteArray &tail : spellings(inner))
                    longer.append(head + tail);
            }
            parts = longer;
        }
        if (parts.isEmpty() || parts.contains(QByteArray()) || out.size() + parts.size() > mostKeywords)
            return {};
        out += parts;
    }
    if (node.choices.empty() && node.set.size() <= 4) {
        node.set.forEach([&](char c) {
            const QByteArray one(1, Bytes::toLower(c));
            if (!out.contains(one))
                out.append(one);
        });
    }
    return out;
}

struct Width
{
    qsizetype min = 0;
    qsizetype max = 0;
};

Width widthOf(const Shape::Node &node)
{
    Width one{.min = 1, .max = 1};
    for (std::size_t i = 0; i < node.choices.size(); ++i) {
        Width sum;
        for (const Shape::Node &inner : node.choices[i]) {
            sum.min += widthOf(inner).min;
            sum.max += widthOf(inner).max;
        }
        one.min = i == 0 ? sum.min : std::min(one.min, sum.min);
        one.max = i == 0 ? sum.max : std::max(one.max, sum.max);
    }
    return {.min = one.min * node.min, .max = one.max * node.max};
}

qsizetype shortest(const QList<QByteArray> &words)
{
    qsizetype length = words.isEmpty() ? 0 : words.first().size();
    for (const QByteArray &word : words)
        length = std::min(length, word.size());
    return length;
}

} // namespace

QList<Shape::Anchor> findShapeAnchors(const Shape::Sequence &nodes)
{
    QList<QByteArray> best;
    Width bestBefore;
    QList<QByteArray> current;
    Width currentBefore;
    Width before;
    for (const Shape::Node &node : nodes) {
        const QList<QByteArray> here = spellings(node);
        if (here.isEmpty() || current.size() * here.size() > mostKeywords)
            current.clear();
        if (current.isEmpty() && !here.isEmpty()) {
            current = here;
            currentBefore = before;
        } else if (!here.isEmpty()) {
            QList<QByteArray> longer;
            for (const QByteArray &head : std::as_const(current)) {
                for (const QByteArray &tail : here)
                    longer.append(head + tail);
            }
            current = longer;
        }
        if (shortest(current) > shortest(best)) {
            best = current;
            bestBefore = currentBefore;
        }
        before.min += widthOf(node).min;
        before.max += widthOf(node).max;
    }
    QList<Shape::Anchor> anchors;
    for (const QByteArray &word : std::as_const(best)) {
        anchors.append({.keyword = word,
                        .minBefore = static_cast<int>(bestBefore.min),
                        .maxBefore = static_cast<int>(bestBefore.max)});
    }
    return anchors;
}

} // namespace AutoCommit
