#include "core/service/hostaddress.h"

#include "core/base/pluginloader.h"
#include "core/config/tokenfile.h"
#include "core/keychain/keychain.h"
#include "core/service/modelplugin.h"

#include <QFile>
#include <QFileInfo>
#include <QUrl>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

Error wrong(const QString &message)
{
    return {ErrorKind::Config, message};
}

bool isLoopback(const QString &host)
{
    return host == "localhost"_L1 || host == "::1"_L1 || host.startsWith("127."_L1);
}

Result<QString> checkedUrl(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    const bool http = url.scheme() == "http"_L1;
    if (!url.isValid() || url.host().isEmpty() || (!http && url.scheme() != "https"_L1))
        return wrong(u"api_url has to be an http or https address, not \"%1\""_s.arg(text));
    if (!url.userInfo().isEmpty() || url.hasQuery() || url.hasFragment())
        return wrong(u"api_url may hold a host and a port only; the token belongs into api_token_file"_s);
    if (http && !isLoopback(url.host()))
        return wrong(u"%1 would send the token over the network in the clear; use https, and api_certificate_sha256 "
                     u"for a certificate of your own"_s.arg(text));
    return url.toString(QUrl::StripTrailingSlash);
}

Result<QByteArray> checkedPin(const QString &text)
{
    QString hex = text;
    hex.remove(u':').remove(u' ');
    const QByteArray digest = QByteArray::fromHex(hex.toLatin1());
    if (!text.isEmpty() && (digest.size() != 32 || QString::fromLatin1(digest.toHex()) != hex.toLower()))
        return wrong(u"api_certificate_sha256 has to be 64 hexadecimal digits"_s);
    return digest;
}

/// A file that is there decides; the keychain is for who has none.
Result<QByteArray> tokenFor(const QString &url, const Settings &settings, const Paths &paths)
{
    const QString file
        = settings.apiTokenFile.isEmpty() ? paths.configDir() + u"/token"_s : paths.expandHome(settings.apiTokenFile);
    Result<QByteArray> token = readTokenFile(file);
    if (token || !settings.apiTokenFile.isEmpty() || QFileInfo::exists(file))
        return token;
    const auto secret = readSecret(hostTokenName(QUrl(url)));
    return secret && *secret ? Result<QByteArray>(**secret) : token;
}

} // namespace

Result<std::unique_ptr<HostDoor>> openHostDoor(const Settings &settings, const Paths &paths)
{
    HostAddress address;
    AC_ASSIGN(address.url, checkedUrl(settings.apiUrl));
    AC_ASSIGN(address.certificateSha256, checkedPin(settings.apiCertificateSha256));
    AC_ASSIGN(address.token, tokenFor(address.url, settings, paths));
    AC_ASSIGN(const PluginFunction function, pluginFunction(u"models"_s, hostDoorFunction));
    std::unique_ptr<HostDoor> door;
    reinterpret_cast<MakeHostDoor>(function.pointer)(address, door);
    return door;
}

} // namespace AutoCommit
