#pragma once

#include "core/keychain/keychainplugin.h"

#include <memory>

class QObject;
class QThread;

namespace AutoCommit {

/// Asks QtKeychain, in a thread with an event loop that starts with the first question and lives as long as the
/// process: QtKeychain's queue of jobs belongs to the thread that first used it, and stands still once that thread has
/// ended. One object in a process.
class DesktopKeychain
{
public:
    DesktopKeychain();

    /// Any thread. Blocks for `question.atMost`; what comes later is dropped.
    KeychainAnswer ask(const KeychainQuestion &question);

private:
    QThread *m_thread; ///< never ended
    QObject *m_worker; ///< lives in it
};

} // namespace AutoCommit
