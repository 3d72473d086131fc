#include "core/agent/outgoing.h"

#include <QJsonDocument>

namespace AutoCommit {

QByteArray OutgoingJson::bytes() const
{
    return QJsonDocument(m_object).toJson(QJsonDocument::Compact);
}

} // namespace AutoCommit
