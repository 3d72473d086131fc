#pragma once

#include "core/agent/outgoing.h"
#include "core/store/records.h"

namespace AutoCommit {

/// A commit as the outbox keeps it.
QJsonObject recordToJson(const CommitRecord &commit);
CommitRecord recordFromJson(const QJsonObject &object);

/// The same as POST /record-commit tells it: masked once more.
OutgoingJson toldRecord(const CommitRecord &commit);

} // namespace AutoCommit
