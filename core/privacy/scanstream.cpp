#include "core/privacy/scanstream.h"

#include "core/privacy/fingerprint.h"
#include "core/privacy/inlineallow.h"
#include "core/privacy/memorydump.h"
#include "core/privacy/scanengine.h"
#include "core/privacy/windowscan.h"

#include <algorithm>

namespace AutoCommit {

namespace {

constexpr qsizetype windowSize = qsizetype(1) << 20;
constexpr qsizetype overlap = qsizetype(64) << 10; ///< text on both sides of a window that its findings may need
constexpr qsizetype longestLine = 4096; ///< of which allowances are judged

QByteArrayView lineAround(QByteArrayView text, qsizetype begin, qsizetype end)
{
    const qsizetype from = std::max<qsizetype>(0, begin - longestLine);
    const qsizetype to = std::min(text.size(), end + longestLine);
    qsizetype first = begin;
    while (first > from && text[first - 1] != '\n')
        --first;
    qsizetype last = end;
    while (last < to && text[last] != '\n')
        ++last;
    return text.sliced(first, last - first);
}

} // namespace

ScanStream::ScanStream(std::shared_ptr<const SecretScanner::Engine> engine, const ScanContext &context)
    : m_engine(std::move(engine))
    , m_context(context)
    , m_hints(fileHintsOf(context.path))
{ }

void ScanStream::feed(QByteArrayView piece)
{
    // Large pieces are taken in portions, so that the buffer stays small.
    for (qsizetype at = 0; at < piece.size(); at += windowSize) {
        m_decoder.feed(piece.sliced(at, std::min(windowSize, piece.size() - at)), m_text);
        while (m_base + m_text.size() >= m_owned + windowSize + overlap)
            scanWindow(m_owned + windowSize);
    }
}

Findings ScanStream::finish()
{
    m_decoder.finish(m_text);
    while (m_owned < m_base + m_text.size())
        scanWindow(std::min(m_owned + windowSize, m_base + m_text.size()));
    return std::move(m_findings);
}

/// Searches [m_owned, ownedEnd) with the text on both sides of it and lets go of what no later window needs.
void ScanStream::scanWindow(qsizetype ownedEnd)
{
    const qsizetype begin = std::max(m_base, m_owned - overlap);
    const qsizetype end = std::min(m_base + m_text.size(), ownedEnd + overlap);
    const QByteArrayView window = QByteArrayView(m_text).sliced(begin - m_base, end - begin);
    Hits hits = AutoCommit::scanWindow(m_engine->knowledge(), window, m_hints);
    m_engine->matcher().search(window, m_context.path, begin == 0, hits);
    addWideHits(window, hits);
    if (const qsizetype head = begin == 0 ? memoryDumpHead(window) : 0; head > 0)
        hits.push_back({.begin = 0, .end = head, .rule = "memory-dump", .certainty = Certainty::Proven});
    for (const Hit &hit : withoutOverlaps(std::move(hits))) {
        const qsizetype at = begin + hit.begin;
        if (at >= m_owned && at < ownedEnd && at >= m_reportedEnd)
            report(hit, window, begin);
    }
    countLines(ownedEnd);
    m_owned = ownedEnd;
    const qsizetype keep = std::max(m_base, m_owned - overlap);
    m_text.remove(0, keep - m_base);
    m_base = keep;
}

/// Text of two bytes a character inside binary data.
void ScanStream::addWideHits(QByteArrayView window, Hits &hits) const
{
    for (const WideText &wide : wideTextsIn(window)) {
        for (Hit hit : AutoCommit::scanWindow(m_engine->knowledge(), wide.text, m_hints)) {
            hit.begin = wide.begin + 2 * hit.begin;
            hit.end = std::min(window.size(), wide.begin + 2 * hit.end);
            hits.push_back(std::move(hit));
        }
    }
}

int ScanStream::columnOf(QByteArrayView window, qsizetype windowBegin, qsizetype at) const
{
    constexpr qsizetype longestLine = 4096; // that anybody looks for a column in
    if (m_lineBegin < windowBegin || at - m_lineBegin > longestLine)
        return static_cast<int>(at - m_lineBegin) + 1;
    const QByteArrayView before = window.sliced(m_lineBegin - windowBegin, at - m_lineBegin);
    const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }; // a character of UTF-8
    return static_cast<int>(std::count_if(before.begin(), before.end(), begins)) + 1;
}

void ScanStream::report(const Hit &hit, QByteArrayView window, qsizetype windowBegin)
{
    const qsizetype at = windowBegin + hit.begin;
    const QByteArrayView value = window.sliced(hit.begin, hit.end - hit.begin);
    countLines(at);
    const QByteArrayView line = lineAround(window, hit.begin, hit.end);
    Finding finding{.rule = hit.rule,
                    .offset = m_decoder.offsetOf(at),
                    .length = m_decoder.offsetOf(at + value.size()) - m_decoder.offsetOf(at),
                    .line = m_line,
                    .column = columnOf(window, windowBegin, at),
                    .preview = previewOf(value, hit.rule),
                    .fingerprint = fingerprintOf(m_engine->policy.salt, hit.rule, value)};
    const qsizetype lineBegin = line.data() - window.data();
    const FoundSecret found{.rule = hit.rule,
                            .secret = value,
                            .match = window.sliced(lineBegin, hit.end - lineBegin),
                            .line = line,
                            .path = m_context.path,
                            .lineNumber = finding.line,
                            .fingerprint = finding.fingerprint};
    finding.allowance = m_engine->matcher().allowanceOf(found);
    if (finding.blocks() && hasInlineAllow(line, hit.rule))
        finding.allowance = Allowance::Inline;
    m_findings.append(std::move(finding));
    m_reportedEnd = windowBegin + hit.end;
}

void ScanStream::countLines(qsizetype until)
{
    for (; m_counted < until; ++m_counted) {
        if (m_text[m_counted - m_base] == '\n') {
            ++m_line;
            m_lineBegin = m_counted + 1;
        }
    }
}

} // namespace AutoCommit
