#include "core/service/models.h"

#include "core/base/log.h"
#include "core/base/pluginloader.h"
#include "core/keychain/keychain.h"
#include "core/service/modelplugin.h"
#include "core/service/recorder.h"
#include "core/service/retrieval.h"
#include "core/service/watchedwriter.h"
#include "core/store/historyreader.h"
#include "core/store/store.h"

#include <arpa/inet.h>
#include <atomic>
#include <mutex>
#include <sys/socket.h>
#include <unistd.h>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr quint16 standardPort = 8210; // PRODUCT: where a coordinator listens when nobody says otherwise

/// A loopback port that nobody listens on refuses at once.
bool listensOnLoopback(quint16 port)
{
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return false;
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const bool connected = ::connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
    ::close(fd);
    return connected;
}

PriorityStyle priorityStyle(const QString &name)
{
    if (name == u"number"_s)
        return PriorityStyle::Number;
    if (name == u"header"_s)
        return PriorityStyle::Header;
    return name == u"none"_s ? PriorityStyle::None : PriorityStyle::Word;
}

/// The keychain is asked last: who set a variable meant this run.
Result<QByteArray> keyBesideFile(const Settings &settings, const QByteArray &environmentKey)
{
    const QString &entry = settings.coordinatorKeyKeychain;
    if (!settings.coordinatorKeyFile.isEmpty() || !environmentKey.trimmed().isEmpty() || entry.isEmpty())
        return environmentKey;
    AC_ASSIGN(const std::optional<QByteArray> secret, readSecret(entry));
    if (secret)
        return *secret;
    return Error{ErrorKind::Config,
                 u"the keychain has no entry \"%1\" (coordinator_key_keychain); make it with: commits keychain store "
                 "%1"_s.arg(entry)};
}

Result<std::unique_ptr<InferenceClient>> clientFor(const Settings &settings, const QByteArray &environmentKey)
{
    AC_ASSIGN(const QByteArray key, keyBesideFile(settings, environmentKey));
    AC_ASSIGN(const PluginFunction function, pluginFunction(u"models"_s, modelClientFunction));
    const auto make = reinterpret_cast<MakeModelClient>(function.pointer);
    ModelClient made;
    make({.baseUrls = settings.coordinatorUrl, .priority = priorityStyle(settings.coordinatorPriority)},
         {.file = settings.coordinatorKeyFile, .fallback = key}, made);
    if (made.error)
        return *made.error;
    return std::move(made.client);
}

QByteArray keyOf(const QProcessEnvironment &environment)
{
    return environment.value(u"AUTO_COMMIT_COORDINATOR_KEY"_s).toUtf8();
}

class Models final : public ModelSource
{
public:
    Models(const LoadedSettings &loaded, const Paths &paths, QByteArray key, const Clock &clock, ModelUse use)
        : m_settings(loaded.settings)
        , m_named(loaded.origin.contains(u"coordinator_url"_s))
        , m_names{loaded.settings.reasoningModelId, loaded.settings.instructModelId,
                  loaded.settings.claudeRecoveryModel}
        , m_history(historyOptions(paths, loaded.settings))
        , m_environmentKey(std::move(key))
        , m_clock(clock)
        , m_use(use)
        , m_retrieval(makeRetrieval(m_settings))
    { }

    ModelWriter *writer() override
    {
        const std::lock_guard oneAtATime(m_connecting);
        if (m_writer || m_clock.monotonic() < m_connectAgain)
            return m_writer.get();
        const Status made = connect();
        m_connectAgain = m_clock.monotonic() + (made || !asksAPerson(made.error()) ? connectEvery : askEvery);
        if (!made)
            qCWarning(logModel) << made.error().message << made.error().detail;
        const std::lock_guard guard(m_lock);
        m_problem = made ? QString() : made.error().message;
        return m_writer.get();
    }

    ModelHealth health() const override
    {
        const std::lock_guard guard(m_lock);
        if (m_writer)
            return m_writer->health();
        if (!m_problem.isEmpty())
            return {.state = ModelHealth::State::Down, .problem = m_problem};
        return {.state = m_named && isSetUp() ? ModelHealth::State::Unknown : ModelHealth::State::Unset};
    }

    void look(const CancelToken &cancel) override
    {
        if (writer() == nullptr)
            return;
        const QString model = m_names.instruct.isEmpty() ? m_names.reasoning : m_names.instruct;
        QString problem = u"no model server answers"_s;
        for (const ServerFacts &facts : m_client->survey(model, cancel)) {
            if (facts.state == ServerState::Ready)
                problem.clear();
            else if (facts.state == ServerState::Loading && !problem.isEmpty())
                problem = u"%1 is still loading its model"_s.arg(facts.server);
            else if (facts.state == ServerState::Unauthorized && !problem.isEmpty())
                problem = u"%1 wants another API key"_s.arg(facts.server);
        }
        if (!cancel.isCancelled())
            m_writer->saw(problem);
    }

    const ModelNames &names() const override { return m_names; }
    RequestClass requestClass() const override { return m_use.requestClass; }

    /// In a daemon a commit is put off instead: a lane that waited would keep other checkouts from being committed.
    RetrievalClient *retrieval() override { return m_retrieval.get(); }

    std::chrono::seconds waitsFor() const override
    {
        return isToWait() && !m_use.inBackground ? m_settings.noModelWait : std::chrono::seconds(0);
    }
    std::chrono::seconds putsOffFor() const override
    {
        return isToWait() && m_use.inBackground ? m_settings.noModelWait : std::chrono::seconds(0);
    }

    std::chrono::seconds patience() const override { return std::min(m_use.atMost, m_settings.modelTimeout); }

    std::optional<KeptMessage> kept(const QByteArray &key) override
    {
        if (!mayAskHistory())
            return std::nullopt;
        HistoryReader reader(m_history.location, m_clock);
        const auto found = reader.cachedMessage(QString::fromLatin1(key));
        if (!found)
            leaveHistoryAlone();
        if (!found || !*found)
            return std::nullopt;
        return KeptMessage{
            .subject = (*found)->subject, .body = (*found)->body, .source = (*found)->source, .model = (*found)->model};
    }

    void keep(const QByteArray &key, const KeptMessage &message) override
    {
        if (!mayAskHistory())
            return;
        Store store(m_history, m_clock);
        Status kept;
        if (const auto opened = store.open(); !opened)
            kept = opened.error();
        else
            kept = store.cacheMessage({.snapshot = QString::fromLatin1(key),
                                       .subject = message.subject,
                                       .body = message.body,
                                       .source = message.source,
                                       .model = message.model,
                                       .createdAt = wallTime(m_clock)});
        if (kept)
            return;
        leaveHistoryAlone();
        qCWarning(logStore) << "a model's answer was not kept:" << kept.error().message;
    }

private:
    /// After a failure: the keychain may be unlocked by then, or somebody started a server on the standard port.
    static constexpr auto connectEvery = std::chrono::seconds(30);
    /// Where a locked keychain puts a dialog on the screen each time.
    static constexpr auto askEvery = std::chrono::hours(1);

    /// Kept answers save a question; a database that does not answer would cost every run its deadline instead.
    bool mayAskHistory() const { return m_clock.monotonic().time_since_epoch() >= m_historyAgain.load(); }
    void leaveHistoryAlone() { m_historyAgain = m_clock.monotonic().time_since_epoch() + std::chrono::minutes(1); }

    static bool asksAPerson(const Error &error)
    {
        return error.kind == ErrorKind::PermissionDenied || error.kind == ErrorKind::Timeout;
    }

    bool isToWait() const
    {
        return m_settings.onNoModel == u"wait"_s
            || (m_settings.onNoModel == u"auto"_s && m_named && m_use.inBackground);
    }

    bool isSetUp() const
    {
        return !m_settings.coordinatorUrl.isEmpty() && !(m_names.instruct.isEmpty() && m_names.reasoning.isEmpty());
    }

    Status connect()
    {
        if (!isSetUp())
            return {};
        if (!m_named && !listensOnLoopback(standardPort))
            return {};
        AC_ASSIGN(auto client, clientFor(m_settings, m_environmentKey)); // may wait for a keychain
        auto writer = std::make_unique<WatchedWriter>(makeModelWriter(*client, m_names, m_clock), m_clock,
                                                      [this](const CancelToken &cancel) { look(cancel); });
        const std::lock_guard guard(m_lock);
        m_client = std::move(client);
        m_writer = std::move(writer);
        return {};
    }

    const Settings m_settings;
    const bool m_named; ///< the user said where the servers are
    const ModelNames m_names;
    const StoreOptions m_history;
    const QByteArray m_environmentKey;
    const Clock &m_clock;
    const ModelUse m_use;
    const std::unique_ptr<RetrievalClient> m_retrieval;
    std::mutex m_connecting; ///< held while a connection is made, which may take seconds
    Clock::Monotonic m_connectAgain{}; ///< guarded by m_connecting
    std::atomic<Clock::Monotonic::duration> m_historyAgain{};
    mutable std::mutex m_lock; ///< never held for long; who writes what follows also holds m_connecting
    QString m_problem;
    std::unique_ptr<InferenceClient> m_client; ///< these two are made once, and stay
    std::unique_ptr<WatchedWriter> m_writer;
};

} // namespace

std::unique_ptr<ModelSource> makeModelSource(const LoadedSettings &loaded, const Paths &paths,
                                             const QProcessEnvironment &environment, const Clock &clock, ModelUse use)
{
    return std::make_unique<Models>(loaded, paths, keyOf(environment), clock, use);
}

Result<std::unique_ptr<InferenceClient>> makeModelClient(const LoadedSettings &loaded,
                                                         const QProcessEnvironment &environment)
{
    return clientFor(loaded.settings, keyOf(environment));
}

} // namespace AutoCommit
