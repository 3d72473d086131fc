#pragma once

#include "core/change/changeset.h"

#include <QString>

namespace AutoCommit {

/// Are most subjects written in English? Only asks for everyday English words, so that names alone prove nothing.
bool looksEnglish(const QList<PastCommit> &commits);

/// "chore: release 1.2.0" -> "chore: release {version}"; empty if the subject names anything else that would change
/// with the next release.
QString releasePattern(const QString &subject);

} // namespace AutoCommit
