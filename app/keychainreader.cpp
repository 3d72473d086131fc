#include "app/keychainreader.h"

#include "core/keychain/keychain.h"

#include <thread>

namespace AutoCommit {

using namespace std::chrono_literals;

/// The thread owns nothing of the program, so that nobody has to wait for it at the end.
void KeychainReader::ask(const QString &name, Answer answer)
{
    if (m_asking)
        return;
    m_asking = true;
    const auto take = [this, guard = std::weak_ptr(m_here), answer = std::move(answer)](const auto &secret) {
        if (guard.expired())
            return;
        m_asking = false;
        answer(secret);
    };
    std::thread([name, here = m_here, take] {
        const Result<std::optional<QByteArray>> secret = readSecret(name, 60s);
        QMetaObject::invokeMethod(
            here.get(), [take, secret] { take(secret); }, Qt::QueuedConnection);
    }).detach();
}

} // namespace AutoCommit
