#include "core/privacy/secretscanner.h"

#include "core/privacy/scanengine.h"
#include "core/privacy/scanstream.h"

#include <algorithm>

namespace AutoCommit {

namespace {

/// Blanks, line ends and the zero bytes of wide text stay, so the shape of the text does.
void mask(char *begin, qsizetype length)
{
    for (qsizetype i = 0; i < length; ++i) {
        const auto c = static_cast<unsigned char>(begin[i]);
        if (c > ' ')
            begin[i] = '*';
    }
}

/// A value that was found once is masked wherever it occurs; short ones could be words.
void maskEverywhere(QByteArray &text, const QByteArray &value)
{
    constexpr qsizetype shortest = 6;
    if (value.size() < shortest)
        return;
    for (qsizetype at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.size()))
        mask(text.data() + at, value.size());
}

} // namespace

SecretScanner::SecretScanner(const GatePolicy &policy)
    : m_engine(std::make_shared<const Engine>(policy))
{ }

Findings SecretScanner::scan(QByteArrayView content, const ScanContext &context) const
{
    ScanStream scanning = stream(context);
    scanning.feed(content);
    return scanning.finish();
}

ScanStream SecretScanner::stream(const ScanContext &context) const
{
    return ScanStream(m_engine, context);
}

RedactedText SecretScanner::redact(QByteArrayView text, const ScanContext &context) const
{
    constexpr int rounds = 8; // masking one value can bring out another that it overlapped
    QByteArray out = text.toByteArray();
    for (int round = 0; round < rounds; ++round) {
        const Findings findings = scan(out, context);
        if (findings.isEmpty())
            return RedactedText(std::move(out));
        const QByteArray before = out;
        for (const Finding &finding : findings)
            mask(out.data() + finding.offset, finding.length);
        for (const Finding &finding : findings)
            maskEverywhere(out, before.mid(finding.offset, finding.length));
    }
    mask(out.data(), out.size());
    return RedactedText(std::move(out));
}

QStringList SecretScanner::complaints() const
{
    return m_engine->matcher().complaints();
}

} // namespace AutoCommit
