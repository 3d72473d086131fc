#include "daemon/api/handlers.h"

#include <algorithm>
#include <array>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;
using enum Access;

constexpr const char *page = "since limit cursor repo host";

constexpr std::array table{
    // clang-format off: one row, one endpoint
    Route{"GET", "/health", Open, "Whether the daemon answers", "", "", "Health", 200, Handlers::health},
    Route{"GET", "/version", Monitor, "Versions of the program and of what it uses", "", "", "Version", 200,
          Handlers::version},
    Route{"GET", "/status", Monitor, "What the daemon does and what needs a person", "", "", "Status", 200,
          Handlers::status},
    Route{"GET", "/repos", Monitor, "All repositories", "limit cursor", "", "RepoPage", 200, Handlers::repos},
    Route{"GET", "/repos/{id}", Monitor, "One repository, with what is left out of its commits", "", "", "RepoDetail",
          200, Handlers::repo},
    Route{"GET", "/repos/{id}/explain", Monitor, "Why the last runs did what they did", "", "", "Explanation", 200,
          Handlers::explain},
    Route{"GET", "/commits", Monitor, "Commits, newest first", page, "", "CommitPage", 200, Handlers::commits},
    Route{"GET", "/commits/{sha}", Monitor, "Commits by name or at least seven characters of it", "", "", "CommitPage",
          200, Handlers::commit},
    Route{"GET", "/errors", Monitor, "Standing errors, or with all=1 also resolved ones",
          "since limit cursor repo host all", "", "ErrorPage", 200, Handlers::errors},
    Route{"GET", "/cycles", Monitor, "Finished cycles, newest first", page, "", "CyclePage", 200, Handlers::cycles},
    Route{"GET", "/cycles/current", Monitor, "The cycle that runs, or ran last", "", "", "CurrentCycle", 200,
          Handlers::currentCycle},
    Route{"GET", "/stats", Monitor, "Commits per day, source and repository", "days repo host", "", "Statistics", 200,
          Handlers::statistics},
    Route{"GET", "/hosts", Monitor, "Machines that report to this history", "", "", "HostPage", 200, Handlers::hosts},
    Route{"GET", "/parity", Monitor, "Whether the checkouts of one origin agree across machines", "", "", "ParityPage",
          200, Handlers::parity},
    Route{"GET", "/config", Monitor, "Every setting with value, origin and range", "", "", "Configuration", 200,
          Handlers::config},
    Route{"PATCH", "/config", Control, "Change settings; all or none", "", "ConfigurationChange", "Configuration", 200,
          Handlers::changeConfig},
    Route{"GET", "/doctor", Monitor, "Checks of the machine, or of one repository", "repo", "", "Diagnosis", 200,
          Handlers::doctor},
    Route{"GET", "/logs", Monitor, "The last lines of the log", "limit", "", "LogPage", 200, Handlers::logs},
    Route{"GET", "/releases", Monitor, "Versions whose publication is watched", page, "", "ReleasePage", 200,
          Handlers::releases},
    Route{"GET", "/events", Monitor, "Changes as they happen: server-sent events", "", "", "", 200, Handlers::events,
          "text/event-stream"},
    Route{"GET", "/metrics", Monitor, "Numbers for Prometheus", "", "", "", 200, Handlers::metrics, "text/plain"},
    Route{"GET", "/openapi.json", Monitor, "This description", "", "", "Document", 200, Handlers::openApi},
    Route{"GET", "/docs", Monitor, "This description, to be read", "", "", "", 200, Handlers::docs, "text/html"},
    Route{"POST", "/cycle", Control, "Start a cycle now", "", "Empty", "CycleStarted", 202, Handlers::startCycle},
    Route{"POST", "/pause", Control, "Pause everything", "", "PauseRequest", "Status", 200, Handlers::pause},
    Route{"POST", "/resume", Control, "End the pause of everything", "", "Empty", "Status", 200, Handlers::resume},
    Route{"POST", "/repos/{id}/sync", Control, "Run one repository now", "", "Empty", "Done", 202, Handlers::syncRepo},
    Route{"POST", "/repos/{id}/pause", Control, "Pause one repository", "", "PauseRequest", "Repo", 200,
          Handlers::pauseRepo},
    Route{"POST", "/repos/{id}/resume", Control, "End the pause of one repository", "", "Empty", "Repo", 200,
          Handlers::resumeRepo},
    Route{"POST", "/repos/{id}/undo", Control, "Take back a commit of the daemon's", "", "UndoRequest", "UndoDone", 200,
          Handlers::undo},
    Route{"POST", "/errors/{id}/resolve", Control, "Mark an error as dealt with", "", "Empty", "Done", 200,
          Handlers::resolve},
    Route{"POST", "/reload", Control, "Read the settings again", "", "Empty", "Done", 200, Handlers::reload},
    Route{"POST", "/shutdown", Control, "Stop the daemon", "", "Empty", "Done", 202, Handlers::shutdown},
    Route{"POST", "/generate-message", Generate, "Commit messages for a change of another machine", "",
          "GenerateRequest", "GenerateAnswer", 200, Handlers::generateMessage},
    Route{"POST", "/record-commit", Record, "Tell of commits made on another machine", "", "RecordRequest",
          "RecordAnswer", 200, Handlers::recordCommit},
    Route{"POST", "/heartbeat", Record, "Tell of the state of another machine", "", "HeartbeatRequest",
          "HeartbeatAnswer", 200, Handlers::heartbeat},
    Route{"POST", "/webhook/forgejo", Signed, "A push event of the forge, signed with HMAC-SHA256", "", "ForgejoPush",
          "WebhookAnswer", 202, Handlers::forgejo},
    // clang-format on
};

bool isRepoId(const QString &text)
{
    return text.size() >= 8 && text.size() <= 32
        && std::ranges::all_of(text, [](QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9'); });
}

bool isNumber(const QString &text)
{
    return !text.isEmpty() && text.size() <= 18
        && std::ranges::all_of(text, [](QChar c) { return c >= u'0' && c <= u'9'; });
}

bool isSha(const QString &text)
{
    return text.size() >= 7 && text.size() <= 64
        && std::ranges::all_of(text, [](QChar c) { return (c >= u'a' && c <= u'f') || (c >= u'0' && c <= u'9'); });
}

/// What may stand for the placeholder of this pattern.
bool fits(QByteArrayView pattern, const QString &value)
{
    if (pattern.contains("{sha}"))
        return isSha(value);
    return pattern.startsWith("/errors/") ? isNumber(value) : isRepoId(value);
}

bool matches(const Route &route, const QStringList &path, QString &id)
{
    const QByteArrayList parts = QByteArray(route.pattern).mid(1).split('/');
    if (parts.size() != path.size())
        return false;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        if (parts[i].startsWith('{')) {
            if (!fits(route.pattern, path[i]))
                return false;
            id = path[i];
        } else if (QLatin1StringView(parts[i]) != path[i]) {
            return false;
        }
    }
    return true;
}

} // namespace

QString accessName(Access access)
{
    constexpr std::array names{"open"_L1, "monitor"_L1, "generate"_L1, "record"_L1, "control"_L1, "signed"_L1};
    return names[static_cast<std::size_t>(access)];
}

bool mayUse(TokenScopes scopes, Access access)
{
    switch (access) {
    case Open:
    case Signed:
        return true;
    case Monitor:
        return scopes.testFlag(TokenScope::Monitor) || scopes.testFlag(TokenScope::Control);
    case Generate:
        return scopes.testFlag(TokenScope::Generate);
    case Record:
        return scopes.testFlag(TokenScope::Record);
    case Control:
        return scopes.testFlag(TokenScope::Control);
    }
    return false;
}

std::span<const Route> apiRoutes()
{
    return table;
}

const Route *findRoute(QByteArrayView method, const QStringList &path, QString &id, QByteArrayList &allowed)
{
    const QByteArrayView wanted = method == "HEAD" ? QByteArrayView("GET") : method;
    // "/cycles/current" is looked for before any placeholder could take its place: placeholders have shapes.
    for (const Route &route : table) {
        QString value;
        if (!matches(route, path, value))
            continue;
        if (wanted == route.method) {
            id = value;
            return &route;
        }
        allowed.append(route.method);
    }
    return nullptr;
}

} // namespace AutoCommit
