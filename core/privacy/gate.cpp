#include "core/privacy/gate.h"

#include "core/privacy/conflictmarkers.h"
#include "core/privacy/glob.h"

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype conflictSearched = 4 << 20; // a text somebody merges by hand is smaller

bool fitsFrom(const QByteArrayList &pattern, qsizetype p, const QByteArrayList &parts, qsizetype i)
{
    if (p == pattern.size())
        return true; // what is left of the path lies below
    if (pattern[p] == "**") {
        for (qsizetype skip = i; skip <= parts.size(); ++skip)
            if (fitsFrom(pattern, p + 1, parts, skip))
                return true;
        return false;
    }
    return i < parts.size() && globMatches(pattern[p], parts[i]) && fitsFrom(pattern, p + 1, parts, i + 1);
}

bool fitsAny(const QByteArrayList &patterns, const QByteArray &path)
{
    return std::ranges::any_of(patterns, [&](const QByteArray &pattern) { return fitsPathPattern(pattern, path); });
}

} // namespace

ContentJudge::ContentJudge(ScanStream stream)
    : m_stream(std::move(stream))
{ }

void ContentJudge::feed(QByteArrayView piece)
{
    m_stream.feed(piece);
    if (m_text.size() < conflictSearched)
        m_text += piece.first(std::min(piece.size(), conflictSearched - m_text.size()));
}

ContentVerdict ContentJudge::finish()
{
    ContentVerdict verdict;
    for (const Finding &finding : m_stream.finish()) {
        if (finding.blocks())
            verdict.findings += finding;
        else
            verdict.allowed += finding;
    }
    verdict.conflictLine = firstConflictLine(m_text);
    return verdict;
}

Gate::Gate()
    : Gate(GateOptions())
{ }

Gate::Gate(GateOptions options)
    : m_exclude(std::move(options.exclude))
    , m_allowNames(std::move(options.allowNames))
    , m_scanner(options.policy)
{ }

std::optional<NameObjection> Gate::judgeName(const QByteArray &path, const PathSurroundings &surroundings) const
{
    if (fitsAny(m_exclude, path))
        return NameObjection{u"excluded"_s, u"the setting `exclude` keeps it out"_s, path};
    if (const QByteArray shown = surroundings.tracked ? path : shownPath(path);
        shown != path && !fitsAny(m_allowNames, path))
        return NameObjection{u"name:holds-secret"_s, u"its name holds a token; rename it"_s, shown};
    const PathJudgement judgement = m_names.judge(path, surroundings);
    if (!judgement.blocks() || fitsAny(m_allowNames, path))
        return std::nullopt;
    QString reason = judgement.reason;
    if (!judgement.ignoreLine.isEmpty() && judgement.verdict == PathVerdict::Generated)
        reason += u" (.gitignore: %1)"_s.arg(QString::fromUtf8(judgement.ignoreLine));
    return NameObjection{u"name:"_s + pathVerdictName(judgement.verdict), reason, path};
}

QByteArray Gate::shownPath(const QByteArray &path) const
{
    constexpr qsizetype shortest = 16; // of what identifies itself
    if (path.size() < shortest)
        return path;
    QByteArray shown = path;
    for (const Finding &finding : m_scanner.scan(path)) {
        // Names are full of hashes; only formats that identify themselves count.
        const bool token = finding.rule != "credential" && finding.rule != "prefixed-token";
        if (finding.blocks() && token)
            shown.replace(finding.offset, finding.length, QByteArray(finding.length, '*'));
    }
    return shown;
}

QString Gate::shownBranch(const QString &name) const
{
    constexpr int shortest = 16; // letters and digits in one piece; the words of a name are shorter
    int run = 0;
    for (const QChar c : name) {
        run = c.isLetterOrNumber() || c == u'_' ? run + 1 : 0;
        if (run == shortest)
            return QString::fromUtf8(shownPath(name.toUtf8()));
    }
    return name;
}

ContentJudge Gate::judge(const QByteArray &path) const
{
    return ContentJudge(m_scanner.stream({.path = path}));
}

ContentVerdict Gate::judge(const QByteArray &path, QByteArrayView content) const
{
    ContentJudge judging = judge(path);
    judging.feed(content);
    return judging.finish();
}

QString Gate::describe(const Finding &finding)
{
    return u"line %1 looks like a secret (%2: %3)"_s.arg(finding.line)
        .arg(QString::fromLatin1(finding.rule), finding.preview);
}

bool fitsPathPattern(const QByteArray &pattern, const QByteArray &path)
{
    QByteArray bare = pattern;
    const bool directory = bare.endsWith('/');
    while (bare.endsWith('/'))
        bare.chop(1);
    const bool anchored = bare.contains('/');
    while (bare.startsWith('/'))
        bare.remove(0, 1);
    if (bare.isEmpty())
        return false;
    QByteArrayList parts = path.split('/');
    if (anchored)
        return fitsFrom(bare.split('/'), 0, parts, 0);
    if (directory)
        parts.removeLast();
    return std::ranges::any_of(parts, [&](const QByteArray &part) { return globMatches(bare, part); });
}

} // namespace AutoCommit
