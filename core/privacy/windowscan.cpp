#include "core/privacy/windowscan.h"

#include "core/privacy/commandpassword.h"
#include "core/privacy/decoding.h"
#include "core/privacy/escapes.h"
#include "core/privacy/jsonwebtoken.h"
#include "core/privacy/kubernetessecret.h"
#include "core/privacy/namescan.h"
#include "core/privacy/privatekeys.h"
#include "core/privacy/runscan.h"
#include "core/privacy/tokenchecks.h"
#include "core/privacy/tokenscan.h"
#include "core/privacy/urlpasswords.h"

#include <algorithm>

namespace AutoCommit {

namespace {

/// Reports the run at [begin, end) as a whole if what it decodes to holds a secret, or if it is a private key.
bool scanDecoded(const ScanKnowledge &knowledge, QByteArrayView text, qsizetype begin, qsizetype end, Hits &hits)
{
    for (qsizetype i = end - 3; i > begin; --i) { // behind `name=`; padding stays
        if (text[i] == '=' && text[i + 1] != '=') {
            begin = i + 1;
            break;
        }
    }
    const QByteArrayView run = text.sliced(begin, end - begin);
    if (derKindOf(run) == DerKind::PrivateKey) {
        hits.push_back({.begin = begin, .end = end, .rule = "private-key", .certainty = Certainty::Proven});
        return true;
    }
    const QByteArray decoded = decodedText(run);
    if (decoded.isEmpty())
        return false;
    const Hits inner = scanWindow(knowledge, decoded, {}, Depth::Decoded);
    if (!inner.empty())
        hits.push_back({.begin = begin, .end = end, .rule = inner.front().rule, .certainty = inner.front().certainty});
    return !inner.empty();
}

/// The key of a Sentry DSN that web pages report to: Sentry's documentation calls it safe to publish.
bool standsInPublicDsn(QByteArrayView text, const Hit &hit)
{
    constexpr qsizetype longestHost = 60;
    const QByteArrayView behind = text.sliced(hit.end, std::min(longestHost, text.size() - hit.end));
    return behind.startsWith("@o") && behind.contains(".ingest.");
}

/// The search-only key of Algolia that a web page sends: its documentation has it stand beside the index in public. The
/// admin key and other secrets of a configuration look alike and stand there, too: the name tells.
bool standsBesideIndex(QByteArrayView text, const Hit &hit)
{
    constexpr qsizetype around = 200;
    const qsizetype from = std::max<qsizetype>(0, hit.begin - around);
    const QByteArrayView near = text.sliced(from, std::min(text.size(), hit.end + around) - from);
    constexpr qsizetype longestName = 40;
    const qsizetype lead = std::max<qsizetype>(0, hit.begin - longestName);
    QByteArrayView before = text.sliced(lead, hit.begin - lead);
    before = before.sliced(before.lastIndexOf(',') + 1);
    const QByteArray name = before.sliced(before.lastIndexOf('\n') + 1).toByteArray().toLower();
    const bool search = name.contains("apikey") || name.contains("api_key") || name.contains("search");
    return hit.end - hit.begin == 32 && near.contains("indexName") && near.contains("appId") && search
        && !name.contains("admin") && !name.contains("write");
}

/// The token in the tag that Cloudflare's analytics have web pages carry.
bool standsInBeacon(QByteArrayView text, const Hit &hit)
{
    constexpr qsizetype longestLead = 60;
    const qsizetype from = std::max<qsizetype>(0, hit.begin - longestLead);
    return text.sliced(from, hit.begin - from).contains("data-cf-beacon");
}

bool isRefutedJwt(QByteArrayView value)
{
    return value.startsWith("eyJ") && value.count('.') == 2
        && checkToken(TokenCheck::Jwt, value) == CheckVerdict::Refuted;
}

/// `_authToken = Convert.ToBase64String(…)`
bool isCall(QByteArrayView text, const Hit &hit)
{
    return hit.end < text.size() && text[hit.end] == '(' && hit.certainty != Certainty::Proven
        && text.sliced(hit.begin, hit.end - hit.begin).contains('.');
}

/// Where Rust's unit tests begin, which stand behind the code they test; else the end.
qsizetype inlineTestsOf(QByteArrayView text, const FileHints &hints)
{
    constexpr QByteArrayView mark = "#[cfg(test)]";
    constexpr qsizetype longestAttributes = 80; // further attributes
    for (qsizetype at = hints.inlineTests ? text.indexOf(mark) : -1; at >= 0; at = text.indexOf(mark, at + 1)) {
        const qsizetype behind = at + mark.size();
        const QByteArrayView next = text.sliced(behind, std::min(longestAttributes, text.size() - behind));
        const qsizetype module = next.indexOf("mod ");
        if (module >= 0 && next.first(module).indexOf(';') < 0 && next.sliced(module).contains('{'))
            return at;
    }
    return text.size();
}

/// Made to be shown to everybody.
bool isPublic(const ScanKnowledge &knowledge, QByteArrayView text, const Hit &hit, const FileHints &hints)
{
    const QByteArrayView value = text.sliced(hit.begin, hit.end - hit.begin);
    if (knowledge.publicValues.contains(value))
        return true;
    if (hints.fixture && isSpentJsonWebToken(value))
        return true;
    if (isRefutedJwt(value) || isCall(text, hit) || (hit.rule == "algolia-key" && standsBesideIndex(text, hit)))
        return true;
    const bool guessed = hit.certainty == Certainty::Guess || hit.certainty == Certainty::Named;
    return guessed
        && (knowledge.lexicon.section("publishable-starts").hasStartOf(value) || standsInPublicDsn(text, hit)
            || standsBesideIndex(text, hit) || standsInBeacon(text, hit));
}

} // namespace

Hits withoutOverlaps(Hits hits)
{
    std::sort(hits.begin(), hits.end(),
              [](const Hit &a, const Hit &b) { return a.begin != b.begin ? a.begin < b.begin : a.end > b.end; });
    Hits kept;
    for (Hit &hit : hits) {
        if (kept.empty() || hit.begin >= kept.back().end) {
            kept.push_back(std::move(hit));
            continue;
        }
        Hit &last = kept.back();
        const qsizetype end = std::max(last.end, hit.end);
        if (hit.certainty > last.certainty) {
            last.rule = hit.rule;
            last.certainty = hit.certainty;
        }
        last.end = end;
    }
    return kept;
}

Hits scanWindow(const ScanKnowledge &knowledge, QByteArrayView text, FileHints hints, Depth depth)
{
    const qsizetype tests = inlineTestsOf(text, hints);
    FileHints here = hints; // at the place that is looked at
    const auto moveTo = [&](qsizetype at) {
        here.test = hints.test || at >= tests;
        here.fixture = hints.fixture || at >= tests;
    };
    Hits hits;
    TokenScan tokens(knowledge, text, here, hits);
    NameScan names(knowledge, text, here, hits);
    CommandScan commands(knowledge, text, here, hits);
    knowledge.keywords.search(text, [&](qsizetype end, int id) {
        const Trigger &trigger = knowledge.triggers[static_cast<std::size_t>(id)];
        const qsizetype begin = end - trigger.length;
        moveTo(begin);
        switch (trigger.kind) {
        case Trigger::Kind::Token:
            tokens.atKeyword(trigger, end);
            break;
        case Trigger::Kind::Near:
            tokens.behindWord(trigger, end);
            break;
        case Trigger::Kind::Name:
            names.atPart(begin, end);
            break;
        case Trigger::Kind::PrivateKey:
            findPrivateKey(text, begin, hits);
            break;
        case Trigger::Kind::JsonWebKey:
            findJsonWebKey(knowledge, text, begin, here, hits);
            break;
        case Trigger::Kind::KubernetesKind:
            findKubernetesSecret(knowledge, text, begin, here, hits);
            break;
        case Trigger::Kind::Command:
            commands.atKeyword(end, trigger.rule);
            break;
        case Trigger::Kind::Url:
            findUrlPassword(knowledge, text, begin, here, hits);
            break;
        }
    });
    RunScan runs(knowledge, text, here, hits);
    forEachLongRun(text, [&](qsizetype begin, qsizetype end) {
        moveTo(begin);
        begin = behindEscape(text, begin, end);
        if (!tokens.atRun(begin, end) && (depth == Depth::Decoded || !scanDecoded(knowledge, text, begin, end, hits)))
            runs.at(begin, end);
    });
    std::erase_if(hits, [&](const Hit &hit) {
        moveTo(hit.begin);
        return isPublic(knowledge, text, hit, here);
    });
    return withoutOverlaps(std::move(hits));
}

} // namespace AutoCommit
