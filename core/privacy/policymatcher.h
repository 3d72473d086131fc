#pragma once

#include "core/privacy/finding.h"
#include "core/privacy/gatepolicy.h"
#include "core/privacy/hit.h"
#include "core/privacy/userregex.h"

#include <QStringList>

#include <set>

namespace AutoCommit {

/// What an allowance is judged by.
struct FoundSecret
{
    QByteArrayView rule;
    QByteArrayView secret;
    QByteArrayView match; ///< the secret and what stands before it on its line
    QByteArrayView line;
    QByteArrayView path;
    int lineNumber = 0;
    QByteArrayView fingerprint;
};

/// A GatePolicy made ready: patterns compiled, allowances of the repository weighed. Immutable and thread-safe.
class PolicyMatcher
{
public:
    explicit PolicyMatcher(const GatePolicy &policy);

    /// Appends what the policy's own rules find in a window of the file; rules about the path alone answer in the
    /// first.
    void search(QByteArrayView text, QByteArrayView path, bool first, Hits &hits) const;

    Allowance allowanceOf(const FoundSecret &found) const;

    /// What was not accepted, for people: a pattern that cannot be read, an allowance that is too wide.
    const QStringList &complaints() const { return m_complaints; }

private:
    struct Rule
    {
        QByteArray id;
        std::optional<UserRegex> regex;
        std::optional<UserRegex> path;
        QByteArrayList keywords;
        int secretGroup = 0;
        double entropy = 0;
    };
    struct Allow
    {
        AllowRule rule;
        std::vector<UserRegex> paths;
        std::vector<UserRegex> regexes;
    };

    void addRule(const SecretRule &rule, const QByteArray &prefix);
    std::optional<Allow> compileAllow(const AllowRule &rule);
    std::optional<UserRegex> compileOrComplain(const QByteArray &pattern);
    bool isNarrow(const Allow &allow);
    static bool fits(const Allow &allow, const FoundSecret &found);

    std::vector<Rule> m_rules;
    std::vector<Allow> m_allow;
    std::vector<Allow> m_repositoryAllow;
    std::set<QByteArrayView> m_allowedPaths; ///< of those that stand for all, by what the repository allows
    QList<IgnoredPlace> m_ignored;
    QSet<QByteArray> m_falseAlarms;
    QStringList m_complaints;
};

} // namespace AutoCommit
