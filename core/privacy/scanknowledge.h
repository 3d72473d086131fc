#pragma once

#include "core/privacy/credentialname.h"
#include "core/privacy/keywordset.h"
#include "core/privacy/passphrase.h"
#include "core/privacy/prefixedtoken.h"
#include "core/privacy/publicvalues.h"
#include "core/privacy/rulebook.h"
#include "core/privacy/valuejudge.h"

#include <memory>

namespace AutoCommit {

/// What a keyword in the text sets off.
struct Trigger
{
    enum class Kind {
        Token, ///< a fixed part of a token format
        Near, ///< a word that a token format has to be near to
        Name, ///< part of a name that may hold a secret
        PrivateKey,
        JsonWebKey,
        KubernetesKind,
        Command,
        Url,
    };
    Kind kind = Kind::Token;
    int rule = -1; ///< index into RuleBook::rules(), or into commandKeywords()
    int minBefore = 0; ///< of a token: bytes of it in front of the keyword
    int maxBefore = 0;
    qsizetype length = 0; ///< of the keyword
};

/// Everything the scanner knows, read from the resources and made ready for searching: a few milliseconds, so it is
/// built when the first text is scanned. Immutable afterwards; any number of threads may read it.
struct ScanKnowledge
{
    static std::shared_ptr<const ScanKnowledge> load();

    RuleBook rules;
    Lexicon lexicon;
    WordModel wordModel;
    CredentialNames names;
    ValueJudge values;
    Passphrases passphrases;
    PrefixedTokens prefixed;
    PublicValues publicValues;
    KeywordSet keywords;
    std::vector<Trigger> triggers; ///< by the id that `keywords` reports
    std::vector<int> runRules; ///< rules to be tried at long runs

private:
    ScanKnowledge(QByteArrayView words, QByteArrayView model, QByteArrayView publics);
    void addTrigger(QByteArrayView keyword, Trigger trigger);
    void addRuleTriggers();
};

} // namespace AutoCommit
