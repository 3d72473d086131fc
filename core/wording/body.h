#pragma once

#include "core/wording/messagerules.h"

namespace AutoCommit {

/// A model's text below the subject, made fit to stand in a commit: no trailers (ours are added elsewhere), no '#'
/// lines, no code, no talk to the reader, nothing that repeats the header; wrapped and bounded. `dropped` is set when
/// something that says more than nothing went.
QString cleanBody(const QString &raw, const QString &header, const MessageRules &rules, bool &dropped);

/// Wraps each paragraph and list item at `width` characters; words longer than that stay whole. Continuation lines of
/// a list item are indented by two.
QString wrapText(const QString &text, int width);

} // namespace AutoCommit
