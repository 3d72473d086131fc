#pragma once

#include <QByteArray>
#include <QStringList>

#include <chrono>

namespace AutoCommit {

/// How a request's class is told to the server. There is no standard: vLLM reads an integer (lower first), coordinators
/// a word or a header, most servers nothing.
enum class PriorityStyle {
    Word, ///< "priority": "batch"
    Number, ///< "priority": 100
    Header, ///< X-Priority: batch
    None,
};

/// Four separate limits, because one cannot serve: a busy llama-server sends nothing at all, not even headers, until
/// it is a request's turn, and is silent again while it reads the prompt.
struct Deadlines
{
    std::chrono::milliseconds connect{5000};
    std::chrono::milliseconds queue{600000}; ///< from sent to headers
    std::chrono::milliseconds interactiveQueue{60000}; ///< the same while a person waits
    std::chrono::milliseconds idle{120000}; ///< between two pieces of the answer; pings count as pieces
    std::chrono::milliseconds total{900000}; ///< the whole call: our queue, retries, every server
    std::chrono::milliseconds loading{300000}; ///< how long a server may say that it is loading its model
};

struct InferenceOptions
{
    QStringList baseUrls; ///< tried in this order; with or without /v1 at the end
    QByteArray apiKey; ///< empty = none. Never logged, never part of an Error
    PriorityStyle priority = PriorityStyle::Word;
    QByteArray priorityHeader = "X-Priority";
    int requestsAtOnce = 1; ///< per base URL
    Deadlines deadlines;
    int rounds = 3; ///< over all servers, for failures that may pass
    std::chrono::milliseconds backoff{2000}; ///< after the first round; doubles
    std::chrono::milliseconds loadingPoll{3000};
    int breakerFailures = 5; ///< in a row, per server and model; then that pair is left alone ...
    std::chrono::milliseconds breakerOpen{300000}; ///< ... for this long, and then tried with one request
    std::chrono::milliseconds factsAge{600000}; ///< how long what a server said of its context size is believed
};

} // namespace AutoCommit
