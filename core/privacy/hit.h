#pragma once

#include <QByteArray>

#include <vector>

namespace AutoCommit {

/// How much a rule knows about what it found; of overlapping hits the surer one is reported.
enum class Certainty {
    Guess, ///< a random value near a telling word
    Named, ///< a value assigned to a telling name
    Near, ///< a provider's format near the provider's name
    Form, ///< a provider's own token format
    Proven, ///< the token's checksum or structure holds
};

/// A secret in the text of one window.
struct Hit
{
    qsizetype begin = 0;
    qsizetype end = 0;
    QByteArray rule = {};
    Certainty certainty = Certainty::Guess;
};

using Hits = std::vector<Hit>;

} // namespace AutoCommit
