#pragma once

#include "app/worklane.h"
#include "core/config/paths.h"
#include "core/git/git.h"
#include "tray/model/diffsource.h"

namespace AutoCommit {

/// Diffs of checkouts on this machine, read by git in a thread of its own.
class GitDiffSource final : public DiffSource
{
public:
    /// `thisHost` is the name this machine has in the history.
    GitDiffSource(const GitTools &tools, const Paths &paths, QString thisHost, WorkLane &lane, CancelToken cancel);

    void diff(const ApiCommit &commit, const QString &path, const QString &host, QObject *context,
              std::function<void(const Result<QByteArray> &)> answer) override;

private:
    const GitTools &m_tools;
    const Paths &m_paths;
    QString m_thisHost;
    WorkLane &m_lane;
    CancelToken m_cancel;
};

} // namespace AutoCommit
