#include "tray/model/endpoint.h"

#include <QCoreApplication>
#include <QFile>
#include <QHostAddress>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

struct EndpointWords
{
    Q_DECLARE_TR_FUNCTIONS(AutoCommit::EndpointWords)
};

QByteArray readToken(const QString &path, QString &trouble)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        trouble = EndpointWords::tr("the token file %1 cannot be read: %2").arg(path, file.errorString());
        return {};
    }
    const QByteArray token = file.read(4096).trimmed();
    if (token.isEmpty())
        trouble = EndpointWords::tr("the token file %1 is empty").arg(path);
    return token;
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

/// A fingerprint as people copy it: with colons or without.
Result<QByteArray> fingerprint(const QString &text)
{
    QString hex = text;
    hex.remove(u':').remove(u' ');
    const QByteArray digest = QByteArray::fromHex(hex.toLatin1());
    if (!hex.isEmpty() && (digest.size() != 32 || digest.toHex() != hex.toLower().toLatin1()))
        return Error{ErrorKind::Usage,
                     EndpointWords::tr("%1 is no SHA-256 fingerprint: that is 64 hexadecimal digits").arg(text),
                     {}};
    return digest;
}

Result<QUrl> daemonUrl(const QString &address, bool plainHttpAllowed)
{
    const QUrl url
        = QUrl(address, QUrl::StrictMode).adjusted(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveUserInfo);
    if (url.host().isEmpty() || (url.scheme() != u"http"_s && url.scheme() != u"https"_s))
        return Error{
            ErrorKind::Usage,
            EndpointWords::tr("%1 is no address of a daemon; an example is http://127.0.0.1:8200").arg(address),
            {}};
    if (url.scheme() == u"http"_s && !isThisMachine(url) && !plainHttpAllowed)
        return Error{
            ErrorKind::Usage,
            EndpointWords::tr("%1 would send the token unencrypted over the network. Use https, an SSH tunnel, or say "
                              "--insecure-http.")
                .arg(address),
            {}};
    return url;
}

/// A daemon that registered itself; an agent of another machine's daemon has no API of its own.
EndpointWish registeredWish(const QJsonObject &daemon)
{
    const QString url = daemon.value(u"url"_s).toString();
    const qint64 port = daemon.value(u"port"_s).toInteger();
    if (url.isEmpty() && port == 0)
        return {};
    return {.url = url.isEmpty() ? u"http://127.0.0.1:%1"_s.arg(port) : url,
            .tokenFile = daemon.value(u"token_file"_s).toString(),
            .certificateSha256 = daemon.value(u"certificate_sha256"_s).toString()};
}

QUrl placeOf(const QString &address)
{
    return QUrl(address).adjusted(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveUserInfo);
}

/// Each certificate belongs to one address: what a daemon of this machine wrote down to that daemon, what the settings
/// say to api_url (to any other where that is not set).
QString pinFor(const QString &url, const EndpointWish &here, const EndpointWish &configured)
{
    if (!here.url.isEmpty() && placeOf(url) == placeOf(here.url))
        return here.certificateSha256;
    const bool isMeant = configured.url.isEmpty() || placeOf(url) == placeOf(configured.url);
    return isMeant ? configured.certificateSha256 : QString();
}

} // namespace

QString daemonsFile(const Paths &paths)
{
    return paths.configDir() + u"/daemons.json"_s;
}

Result<ApiEndpoint> findEndpoint(const EndpointWish &wish, const QProcessEnvironment &environment, const Paths &paths,
                                 bool plainHttpAllowed, const EndpointWish &configured)
{
    const auto firstOf = [](const QStringList &texts) {
        const auto at = std::ranges::find_if(texts, [](const QString &text) { return !text.isEmpty(); });
        return at == texts.end() ? QString() : *at;
    };
    EndpointWish found{.url = firstOf({wish.url, environment.value(u"AUTO_COMMIT_API_URL"_s)}),
                       .tokenFile = firstOf({wish.tokenFile, environment.value(u"AUTO_COMMIT_API_TOKEN_FILE"_s)}),
                       .certificateSha256 = wish.certificateSha256};
    const EndpointWish here = registeredWish(registered(paths));
    if (found.url.isEmpty()) {
        const EndpointWish &next = here.url.isEmpty() ? configured : here;
        found.url = firstOf({next.url, u"http://127.0.0.1:8200"_s});
        found.tokenFile = firstOf({found.tokenFile, next.tokenFile});
    } else if (found.url == configured.url) {
        found.tokenFile = firstOf({found.tokenFile, configured.tokenFile});
    }
    found.certificateSha256 = firstOf({found.certificateSha256, pinFor(found.url, here, configured)});
    AC_ASSIGN(const QUrl url, daemonUrl(found.url, plainHttpAllowed));
    AC_ASSIGN(const QByteArray pin, fingerprint(found.certificateSha256));
    const QString tokenFile = firstOf({found.tokenFile, paths.configDir() + u"/token"_s});
    QString trouble;
    const QByteArray token = readToken(paths.expandHome(tokenFile), trouble);
    return ApiEndpoint{.url = url, .token = token, .tokenTrouble = trouble, .certificateSha256 = pin};
}

Result<ApiEndpoint> endpointOf(const RemotePlace &place)
{
    AC_ASSIGN(const QUrl url, daemonUrl(place.url, false));
    AC_ASSIGN(const QByteArray pin, fingerprint(place.certificateSha256));
    return ApiEndpoint{.url = url, .token = place.token.toUtf8(), .certificateSha256 = pin};
}

} // namespace AutoCommit
