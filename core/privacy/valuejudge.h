#pragma once

#include "core/privacy/placeholder.h"
#include "core/privacy/wordmodel.h"

namespace AutoCommit {

/// What a value is by its looks alone.
enum class ValueKind {
    Nothing, ///< too short to be anything
    Placeholder, ///< `changeme`, `<your-token>`, `${VAR}`, `xxxx`, `{{ template }}`, an example of a documentation
    Encrypted, ///< ansible-vault, sops, ENC[…], a password hash: unreadable by design
    Reference, ///< code, a path, a URL, a file name: it names the secret or where it is
    Words, ///< prose or an identifier
    Number,
    Uuid,
    Hex,
    Random, ///< characters nobody chose by hand
    Password, ///< short, letters mixed with digits or signs, perhaps chosen by hand
};

struct ValueTraits
{
    ValueKind kind = ValueKind::Nothing;
    qsizetype length = 0;
    int lower = 0;
    int upper = 0;
    int digits = 0;
    int signs = 0; ///< anything that is neither letter nor digit
    int distinct = 0; ///< different bytes
    double surprise = 0; ///< see WordModel
    bool madeUp = false; ///< see Placeholders; asked only of values that could be secrets
};

/// Looks at a value by itself, at 512 bytes of it at most. Pure; both arguments must outlive it.
class ValueJudge
{
public:
    ValueJudge(const Lexicon &lexicon, const WordModel &words);

    ValueTraits traitsOf(QByteArrayView value) const;

    /// Encrypted, or says where the secret is: a path, a URL, the name of a variable or of a place in a vault.
    bool isKeptElsewhere(QByteArrayView value) const;

    /// Shannon entropy in bits a byte.
    static double entropyOf(QByteArrayView value);
    const Placeholders &placeholders() const { return m_placeholders; }

private:
    ValueKind kindOf(QByteArrayView value, const ValueTraits &traits) const;
    bool isEncrypted(QByteArrayView v) const;
    bool isReference(QByteArrayView value) const;
    bool isReadableInside(QByteArrayView value) const;

    Placeholders m_placeholders;
    const WordModel &m_words;
    WordList m_encryptedStarts;
    WordList m_referenceEnds;
    WordList m_referenceStarts;
    WordList m_publicStarts;
};

} // namespace AutoCommit
