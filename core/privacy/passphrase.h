#pragma once

#include "core/privacy/lexicon.h"

namespace AutoCommit {

/// Knows passwords made of words: `correct-horse-battery-staple`, `Blue.Tractor.42`, `hunter2-Correct-Horse-9x`.
/// Names of things in code are built alike, so words that programmers name things with speak against one. Pure.
class Passphrases
{
public:
    explicit Passphrases(const Lexicon &lexicon);

    /// Three and more parts with one kind of separator; four if they are nothing but small letters.
    bool isOne(QByteArrayView value) const;

private:
    WordList m_codeWords;
};

} // namespace AutoCommit
