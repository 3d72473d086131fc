#pragma once

#include "tray/model/firstruncommands.h"

namespace AutoCommit::Testing {

/// Answers at once what it was told to; with `silent`, never.
struct PretendCommands final : FirstRunCommands
{
    Result<QList<PlannedRepo>> repos = QList<PlannedRepo>();
    Result<QList<ApiCheck>> checks = QList<ApiCheck>();
    Result<QString> remote = QStringLiteral("apricot (auto-commit 0.1.0)");
    Result<QString> started = QString();
    bool silent = false;
    int cancelled = 0;
    QStringList checkedRepos;
    QList<StartWish> starts;
    std::function<void()> late; ///< the answer that was held back

    void preview(const QStringList &, QObject *,
                 std::function<void(const Result<QList<PlannedRepo>> &)> answer) override
    {
        give(answer, repos);
    }
    void check(const QStringList &paths, QObject *,
               std::function<void(const Result<QList<ApiCheck>> &)> answer) override
    {
        checkedRepos = paths;
        give(answer, checks);
    }
    void testRemote(const RemotePlace &, QObject *, std::function<void(const Result<QString> &)> answer) override
    {
        give(answer, remote);
    }
    void start(const StartWish &wish, QObject *, std::function<void(const Result<QString> &)> answer) override
    {
        starts.append(wish);
        give(answer, started);
    }
    void cancel() override { ++cancelled; }

private:
    template <typename Answer, typename Value> void give(const Answer &answer, const Value &value)
    {
        late = [answer, value] { answer(value); };
        if (!silent)
            late();
    }
};

} // namespace AutoCommit::Testing
