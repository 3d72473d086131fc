#pragma once

#include "core/privacy/filehints.h"
#include "core/privacy/hit.h"
#include "core/privacy/scanknowledge.h"

#include <QHash>

namespace AutoCommit {

/// Tries the token formats at the places their keywords point to. One object per window.
class TokenScan
{
public:
    /// `hints` is read at every place: it may change between them.
    TokenScan(const ScanKnowledge &knowledge, QByteArrayView text, const FileHints &hints, Hits &hits)
        : m_knowledge(knowledge)
        , m_text(text)
        , m_hints(hints)
        , m_runs(text)
        , m_hits(hits)
    { }

    /// The keyword of a format ends at `end`.
    void atKeyword(const Trigger &trigger, qsizetype end);

    /// A word that a format has to be near to ends at `end`.
    void behindWord(const Trigger &trigger, qsizetype end);

    /// A long run of token characters is at [begin, end): formats without a fixed part. True if one was found.
    bool atRun(qsizetype begin, qsizetype end);

private:
    /// `fixed` is the length of the fixed part at the beginning of the token, 0 if it has none.
    bool hasChecksum(const TokenRule &rule, qsizetype begin, qsizetype end) const;
    bool tryAt(const TokenRule &rule, qsizetype begin, qsizetype fixed, Certainty certainty);
    bool isOpenLeft(qsizetype begin, bool whole) const;
    bool isOpenRight(const TokenRule &rule, qsizetype end) const;
    bool accept(const TokenRule &rule, QByteArrayView token, qsizetype fixed, Certainty &certainty) const;
    bool readsLikeWords(QByteArrayView random) const;
    bool hasNearWord(const TokenRule &rule, qsizetype begin) const;

    const ScanKnowledge &m_knowledge;
    QByteArrayView m_text;
    const FileHints &m_hints;
    RunCache m_runs;
    Hits &m_hits;
    QHash<const Trigger *, qsizetype> m_tried; ///< up to where tokens were looked for that begin far in front of it
};

} // namespace AutoCommit
