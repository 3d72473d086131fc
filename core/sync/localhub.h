#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace AutoCommit {

/// The commit that `ref` is at in a repository on this machine, read from its files: three processes fewer than asking
/// with git. None when that is not certain (another ref format, a symbolic ref, a layout that is not the usual one);
/// then git has to be asked.
std::optional<QByteArray> localHubTip(const QString &repository, const QByteArray &ref);

} // namespace AutoCommit
