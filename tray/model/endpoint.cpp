#include "tray/model/endpoint.h"

#include <QFile>
#include <QHostAddress>
#include <QJsonArray>
#include <QJsonDocument>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QByteArray readToken(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(4096).trimmed() : QByteArray();
}

QJsonObject registered(const Paths &paths)
{
    QFile file(daemonsFile(paths));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QJsonArray daemons = QJsonDocument::fromJson(file.readAll()).object().value(u"daemons"_s).toArray();
    for (const QJsonValue &daemon : daemons)
        if (daemon.toObject().value(u"name"_s).toString() == u"default"_s)
            return daemon.toObject();
    return daemons.isEmpty() ? QJsonObject() : daemons.first().toObject();
}

bool isThisMachine(const QUrl &url)
{
    return url.host() == u"localhost"_s || QHostAddress(url.host()).isLoopback();
}

} // namespace

QString daemonsFile(const Paths &paths)
{
    return paths.configDir() + u"/daemons.json"_s;
}

Result<ApiEndpoint> findEndpoint(const EndpointWish &wish, const QProcessEnvironment &environment, const Paths &paths,
                                 bool plainHttpAllowed)
{
    QString address = wish.url.isEmpty() ? environment.value(u"AUTO_COMMIT_API_URL"_s) : wish.url;
    QString tokenFile = wish.tokenFile.isEmpty() ? environment.value(u"AUTO_COMMIT_API_TOKEN_FILE"_s) : wish.tokenFile;
    if (address.isEmpty()) {
        const QJsonObject daemon = registered(paths);
        const qint64 port = daemon.value(u"port"_s).toInteger(8200);
        address = daemon.value(u"url"_s).toString(u"http://127.0.0.1:%1"_s.arg(port));
        if (tokenFile.isEmpty())
            tokenFile = daemon.value(u"token_file"_s).toString();
    }
    if (tokenFile.isEmpty())
        tokenFile = paths.configDir() + u"/token"_s;
    const QUrl url
        = QUrl(address, QUrl::StrictMode).adjusted(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveUserInfo);
    if (url.host().isEmpty() || (url.scheme() != u"http"_s && url.scheme() != u"https"_s))
        return Error{
            ErrorKind::Usage, u"%1 is no address of a daemon; an example is http://127.0.0.1:8200"_s.arg(address), {}};
    if (url.scheme() == u"http"_s && !isThisMachine(url) && !plainHttpAllowed)
        return Error{ErrorKind::Usage,
                     u"%1 would send the token unencrypted over the network. Use https, an SSH tunnel, or say "
                     "--insecure-http."_s.arg(address),
                     {}};
    return ApiEndpoint{.url = url, .token = readToken(paths.expandHome(tokenFile))};
}

} // namespace AutoCommit
