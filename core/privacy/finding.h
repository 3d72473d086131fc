#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace AutoCommit {

/// Why a finding holds nothing back. Allowed findings are still listed and counted: nothing is passed over in silence.
enum class Allowance {
    No,
    Inline, ///< our comment stands on its line
    FalseAlarm, ///< the user named this very value a false alarm
    UserPolicy, ///< an allow list of the user's configuration
    RepositoryPolicy, ///< a narrow entry of the repository's .gitleaks.toml or .gitleaksignore
};

/// One secret in a text. Holds nothing of the secret but a masked preview and a keyed hash.
struct Finding
{
    QByteArray rule = {}; ///< "github-pat", "credential", "private-key", "user:…"
    qsizetype offset = 0; ///< bytes from the start of the blob
    qsizetype length = 0;
    int line = 1; ///< 1-based
    int column = 1; ///< 1-based, in characters; in bytes on a line of more than 4096
    QString preview = {}; ///< at most the first four characters, the rest told as a number
    QByteArray fingerprint = {}; ///< rule and salted hash of the value: what a "false alarm" names
    Allowance allowance = Allowance::No;

    bool blocks() const { return allowance == Allowance::No; }
};

using Findings = QList<Finding>;

} // namespace AutoCommit
