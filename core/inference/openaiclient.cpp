#include "core/inference/openaiclient.h"

#include "core/base/log.h"
#include "core/inference/chatrequester.h"
#include "core/inference/serverprobe.h"

#include <QRandomGenerator>

#include <algorithm>

namespace AutoCommit {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

/// Asking again, here or elsewhere, cannot help.
bool isFinal(FaultKind kind)
{
    switch (kind) {
    case FaultKind::Cancelled:
    case FaultKind::TotalTimeout:
    case FaultKind::Overflow:
    case FaultKind::FieldRefused:
    case FaultKind::Refused:
    case FaultKind::TooLong:
        return true;
    default:
        return false;
    }
}

/// How often one call may meet this fault on one server before it leaves that server alone.
int triesWith(FaultKind kind, bool patient)
{
    switch (kind) {
    case FaultKind::Unreachable:
        return patient ? std::numeric_limits<int>::max() : 1;
    case FaultKind::Busy:
        return std::numeric_limits<int>::max();
    case FaultKind::Cut:
    case FaultKind::IdleTimeout:
    case FaultKind::ServerFailed: // a generation that failed has cost its time already
        return 2;
    default: // a wrong key, a missing model, a queue of ten minutes: no better in four seconds
        return 1;
    }
}

/// Does this fault say that the server is not in order?
bool countsAgainstServer(FaultKind kind)
{
    switch (kind) {
    case FaultKind::Unreachable:
    case FaultKind::Cut:
    case FaultKind::ConnectTimeout:
    case FaultKind::QueueTimeout:
    case FaultKind::IdleTimeout:
    case FaultKind::Busy:
    case FaultKind::ServerFailed:
        return true;
    default:
        return false;
    }
}

/// A little off, so that several hosts do not come back at the same moment.
milliseconds withJitter(milliseconds pause)
{
    return milliseconds(pause.count() * QRandomGenerator::global()->bounded(80, 120) / 100);
}

} // namespace

struct OpenAiClient::Call
{
    const ChatRequest &request;
    Stop stop;
    WaitPoint::Time until;
    int requests = 0;
    QHash<const Server *, int> failures{};
    std::optional<Fault> last{};
    QString lastServer{};
};

/// Counts the threads inside, so that the destructor can wait for them.
class OpenAiClient::Inside
{
public:
    explicit Inside(OpenAiClient &client)
        : m_client(client)
    {
        m_client.m_inside.update([this] { ++m_client.m_calls; });
    }
    ~Inside()
    {
        m_client.m_inside.update([this] { --m_client.m_calls; });
    }
    Inside(const Inside &) = delete;
    Inside &operator=(const Inside &) = delete;

private:
    OpenAiClient &m_client;
};

OpenAiClient::OpenAiClient(InferenceOptions options)
    : m_options(std::move(options))
{
    for (const QString &text : m_options.baseUrls) {
        const QUrl url = QUrl::fromUserInput(text.trimmed());
        if (url.isValid() && (url.scheme() == "http"_L1 || url.scheme() == "https"_L1))
            m_servers.push_back(std::make_unique<Server>(url, m_options));
        else
            qCWarning(logModel) << "not the address of a model server:" << url.toString(QUrl::RemoveUserInfo);
    }
}

OpenAiClient::~OpenAiClient()
{
    shutdown();
    const auto nobody = [this] { return m_calls == 0; };
    m_inside.wait(nobody, std::chrono::steady_clock::now() + 10s, {});
}

void OpenAiClient::shutdown()
{
    m_closing.cancel();
}

Result<ChatReply> OpenAiClient::complete(const ChatRequest &request, const CancelToken &cancel)
{
    const Inside inside(*this);
    if (const QString wrong = messageOrderFault(request.messages); !wrong.isEmpty())
        return Error{ErrorKind::Internal, u"a question to the model is malformed: "_s + wrong};
    if (m_servers.empty())
        return Error{ErrorKind::Config, u"no model server is set"_s};
    const milliseconds total = request.total > 0ms ? request.total : m_options.deadlines.total;
    Call call{request, {cancel, m_closing}, std::chrono::steady_clock::now() + total};
    return runRounds(call);
}

Result<ChatReply> OpenAiClient::runRounds(Call &call)
{
    Servers candidates;
    for (const auto &server : m_servers)
        candidates.push_back(server.get());
    milliseconds pause = m_options.backoff;
    for (int round = 0; round < m_options.rounds && !candidates.empty(); ++round) {
        if (round > 0) {
            const milliseconds asked = call.last ? call.last->retryAfter.value_or(0ms) : 0ms;
            const WaitPoint::Time next = std::chrono::steady_clock::now() + std::max(withJitter(pause), asked);
            if (next >= call.until)
                break;
            if (pauseUntil(next, call.stop) == Woken::Stopped)
                return errorOf({.kind = FaultKind::Cancelled}, {});
            pause *= 2;
        }
        if (auto decided = runRound(candidates, call))
            return *std::move(decided);
    }
    if (call.last)
        return errorOf(*call.last, call.lastServer);
    return Error{ErrorKind::ModelUnavailable,
                 u"the model servers have failed several times in a row and are left alone for a while"_s};
}

/// Every candidate once. The answer or a final error; else none, and `candidates` without those not worth another try.
std::optional<Result<ChatReply>> OpenAiClient::runRound(Servers &candidates, Call &call)
{
    Servers again;
    for (Server *server : candidates) {
        if (call.stop.requested())
            return errorOf({.kind = FaultKind::Cancelled}, {});
        if (!server->admits(call.request.model, std::chrono::steady_clock::now()))
            continue;
        Attempt attempt = tryServer(*server, call);
        remember(*server, attempt, call);
        if (auto *reply = std::get_if<ChatReply>(&attempt))
            return Result<ChatReply>(std::move(*reply));
        call.last = std::get<Fault>(attempt);
        call.lastServer = server->name();
        if (isFinal(call.last->kind))
            return errorOf(*call.last, server->name());
        if (++call.failures[server] < triesWith(call.last->kind, call.request.patient))
            again.push_back(server);
    }
    candidates = std::move(again);
    return std::nullopt;
}

void OpenAiClient::remember(Server &server, const Attempt &attempt, const Call &call)
{
    const QString &model = call.request.model;
    const auto *fault = std::get_if<Fault>(&attempt);
    if (fault == nullptr) {
        server.succeeded(model);
        return;
    }
    qCInfo(logModel) << errorOf(*fault, server.name()).message;
    if (fault->kind == FaultKind::Overflow)
        server.learnContext(model, fault->contextTokens);
    if (countsAgainstServer(fault->kind))
        server.failed(model, std::chrono::steady_clock::now());
    else if (fault->status != 0 && fault->kind != FaultKind::Loading)
        server.succeeded(model); // it answered; that this request is no good is not its fault
    else
        server.withdrawn(model);
}

OpenAiClient::Attempt OpenAiClient::tryServer(Server &server, Call &call)
{
    const auto turn = server.queue().enter(call.request.requestClass, call.until, call.stop);
    if (!turn)
        return Fault{.kind = call.stop.requested() ? FaultKind::Cancelled : FaultKind::TotalTimeout};
    return askInDialects(server, call);
}

OpenAiClient::Attempt OpenAiClient::askInDialects(Server &server, Call &call)
{
    const ServerDialect known = server.dialect();
    ServerDialect dialect = known;
    for (;;) {
        Attempt attempt = askUntilLoaded(server, dialect, call);
        const auto *fault = std::get_if<Fault>(&attempt);
        if (fault == nullptr && dialect != known)
            server.setDialect(dialect); // only now: perhaps it was this one request it did not like
        if (fault == nullptr || fault->kind != FaultKind::FieldRefused)
            return attempt;
        const auto simpler = simplerDialect(dialect, *fault, dialect.schema && !call.request.schema.isEmpty());
        if (!simpler)
            return attempt;
        dialect = *simpler;
    }
}

OpenAiClient::Attempt OpenAiClient::askUntilLoaded(Server &server, const ServerDialect &dialect, Call &call)
{
    const WaitPoint::Time patience = std::chrono::steady_clock::now() + m_options.deadlines.loading;
    for (;;) {
        Attempt attempt = askOnce(server, dialect, call);
        const auto *fault = std::get_if<Fault>(&attempt);
        if (fault == nullptr || fault->kind != FaultKind::Loading || std::chrono::steady_clock::now() >= patience)
            return attempt;
        if (!waitUntilLoaded(server, call))
            return Fault{.kind = call.stop.requested() ? FaultKind::Cancelled : FaultKind::TotalTimeout};
    }
}

/// One pause, or several while /health says that it is still loading. False when there is no time left.
bool OpenAiClient::waitUntilLoaded(Server &server, Call &call)
{
    const WaitPoint::Time patience
        = std::min(call.until, std::chrono::steady_clock::now() + m_options.deadlines.loading);
    do {
        const WaitPoint::Time next = std::chrono::steady_clock::now() + m_options.loadingPoll;
        if (next >= call.until || pauseUntil(next, call.stop) == Woken::Stopped)
            return false;
    } while (std::chrono::steady_clock::now() < patience
             && probeHealth(m_http, server, m_options.apiKey, m_options.deadlines, call.stop) == Health::Loading);
    return true;
}

OpenAiClient::Attempt OpenAiClient::askOnce(Server &server, const ServerDialect &dialect, Call &call)
{
    ++call.requests;
    Attempt attempt = requestChat(m_http, server, dialect, call.request, m_options, call.until, call.stop);
    if (auto *reply = std::get_if<ChatReply>(&attempt))
        reply->requests = call.requests;
    return attempt;
}

ServerFacts OpenAiClient::facts(const QString &model, const CancelToken &cancel, WaitPoint::Time until)
{
    const Inside inside(*this);
    ServerFacts best;
    for (const auto &server : m_servers) {
        const auto now = std::chrono::steady_clock::now();
        if (const auto known = server->facts(model, now, m_options.factsAge))
            return *known;
        if (now >= until || server->isLeftAlone(model, now))
            continue;
        const ServerFacts asked
            = probeServer(m_http, *server, m_options.apiKey, model, m_options.deadlines, {cancel, m_closing}, until);
        if (asked.state == ServerState::Ready) {
            server->setFacts(model, asked, now);
            return server->facts(model, now, m_options.factsAge).value_or(asked);
        }
        if (best.state == ServerState::Unreachable)
            best = asked;
    }
    return best;
}

QList<ServerFacts> OpenAiClient::survey(const QString &model, const CancelToken &cancel)
{
    const Inside inside(*this);
    QList<ServerFacts> all;
    for (const auto &server : m_servers) {
        all.append(probeServer(m_http, *server, m_options.apiKey, model, m_options.deadlines, {cancel, m_closing}));
        if (all.last().state == ServerState::Ready)
            server->wake(model);
    }
    return all;
}

std::unique_ptr<InferenceClient> makeInferenceClient(InferenceOptions options)
{
    return std::make_unique<OpenAiClient>(std::move(options));
}

} // namespace AutoCommit
