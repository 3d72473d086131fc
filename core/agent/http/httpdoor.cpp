#include "core/agent/http/httpdoor.h"

#include "core/base/certificatewords.h"
#include "core/base/cleantext.h"

#include <QJsonDocument>
#include <QMutex>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype longestAnswer = 8 << 20;
constexpr auto protocol = "1";

/// Collects the answer. Used in the HTTP thread until the request has ended.
class AnswerReader final : public HttpReader
{
public:
    Wants read(int, const QByteArray &piece) override
    {
        const QMutexLocker guard(&m_mutex);
        m_bytes += piece;
        m_tooLong = m_bytes.size() > longestAnswer;
        return m_tooLong ? Wants::Nothing : Wants::More;
    }
    QByteArray bytes() const
    {
        const QMutexLocker guard(&m_mutex);
        return m_tooLong ? QByteArray() : m_bytes;
    }

private:
    mutable QMutex m_mutex;
    QByteArray m_bytes;
    bool m_tooLong = false;
};

Error errorOfEnd(HttpEnd end, const QByteArray &refused, const QString &where)
{
    switch (end) {
    case HttpEnd::Stopped:
        return {ErrorKind::Cancelled, u"cancelled"_s};
    case HttpEnd::WrongCertificate:
        return {
            ErrorKind::TlsFailed,
            u"%1 shows a certificate that is not the expected one (api_certificate_sha256); nothing was sent. %2"_s.arg(
                where, fingerprintAdvice(refused))};
    case HttpEnd::HeadTimeout:
    case HttpEnd::IdleTimeout:
    case HttpEnd::TotalTimeout:
        return {ErrorKind::Timeout, u"%1 did not answer in time"_s.arg(where)};
    case HttpEnd::Complete:
    case HttpEnd::Enough:
    case HttpEnd::Broken:
        return {ErrorKind::Unreachable, u"the connection to %1 broke"_s.arg(where)};
    case HttpEnd::NoConnection:
    case HttpEnd::ConnectTimeout:
        break;
    }
    return {ErrorKind::Unreachable, u"%1 cannot be reached"_s.arg(where)};
}

ErrorKind kindOfStatus(int status, const QString &kind)
{
    using enum ErrorKind;
    if (kind == "secret-found"_L1)
        return RejectedSecret;
    switch (status) {
    case 401:
    case 403:
        return AuthFailed;
    case 408:
    case 429:
    case 502:
    case 503:
    case 504:
        return OutOfResources;
    case 421: // it does not know the name it was asked by
        return Config;
    default:
        return status >= 500 ? Internal : Usage;
    }
}

Error errorOfReply(int status, const QJsonObject &body, const QString &where)
{
    const QJsonObject said = body.value("error"_L1).toObject();
    const QString message = cleanLine(said.value("message"_L1).toString(), 300);
    const QString words = message.isEmpty() ? QString() : u": "_s + message;
    return {kindOfStatus(status, said.value("kind"_L1).toString()),
            u"%1 refused the request (HTTP %2%3)"_s.arg(where).arg(status).arg(words)};
}

} // namespace

HttpDoor::HttpDoor(HostAddress address)
    : m_address(std::move(address))
{ }

HttpRequest HttpDoor::request(const QByteArray &path, const QByteArray &body, std::chrono::milliseconds within) const
{
    QString base = m_address.url;
    while (base.endsWith(u'/'))
        base.chop(1);
    return {.url = QUrl(base + QLatin1StringView(path)),
            .body = body,
            .headers = {{"Authorization", "Bearer " + m_address.token},
                        {"User-Agent", "auto-commit/" AC_VERSION},
                        {"X-Auto-Commit-Protocol", protocol},
                        {"Accept", "application/json"}},
            .head = within,
            .until = std::chrono::steady_clock::now() + within,
            .certificateSha256 = m_address.certificateSha256};
}

/// A connection that broke is tried once more: the daemon knows the request by its id.
Result<QJsonObject> HttpDoor::send(HostCall call, const OutgoingJson &body, std::chrono::milliseconds within,
                                   const CancelToken &cancel)
{
    const HttpRequest asked = request(hostCallPath(call), body.bytes(), within);
    Answer answer = exchange(asked, cancel);
    if (answer.end == HttpEnd::Broken)
        answer = exchange(asked, cancel);
    const QString where = asked.url.host();
    if (answer.end != HttpEnd::Complete)
        return errorOfEnd(answer.end, answer.refusedSha256, where);
    if (answer.status < 200 || answer.status > 299)
        return errorOfReply(answer.status, answer.body, where);
    return answer.body;
}

DaemonAnswer HttpDoor::ask(const DaemonQuestion &question)
{
    const auto reader = std::make_shared<AnswerReader>();
    const HttpRequest asked = request(question.path, question.body, question.timeout);
    const HttpOutcome outcome = m_http.perform(asked, reader, {.call = CancelToken::never(), .client = {}});
    if (outcome.end != HttpEnd::Complete)
        return {.status = 0, .body = {}, .error = errorOfEnd(outcome.end, outcome.refusedSha256, u"the daemon"_s)};
    return {.status = outcome.status, .body = reader->bytes(), .error = {}};
}

HttpDoor::Answer HttpDoor::exchange(const HttpRequest &asked, const CancelToken &cancel)
{
    const auto reader = std::make_shared<AnswerReader>();
    const HttpOutcome outcome = m_http.perform(asked, reader, {.call = cancel, .client = {}});
    if (outcome.end != HttpEnd::Complete)
        return {.end = outcome.end, .refusedSha256 = outcome.refusedSha256};
    QJsonParseError broken;
    const QJsonDocument document = QJsonDocument::fromJson(reader->bytes(), &broken);
    const bool whole = broken.error == QJsonParseError::NoError && document.isObject();
    const bool good = outcome.status >= 200 && outcome.status <= 299;
    return {.end = whole || !good ? HttpEnd::Complete : HttpEnd::Broken, // 200 and half an answer: it was cut
            .status = outcome.status,
            .body = document.object()};
}

} // namespace AutoCommit
