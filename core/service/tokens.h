#pragma once

#include "core/base/result.h"
#include "core/config/paths.h"
#include "core/store/timestamp.h"

#include <QByteArray>
#include <QDateTime>
#include <QFlags>
#include <QList>
#include <QStringList>

#include <optional>

namespace AutoCommit {

/// True when both are equal; how long it takes depends on the length of `one` alone.
bool equalInConstantTime(QByteArrayView one, QByteArrayView other);

enum class TokenScope {
    Monitor = 1, ///< every GET
    Generate = 2,
    Record = 4,
    Control = 8, ///< includes Monitor
};
Q_DECLARE_FLAGS(TokenScopes, TokenScope)
Q_DECLARE_OPERATORS_FOR_FLAGS(TokenScopes)

QStringList scopeNames(TokenScopes scopes); ///< "monitor", "generate", "record", "control"
Result<TokenScopes> scopesFromNames(const QStringList &names);

/// What is known about a token; the token itself is kept nowhere.
struct TokenRecord
{
    QString name = {};
    QByteArray sha256 = {}; ///< 32 bytes
    TokenScopes scopes = {};
    QString host = {}; ///< the only host it may speak for; empty: any
    Timestamp created = {};
    bool owner = false; ///< of the file `token`: this user's CLI and tray
};

/// The tokens of this daemon: `token` (made here, all scopes) and `tokens.json`, both 0600 in the configuration
/// directory. Files are read again when they changed, so that `commits token` needs no word with the daemon.
class TokenStore
{
public:
    TokenStore(const Paths &paths, const Clock &clock);

    QString ownerTokenFile() const { return m_ownerFile; }

    /// Makes the owner's token unless there is one, from now on also when it is removed; narrows the rights of files
    /// that others may read.
    Status prepare();

    /// Reads what changed. Every call above and below does; this one is for whoever watches the directory.
    void refresh();

    /// Answers the new token: shown once, stored as its SHA-256. ErrorKind::Usage: a name that is taken or unfit.
    Result<QString> create(const QString &name, TokenScopes scopes, const QString &host = {});
    Result<bool> revoke(const QString &name); ///< false: there is none of that name
    Result<QList<TokenRecord>> list(); ///< those of tokens.json

    /// Compares with every known token, whether or not one fits already.
    std::optional<TokenRecord> verify(QByteArrayView token);

private:
    struct Seen
    {
        QDateTime changed = {};
        qint64 size = -1;
        bool operator==(const Seen &) const = default;
    };
    static Seen look(const QString &file);
    Status save(const QList<TokenRecord> &records);

    const QString m_ownerFile;
    const QString m_listFile;
    const Clock &m_clock;
    std::optional<TokenRecord> m_owner;
    QList<TokenRecord> m_records;
    bool m_prepared = false; ///< this is the daemon's: the owner's token has to be there
    Seen m_ownerSeen;
    Seen m_listSeen;
};

} // namespace AutoCommit
