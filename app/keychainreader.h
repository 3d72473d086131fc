#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QObject>

#include <functional>
#include <memory>
#include <optional>

namespace AutoCommit {

/// Asks the desktop's keychain without waiting for it: one that is locked asks its user first, who may be away. Main
/// thread. The program may end meanwhile.
class KeychainReader
{
public:
    using Answer = std::function<void(const Result<std::optional<QByteArray>> &)>;

    bool isAsking() const { return m_asking; }
    void ask(const QString &name, Answer answer); ///< dropped when this reader is gone; one question at a time

private:
    const std::shared_ptr<QObject> m_here = std::make_shared<QObject>();
    bool m_asking = false;
};

} // namespace AutoCommit
