#pragma once

#include <QByteArray>
#include <QString>

namespace AutoCommit {

/// Text from outside (git, a hub, a hook, a model) made fit for a terminal, a log or a commit message: invalid UTF-8
/// replaced, C0/C1 controls except tab and newline, escape sequences, bidirectional and zero-width characters removed,
/// CR LF and lone CR turned into LF. Source: CVE-2024-52005, SAFETY rows 90 and 94.
QString cleanText(const QByteArray &bytes);
QString cleanText(const QString &text);

/// The same on one line: newlines and tabs become spaces, length bounded in characters with "…" at the end.
QString cleanLine(const QByteArray &bytes, qsizetype maxLength = 400);
QString cleanLine(const QString &text, qsizetype maxLength = 400);

/// A path for people: valid UTF-8 stays, every other byte and every control character becomes \xNN.
QString displayPath(const QByteArray &path);

} // namespace AutoCommit
