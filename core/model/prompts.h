#pragma once

#include "core/wording/messagerules.h"

#include "core/base/redactedtext.h"

namespace AutoCommit {

/// Grows with every change of a prompt or of how one is put together: answers to other prompts are no longer reused.
constexpr int promptVersion = 2;

/// What the models are told before any data comes: the same bytes for every repository of one style, so that a server
/// that keeps the beginning of a prompt computes it once.
RedactedText formatInstructions(SubjectStyle style);
/// `model` decides whether it has to be told to think: a system message takes the place of what Mistral's reasoning
/// models are shipped with, and with it the habit.
RedactedText analyzeInstructions(const QString &model);
RedactedText groupInstructions();
RedactedText diagnoseInstructions(); ///< of a failure
RedactedText planInstructions(); ///< to get over it

} // namespace AutoCommit
