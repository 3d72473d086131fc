#include "core/privacy/inlineallow.h"

#include "core/privacy/byteset.h"

namespace AutoCommit {

bool hasInlineAllow(QByteArrayView line, QByteArrayView rule)
{
    constexpr QByteArrayView marker = "auto-commit:allow-secret";
    constexpr ByteSet ruleBytes = Bytes::with(Bytes::word, "-:");
    for (qsizetype at = line.indexOf(marker); at >= 0; at = line.indexOf(marker, at + 1)) {
        const QByteArrayView rest = line.sliced(at + marker.size());
        if (!rest.startsWith('='))
            return true;
        qsizetype end = 1;
        while (end < rest.size() && ruleBytes.contains(rest[end]))
            ++end;
        if (rest.sliced(1, end - 1) == rule)
            return true;
    }
    return false;
}

} // namespace AutoCommit
