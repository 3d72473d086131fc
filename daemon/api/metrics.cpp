#include "daemon/api/handlers.h"

#include "daemon/api/processstats.h"

namespace AutoCommit::Handlers {

namespace {

using namespace Qt::StringLiterals;

QByteArray escaped(const QString &label)
{
    return label.toUtf8().replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
}

/// The text format of Prometheus, version 0.0.4: one HELP and TYPE for a name, then its values.
class MetricsText
{
public:
    void begin(const QByteArray &name, const QByteArray &type, const QByteArray &help)
    {
        m_name = name;
        m_text += "# HELP " + name + ' ' + help + "\n# TYPE " + name + ' ' + type + '\n';
    }
    void value(double number) { m_text += m_name + ' ' + QByteArray::number(number, 'g', 17) + '\n'; }
    void value(qint64 number) { m_text += m_name + ' ' + QByteArray::number(number) + '\n'; }
    void value(const QByteArray &label, const QString &word, qint64 number)
    {
        m_text += m_name + '{' + label + "=\"" + escaped(word) + "\"} " + QByteArray::number(number) + '\n';
    }
    void gauge(const QByteArray &name, const QByteArray &help, auto number)
    {
        begin(name, "gauge", help);
        value(number);
    }
    void raw(const QByteArray &line) { m_text += m_name + line + '\n'; }
    const QByteArray &text() const { return m_text; }

private:
    QByteArray m_text;
    QByteArray m_name;
};

double seconds(std::chrono::milliseconds time)
{
    return std::chrono::duration<double>(time).count();
}

void addBuild(MetricsText &out, const ApiContext &context)
{
    out.begin("auto_commit_build_info", "gauge", "Version of the daemon and of Qt.");
    out.raw("{version=\"" AC_VERSION "\",qt=\"" + QByteArray(qVersion()) + "\"} 1");
    out.gauge("auto_commit_start_time_seconds", "When the daemon started, seconds since 1970.",
              seconds(context.steering.status().startedAt.time_since_epoch()));
}

void addTally(MetricsText &out, const Tally &tally)
{
    out.begin("auto_commit_commits_total", "counter", "Commits made since the start, by who wrote the message.");
    for (const MessageSource source : {MessageSource::Llm, MessageSource::LlmRepaired, MessageSource::Builtin})
        out.value("source", messageSourceName(source), tally.commits.value(source));
    out.begin("auto_commit_cycles_total", "counter", "Finished cycles since the start, by reason.");
    for (auto it = tally.cycles.begin(); it != tally.cycles.end(); ++it)
        out.value("reason", it.key(), it.value());
    out.begin("auto_commit_errors_total", "counter", "Errors seen since the start, by kind.");
    for (auto it = tally.errors.begin(); it != tally.errors.end(); ++it)
        out.value("kind", it.key(), it.value());
    out.begin("auto_commit_http_answers_total", "counter", "Answers of the HTTP server, by status.");
    for (auto it = tally.answers.begin(); it != tally.answers.end(); ++it)
        out.value("status", QString::number(it.key()), it.value());
    out.begin("auto_commit_cycle_duration_seconds_sum", "counter", "Time all finished cycles took.");
    out.value(seconds(tally.allCycles));
    if (tally.lastCycle)
        out.gauge("auto_commit_last_cycle_duration_seconds", "How long the last finished cycle took.",
                  seconds(*tally.lastCycle));
}

void addRepos(MetricsText &out, const ApiContext &context)
{
    QMap<QString, qint64> states;
    qint64 needsPush = 0;
    qint64 excluded = 0;
    qint64 running = 0;
    for (const RepoSnapshot &repo : context.steering.repos()) {
        ++states[repo.record.state.isEmpty() ? u"new"_s : repo.record.state];
        needsPush += repo.record.needsPush ? 1 : 0;
        excluded += repo.excluded;
        running += repo.running ? 1 : 0;
    }
    out.begin("auto_commit_repos", "gauge", "Repositories by the state of their last run.");
    for (auto it = states.begin(); it != states.end(); ++it)
        out.value("state", it.key(), it.value());
    out.gauge("auto_commit_needs_push", "Repositories that wait for a push.", needsPush);
    out.gauge("auto_commit_excluded_paths", "Paths left out of commits at the moment.", excluded);
    out.gauge("auto_commit_running", "Repositories worked on at the moment.", running);
    const CycleProgress cycle = context.steering.status().cycle;
    out.gauge("auto_commit_queue", "Repositories of the running cycle that are still to come.",
              cycle.running ? cycle.total - cycle.done : qint64(0));
    out.gauge("auto_commit_standing_errors", "Errors that stand.", context.status.standingErrors());
}

void addProcess(MetricsText &out, const ApiContext &context)
{
    const ProcessStats stats = processStats();
    out.gauge("process_resident_memory_bytes", "Resident memory.", stats.residentBytes);
    out.begin("process_cpu_seconds_total", "counter", "User and system time.");
    out.value(stats.cpuSeconds);
    if (stats.openFiles >= 0)
        out.gauge("process_open_fds", "Open file descriptors.", stats.openFiles);
    out.gauge("auto_commit_event_clients", "Clients that listen to /events.", qint64(context.events.clients()));
}

} // namespace

void metrics(ApiContext &context, const ApiCall &, const Reply &reply)
{
    MetricsText out;
    addBuild(out, context);
    addTally(out, context.tally);
    addRepos(out, context);
    addProcess(out, context);
    reply.send({.contentType = "text/plain; version=0.0.4; charset=utf-8", .body = out.text()});
}

} // namespace AutoCommit::Handlers
