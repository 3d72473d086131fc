#pragma once

#include "core/change/changeset.h"

#include <QString>
#include <QStringList>

#include <functional>

namespace AutoCommit {

/// A change as text for a model, within a budget.
struct DiffText
{
    QString manifest; ///< every file, one line each; directories where there are too many
    QString diff; ///< the changed lines that fit
    QString identifiers; ///< names from changed lines that did not fit, the most frequent first; often empty
    int sourceFiles = 0; ///< source files with changed lines
    int sourceFilesShown = 0; ///< of these, with at least one changed line in `diff`
    bool cut = false; ///< something is missing

    /// All three with their headings.
    QString text() const;
};

/// Fits a change into `characters`. Every file is named; lock files, generated, vendored, minified and binary files get
/// no more than that; the others share the room by weight, and what one does not need goes to the rest. The order is
/// that of the paths, so that the same change always gives the same text.
DiffText budgetedDiff(const ChangeSet &change, qsizetype characters);

/// The same for tokens by estimateTokens() times `ratio`; never more, whatever the text.
DiffText budgetedDiffForTokens(const ChangeSet &change, int tokens, double ratio);

/// One pass over a part of a very large change each, and one over their results. A single part means no reduction.
struct MapPlan
{
    QList<ChangeSet> parts; ///< at most twelve, neighbouring paths together
};

/// Splits only where one call would see too little: more than 60 source files, or text of more than six budgets.
MapPlan planMap(const ChangeSet &change, int tokens, double ratio);

/// The change with every text line passed through `mask`, which keeps the line ends (a secret scanner). To be done
/// before the budget, which cuts lines and could cut a secret in two that is then known by neither half.
ChangeSet maskedChange(const ChangeSet &change,
                       const std::function<QByteArray(const QByteArray &path, const QByteArray &text)> &mask);

} // namespace AutoCommit
