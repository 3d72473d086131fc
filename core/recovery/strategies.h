#pragma once

#include "core/base/error.h"

namespace AutoCommit {

/// What is done about an error without asking anybody. All of them leave the checkout as it is.
enum class Strategy {
    StartOver, ///< look at the repository afresh and try again at once, a bounded number of times
    NextSweep, ///< it will probably pass by itself
    BackOff, ///< the hub or the machine has trouble: try again, more and more rarely
    AskModel, ///< no rule knows; a model may pick from the closed grammar, else a person has to look
    AskUser, ///< nothing will change until a person does something
};

Strategy strategyFor(ErrorKind kind);

/// In words: "left for the next sweep".
QString strategyText(Strategy strategy);

} // namespace AutoCommit
