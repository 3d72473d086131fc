#include "core/keychain/keychainplugin.h"

#include "core/keychain/desktopkeychain.h"

using namespace AutoCommit;

extern "C" Q_DECL_EXPORT void autoCommitAskKeychain(const KeychainQuestion &question, KeychainAnswer &answer)
{
    // Left to the end of the process: its thread cannot be ended and started again, see DesktopKeychain.
    static DesktopKeychain *const keychain = new DesktopKeychain;
    answer = keychain->ask(question);
}
