#pragma once

#include "core/privacy/shape.h"

#include <QByteArrayList>

#include <vector>

namespace AutoCommit {

/// What a token has to satisfy beside its form.
enum class TokenCheck {
    None,
    Crc32Base62, ///< its last six characters are the CRC-32 of the rest, base 62 (GitHub, npm and others)
    Jwt, ///< three parts, the first a JSON object with "alg"
    BasicAuth, ///< base64 of user:password
    Base64Json, ///< the part behind the last prefix is base64 of a JSON object
};

/// One token format of one provider.
struct TokenRule
{
    QByteArray id; ///< stable, lower case, for instance "github-pat"
    QByteArray provider;
    QByteArray description;
    QByteArray source; ///< where the provider documents the format
    QByteArray shapeText;
    Shape shape;
    TokenCheck check = TokenCheck::None;
    bool openLeft = false; ///< may follow a letter or digit directly
    bool openRight = false;
    bool whole = false; ///< may not follow an underscore either
    bool inRuns = false; ///< has no fixed part: tried at the beginning of every long run of token characters
    bool generic = false; ///< no form of the provider's own: what a test has made up looks like it
    double entropy = 0; ///< least Shannon entropy in bits a byte; 0 = the usual
    QByteArrayList near; ///< lower case; one of them must stand shortly before

    /// Its fixed part is telling enough to search for; otherwise it is tried behind the words of `near`.
    bool isFoundByItself() const;
};

/// The token rules of resources/privacy/*.rules, read and compiled. A file holds
///     @ Provider | source of the format
///     rule-id  shape  [check…]  -- what it is
/// where a check is `near=word,word`, `entropy=3.2`, `crc32`, `jwt`, `basic-auth`, `open-left`,
/// `open-right`, `whole`, `generic` or `in-runs`.
class RuleBook
{
public:
    /// Appends the rules of one file.
    Status read(QByteArrayView text);

    const std::vector<TokenRule> &rules() const { return m_rules; }

private:
    Result<TokenRule> parseRule(QByteArrayView line);

    std::vector<TokenRule> m_rules;
    ByteSetNumbers m_numbers;
    QByteArray m_provider;
    QByteArray m_source;
};

} // namespace AutoCommit
