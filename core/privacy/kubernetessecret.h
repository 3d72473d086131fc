#pragma once

#include "core/privacy/hit.h"
#include "core/privacy/scanknowledge.h"

namespace AutoCommit {

/// Reports the values of a Kubernetes manifest `kind: Secret` (YAML or JSON) whose "kind" is at `kind`. Templates and
/// stand-ins are none.
void findKubernetesSecret(const ScanKnowledge &knowledge, QByteArrayView text, qsizetype kind, Hits &hits);

} // namespace AutoCommit
