#pragma once

#include "core/message/fact.h"
#include "core/message/style.h"

namespace AutoCommit::Wording {

/// Files of the commit that `main` says nothing about and that do not follow from it: not its test, its header, its
/// lock file, a user of what it names.
QList<const ChangedFile *> filesBeside(const Fact &main, const ChangeView &view);

/// Names every file where the fact is a list of files and the others went the same way: "add a.html", with two more,
/// becomes "add a.html, a.css and a.png". Takes what it named out of `beside`.
Fact withFilesBeside(const Fact &main, QList<const ChangedFile *> &beside);

/// " and remove b.md": what to put behind a subject that names files, when one more file is in the commit; else empty.
QString tailFor(const Fact &main, const QList<const ChangedFile *> &beside, const StyleProfile &style);

/// A line for what happened to each of the files, as far as `ranked` tells: "- raise LIMIT from 1 to 2"; the others are
/// named: "- add a, b and c", "- change d".
QString linesFor(QList<const ChangedFile *> beside, const Facts &ranked, const StyleProfile &style,
                 const QString &scope);

} // namespace AutoCommit::Wording
