#include "core/inference/serverprobe.h"

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace std::chrono_literals;

/// Keeps the beginning of a body.
class BodyReader final : public HttpReader
{
public:
    Wants read(int, const QByteArray &piece) override
    {
        body += piece;
        return body.size() < (1 << 20) ? Wants::More : Wants::Nothing;
    }

    QByteArray body;
};

struct Answer
{
    HttpEnd end = HttpEnd::NoConnection;
    int status = 0;
    QByteArray body;
};

Answer get(HttpThread &http, const QUrl &url, const QByteArray &apiKey, const Deadlines &deadlines, const Stop &stop,
           WaitPoint::Time until = WaitPoint::Time::max())
{
    const auto reader = std::make_shared<BodyReader>();
    const auto limit = std::min(deadlines.total, 10000ms);
    const HttpRequest request{.url = url,
                              .headers = keyHeaders(apiKey),
                              .connect = deadlines.connect,
                              .head = limit,
                              .idle = limit,
                              .until = std::min<WaitPoint::Time>(until, std::chrono::steady_clock::now() + limit)};
    const HttpOutcome outcome = http.perform(request, reader, stop);
    // Only after the end is the reader ours alone.
    const bool ended = outcome.end == HttpEnd::Complete || outcome.end == HttpEnd::Enough;
    return {outcome.end, outcome.status, ended ? reader->body : QByteArray()};
}

ServerState stateOf(const Answer &answer)
{
    if (answer.status == 401 || answer.status == 403)
        return ServerState::Unauthorized;
    if (answer.status == 503)
        return ServerState::Loading;
    if (answer.status == 200)
        return answer.body.trimmed().startsWith('{') ? ServerState::Ready : ServerState::Foreign;
    return answer.status == 0 ? ServerState::Unreachable : ServerState::Foreign;
}

} // namespace

QList<std::pair<QByteArray, QByteArray>> keyHeaders(const QByteArray &apiKey)
{
    QByteArray key = apiKey.trimmed();
    if (key.isEmpty() || key.contains('\n') || key.contains('\r') || key.contains('\0'))
        return {};
    return {{"Authorization", "Bearer " + key}};
}

Health probeHealth(HttpThread &http, const Server &server, const QByteArray &apiKey, const Deadlines &deadlines,
                   const Stop &stop)
{
    const Answer answer = get(http, server.under("/health"), apiKey, deadlines, stop);
    return answer.status == 200 ? Health::Ready : answer.status == 503 ? Health::Loading : Health::Unknown;
}

ServerFacts probeServer(HttpThread &http, const Server &server, const QByteArray &apiKey, const QString &model,
                        const Deadlines &deadlines, const Stop &stop, WaitPoint::Time until)
{
    const auto ask = [&](const char *path) { return get(http, server.under(path), apiKey, deadlines, stop, until); };
    ServerFacts facts{.server = server.name()};
    const Answer list = ask("/v1/models");
    facts.state = stateOf(list);
    if (facts.state != ServerState::Ready)
        return facts;
    readModelList(list.body, model, facts);
    if (facts.cutsSilently) {
        if (const Answer loaded = ask("/api/ps"); loaded.status == 200)
            readOllamaProcesses(loaded.body, model, facts);
    } else { // also where the list names a size: llama.cpp divides it among its slots
        if (const Answer props = ask("/props"); props.status == 200)
            readProps(props.body, facts);
    }
    return facts;
}

} // namespace AutoCommit
