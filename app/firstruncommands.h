#pragma once

#include "app/worklane.h"
#include "core/config/paths.h"
#include "core/git/processrunner.h"
#include "tray/model/firstrun.h"

#include <QProcessEnvironment>

namespace AutoCommit {

/// Does what the guide asks by running the `commits` program that stands beside this one.
class ProgramCommands final : public FirstRunCommands
{
public:
    ProgramCommands(const ProcessRunner &processes, const QProcessEnvironment &environment, WorkLane &lane,
                    CancelToken cancel);

    void preview(const QStringList &folders, QObject *context,
                 std::function<void(const Result<QList<PlannedRepo>> &)> answer) override;
    void start(const QStringList &folders, QObject *context, std::function<void(const Status &)> answer) override;

private:
    Result<ProcessOutput> run(const QStringList &arguments, std::chrono::milliseconds timeout) const;

    const ProcessRunner &m_processes;
    QProcessEnvironment m_environment;
    WorkLane &m_lane;
    CancelToken m_cancel;
};

/// What `commits once --dry-run --json` printed (PRODUCT section 10).
Result<QList<PlannedRepo>> parsePlan(const QByteArray &json);

} // namespace AutoCommit
