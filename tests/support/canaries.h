#pragma once

#include "core/privacy/secretscanner.h"

#include <QRandomGenerator>

namespace AutoCommit {
struct TokenRule;
}

namespace AutoCommit::Testing {

/// A secret that is planted somewhere and must come out nowhere.
struct Canary
{
    QByteArray family;
    QByteArray text; ///< of a file that holds it
    QByteArray value; ///< what must not come out
};

/// One secret of every family the gate knows, made at run time from a seed.
class Canaries
{
public:
    explicit Canaries(quint32 seed);

    const QList<Canary> &all() const { return m_all; }
    const QByteArrayList &unplanted() const { return m_unplanted; } ///< families no value could be made of
    /// The one of that family; fails the program when there is none.
    const Canary &of(const QByteArray &family) const;
    QByteArray letters(qsizetype count);
    /// Also looks for what a test has planted by itself.
    void watch(const QByteArray &family, const QByteArray &value);
    /// Values that are known for secrets whatever stands around them.
    QByteArrayList tellingByThemselves() const;
    /// Families of which a value stands in `bytes`, as it is or as JSON and percent encoding write it.
    QByteArrayList foundIn(const QByteArray &bytes) const;

private:
    QByteArray valueOf(const TokenRule &rule);
    void addToken(const TokenRule &rule);
    void addOthers();

    QRandomGenerator m_random;
    SecretScanner m_scanner;
    QList<Canary> m_all;
    QList<Canary> m_watched;
    QByteArrayList m_unplanted;
};

} // namespace AutoCommit::Testing
