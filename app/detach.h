#pragma once

#include "core/base/result.h"

#include <QJsonObject>
#include <QStringList>

namespace AutoCommit {

/// Starts this program again with `arguments` as a process of its own session that outlives us, its output in
/// `outputFile`, and waits until it calls reportReady() or ends, 30 s at most.
Result<QJsonObject> startDetached(const QStringList &arguments, const QString &outputFile);

/// In the started process: tells the one that waits, if there is one. Only the first call has an effect.
void reportReady(const QJsonObject &facts);
void reportFailure(const Error &error);

} // namespace AutoCommit
