#pragma once

#include <QByteArrayView>

namespace AutoCommit {

/// The 1-based line of the first `<<<<<<< ` that is followed, in this order and each at the start of its line, by
/// `=======` and `>>>>>>> ` (diff3's `|||||||` may stand between); 0 if there is no such conflict. Single markers in
/// documentation and tests, and underlines of seven signs, are none. Linear.
int firstConflictLine(QByteArrayView content);

} // namespace AutoCommit
