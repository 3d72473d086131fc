#pragma once

#include "core/privacy/keywordset.h"
#include "core/privacy/lexicon.h"

namespace AutoCommit {

/// How sure a value must look like a stand-in before it counts as one.
enum class Doubt {
    Little, ///< a value known only by its context: any sign of a placeholder will do
    Much, ///< a value in a provider's own token format: only words, templates and fillers (xxxx)
};

/// Knows what people write where a secret would go: templates (`${TOKEN}`, `<token>`, `{{ key }}`, `%s`), words
/// (`your-key-here`, `changeme`, `EXAMPLE`), one character repeated, counted-up or repeating patterns.
class Placeholders
{
public:
    explicit Placeholders(const Lexicon &lexicon);

    bool isPlaceholder(QByteArrayView value, Doubt doubt) const;

private:
    bool hasStandIn(QByteArrayView value) const;

    KeywordSet m_parts;
    WordList m_whole;
};

} // namespace AutoCommit
