#pragma once

#include <QList>
#include <QString>

#include <functional>

namespace AutoCommit {

struct DoctorCheck
{
    QString id = {}; ///< stable
    QString title = {};
    QString state = {}; ///< "ok", "warn", "fail", "skipped"
    QString message = {};
    QString advice = {};
    QString repo = {}; ///< id, empty for the machine
};

/// Looks after everything, or after one repository. Called on the main thread and returns at once; `done` is called on
/// the main thread, once.
using DoctorRun = std::function<void(const QString &repo, std::function<void(QList<DoctorCheck>)> done)>;

} // namespace AutoCommit
