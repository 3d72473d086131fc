#pragma once

#include "core/config/paths.h"
#include "core/doctor/repochecks.h"
#include "core/inference/serverfacts.h"

namespace AutoCommit {

/// git, our own directories and files, the history. Starts one git; reads the whole history file.
QList<Check> checkMachine(const Paths &paths, const DoctorParts &parts);

/// What the servers said, for each of the models the settings name: facts as InferenceClient::survey() answers them.
/// Pure.
/// `named`: the user said where the servers are, so that one which is away is missed.
QList<Check> checkModels(const Settings &settings, bool named,
                         const QList<std::pair<QString, QList<ServerFacts>>> &facts);

/// What the retrieval service said. Pure.
Check checkRetrieval(const QString &service, const Result<QStringList> &found);

} // namespace AutoCommit
