#pragma once

#include "core/privacy/pathrules.h"
#include "core/privacy/scanstream.h"

#include <optional>

namespace AutoCommit {

struct GateOptions
{
    GatePolicy policy = {};
    QByteArrayList exclude = {}; ///< patterns of paths that are never committed
    QByteArrayList allowNames = {}; ///< patterns of paths that the name rules let pass
};

/// Why a path is left out for its name.
struct NameObjection
{
    QString rule = {}; ///< "name:secret", "name:holds-secret", "name:temporary", "name:generated", "excluded"
    QString reason = {};
    QByteArray shownPath = {}; ///< the path with a secret in it masked: what may be printed and recorded
};

/// What a content came to.
struct ContentVerdict
{
    Findings findings = {}; ///< those that hold the file back
    Findings allowed = {}; ///< those that somebody let pass
    int conflictLine = 0; ///< of the first unresolved conflict, 1-based; 0 = none
    bool good() const { return findings.isEmpty() && conflictLine == 0; }
};

/// Judges a content that comes in pieces. For one thread.
class ContentJudge
{
public:
    ContentJudge(ScanStream stream);

    void feed(QByteArrayView piece);
    ContentVerdict finish(); ///< once, behind the last piece

private:
    ScanStream m_stream;
    QByteArray m_text; ///< the first megabytes, for conflict markers
};

/// Everything that decides whether a file may be committed by its name and its content. One for a checkout: the
/// built-in rules, the user's settings and what the repository itself adds. Cheap to make and to copy; const functions
/// may be called from any thread.
class Gate
{
public:
    Gate();
    explicit Gate(GateOptions options);

    std::optional<NameObjection> judgeName(const QByteArray &path, const PathSurroundings &surroundings) const;
    /// The path for reports: a token that stands in a name is masked.
    QByteArray shownPath(const QByteArray &path) const;
    /// The same for the name of a branch; costs nothing unless it looks as if it held a token.
    QString shownBranch(const QString &name) const;
    ContentJudge judge(const QByteArray &path) const;
    ContentVerdict judge(const QByteArray &path, QByteArrayView content) const;

    const SecretScanner &scanner() const { return m_scanner; }

    /// "line 3 holds a GitHub token (ghp_… (40 characters))", for people; nothing of the secret beyond its preview.
    static QString describe(const Finding &finding);

private:
    QByteArrayList m_exclude;
    QByteArrayList m_allowNames;
    PathRules m_names;
    SecretScanner m_scanner;
};

/// Whether `path` fits a pattern as people write them in .gitignore: without a slash any part of the path, with one the
/// path from the top; `**` stands for any number of directories, a slash at the end for all below a directory.
bool fitsPathPattern(const QByteArray &pattern, const QByteArray &path);

} // namespace AutoCommit
