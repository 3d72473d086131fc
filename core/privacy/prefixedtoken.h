#pragma once

#include "core/privacy/lexicon.h"
#include "core/privacy/wordmodel.h"

namespace AutoCommit {

/// Knows the form that makers of tokens have agreed on, for those whose format is not in the rules: a short name, an
/// underscore or dash, then many random characters (`acme_live_8Kd…`, `acme-pat-8Kd…`).
class PrefixedTokens
{
public:
    PrefixedTokens(const Lexicon &lexicon, const WordModel &words);

    /// A random part with capitals, small letters and digits is enough by itself; one of small letters and digits needs
    /// a telling word in its name (`key`, `live`, `pat`, …), for hashes have such names, too.
    bool isOne(QByteArrayView run) const;

    /// Begins like the name of an object (`cs_test_…`, `evt_…`), which opens nothing.
    bool isId(QByteArrayView run) const;

private:
    const WordModel &m_words;
    WordList m_markers;
    WordList m_idPrefixes;
    WordList m_hashNames; ///< sha256, commit, …
};

} // namespace AutoCommit
