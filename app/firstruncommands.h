#pragma once

#include "app/worklane.h"
#include "core/api/apiclient.h"
#include "core/config/paths.h"
#include "core/git/processrunner.h"
#include "tray/model/firstruncommands.h"

#include <QProcessEnvironment>

namespace AutoCommit {

/// Starts committing in this program, described by the daemon of the settings as they are now.
using StartLocalAgent = std::function<Status(const QStringList &folders)>;

/// Does what the guide asks by running the `commits` program that stands beside this one.
class ProgramCommands final : public FirstRunCommands
{
public:
    ProgramCommands(const ProcessRunner &processes, const QProcessEnvironment &environment, const Paths &paths,
                    WorkLane &lane, StartLocalAgent startAgent);
    ~ProgramCommands() override;

    void preview(const QStringList &folders, QObject *context,
                 std::function<void(const Result<QList<PlannedRepo>> &)> answer) override;
    void check(const QStringList &repos, QObject *context,
               std::function<void(const Result<QList<ApiCheck>> &)> answer) override;
    void testRemote(const RemotePlace &place, QObject *context,
                    std::function<void(const Result<QString> &)> answer) override;
    void start(const StartWish &wish, QObject *context, std::function<void(const Result<QString> &)> answer) override;
    void cancel() override;

private:
    Result<ProcessOutput> run(const QStringList &arguments, std::chrono::milliseconds timeout,
                              const CancelToken &cancel) const;
    Status runWell(const QStringList &arguments, const CancelToken &cancel) const;
    Result<QString> startDaemon(const StartWish &wish, const CancelToken &cancel) const;
    Result<QString> keepToken(const RemotePlace &place, const CancelToken &cancel) const;
    Result<QString> prepareAgent(const RemotePlace &place, const CancelToken &cancel) const;

    const ProcessRunner &m_processes;
    QProcessEnvironment m_environment;
    const Paths &m_paths;
    WorkLane &m_lane;
    StartLocalAgent m_startAgent;
    CancelToken m_cancel; ///< of what runs now
    std::unique_ptr<ApiClient> m_asking;
};

/// What `commits once --dry-run --json` printed (its JSON is a contract).
Result<QList<PlannedRepo>> parsePlan(const QByteArray &json);

} // namespace AutoCommit
