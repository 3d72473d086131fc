#include "core/service/modelplugin.h"

#include "core/agent/http/httpdoor.h"
#include "core/inference/apikey.h"
#include "core/service/networkcost.h"

using namespace AutoCommit;

extern "C" Q_DECL_EXPORT void autoCommitMakeModelClient(const InferenceOptions &options, const ModelKey &key,
                                                        ModelClient &made)
{
    Result<QByteArray> secret = loadApiKey(key.file, key.fallback);
    if (!secret) {
        made.error = secret.error();
        return;
    }
    InferenceOptions withKey = options;
    withKey.apiKey = *secret;
    made.client = makeInferenceClient(withKey);
}

extern "C" Q_DECL_EXPORT void autoCommitAskOverTls(const DaemonQuestion &question, DaemonAnswer &answer)
{
    answer = HttpDoor(question.daemon).ask(question);
}

extern "C" Q_DECL_EXPORT void autoCommitMakeRetrieval(const QString &url, std::unique_ptr<RetrievalClient> &made)
{
    made = makeRetrievalClient(url);
}

extern "C" Q_DECL_EXPORT void autoCommitMakeHostDoor(const HostAddress &address, std::unique_ptr<HostDoor> &made)
{
    made = std::make_unique<HttpDoor>(address);
}

extern "C" Q_DECL_EXPORT void autoCommitIsMetered(std::optional<bool> &answer)
{
    answer = isNetworkMetered();
}
