#pragma once

#include <QString>

namespace AutoCommit {

/// One subject taken apart. At most one of `type`, `area` and `bracket` is set.
struct SubjectParts
{
    QString emoji{}; ///< "✨" or ":sparkles:"
    bool emojiIsCode = false;
    QString type{}; ///< "fix"
    QString scope{};
    QString area{}; ///< of "area: text"
    QString bracket{}; ///< of "[bracket] text"
    QString text{}; ///< what is left, without "(#123)"
};

SubjectParts splitSubject(const QString &subject);

/// Without the emoji at its front: "🐛 Fix x" -> "Fix x".
QString withoutLeadingEmoji(const QString &text);

/// Not written by a person about a change: merges, reverts, releases, what dependency bots write.
bool isRoutineSubject(const QString &subject);

/// A release: "1.2.0", "v1.2.0", "chore(release): 1.2.0", "Release 1.2.0", "bump version to 1.2.0".
bool isReleaseSubject(const QString &subject);

} // namespace AutoCommit
