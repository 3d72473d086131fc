#include "app/trayagent.h"

#include "core/base/cleantext.h"

namespace AutoCommit {

using namespace Qt::StringLiterals;

Result<std::unique_ptr<TrayAgent>> TrayAgent::make(const MachineAgentPlan &plan, const LoadedSettings &loaded,
                                                   const Paths &paths, const GitTools &tools, const Clock &clock)
{
    std::unique_ptr<TrayAgent> made(new TrayAgent);
    TrayAgent *self = made.get();
    const auto onMain = [self](std::function<void()> what) {
        QMetaObject::invokeMethod(self, std::move(what), Qt::QueuedConnection);
    };
    AC_ASSIGN(
        made->m_agent,
        MachineAgent::make(
            plan, loaded, paths, tools, clock,
            {.stage = {},
             .report = [onMain, self](const RunReport &report) { onMain([self, report] { self->took(report); }); },
             .status = [onMain, self](const AgentStatus &) { onMain([self] { Q_EMIT self->changed(); }); }}));
    return made;
}

void TrayAgent::start()
{
    m_running = true;
    m_agent->start();
    Q_EMIT changed();
}

void TrayAgent::stop()
{
    m_running = false;
    m_agent->stop();
    Q_EMIT changed();
}

void TrayAgent::took(const RunReport &report)
{
    if (report.needsUser())
        m_attention.insert(report.path, report.reason);
    else
        m_attention.remove(report.path);
    Q_EMIT changed();
}

QStringList TrayAgent::statusLines() const
{
    const AgentStatus status = m_agent->status();
    QStringList lines{status.line};
    if (!status.drift.isEmpty())
        lines += status.drift;
    if (status.untold > 0)
        lines += tr("%n commit(s) not reported yet", nullptr, static_cast<int>(status.untold));
    for (auto it = m_attention.cbegin(); it != m_attention.cend(); ++it)
        lines += cleanLine(it.key() + u": "_s + it.value());
    lines.removeAll(QString());
    return lines;
}

} // namespace AutoCommit
