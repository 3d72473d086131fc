#include "core/inference/server.h"

namespace AutoCommit {

using namespace Qt::StringLiterals;

Server::Server(const QUrl &base, const InferenceOptions &options)
    : m_base(base)
    , m_name(base.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::StripTrailingSlash))
    , m_queue(options.requestsAtOnce)
    , m_newBreaker(options.breakerFailures, options.breakerOpen)
    , m_dialect{.priority = options.priority}
{ }

QUrl Server::under(const char *path) const
{
    QString prefix = m_base.path();
    while (prefix.endsWith(u'/'))
        prefix.chop(1);
    if (prefix.endsWith("/v1"_L1))
        prefix.chop(3);
    QUrl url = m_base;
    url.setPath(prefix + QLatin1StringView(path));
    return url;
}

ServerDialect Server::dialect() const
{
    const std::lock_guard lock(m_lock);
    return m_dialect;
}

void Server::setDialect(const ServerDialect &dialect)
{
    const std::lock_guard lock(m_lock);
    m_dialect = dialect;
}

Breaker &Server::breaker(const QString &model)
{
    const auto known = m_breakers.find(model);
    return known != m_breakers.end() ? *known : *m_breakers.insert(model, m_newBreaker);
}

bool Server::admits(const QString &model, Breaker::Time now)
{
    const std::lock_guard lock(m_lock);
    return breaker(model).admit(now);
}

void Server::succeeded(const QString &model)
{
    const std::lock_guard lock(m_lock);
    breaker(model).succeeded();
}

void Server::failed(const QString &model, Breaker::Time now)
{
    const std::lock_guard lock(m_lock);
    breaker(model).failed(now);
}

void Server::withdrawn(const QString &model)
{
    const std::lock_guard lock(m_lock);
    breaker(model).withdrawn();
}

bool Server::isLeftAlone(const QString &model, Breaker::Time now)
{
    const std::lock_guard lock(m_lock);
    return breaker(model).isOpen(now);
}

void Server::wake(const QString &model)
{
    const std::lock_guard lock(m_lock);
    breaker(model).wake();
}

std::optional<ServerFacts> Server::facts(const QString &model, Breaker::Time now,
                                         std::chrono::milliseconds maxAge) const
{
    const std::lock_guard lock(m_lock);
    const auto known = m_facts.constFind(model);
    if (known == m_facts.constEnd() || now - known->at > maxAge)
        return std::nullopt;
    ServerFacts facts = known->facts;
    if (const int learned = m_learnedContext.value(model); learned > 0)
        facts.contextTokens = learned;
    return facts;
}

void Server::setFacts(const QString &model, const ServerFacts &facts, Breaker::Time now)
{
    const std::lock_guard lock(m_lock);
    m_facts[model] = {facts, now};
}

void Server::learnContext(const QString &model, int tokens)
{
    const std::lock_guard lock(m_lock);
    if (tokens > 0)
        m_learnedContext[model] = tokens;
    m_facts.remove(model);
}

} // namespace AutoCommit
