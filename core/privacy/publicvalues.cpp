#include "core/privacy/publicvalues.h"

#include <QCryptographicHash>

namespace AutoCommit {

namespace {

constexpr qsizetype hashLength = 16; ///< hexadecimal digits

} // namespace

PublicValues::PublicValues(QByteArrayView text)
{
    for (const QByteArray &line : text.toByteArray().split('\n')) {
        if (line.size() == hashLength && !line.startsWith('#'))
            m_hashes.insert(line);
    }
}

bool PublicValues::contains(QByteArrayView value) const
{
    while (value.endsWith('='))
        value.chop(1);
    return m_hashes.contains(
        QCryptographicHash::hash(value.toByteArray(), QCryptographicHash::Sha256).toHex().left(hashLength));
}

} // namespace AutoCommit
