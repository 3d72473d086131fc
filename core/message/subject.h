#pragma once

#include "core/message/fact.h"
#include "core/message/style.h"

#include <QStringList>

namespace AutoCommit::Wording {

/// Like facts become one ("add x" and "add y": "add x and y"), then all are put in order of what the message should be
/// about: how much a fact says, how many lines it explains, how well it suits the type of the commit.
Facts rankedFacts(const Facts &facts, const Evidence &evidence);

/// The fact in words, from the fullest to the shortest form; the place it names is left out when the scope says it.
QStringList phrasings(const Fact &fact, const StyleProfile &style, const QString &scope);

/// Everything before the text: "fix(parser): ", "parser: ", "[parser] ", an emoji, or nothing.
QString subjectPrefix(const Evidence &evidence, const Fact &main, const QString &type, const QString &scope,
                      const StyleProfile &style);

/// The conventional type that suits a fact when nobody gave one.
QString typeFor(const Fact &main, const ChangeView &view);

/// The subject of a release by the repository's habit; empty when the commit is none, or when there is no habit.
QString releaseSubject(const Fact &main, const StyleProfile &style);

/// Puts prefix and text together, in the repository's spelling; the first text that fits.
QString composeSubject(const QString &prefix, const QStringList &texts, const StyleProfile &style);

} // namespace AutoCommit::Wording
