#pragma once

#include <QString>
#include <QStringList>

namespace AutoCommit {

/// The known word that a mistyped one most likely stands for, for "did you mean"; empty when none is near.
QString nearestOf(const QString &word, const QStringList &known);

} // namespace AutoCommit
