#pragma once

#include <atomic>
#include <memory>

namespace AutoCommit {

/// A flag that travels with a piece of work: whoever holds a copy may cancel, whoever waits must look at it at least
/// every 50 ms. Thread-safe. (Not std::stop_token: libc++ kept it experimental until LLVM 20 and the tray builds
/// there.)
class CancelToken
{
public:
    CancelToken()
        : m_flag(std::make_shared<std::atomic_bool>(false))
    { }

    /// For work that must not be cut in half, such as moving a ref: it has its own deadline instead.
    static CancelToken never() { return CancelToken(); }

    void cancel() const { m_flag->store(true, std::memory_order_release); }
    bool isCancelled() const { return m_flag->load(std::memory_order_acquire); }

private:
    std::shared_ptr<std::atomic_bool> m_flag;
};

} // namespace AutoCommit
