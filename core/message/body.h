#pragma once

#include "core/message/subject.h"

namespace AutoCommit::Wording {

/// Up to six "- " lines with facts that the subject does not tell; empty when there is at most one of them, or when
/// this repository's people write no bodies.
/// `main` is the place in `ranked` of the fact the subject tells.
QString composeBody(const Facts &ranked, qsizetype main, const QString &subject, const StyleProfile &style,
                    const QString &scope);

/// "- text", broken at blanks; a word longer than a line stays whole.
QString bodyLine(const QString &text);

} // namespace AutoCommit::Wording
