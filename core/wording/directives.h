#pragma once

#include "core/wording/messagerules.h"

namespace AutoCommit {

/// Words that are orders to a program that reads commits, not a description: "[skip ci]" stops a server's checks,
/// "fixup!" moves the commit at the next rebase, "closes #7" closes an issue. A message's reader never gave them.

/// Without "[skip ci]" and its kin anywhere, and without "fixup!", "squash!", "amend!" in front.
QString withoutOrders(QString text);

/// Does it close an issue that the change does not name? Never where nothing is known of the change.
bool closesForeignIssue(const QString &text, const MessageRules &rules);

/// Where the change is known: without the numbers and names that nothing in it says, which a forge would turn into
/// links and notices. "(#7)" goes, "see #7" and "thanks to @pear" keep the word alone.
QString withoutForeignMentions(QString text, const MessageRules &rules);

/// "This reverts commit 3f2a1b9.": a model was never told a commit's name.
bool revertsUnseen(const QString &line, const MessageRules &rules);

} // namespace AutoCommit
