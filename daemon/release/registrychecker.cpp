#include "daemon/release/registrychecker.h"

#include "core/release/registry.h"

#include <QNetworkReply>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype requestsAtOnce = 4;
constexpr qint64 largestAnswer = 4 << 20;

PublishedName nameOf(const ReleaseRecord &release)
{
    return {.registry = release.registry, .package = release.package, .version = release.version};
}

bool isSame(const ReleaseRecord &a, const ReleaseRecord &b)
{
    return a.host == b.host && a.repo == b.repo && a.registry == b.registry && a.package == b.package
        && a.version == b.version;
}

} // namespace

RegistryChecker::RegistryChecker(QStringList registries, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_registries(std::move(registries))
    , m_clock(clock)
{
    m_network.setRedirectPolicy(QNetworkRequest::SameOriginRedirectPolicy);
}

void RegistryChecker::check(const QList<ReleaseRecord> &due)
{
    for (const ReleaseRecord &release : due) {
        const auto isKnown = [&](const ReleaseRecord &other) { return isSame(other, release); };
        if (std::ranges::none_of(m_waiting, isKnown) && std::ranges::none_of(m_asked, isKnown))
            m_waiting += release;
    }
    next();
}

void RegistryChecker::next()
{
    while (!m_waiting.isEmpty() && m_asked.size() < requestsAtOnce) {
        const ReleaseRecord release = m_waiting.takeFirst();
        const std::optional<QUrl> url = registryUrl(m_registries, nameOf(release));
        if (!url)
            continue;
        QNetworkRequest request(*url);
        request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("auto-commit/" AC_VERSION));
        request.setRawHeader("Accept", "application/json, application/xml;q=0.9, */*;q=0.1");
        request.setTransferTimeout(static_cast<int>(m_deadline.count()));
        QNetworkReply *reply = m_network.get(request);
        m_asked += release;
        connect(reply, &QNetworkReply::downloadProgress, reply, [reply](qint64 received) {
            if (received > largestAnswer)
                reply->abort();
        });
        connect(reply, &QNetworkReply::finished, this, [this, reply, release] {
            reply->deleteLater();
            m_asked.removeIf([&](const ReleaseRecord &other) { return isSame(other, release); });
            finish(release, reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(),
                   reply->isOpen() ? reply->readAll() : QByteArray(), reply->errorString());
            next();
        });
    }
}

void RegistryChecker::finish(ReleaseRecord release, int httpStatus, const QByteArray &body, const QString &problem)
{
    const Timestamp now = wallTime(m_clock);
    const RegistryVerdict verdict = judgeRegistryAnswer(nameOf(release), httpStatus, body);
    release.lastChecked = now;
    release.nextCheck.reset();
    ++release.checks;
    release.detail.clear();
    if (verdict == RegistryVerdict::Published) {
        release.state = ReleaseState::Published;
    } else {
        release.detail = verdict == RegistryVerdict::NotYet ? u"%1 does not have it yet"_s.arg(release.registry)
            : httpStatus > 0 ? u"%1 answered with status %2"_s.arg(release.registry).arg(httpStatus)
                             : u"%1 could not be asked: %2"_s.arg(release.registry, problem);
        if (const auto pause = nextRegistryCheck(release.checks))
            release.nextCheck = now + *pause;
        else
            release.state = ReleaseState::Failed;
    }
    Q_EMIT checked(release);
}

} // namespace AutoCommit
