#pragma once

#include <QString>

namespace AutoCommit {

// Forms that a whole answer may come in, each made into plain lines. All pure; text of another form stays as it is.

/// An answer quoted as in a mail, line by line, without the marks.
QString withoutQuoteMarks(const QString &answer);

/// "fix: what\n\nWhy." on one line, the line breaks spelled out. Where blanks or quotes are around them they are what
/// the message speaks of.
QString withLineBreaks(const QString &answer);

/// A table of markdown: a row of two cells as "Key: value", of one or of a number and one as the cell.
QString withoutTable(const QString &answer);

/// Without the tags of HTML around whole lines: <pre><code>fix: what</code></pre>.
QString withoutHtml(const QString &answer);

/// Without the lines of a diff: what they say is not the model's word.
QString withoutDiff(const QString &answer);

} // namespace AutoCommit
