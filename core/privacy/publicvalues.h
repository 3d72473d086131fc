#pragma once

#include <QByteArray>
#include <QSet>

namespace AutoCommit {

/// Values that look like secrets and are public by design: resources/privacy/public-values.txt, as hashes.
class PublicValues
{
public:
    explicit PublicValues(QByteArrayView text);

    bool contains(QByteArrayView value) const;

private:
    QSet<QByteArray> m_hashes;
};

} // namespace AutoCommit
