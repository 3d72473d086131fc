#pragma once

#include "core/privacy/byteset.h"
#include "core/privacy/filehints.h"
#include "core/privacy/hit.h"
#include "core/privacy/scanknowledge.h"

#include <algorithm>

namespace AutoCommit {

inline constexpr qsizetype shortestRun = 20;
inline constexpr ByteSet runBytes = Bytes::with(Bytes::alnum, "_-+/=.~%");

/// Calls take(begin, end) for every run of 20 and more token characters with digits in it (long names have none or
/// few). Ordinary text is passed over in steps of 20 bytes.
template <typename Take> void forEachLongRun(QByteArrayView text, Take &&take)
{
    qsizetype low = 0; // everything before it is dealt with
    qsizetype probe = shortestRun - 1;
    while (probe < text.size()) {
        qsizetype begin = probe + 1;
        while (begin > low && runBytes.contains(text[begin - 1]))
            --begin;
        if (probe - begin + 1 < shortestRun) {
            low = begin;
            probe = begin + shortestRun - 1;
            continue;
        }
        qsizetype end = probe + 1;
        while (end < text.size() && runBytes.contains(text[end]))
            ++end;
        if (std::count_if(text.begin() + begin, text.begin() + end, Bytes::isDigit) > 1)
            take(begin, end);
        low = end;
        probe = end + shortestRun;
    }
}

/// Judges long runs by themselves: a random value with a telling word shortly before it is taken for a secret.
class RunScan
{
public:
    /// `hints` is read at every place: it may change between them.
    RunScan(const ScanKnowledge &knowledge, QByteArrayView text, const FileHints &hints, Hits &hits)
        : m_knowledge(knowledge)
        , m_text(text)
        , m_hints(hints)
        , m_hits(hits)
    { }

    void at(qsizetype begin, qsizetype end);

private:
    void narrow(qsizetype &begin, qsizetype &end) const;
    bool isGiven(qsizetype valueBegin) const;
    bool isEncrypted(qsizetype valueBegin) const;
    bool isName(qsizetype valueEnd) const;
    bool isInParentheses(qsizetype begin, qsizetype end) const;
    bool isInBraces(qsizetype begin, qsizetype end) const;
    bool isIllustration(qsizetype valueBegin) const;
    NameKind nearestKind(qsizetype valueBegin) const;
    bool hasTellingWord(qsizetype valueBegin, bool strict) const;

    const ScanKnowledge &m_knowledge;
    QByteArrayView m_text;
    const FileHints &m_hints;
    Hits &m_hits;
};

} // namespace AutoCommit
