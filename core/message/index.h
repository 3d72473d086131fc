#pragma once

#include "core/message/view.h"

#include <QHash>

namespace AutoCommit::Wording {

/// How often a word of code stands in the changed lines.
struct WordUse
{
    int added = 0;
    int removed = 0;
    int addedBlocks = 0; ///< in how many runs of changed lines
    int removedBlocks = 0;
    int files = 0; ///< in how many files on either side
    int first = 0; ///< order of first sight, to keep choices deterministic
    bool called = false; ///< seen before a '('
    bool unchanged = false; ///< also seen in a line that did not change
    qsizetype lastBlock = -1;
    qsizetype lastFile = -1;
};

/// Every identifier of the changed code lines that did not just move.
class WordIndex
{
public:
    explicit WordIndex(const ChangeView &view);

    WordUse use(ByteView word) const { return m_uses.value(word); }
    bool isNew(ByteView word) const;
    bool isGone(ByteView word) const;
    const QHash<ByteView, WordUse> &all() const { return m_uses; }

private:
    void count(const ChangeView &view, qsizetype block, const QList<Line> &lines, bool added);

    QHash<ByteView, WordUse> m_uses;
};

} // namespace AutoCommit::Wording
