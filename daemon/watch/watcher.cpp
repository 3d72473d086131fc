#include "daemon/watch/watcher.h"

#include <algorithm>
#include <array>

namespace AutoCommit {

bool isTellingGitFile(QByteArrayView name)
{
    static constexpr std::array<const char *, 8> names{
        "HEAD", "index", "MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply", "BISECT_LOG"};
    return std::ranges::any_of(names, [&](const char *known) { return name == QByteArrayView(known); });
}

} // namespace AutoCommit
