#include "daemon/api/guard.h"

#include <QJsonDocument>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr int maxDepth = 32;

int depthOf(const QByteArray &json)
{
    int depth = 0;
    int deepest = 0;
    bool inText = false;
    for (qsizetype i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (inText) {
            if (c == '\\')
                ++i;
            inText = c != '"';
        } else if (c == '"') {
            inText = true;
        } else if (c == '{' || c == '[') {
            deepest = std::max(deepest, ++depth);
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return deepest;
}

} // namespace

HostList::HostList(const QStringList &names, quint16 port, bool secure)
{
    const QByteArray suffix = ':' + QByteArray::number(port);
    const bool usualPort = port == (secure ? 443 : 80);
    for (const QString &name : QStringList{u"localhost"_s, u"127.0.0.1"_s, u"[::1]"_s} + names) {
        const QByteArray lower = name.trimmed().toLower().toLatin1();
        if (lower.isEmpty())
            continue;
        m_allowed.insert(lower + suffix);
        if (usualPort)
            m_allowed.insert(lower);
    }
}

bool HostList::contains(const QByteArray &host) const
{
    return m_allowed.contains(host.toLower());
}

bool isSameSite(const IncomingRequest &request)
{
    const QByteArray site = request.field("sec-fetch-site").toLower();
    if (request.count("sec-fetch-site") > 0 && site != "same-origin" && site != "none")
        return false;
    if (request.count("origin") == 0)
        return true;
    const QByteArray own = (request.secure ? "https://" : "http://") + request.field("host");
    return request.count("origin") == 1 && request.field("origin").toLower() == own.toLower();
}

bool isJson(const IncomingRequest &request)
{
    if (request.count("content-type") != 1)
        return false;
    const QByteArrayList parts = request.field("content-type").toLower().split(';');
    if (parts.front().trimmed() != "application/json")
        return false;
    for (const QByteArray &part : parts.mid(1)) {
        QByteArray parameter = part.trimmed();
        if (parameter.replace('"', "").startsWith("charset=") && parameter != "charset=utf-8")
            return false;
    }
    return true;
}

Result<QJsonObject> readBody(const QByteArray &body)
{
    if (body.isEmpty())
        return QJsonObject();
    if (depthOf(body) > maxDepth)
        return Error{ErrorKind::Usage, u"the body is nested deeper than %1 levels"_s.arg(maxDepth)};
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(body, &problem);
    if (problem.error != QJsonParseError::NoError)
        return Error{ErrorKind::Usage,
                     u"the body is not JSON: %1 at byte %2"_s.arg(problem.errorString()).arg(problem.offset)};
    if (!document.isObject())
        return Error{ErrorKind::Usage, u"the body is not a JSON object"_s};
    return document.object();
}

QByteArray bearerToken(const IncomingRequest &request)
{
    const QByteArray value = request.count("authorization") == 1 ? request.field("authorization") : QByteArray();
    return value.left(7).toLower() == "bearer " ? value.mid(7).trimmed() : QByteArray();
}

} // namespace AutoCommit
