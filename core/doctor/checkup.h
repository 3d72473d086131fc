#pragma once

#include "core/base/error.h"

#include <QJsonObject>
#include <QList>

namespace AutoCommit {

enum class CheckState {
    Ok,
    Warn, ///< works, but not as somebody may expect
    Fail, ///< this will break, or is broken
    Skipped, ///< could not be looked at, or does not apply
};

QString checkStateName(CheckState state); ///< "ok", "warn", "fail", "skipped"

/// One thing that was looked at, and what to do about it.
struct Check
{
    QString id = {}; ///< stable, for programs: "identity"
    QString title = {}; ///< what was looked at: "Name and e-mail for commits"
    CheckState state = CheckState::Ok;
    QString message = {}; ///< what was found
    QString advice = {}; ///< what to do; empty where nothing needs doing
    QString repo = {}; ///< absolute path of the checkout; empty for the machine

    QJsonObject toJson() const;
};

/// An error met while looking, as the outcome of the check.
Check failed(Check check, const Error &error);

} // namespace AutoCommit
