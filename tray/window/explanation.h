#pragma once

#include "core/api/apirepo.h"

class QWidget;

namespace AutoCommit {

/// A dialog with the decision trace of a repository's last run and what was left out of its commits. Returns at once.
void showExplanation(const ApiExplanation &explanation, const QDateTime &now, QWidget *parent);

} // namespace AutoCommit
