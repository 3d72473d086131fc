#pragma once

#include "core/base/result.h"
#include "core/privacy/byteset.h"

#include <QByteArray>
#include <QList>

#include <vector>

namespace AutoCommit {

/// Remembers, for one text, how far the last run of each byte set reached, so that many attempts inside one long run
/// cost one pass over it: matching stays linear whatever the text is.
class RunCache
{
public:
    explicit RunCache(QByteArrayView text)
        : m_text(text)
    { }

    QByteArrayView text() const { return m_text; }

    /// End of the run of bytes of `set` that begins at `at`; `id` tells sets apart.
    qsizetype runEnd(const ByteSet &set, int id, qsizetype at);

private:
    struct Run
    {
        qsizetype begin = 0;
        qsizetype end = 0;
    };
    QByteArrayView m_text;
    std::vector<Run> m_runs;
};

/// Numbers byte sets: equal sets get the same number, so that shapes share the runs of a RunCache.
class ByteSetNumbers
{
public:
    int numberOf(const ByteSet &set);

private:
    std::vector<ByteSet> m_sets;
};

/// The form of a token, as its provider documents it, in a small regular language:
///   literals, `\` escapes, `\d` digit, `\h` hexadecimal digit, `\s` blank, `\u` UUID, `[a-z0-9_-]`, `[^…]`,
///   `(one|two)`, and behind any of them `?`, `{n}`, `{n,m}`, `{n,}`; a leading `(?i)` makes letters match in both
///   cases.
/// A repeated set takes all it can and gives back only where the next one overlaps it; parse() refuses shapes whose
/// choices could multiply, so one attempt costs no more than a small multiple of the token's length.
class Shape
{
public:
    struct Node
    {
        ByteSet set = {}; ///< of a byte
        int setId = 0;
        std::vector<std::vector<Node>> choices = {}; ///< of a group; then `set` is unused
        int min = 1;
        int max = 1;
        bool gives = false; ///< the set overlaps what follows: shorter runs have to be tried
    };
    using Sequence = std::vector<Node>;

    /// One of these byte strings (lower case) is in every match, between `minBefore` and `maxBefore` bytes behind its
    /// start.
    struct Anchor
    {
        QByteArray keyword = {};
        int minBefore = 0;
        int maxBefore = 0;
    };

    static constexpr int unbounded = 8192; ///< what `{n,}` means; longer tokens are found by their beginning

    static Result<Shape> parse(QByteArrayView text, ByteSetNumbers &numbers);

    /// End of the match that begins exactly at `at` (as long as the form allows), or -1.
    qsizetype match(RunCache &cache, qsizetype at) const;

    const QList<Anchor> &anchors() const { return m_anchors; }
    const Sequence &nodes() const { return m_nodes; }
    qsizetype minLength() const;

private:
    Sequence m_nodes;
    QList<Anchor> m_anchors = {};
};

} // namespace AutoCommit
