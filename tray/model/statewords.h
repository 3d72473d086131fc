#pragma once

#include "tray/model/picture.h"

#include <QCoreApplication>

namespace AutoCommit {

enum class TrayState { Idle, Working, Paused, Attention, Offline };

/// The picture in one icon, one heading and one sentence.
struct StateSummary
{
    TrayState state = TrayState::Offline;
    QString title{}; ///< two or three words: "All is safe"
    QString sentence{}; ///< "All 68 repositories are safe on the hub, checked 40 s ago"

    bool operator==(const StateSummary &) const = default;
};

/// What the user reads about the daemon's state. Pure. The rule above all others: green needs evidence that is young
/// enough, and says how old it is (PRODUCT section 9, promise 5).
class StateWords
{
    Q_DECLARE_TR_FUNCTIONS(AutoCommit::StateWords)

public:
    static StateSummary summarise(const DaemonPicture &picture, const QDateTime &localNow);

    /// The file name of a state's icon, without folder and ending.
    static QString iconName(TrayState state);
    /// One word for screen readers and tooltips.
    static QString stateName(TrayState state);

    static QString age(qint64 seconds); ///< "40 s ago"
    static QString age(const QDateTime &then, const QDateTime &now); ///< empty for a time that is not known
    static QString moment(const QDateTime &time,
                          const QDateTime &now); ///< "14:30", "tomorrow 09:00", "Fri 3 Jul 14:30"
    /// Whether a look at a repository, taken then, still proves something: the daemon answers, and it is not too old.
    static bool isFresh(const DaemonPicture &picture, const QDateTime &lookedAt, const QDateTime &localNow);
    /// Why this window and that daemon do not fit together and what to do; empty when they do.
    static QString drift(const DaemonPicture &picture);
    static QString ownVersion();
    static qint64 ownProtocol();

private:
    static StateSummary ofDaemon(const DaemonPicture &picture, const QDateTime &localNow);
    static StateSummary withLocal(const DaemonPicture &picture, StateSummary daemon, const QDateTime &localNow);
    static QString localTrouble(const QList<ApiProblem> &problems);
    static StateSummary offline(const DaemonPicture &picture, const QDateTime &localNow);
    static StateSummary attention(const DaemonPicture &picture);
    static StateSummary paused(const DaemonPicture &picture, const QDateTime &localNow);
    static StateSummary working(const DaemonPicture &picture);
    static StateSummary idle(const DaemonPicture &picture, const QDateTime &now);
};

} // namespace AutoCommit
