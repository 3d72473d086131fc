#pragma once

#include "app/terminal.h"
#include "core/config/paths.h"
#include "core/service/sweep.h"

#include <mutex>

namespace AutoCommit {

/// One run as a person reads it: a line for the checkout, one per commit, and what was left out.
QString reportText(const RunReport &report, const Terminal &terminal, const Paths &paths);

/// One line for the end of a sweep: "3 commits in 2 repositories, 66 clean, 1 needs you".
QString summaryText(const QList<RunReport> &reports);

QByteArray reportsJson(const QList<RunReport> &reports);

/// Progress of a sweep on stderr: on a terminal one line that is rewritten, elsewhere nothing but trouble.
class SweepProgress final : public SweepObserver
{
public:
    SweepProgress(const Terminal &terminal, const Paths &paths, qsizetype total, bool printReports);
    ~SweepProgress() override;

    void stageStarted(const QString &path, StageId stage) override;
    void finished(const RunReport &report) override;

    void waiting(const QString &host); ///< any thread

private:
    void show(const QString &text);

    const Terminal &m_terminal;
    const Paths &m_paths;
    qsizetype m_total;
    qsizetype m_done = 0;
    bool m_printReports;
    bool m_lineOpen = false;
    std::mutex m_mutex; ///< one writes at a time
};

} // namespace AutoCommit
