#pragma once

#include "core/privacy/filehints.h"
#include "core/privacy/finding.h"
#include "core/privacy/hit.h"
#include "core/privacy/secretscanner.h"
#include "core/privacy/textdecoder.h"

namespace AutoCommit {

/// Scans a blob of any size that comes in pieces, holding about one megabyte of it. The windows that are searched lie
/// at fixed places of the blob and overlap, so the findings do not depend on the pieces and none is lost at a border.
/// For one thread.
class ScanStream
{
public:
    void feed(QByteArrayView piece);

    /// To be called once, behind the last piece.
    Findings finish();

private:
    friend class SecretScanner;
    ScanStream(std::shared_ptr<const SecretScanner::Engine> engine, const ScanContext &context);

    void scanWindow(qsizetype ownedEnd);
    void addWideHits(QByteArrayView window, Hits &hits) const;
    void report(const Hit &hit, QByteArrayView window, qsizetype windowBegin);
    int columnOf(QByteArrayView window, qsizetype windowBegin, qsizetype at) const;
    void countLines(qsizetype until);

    std::shared_ptr<const SecretScanner::Engine> m_engine;
    ScanContext m_context;
    FileHints m_hints;
    TextDecoder m_decoder;
    QByteArray m_text; ///< decoded, from m_base on
    qsizetype m_base = 0;
    qsizetype m_owned = 0; ///< findings that begin before it are reported
    qsizetype m_counted = 0; ///< up to where lines are counted
    int m_line = 1;
    qsizetype m_lineBegin = 0;
    qsizetype m_reportedEnd = 0;
    Findings m_findings;
};

} // namespace AutoCommit
