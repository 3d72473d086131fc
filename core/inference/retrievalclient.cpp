#include "core/inference/retrievalclient.h"

#include "core/base/log.h"
#include "core/inference/breaker.h"
#include "core/inference/httpthread.h"
#include "core/inference/retrievalreply.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

#include <mutex>
#include <utility>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr qsizetype longestRetrieval = 512 << 10;
constexpr int failuresInARow = 3;
constexpr auto leftAlone = 5min;

/// Collects the answer, as far as it is of use.
class RetrievalBody final : public HttpReader
{
public:
    Wants read(int status, const QByteArray &piece) override
    {
        if (status < 200 || status > 299)
            return Wants::Settled;
        if (m_body.size() + piece.size() > longestRetrieval)
            return Wants::Nothing;
        m_body += piece;
        return Wants::More;
    }
    const QByteArray &body() const { return m_body; } ///< once the request is complete

private:
    QByteArray m_body;
};

Error retrievalFault(const QString &what)
{
    return {ErrorKind::Unreachable, u"the retrieval service "_s + what};
}

Error retrievalError(const HttpOutcome &outcome)
{
    if (outcome.status >= 300 && outcome.status <= 399)
        return retrievalFault(u"redirects elsewhere, which is not followed (HTTP %1)"_s.arg(outcome.status));
    if (outcome.status != 0 && (outcome.status < 200 || outcome.status > 299))
        return retrievalFault(u"answers with HTTP %1"_s.arg(outcome.status));
    switch (outcome.end) {
    case HttpEnd::Stopped:
        return {ErrorKind::Cancelled, u"cancelled"_s};
    case HttpEnd::ConnectTimeout:
    case HttpEnd::HeadTimeout:
    case HttpEnd::IdleTimeout:
    case HttpEnd::TotalTimeout:
        return {ErrorKind::Timeout, u"the retrieval service does not answer in time"_s};
    case HttpEnd::Enough:
        return retrievalFault(u"answers with more than %1 KiB"_s.arg(longestRetrieval >> 10));
    case HttpEnd::WrongCertificate:
        return retrievalFault(u"shows a certificate that this system does not trust"_s);
    case HttpEnd::Complete:
    case HttpEnd::Broken:
        return retrievalFault(u"breaks the connection"_s);
    case HttpEnd::NoConnection:
        break;
    }
    return retrievalFault(u"cannot be reached"_s);
}

QByteArray questionBody(const RetrievalQuestion &question)
{
    QJsonObject body{{u"query"_s, question.text.text()}, {u"top_k"_s, question.passages}};
    if (!question.repository.isEmpty())
        body.insert(u"repository"_s, question.repository.text());
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

class HttpRetrieval final : public RetrievalClient
{
public:
    explicit HttpRetrieval(const QString &url)
        : m_url(url.trimmed(), QUrl::StrictMode)
    { }

    Result<QStringList> passages(const RetrievalQuestion &question, std::chrono::milliseconds within,
                                 const CancelToken &cancel) override
    {
        if (!m_url.isValid() || m_url.host().isEmpty() || (m_url.scheme() != u"http"_s && m_url.scheme() != u"https"_s))
            return Error{ErrorKind::Config, u"retrieval_url is no address of the form http://host:port/path"_s};
        if (!admits())
            return retrievalFault(u"has failed before and is left alone for some minutes"_s);
        Result<QStringList> found = ask(question, within, cancel);
        note(found);
        return found;
    }

    QString name() const override
    {
        return m_url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
    }

private:
    Result<QStringList> ask(const RetrievalQuestion &question, std::chrono::milliseconds within,
                            const CancelToken &cancel)
    {
        const auto reader = std::make_shared<RetrievalBody>();
        const HttpOutcome outcome
            = m_http.perform({.url = m_url,
                              .body = questionBody(question),
                              .headers = {{"User-Agent", "auto-commit/" AC_VERSION}, {"Accept", "application/json"}},
                              .connect = within,
                              .head = within,
                              .idle = within,
                              .settle = 100ms,
                              .until = std::chrono::steady_clock::now() + within},
                             reader, {.call = cancel, .client = {}});
        if (outcome.end != HttpEnd::Complete || outcome.status < 200 || outcome.status > 299)
            return retrievalError(outcome);
        return passagesIn(reader->body());
    }

    bool admits()
    {
        const std::lock_guard lock(m_lock);
        return m_breaker.admit(std::chrono::steady_clock::now());
    }

    /// One line when it goes and none while it stays away.
    void note(const Result<QStringList> &found)
    {
        const std::lock_guard lock(m_lock);
        if (found) {
            m_breaker.succeeded();
            m_isMissed = false;
        } else if (found.error().kind == ErrorKind::Cancelled) {
            m_breaker.withdrawn();
        } else {
            m_breaker.failed(std::chrono::steady_clock::now());
            if (!std::exchange(m_isMissed, true))
                qCWarning(logModel).noquote()
                    << found.error().message << (u'(' + name() + u')') << "- messages are written without it";
        }
    }

    const QUrl m_url;
    HttpThread m_http;
    std::mutex m_lock; ///< guards what follows
    Breaker m_breaker{failuresInARow, leftAlone};
    bool m_isMissed = false;
};

} // namespace

std::unique_ptr<RetrievalClient> makeRetrievalClient(const QString &url)
{
    return std::make_unique<HttpRetrieval>(url);
}

} // namespace AutoCommit
