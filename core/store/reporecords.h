#pragma once

#include "core/store/timestamp.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace AutoCommit {

// What is known about one repository of one host; the pair (host, repo) names it everywhere.

/// A pause, of one repository or (repo empty) of everything on the host.
struct PauseRecord
{
    QString host = {};
    QString repo = {};
    QString reason = {};
    QString by = {};
    Timestamp since = {};
    std::optional<Timestamp> until = {}; ///< none = until lifted
};

/// What a person agreed to (or, `by` empty, what was found at first sight): the hash over everything in the
/// repository's configuration that could run a program.
struct TrustRecord
{
    QString host = {};
    QString repo = {};
    QString surface = {};
    QString by = {};
    Timestamp at = {};
};

/// One look at a repository. Saving keeps firstSeen, and the moments that are not set here.
struct RepoRecord
{
    QString host = {};
    QString id = {};
    QByteArray path = {};
    QByteArray commonDir = {};
    QString origin = {};
    QString branch = {};
    QString head = {};
    QString upstream = {};
    qint64 ahead = 0;
    qint64 behind = 0;
    QString state = {};
    QString reason = {};
    quint64 device = 0; ///< st_dev of .git
    quint64 inode = 0; ///< st_ino of .git
    Timestamp firstSeen = {}; ///< ignored when saving a repository that is known
    Timestamp lastLooked = {};
    std::optional<Timestamp> lastCommitted = {};
    std::optional<Timestamp> lastPulled = {};
    std::optional<Timestamp> lastPushed = {};

    // Answered by queries, ignored when saving: each has its own call.
    bool needsPush = false;
    std::optional<PauseRecord> pause = {}; ///< its own, also when its time is over: compare `until`
    QString trustSurface = {};
};

/// A path left out of commits right now.
struct ExclusionRecord
{
    QString host = {};
    QString repo = {};
    QByteArray path = {}; ///< relative to the top of the work tree
    QString reason = {}; ///< for people; never the content
    QString rule = {}; ///< id of the rule
    Timestamp firstSeen = {};
    Timestamp lastSeen = {};
};

/// A path put off because it was still being written, and how often in a row.
struct DeferralRecord
{
    QString host = {};
    QString repo = {};
    QByteArray path = {};
    QString reason = {};
    qint64 count = 0;
    Timestamp firstSeen = {};
    Timestamp lastSeen = {};
};

} // namespace AutoCommit
