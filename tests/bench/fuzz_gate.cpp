// libFuzzer target of the scanner: no input may crash it, lead it out of the text, or make redaction leave a finding.

#include "core/privacy/conflictmarkers.h"
#include "core/privacy/gitleaksfiles.h"
#include "core/privacy/pathrules.h"
#include "core/privacy/scanstream.h"
#include "core/privacy/secretscanner.h"

#include <cstdlib>

using namespace AutoCommit;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

void scanOneWayAndAnother(const SecretScanner &scanner, QByteArrayView text, const ScanContext &context)
{
    const Findings whole = scanner.scan(text, context);
    ScanStream stream = scanner.stream(context);
    const qsizetype cut = text.isEmpty() ? 0 : static_cast<unsigned char>(text.front()) * text.size() / 256;
    stream.feed(text.first(cut));
    stream.feed(text.sliced(cut));
    const Findings pieces = stream.finish();
    require(whole.size() == pieces.size());
    qsizetype end = 0;
    for (qsizetype i = 0; i < whole.size(); ++i) {
        require(whole[i].offset == pieces[i].offset && whole[i].length == pieces[i].length);
        require(whole[i].offset >= end && whole[i].length > 0);
        end = whole[i].offset + whole[i].length;
    }
    require(end <= text.size());
    const RedactedText redacted = scanner.redact(text, context);
    require(redacted.bytes().size() == text.size());
    require(scanner.scan(redacted.bytes(), context).isEmpty());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, std::size_t size)
{
    static const SecretScanner scanner;
    static const PathRules rules;
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    scanOneWayAndAnother(scanner, bytes, {});
    scanOneWayAndAnother(scanner, bytes, {.path = "deploy/app.env"});
    (void)rules.judge(bytes.left(300));
    (void)firstConflictLine(bytes);
    (void)readGitleaksConfig(bytes);
    (void)readGitleaksIgnore(bytes);
    return 0;
}
