#pragma once

#include "core/inference/breaker.h"
#include "core/inference/dialect.h"
#include "core/inference/requestqueue.h"
#include "core/inference/serverfacts.h"

#include <QHash>
#include <QUrl>

#include <mutex>
#include <optional>

namespace AutoCommit {

/// One base URL and everything learned about it. Thread-safe.
class Server
{
public:
    Server(const QUrl &base, const InferenceOptions &options);

    /// Base URL for people: without user, password, query.
    const QString &name() const { return m_name; }
    QUrl chatUrl() const { return under("/v1/chat/completions"); }
    QUrl under(const char *path) const;
    RequestQueue &queue() { return m_queue; }

    ServerDialect dialect() const;
    void setDialect(const ServerDialect &dialect);

    /// The circuit breaker of one model on this server.
    bool admits(const QString &model, Breaker::Time now);
    void succeeded(const QString &model);
    void failed(const QString &model, Breaker::Time now);
    void withdrawn(const QString &model);
    bool isLeftAlone(const QString &model, Breaker::Time now);
    void wake(const QString &model);

    /// Empty when never asked, or longer ago than `maxAge`.
    std::optional<ServerFacts> facts(const QString &model, Breaker::Time now, std::chrono::milliseconds maxAge) const;
    void setFacts(const QString &model, const ServerFacts &facts, Breaker::Time now);
    /// What an overflow error said. Outlives the facts' age: it is the one sure source.
    void learnContext(const QString &model, int tokens);

private:
    struct Known
    {
        ServerFacts facts;
        Breaker::Time at{};
    };

    Breaker &breaker(const QString &model);

    QUrl m_base;
    QString m_name;
    RequestQueue m_queue;
    Breaker m_newBreaker;
    mutable std::mutex m_lock; ///< guards what follows
    ServerDialect m_dialect;
    QHash<QString, Breaker> m_breakers;
    QHash<QString, Known> m_facts;
    QHash<QString, int> m_learnedContext;
};

} // namespace AutoCommit
