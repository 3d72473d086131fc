#pragma once

#include "core/change/changeset.h"
#include "core/message/styleverb.h"

#include <QHash>
#include <QStringList>

namespace AutoCommit {

enum class Convention {
    Conventional, ///< "fix(parser): text"
    AreaColon, ///< "parser: text"
    Bracket, ///< "[parser] text"
    Plain, ///< "Text"
};

enum class EmojiHabit { None, Unicode, Shortcode };

/// How this repository's people write messages, learned from its last commits. The values set here are what a young
/// repository gets.
struct StyleProfile
{
    int subjects = 0; ///< how many were looked at, bots and the like left out
    Convention convention = Convention::Conventional;
    double scopeShare = 0.5; ///< of the conventional subjects, those with a scope
    QStringList scopes{}; ///< most used first
    QStringList labels{}; ///< areas or brackets, most used first
    QHash<QByteArray, QString> labelOfPath{}; ///< the label a file or folder mostly got
    bool labelsAreFolders = false; ///< where nothing is known: name the folder rather than the file
    bool capitalised = false;
    bool finalPeriod = false;
    VerbForm verbForm = VerbForm::Imperative;
    int typicalLength = 50;
    int maximalLength = 72; ///< nearly all subjects are no longer; 50 to 72
    double bodyShare = 0; ///< of the commits whose body is known, those that have one
    EmojiHabit emoji = EmojiHabit::None;
    bool backticks = false; ///< names of code stand between backticks
    bool english = true;
    QString bumpVerb = QStringLiteral("bump"); ///< how a new version of a dependency is put
    QString releaseText{}; ///< "release {version}": the whole subject of a release, empty when there is no habit
};

/// Bots, merges, reverts and releases are left out; only the newest 200 of the rest count. With fewer than five the
/// defaults hold. Pure.
StyleProfile learnStyle(const QList<PastCommit> &newestFirst);

} // namespace AutoCommit
