#pragma once

#include "core/privacy/assignment.h"
#include "core/privacy/filehints.h"
#include "core/privacy/hit.h"
#include "core/privacy/scanknowledge.h"

namespace AutoCommit {

/// Finds values that only their name gives away: `db_password = "…"`, `<ApiKey>…</ApiKey>`, `--token …`.
/// One object per window.
class NameScan
{
public:
    NameScan(const ScanKnowledge &knowledge, QByteArrayView text, FileHints hints, Hits &hits)
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
    bool isSecret(const Name &given, QByteArrayView value, const AssignedValue &assigned) const;
    static bool isLiveToken(const ValueTraits &traits, bool named);
    bool isPhrase(qsizetype begin, qsizetype end, QByteArrayView value) const;
    bool isParameter(const AssignedValue &assigned) const;
    bool isInConnection(const AssignedValue &assigned) const;
    bool isChosenPassword(QByteArrayView name, QByteArrayView value, const ValueTraits &traits,
                          const AssignedValue &assigned) const;
    bool isWrittenDown(QByteArrayView name, const AssignedValue &assigned) const;
    bool isWrittenPassphrase(QByteArrayView name, QByteArrayView value, const AssignedValue &assigned) const;
    bool followsParameter(qsizetype valueBegin) const;
    bool beginsLine(QByteArrayView name) const;
    bool isFlag(QByteArrayView name) const;
    bool isSetByShell(QByteArrayView name) const;
    bool isName(QByteArrayView value) const;
    bool isInResourceName(qsizetype nameBegin) const;
    bool isUsedAsVariable(qsizetype nameBegin, const AssignedValue &assigned) const;
    bool isDirect(const AssignedValue &assigned) const;
    bool standsInLogin(qsizetype valueBegin) const;

    const ScanKnowledge &m_knowledge;
    QByteArrayView m_text;
    FileHints m_hints;
    Hits &m_hits;
    qsizetype m_lastEnd = -1;
    qsizetype m_valueEnd = 0; ///< of the values looked at so far
    int m_namesInside = 0; ///< names within one of them
};

} // namespace AutoCommit
