#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <vector>

namespace AutoCommit {

/// What a path says about the file's part in a project. The first that fits, in the order of `classOfPath`.
enum class PathClass : quint8 {
    Source,
    Test,
    Snapshot, ///< expected output that a test writes: *.snap, golden files
    Docs,
    Changelog,
    Ci,
    Build,
    Manifest, ///< names the project's dependencies: package.json, Cargo.toml, go.mod
    Lock, ///< pins them
    Config, ///< of developer tools and editors
    Translation,
    Sheet, ///< CSS and its kin
    Asset, ///< pictures, fonts, sound
    Data, ///< JSON, YAML, SQL and the like, not recognised as anything above
};
constexpr int pathClassCount = 14;

/// A path taken apart once, so that comparing two paths is comparing numbers. Names are compared by 32-bit hash
/// (stable over runs and machines).
struct PathFacts
{
    PathClass pathClass = PathClass::Source;
    quint32 path = 0; ///< hash of the whole path
    quint32 base = 0; ///< of the file name
    quint32 stem
        = 0; ///< of the name without endings and test marks, separators and case levelled: foo_bar_test.go -> foobar
    quint32 ext = 0; ///< of the last ending, lower case; 0 = none
    qsizetype stemLength = 0;
    bool testMark = false; ///< the name itself says test or spec
    std::vector<quint32> folders; ///< hashes of the ancestors, top level first; empty for a file at the top
    std::vector<quint32> parts; ///< hashes of the single folder names, lower case
    std::vector<quint32> words; ///< sub-words of the whole path, sorted, each once
};

PathFacts pathFacts(QByteArrayView path);
PathClass classOfPath(QByteArrayView path);

/// FNV-1a; never 0, which stands for "none" everywhere in the engine.
quint32 stableHash(QByteArrayView text);

} // namespace AutoCommit
