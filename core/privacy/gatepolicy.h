#pragma once

#include <QByteArrayList>
#include <QList>
#include <QSet>
#include <QString>

namespace AutoCommit {

/// A secret format of the user's or a repository's own. Patterns are RE2's.
struct SecretRule
{
    QByteArray id = {};
    QString description = {};
    QByteArray regex = {}; ///< empty: every file that `path` fits
    QByteArray path = {}; ///< pattern; empty = all
    QByteArrayList keywords = {}; ///< one of them must be in the text, any case; empty = always searched
    int secretGroup = 0; ///< which group is the secret; 0 = the first group, or the whole match
    double entropy = 0; ///< least Shannon entropy of the secret, bits a byte
};

/// What is not to be held back.
struct AllowRule
{
    enum class Target {
        Secret,
        Match, ///< the secret and what stands before it on its line
        Line,
    };

    QByteArrayList rules = {}; ///< only findings of these rules; empty = of all
    QByteArrayList paths = {}; ///< patterns
    QByteArrayList regexes = {}; ///< patterns, searched in `target`
    Target target = Target::Secret;
    QByteArrayList stopWords = {}; ///< somewhere in the secret, any case
    bool all = false; ///< each of paths, regexes and stopWords that is set has to fit; else one is enough
};

/// A finding that a repository's .gitleaksignore names by its place.
struct IgnoredPlace
{
    QByteArray path = {};
    int line = 0;
};

/// What a repository says about its own secrets. It may add rules; its allowances are taken only if they are narrow,
/// so that nothing written into a repository can switch the gate off.
struct RepositoryPolicy
{
    QList<SecretRule> rules = {};
    QList<AllowRule> allow = {};
    QList<IgnoredPlace> ignored = {};
};

/// Everything that decides beside the built-in rules.
struct GatePolicy
{
    QByteArray salt = {}; ///< of this installation; keys the fingerprints
    QList<SecretRule> rules = {};
    QList<AllowRule> allow = {};
    QSet<QByteArray> falseAlarms = {}; ///< fingerprints
    RepositoryPolicy repository = {};
};

} // namespace AutoCommit
