#pragma once

#include "core/privacy/hit.h"
#include "core/privacy/scanknowledge.h"
#include "core/privacy/valueplace.h"

namespace AutoCommit {

/// Finds values that only their name gives away: `db_password = "…"`, `<ApiKey>…</ApiKey>`, `--token …`.
/// One object per window.
class NameScan
{
public:
    /// `hints` is read at every place: it may change between them.
    NameScan(const ScanKnowledge &knowledge, QByteArrayView text, const FileHints &hints, Hits &hits)
        : m_knowledge(knowledge)
        , m_text(text)
        , m_hints(hints)
        , m_hits(hits)
    { }

    /// Part of a telling name is at [begin, end).
    void atPart(qsizetype begin, qsizetype end);

private:
    struct Name
    {
        NameKind kind;
        QByteArrayView text;
    };
    NameKind kindOfName(qsizetype begin, qsizetype end) const;
    void judge(const Name &given, const ValuePlace &place);
    bool isSecret(const Name &given, QByteArrayView value, const ValuePlace &place) const;
    static bool isLiveToken(const ValueTraits &traits, bool named);
    bool isPhrase(QByteArrayView given, QByteArrayView value) const;
    bool isInConnection(const ValuePlace &place) const;
    bool isChosenPassword(QByteArrayView value, const ValueTraits &traits, const ValuePlace &place) const;
    bool isWrittenPassphrase(QByteArrayView value, const ValuePlace &place) const;
    bool isName(QByteArrayView value) const;

    const ScanKnowledge &m_knowledge;
    QByteArrayView m_text;
    const FileHints &m_hints;
    Hits &m_hits;
    qsizetype m_lastEnd = -1;
    qsizetype m_valueEnd = 0; ///< of the values looked at so far
    int m_namesInside = 0; ///< names within one of them
};

} // namespace AutoCommit
