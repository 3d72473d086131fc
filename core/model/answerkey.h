#pragma once

#include "core/model/modelwriter.h"

namespace AutoCommit {

/// Under what a message may be kept and used again: the content before and after of every file of the commit, the rules
/// that say what a message has to be, the models and the prompts. 64 hex digits. The history does not count, so that a
/// commit or push that failed never asks twice; before a kept message is used, see that it is not the subject of HEAD.
QByteArray answerKey(const MessageQuestion &question, const ModelNames &names);

} // namespace AutoCommit
