#pragma once

#include "core/stages/capture.h"

namespace AutoCommit {

/// Holds back the deletion of a file whose content is still there under a name that is left out: pushed alone it would
/// take the file away from everybody else. Content counts as the same from half of its lines on. Costs nothing unless
/// there are both a deletion and a file left out.
Status holdRenameHalves(RepoContext &repo, QList<Inspected> &files);

} // namespace AutoCommit
