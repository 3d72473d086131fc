#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <functional>

namespace AutoCommit {

/// How a repository writes its subjects, as its history shows (or a setting says).
enum class SubjectStyle {
    Conventional, ///< type(scope): what
    Area, ///< area: what
    Plain, ///< Whatever, as one sentence
};

enum class FirstLetter {
    Keep,
    Lower,
    Upper,
};

/// What a message has to be for one commit of one repository. The defaults are those of a repository without a history
/// that writes Conventional Commits.
struct MessageRules
{
    SubjectStyle style = SubjectStyle::Conventional;
    FirstLetter firstLetter = FirstLetter::Lower; ///< of the words behind the colon, or of a plain subject
    QStringList types = defaultTypes(); ///< the usual ones and those of the history
    QString assumedType; ///< put in front where an answer has none; empty: such an answer is rejected
    QStringList scopes; ///< of the history
    QStringList pathWords; ///< directories and base names of the changed paths: a scope may also be one of these
    bool scopesClosed = false; ///< drop a scope that is neither in `scopes` nor in `pathWords`
    bool breakingAllowed = true; ///< else a "!" is dropped
    bool emojiAllowed = false; ///< else one in front of the subject is dropped
    bool bodyAllowed = true;
    bool latinOnly = false; ///< the history is in Latin letters, so an answer in others is the wrong language
    bool englishOnly = false; ///< the history is in English
    bool firstCommit = false; ///< of the repository: "initial commit" says enough
    int headerLimit = 72;
    int bodyWidth = 72;
    int bodyLines = 12;
    QStringList examples; ///< subjects that were shown to the model: not to be copied
    QStringList recentSubjects; ///< HEAD's first; the same message twice in a row is a copy, too
    bool isRevert = false; ///< the change takes an earlier one back: then its subject may come again
    QString promptWords; ///< our own instructions, to recognise them in the answer
    QByteArray
        evidence; ///< the whole diff with its paths, lower case; empty = not known, nothing is checked against it
    std::function<bool(const QString &)> containsSecret; ///< the scanner; empty = nothing is checked

    static QStringList defaultTypes();

    /// Words that may stand in front of a subject with a colon, where subjects are written so.
    QStringList areas() const { return style == SubjectStyle::Area ? scopes + pathWords : QStringList(); }
};

/// A commit message in its parts. What is written is text().
struct CommitText
{
    QString type; ///< empty outside of Conventional
    QString scope; ///< or empty
    bool breaking = false;
    QString subject; ///< without type and scope
    QString body; ///< wrapped, no blank line at either end; may be empty

    QString header() const;
    QString text() const;
};

} // namespace AutoCommit
