#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace AutoCommit {

/// A line of the form type(scope)!: what, as far as it was understood.
struct HeaderLine
{
    QString type; ///< canonical where it is an alias ("feature" is "feat"), else as written, lower case
    QString scope;
    bool breaking = false;
    QString subject; ///< not yet normalised
    bool knownType = false;
};

/// The canonical name of a commit type, empty for a word that is none. Knows the usual types, what models call them,
/// and `more` (a repository's own).
QString canonicalType(const QString &word, const QStringList &more = {});

/// Reads a line as a header in the spellings that models use: other case, blanks, brackets, a full-width colon, a
/// missing colon behind a scope, the type twice. Nothing for other lines. A word in front of a colon that is no type
/// gives `knownType` false.
std::optional<HeaderLine> parseHeaderLine(const QString &line, const QStringList &moreTypes = {});

/// Is this, or does this begin with, a header with a known type and some words?
bool looksLikeHeader(const QString &line);

} // namespace AutoCommit
