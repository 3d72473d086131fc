#pragma once

#include <QByteArray>

#include <array>

namespace AutoCommit {

/// Tells random strings from names and words people write, by how usual each pair of neighbouring letters is.
/// The table is resources/privacy/words.model; tests/bench/make_wordmodel.py says how it was counted.
class WordModel
{
public:
    explicit WordModel(QByteArrayView table);

    /// How many bits the value would cost more as a word than as random characters of its own alphabet: far above
    /// zero for random strings, far below for identifiers, file names and prose. One pass, linear.
    double surprise(QByteArrayView value) const;

private:
    static constexpr std::size_t symbols = 28;
    std::array<float, symbols * symbols> m_cost{};
};

} // namespace AutoCommit
