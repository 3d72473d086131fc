#pragma once

#include "core/message/subject.h"

namespace AutoCommit::Wording {

/// Up to six "- " lines with facts that the subject does not tell; empty when there is at most one of them, or when
/// this repository's people write no bodies.
QString composeBody(const Facts &ranked, const QString &subject, const StyleProfile &style, const QString &scope);

} // namespace AutoCommit::Wording
