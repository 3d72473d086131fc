#pragma once

#include <QByteArray>
#include <QByteArrayList>

namespace AutoCommit {

/// Better hunk headers: out of the box git names the last line that starts at the left edge, so a change in a method is
/// said to be in its class, and one in a README in any paragraph. Give git a file with these lines as
/// `core.attributesFile` and these settings with `-c` when it makes the diff; .gitattributes of the repository still
/// win. Optional: describe() is right without, but says less.
QByteArray hunkHeaderAttributes();

/// "key=value" for `git -c`, one each.
QByteArrayList hunkHeaderSettings();

} // namespace AutoCommit
