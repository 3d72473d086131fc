#pragma once

#include "core/inference/fault.h"
#include "core/inference/httpthread.h"
#include "core/inference/inferenceclient.h"
#include "core/inference/server.h"

#include <variant>
#include <vector>

namespace AutoCommit {

/// See InferenceClient for the contract; this is how it goes about it: rounds over the servers, on each server the
/// turn in its queue, then requests in ever simpler dialects until it takes one.
class OpenAiClient final : public InferenceClient
{
public:
    explicit OpenAiClient(InferenceOptions options);
    ~OpenAiClient() override;

    Result<ChatReply> complete(const ChatRequest &request, const CancelToken &cancel) override;
    ServerFacts facts(const QString &model, const CancelToken &cancel,
                      WaitPoint::Time until = WaitPoint::Time::max()) override;
    QList<ServerFacts> survey(const QString &model, const CancelToken &cancel) override;
    void shutdown() override;

private:
    struct Call;
    class Inside;
    using Attempt = std::variant<ChatReply, Fault>;
    using Servers = std::vector<Server *>;

    Result<ChatReply> runRounds(Call &call);
    std::optional<Result<ChatReply>> runRound(Servers &candidates, Call &call);
    Attempt tryServer(Server &server, Call &call);
    Attempt askInDialects(Server &server, Call &call);
    Attempt askUntilLoaded(Server &server, const ServerDialect &dialect, Call &call);
    Attempt askOnce(Server &server, const ServerDialect &dialect, Call &call);
    bool waitUntilLoaded(Server &server, Call &call);
    void remember(Server &server, const Attempt &attempt, const Call &call);

    InferenceOptions m_options;
    std::vector<std::unique_ptr<Server>> m_servers;
    HttpThread m_http;
    CancelToken m_closing;
    WaitPoint m_inside; ///< guards m_calls
    int m_calls = 0; ///< threads that are in a function of ours
};

} // namespace AutoCommit
