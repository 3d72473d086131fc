#pragma once

#include "core/change/changeset.h"

namespace AutoCommit {

/// Did these files change in nothing but the name of something they define (a function, a class), everywhere alike?
bool onlyRenames(const ChangeSet &change, const QList<qsizetype> &files);

/// Did one definition take the place of another of a different name, without much more code than before?
bool replacesDefinition(const ChangeSet &change, const QList<qsizetype> &files);

/// Are all changed lines comments or blank, and at least one of them a comment?
bool onlyComments(const FileChange &file);

/// The same text before and after when white space is left out.
bool onlyBlanks(const FileChange &file);

} // namespace AutoCommit
