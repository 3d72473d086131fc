#pragma once

#include "core/change/changeset.h"
#include "core/engine/history.h"
#include "core/engine/linkage.h"
#include "core/engine/reasons.h"
#include "core/engine/treetable.h"

#include <memory>

namespace AutoCommit {

/// Files that make one commit.
struct ChangeGroup
{
    QList<qsizetype> files; ///< indexes into ChangeSet::files, ascending
    QList<Reason> reasons; ///< why these are together, strongest first; at most three
};

/// Above this many files nobody's purposes are told apart: the change is an import or a sweep, and stays whole. Keeps
/// the work below about 0.2 s.
constexpr qsizetype largestCompared = 150;

/// Does the grouping of this change depend on what the diffs of past commits say? Not when it has one file, when all
/// its files hang together by name, or when it is too large to compare.
bool needsPastDiffs(const ChangeSet &change);

/// Splits a change by purpose. Whole files only. The answer depends on what the files are, not on their order.
/// Fails only when the shipped tables are damaged; `change` and `history` may be empty. `history` must outlive this.
class Grouper
{
public:
    static Result<Grouper> make(const ChangeSet &change, const History &history);
    ~Grouper();
    Grouper(Grouper &&) noexcept;
    Grouper &operator=(Grouper &&) noexcept;

    /// In the order of their first file.
    const QList<ChangeGroup> &groups() const;

    /// Log-odds of the two files being of one commit, before the others are looked at.
    double odds(qsizetype a, qsizetype b) const;
    /// What speaks for the two being in one commit (or, where they are not, against), strongest first.
    QList<Reason> reasons(qsizetype a, qsizetype b) const;

private:
    struct Work;
    explicit Grouper(std::unique_ptr<Work> work);
    std::unique_ptr<Work> m_work;
};

/// Short forms of the above.
Result<QList<ChangeGroup>> groupChanges(const ChangeSet &change, const History &history);
Result<QStringList> explainTogether(const ChangeSet &change, const History &history, qsizetype a, qsizetype b);

} // namespace AutoCommit
