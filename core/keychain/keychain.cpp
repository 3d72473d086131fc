#include "core/keychain/keychain.h"

#include "core/base/pluginloader.h"
#include "core/keychain/keychainplugin.h"

#include <QDeadlineTimer>

namespace AutoCommit {

using namespace Qt::StringLiterals;

namespace {

Result<KeychainAnswer> ask(const KeychainQuestion &question)
{
    AC_ASSIGN(const PluginFunction function, pluginFunction(u"keychain"_s, askKeychainFunction));
    KeychainAnswer answer;
    reinterpret_cast<AskKeychain>(function.pointer)(question, answer);
    if (answer.error)
        return *answer.error;
    return answer;
}

} // namespace

Result<std::optional<QByteArray>> readSecret(const QString &name, std::chrono::milliseconds atMost)
{
    AC_ASSIGN(KeychainAnswer answer, ask({.what = KeychainQuestion::What::Read, .name = name, .atMost = atMost}));
    return answer.found ? std::optional(std::move(answer.secret)) : std::nullopt;
}

Status writeSecret(const QString &name, const QByteArray &secret, std::chrono::milliseconds atMost)
{
    const auto answer = ask({.what = KeychainQuestion::What::Write, .name = name, .secret = secret, .atMost = atMost});
    return answer ? Status() : Status(answer.error());
}

/// Looks first: removing what is not there is a success to some keychains.
Result<bool> removeSecret(const QString &name, std::chrono::milliseconds atMost)
{
    const QDeadlineTimer until(atMost);
    AC_ASSIGN(const std::optional<QByteArray> before, readSecret(name, atMost));
    if (!before)
        return false;
    const std::chrono::milliseconds left(until.remainingTime());
    AC_ASSIGN(const KeychainAnswer answer, ask({.what = KeychainQuestion::What::Remove, .name = name, .atMost = left}));
    return answer.found;
}

QString hostTokenName(const QUrl &url)
{
    const bool https = url.scheme() == "https"_L1;
    if (!url.isValid() || url.host().isEmpty() || (!https && url.scheme() != "http"_L1))
        return {};
    const QString host = url.host().contains(u':') ? u'[' + url.host() + u']' : url.host();
    return u"%1://%2:%3"_s.arg(url.scheme(), host, QString::number(url.port(https ? 443 : 80)));
}

} // namespace AutoCommit
