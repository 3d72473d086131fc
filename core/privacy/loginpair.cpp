#include "core/privacy/loginpair.h"

#include "core/privacy/decoding.h"
#include "core/privacy/tokenchecks.h"

namespace AutoCommit {

bool isSecretLoginPair(const ScanKnowledge &knowledge, QByteArrayView base64, FileHints hints)
{
    if (base64.size() < 8 || checkToken(TokenCheck::BasicAuth, base64) != CheckVerdict::Proven)
        return false;
    const QByteArray pair = decodeBase64(base64);
    const qsizetype colon = pair.indexOf(':');
    const QByteArrayView password = QByteArrayView(pair).sliced(colon + 1);
    if (knowledge.values.placeholders().isPlaceholder(password) || knowledge.publicValues.contains(base64))
        return false;
    const bool chosen = knowledge.values.traitsOf(password).kind <= ValueKind::Number
        || knowledge.values.traitsOf(password).kind == ValueKind::Password;
    return !(hints.test && chosen) && password.compare(QByteArrayView(pair).first(colon), Qt::CaseInsensitive) != 0;
}

} // namespace AutoCommit
