#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QStringList>

namespace AutoCommit {

/// The passages in a retrieval service's answer, in its order, twenty at most. There is no standard for it, so the
/// usual shapes are read: a list, or an object with one under a usual name (results, documents, matches, hits ...), of
/// strings or of objects with a text under a usual name. Nothing found is an answer. Pure. Error: Unreachable, when it
/// is no JSON.
Result<QStringList> passagesIn(const QByteArray &body);

} // namespace AutoCommit
