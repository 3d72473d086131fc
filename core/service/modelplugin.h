#pragma once

#include "core/agent/hostdoor.h"
#include "core/base/error.h"
#include "core/inference/inferenceclient.h"
#include "core/inference/retrievalclient.h"

#include <memory>
#include <optional>

namespace AutoCommit {

/// Where the API key of the model servers comes from.
struct ModelKey
{
    QString file;
    QByteArray fallback; ///< from the environment or the keychain
};

struct ModelClient
{
    std::unique_ptr<InferenceClient> client;
    std::optional<Error> error; ///< why there is none
};

/// Where the daemon of another machine listens.
struct HostAddress
{
    QString url;
    QByteArray token;
    QByteArray certificateSha256; ///< raw; empty: the system's authorities decide
};

/// A question to a daemon, and its answer, for those that speak no TLS themselves.
struct DaemonQuestion
{
    HostAddress daemon;
    QByteArray path; ///< with the query, percent-encoded
    QByteArray body; ///< empty: GET, else POST of JSON
    std::chrono::milliseconds timeout{5000};
};
struct DaemonAnswer
{
    int status = 0;
    QByteArray body;
    std::optional<Error> error; ///< why there is none
};

/// The entries of the library that holds the clients. It is a library of its own because Qt's network module costs
/// 1.4 ms of every start of a program (measured; a whole `git status` takes 2 to 3), and most runs ask no model.
/// Library and program are of one build.
using MakeModelClient = void (*)(const InferenceOptions &options, const ModelKey &key, ModelClient &made);
using MakeHostDoor = void (*)(const HostAddress &address, std::unique_ptr<HostDoor> &made);
using MakeRetrieval = void (*)(const QString &url, std::unique_ptr<RetrievalClient> &made);
using AskOverTls = void (*)(const DaemonQuestion &question, DaemonAnswer &answer);
constexpr auto askOverTlsFunction = "autoCommitAskOverTls";
constexpr auto hostDoorFunction = "autoCommitMakeHostDoor";
constexpr auto modelClientFunction = "autoCommitMakeModelClient";
constexpr auto retrievalFunction = "autoCommitMakeRetrieval";

} // namespace AutoCommit
