#pragma once

#include "core/privacy/keywordset.h"
#include "core/privacy/lexicon.h"

namespace AutoCommit {

/// Knows what people write where a secret would go.
class Placeholders
{
public:
    explicit Placeholders(const Lexicon &lexicon);

    /// Templates (`${TOKEN}`, `<token>`, `{{ key }}`, `%s`), words (`your-key-here`, `changeme`, `EXAMPLE`) and fillers
    /// (`xxxx`): no secret, wherever it stands.
    bool isPlaceholder(QByteArrayView value) const;

    /// Counted up (`12345678`, `a1b2c3d4`), repeating or of very few characters: perhaps a test's token.
    static bool isMadeUp(QByteArrayView value);

private:
    bool isOfStandIns(QByteArrayView value) const;
    bool hasStandIn(QByteArrayView value) const;

    KeywordSet m_parts;
    WordList m_whole;
};

} // namespace AutoCommit
