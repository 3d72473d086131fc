#pragma once

#include "core/base/error.h"
#include "core/inference/inferenceclient.h"

#include <memory>
#include <optional>

namespace AutoCommit {

/// Where the API key of the model servers comes from.
struct ModelKey
{
    QString file;
    QByteArray fallback; ///< from the environment
};

struct ModelClient
{
    std::unique_ptr<InferenceClient> client;
    std::optional<Error> error; ///< why there is none
};

/// The one entry of the library that holds the client. It is a library of its own because Qt's network module costs
/// 1.4 ms of every start of a program (measured; a whole `git status` takes 2 to 3), and most runs ask no model.
/// Library and program are of one build.
using MakeModelClient = void (*)(const InferenceOptions &options, const ModelKey &key, ModelClient &made);
constexpr auto modelClientFunction = "autoCommitMakeModelClient";

} // namespace AutoCommit
