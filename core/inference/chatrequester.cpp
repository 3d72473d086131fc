#include "core/inference/chatrequester.h"

#include "core/inference/chatstream.h"
#include "core/inference/serverprobe.h"

namespace AutoCommit {

namespace {

constexpr qsizetype errorBodyLimit = 64 << 10;

class ChatReader final : public HttpReader
{
public:
    explicit ChatReader(qsizetype textLimit)
        : stream(textLimit)
    { }

    Wants read(int status, const QByteArray &piece) override
    {
        if (status != 200) {
            errorBody += piece;
            return errorBody.size() < errorBodyLimit ? Wants::More : Wants::Nothing;
        }
        stream.feed(piece);
        if (stream.isDone())
            return Wants::Nothing;
        return stream.hasFinishReason() ? Wants::Settled : Wants::More;
    }

    ChatStream stream;
    QByteArray errorBody;
};

HttpRequest httpRequest(const Server &server, const ServerDialect &dialect, const ChatRequest &request,
                        const InferenceOptions &options, WaitPoint::Time until)
{
    const Deadlines &limits = options.deadlines;
    return {.url = server.chatUrl(),
            .body = chatBody(request, dialect),
            .headers = keyHeaders(options.apiKey) + priorityHeaders(request, dialect, options.priorityHeader),
            .connect = limits.connect,
            .head = request.requestClass == RequestClass::Interactive ? limits.interactiveQueue : limits.queue,
            .idle = limits.idle,
            .until = until};
}

FaultKind faultOfEnd(HttpEnd end)
{
    switch (end) {
    case HttpEnd::Stopped:
        return FaultKind::Cancelled;
    case HttpEnd::ConnectTimeout:
        return FaultKind::ConnectTimeout;
    case HttpEnd::HeadTimeout:
        return FaultKind::QueueTimeout;
    case HttpEnd::IdleTimeout:
        return FaultKind::IdleTimeout;
    case HttpEnd::TotalTimeout:
        return FaultKind::TotalTimeout;
    case HttpEnd::Complete:
    case HttpEnd::Enough:
    case HttpEnd::WrongCertificate:
    case HttpEnd::NoConnection:
    case HttpEnd::Broken:
        break;
    }
    return FaultKind::Unreachable;
}

/// Ollama drops the beginning of a prompt that is too long and answers the rest. Its count gives it away.
bool promptWasCut(const ChatRequest &request, const TokenUsage &usage)
{
    return request.expectedPromptTokens > 0 && usage.prompt > 0 && usage.cachedPrompt <= 0
        && usage.prompt * 10 < request.expectedPromptTokens * 7;
}

} // namespace

std::variant<ChatReply, Fault> requestChat(HttpThread &http, const Server &server, const ServerDialect &dialect,
                                           const ChatRequest &request, const InferenceOptions &options,
                                           WaitPoint::Time until, const Stop &stop)
{
    const auto reader = std::make_shared<ChatReader>(request.textLimit);
    const HttpOutcome outcome = http.perform(httpRequest(server, dialect, request, options, until), reader, stop);
    if (outcome.end != HttpEnd::Complete && outcome.end != HttpEnd::Enough)
        return Fault{.kind = faultOfEnd(outcome.end)};
    if (outcome.status != 200)
        return faultOfReply(outcome.status, reader->errorBody, outcome.retryAfter, QDateTime::currentDateTimeUtc());
    reader->stream.end();
    if (const auto &fault = reader->stream.fault())
        return *fault;
    ChatReply reply = reader->stream.takeReply();
    if (promptWasCut(request, reply.usage))
        return Fault{.kind = FaultKind::Overflow,
                     .status = 200,
                     .promptTokens = request.expectedPromptTokens,
                     .contextTokens = reply.usage.prompt + request.maxTokens};
    reply.server = server.name();
    reply.schemaApplied = dialect.schema && !request.schema.isEmpty();
    reply.waited = outcome.untilHead;
    reply.worked = outcome.untilEnd - outcome.untilHead;
    return reply;
}

} // namespace AutoCommit
