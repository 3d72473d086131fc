#include "core/service/retrieval.h"

#include "core/base/pluginloader.h"
#include "core/service/modelplugin.h"

#include <mutex>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

class LateRetrieval final : public RetrievalClient
{
public:
    explicit LateRetrieval(QString url)
        : m_url(std::move(url))
    { }

    Result<QStringList> passages(const RetrievalQuestion &question, std::chrono::milliseconds within,
                                 const CancelToken &cancel) override
    {
        AC_ASSIGN(RetrievalClient * client, loaded());
        return client->passages(question, within, cancel);
    }

    QString name() const override
    {
        const std::lock_guard lock(m_lock);
        return m_client ? m_client->name() : QString();
    }

private:
    Result<RetrievalClient *> loaded()
    {
        const std::lock_guard lock(m_lock);
        if (!m_client) {
            AC_ASSIGN(const PluginFunction function, pluginFunction(u"models"_s, retrievalFunction));
            reinterpret_cast<MakeRetrieval>(function.pointer)(m_url, m_client);
        }
        return m_client.get();
    }

    const QString m_url;
    mutable std::mutex m_lock;
    std::unique_ptr<RetrievalClient> m_client; ///< made once, and stays
};

} // namespace

std::unique_ptr<RetrievalClient> makeRetrieval(const Settings &settings)
{
    return settings.retrievalUrl.isEmpty() ? nullptr : std::make_unique<LateRetrieval>(settings.retrievalUrl);
}

} // namespace AutoCommit
