#pragma once

#include "core/privacy/filehints.h"
#include "core/privacy/hit.h"
#include "core/privacy/scanknowledge.h"

namespace AutoCommit {

/// Reports the values of a Kubernetes manifest `kind: Secret` (YAML or JSON) whose "kind" is at `kind`. Templates and
/// stand-ins are none, nor what tests and documentation make up.
void findKubernetesSecret(const ScanKnowledge &knowledge, QByteArrayView text, qsizetype kind, const FileHints &hints,
                          Hits &hits);

} // namespace AutoCommit
