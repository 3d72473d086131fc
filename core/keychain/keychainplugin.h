#pragma once

#include "core/base/error.h"

#include <QByteArray>

#include <chrono>
#include <optional>

namespace AutoCommit {

struct KeychainQuestion
{
    enum class What { Read, Write, Remove };
    What what = What::Read;
    QString name;
    QByteArray secret{}; ///< to write
    std::chrono::milliseconds atMost{5000};
};

struct KeychainAnswer
{
    std::optional<Error> error{};
    bool found = false; ///< read and remove: there is, or was, such an entry
    QByteArray secret{};
};

/// The entry of the library that talks to the keychain. Library and program are of one build.
using AskKeychain = void (*)(const KeychainQuestion &question, KeychainAnswer &answer);
constexpr auto askKeychainFunction = "autoCommitAskKeychain";

} // namespace AutoCommit
