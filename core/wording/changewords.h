#pragma once

#include "core/change/changeset.h"

#include <QSet>
#include <QString>

namespace AutoCommit {

/// The identifiers of a text: runs of letters, digits and underscores that begin with a letter or underscore.
QList<QByteArray> identifiersIn(const QByteArray &text);

/// An identifier's parts in lower case: "parseHTTPHeader_v2" gives parse, http, header, v2.
QList<QByteArray> subWords(const QByteArray &identifier);

/// Names from changed lines of these files that `shown` does not contain, those first that occur most and say
/// something new; separated by blanks, at most `characters`.
QString unshownIdentifiers(const QList<const FileChange *> &files, const QString &shown, qsizetype characters);

} // namespace AutoCommit
