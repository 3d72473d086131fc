#pragma once

#include "core/privacy/lexicon.h"

#include <QList>

namespace AutoCommit {

/// What a name promises about the value behind it.
enum class NameKind {
    Other, ///< says that it is no secret: `public_key`, `token_url`, `csrf_token`, `credentials_id`
    None, ///< says nothing
    Provider, ///< a service that hands out keys: `stripe`, `DATADOG`
    Weak, ///< may be one: `key`, `auth`, `salt`, `signature`
    Strong, ///< names a token or key: `api_key`, `client_secret`, `access_token`
    Password, ///< names something people choose: `password`, `DB_PASS`, `passphrase`
};

/// The words of a name, lower case: `dbPassword2`, `DB_PASSWORD`, `db-password` give db, password (and 2).
QList<QByteArray> wordsOfName(QByteArrayView name);

/// Judges names as written in code, configuration, a header, a flag or prose. Pure.
class CredentialNames
{
public:
    explicit CredentialNames(const Lexicon &lexicon);

    NameKind classify(QByteArrayView name) const;

private:
    NameKind classifyKey(const QList<QByteArray> &words) const;
    bool isStrong(QByteArrayView word) const;

    WordList m_neutral;
    WordList m_passwordEnds;
    WordList m_secretEnds;
    WordList m_keyQualifiers;
    WordList m_publicQualifiers;
    WordList m_otherHeads;
    WordList m_weakHeads;
    WordList m_providers;
};

} // namespace AutoCommit
