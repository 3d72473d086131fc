#pragma once

#include <QString>
#include <QStringList>

namespace AutoCommit::Bench {

/// Longest common subsequence of words, as F-measure.
double rougeL(const QString &truth, const QString &ours);

/// Words in common, as F-measure.
double tokenF1(const QString &truth, const QString &ours);

/// The words of a subject that look like names of code: a capital inside, '_', '.', '/', '-' at the front, "()".
QStringList names(const QString &subject);

/// Names that the patch (with its paths) does not hold.
QStringList ungrounded(const QString &subject, const QByteArray &patch);

} // namespace AutoCommit::Bench
