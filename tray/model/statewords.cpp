#include "tray/model/statewords.h"

#include "tray/model/repowords.h"

#include <QLocale>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 protocolSpoken = 1;
constexpr qint64 evidenceAtMost = 15 * 60; // seconds; five sweeps at the default interval

/// How old the last look at a repository may be before it proves nothing any more.
qint64 evidenceLimit(const ApiCycle &cycle)
{
    const bool known = cycle.finishedAt.isValid() && cycle.nextAt.isValid();
    return std::max(evidenceAtMost, known ? 4 * cycle.finishedAt.secsTo(cycle.nextAt) : 0);
}

struct Tally
{
    int safe = 0;
    int unpushed = 0;
    int withoutHub = 0;
    int paused = 0;
    int other = 0;
    QDateTime oldest{}; ///< evidence among the safe ones
};

Tally tally(const QList<ApiRepo> &repos)
{
    Tally result;
    for (const ApiRepo &repo : repos) {
        switch (RepoWords::badge(repo)) {
        case RepoBadge::Safe:
        case RepoBadge::Working:
            ++result.safe;
            if (!result.oldest.isValid() || repo.lookedAt < result.oldest)
                result.oldest = repo.lookedAt;
            break;
        case RepoBadge::Unpushed:
            ++result.unpushed;
            break;
        case RepoBadge::LocalOnly:
            ++result.withoutHub;
            break;
        case RepoBadge::Paused:
            ++result.paused;
            break;
        default:
            ++result.other;
        }
    }
    return result;
}

/// Why nothing begins by itself, in the daemon's words; empty where everything does.
QString heldBack(const ApiStatus &status)
{
    QStringList texts;
    for (const ApiHold &hold : status.holds)
        texts += hold.text;
    const bool runs = std::ranges::all_of(status.holds, [](const ApiHold &hold) { return hold.kind == u"metered"; });
    return runs ? QString() : texts.join(u"; "_s);
}

} // namespace

QString StateWords::iconName(TrayState state)
{
    switch (state) {
    case TrayState::Idle:
        return u"idle"_s;
    case TrayState::Working:
        return u"working"_s;
    case TrayState::Paused:
        return u"paused"_s;
    case TrayState::Attention:
        return u"attention"_s;
    case TrayState::Offline:
        break;
    }
    return u"offline"_s;
}

QString StateWords::stateName(TrayState state)
{
    switch (state) {
    case TrayState::Idle:
        return tr("idle");
    case TrayState::Working:
        return tr("working");
    case TrayState::Paused:
        return tr("paused");
    case TrayState::Attention:
        return tr("needs you");
    case TrayState::Offline:
        break;
    }
    return tr("offline");
}

QString StateWords::age(qint64 seconds)
{
    if (seconds < 5)
        return tr("just now");
    if (seconds < 60) // no "95 min" above "1 h": what is older has to read so
        return tr("%1 s ago").arg(seconds);
    if (seconds < 3600)
        return tr("%1 min ago").arg(seconds / 60);
    if (seconds < 86400)
        return tr("%1 h ago").arg(seconds / 3600);
    return tr("%n days ago", nullptr, static_cast<int>(seconds / 86400));
}

QString StateWords::age(const QDateTime &then, const QDateTime &now)
{
    return then.isValid() ? age(then.secsTo(now)) : QString();
}

QString StateWords::moment(const QDateTime &time, const QDateTime &now)
{
    const QDateTime local = time.toLocalTime();
    const QString clock = QLocale().toString(local.time(), QLocale::ShortFormat);
    const qint64 days = now.toLocalTime().date().daysTo(local.date());
    if (days == 0)
        return clock;
    if (days == 1)
        return tr("tomorrow %1").arg(clock);
    return QLocale().toString(local.date(), u"ddd d MMM"_s) + u' ' + clock;
}

bool StateWords::isFresh(const DaemonPicture &picture, const QDateTime &lookedAt, const QDateTime &localNow)
{
    return picture.link == LinkState::Online && lookedAt.isValid()
        && lookedAt.secsTo(picture.daemonNow(localNow)) <= evidenceLimit(picture.status.cycle);
}

QString StateWords::drift(const DaemonPicture &picture)
{
    if (!picture.loaded || picture.status.version.isEmpty())
        return {};
    const QString ours = ownVersion();
    if (picture.status.protocol != protocolSpoken)
        return tr("This window speaks protocol %1, the daemon on %2 speaks %3. Update the older of the two.")
            .arg(protocolSpoken)
            .arg(picture.status.host)
            .arg(picture.status.protocol);
    if (picture.status.version != ours)
        return tr("This window is version %1, the daemon on %2 is %3. Update the older one and start it again.")
            .arg(ours, picture.status.host, picture.status.version);
    return {};
}

QString StateWords::ownVersion()
{
    return QStringLiteral(AC_VERSION);
}

qint64 StateWords::ownProtocol()
{
    return protocolSpoken;
}

StateSummary StateWords::summarise(const DaemonPicture &picture, const QDateTime &localNow)
{
    const StateSummary daemon = ofDaemon(picture, localNow);
    return picture.local.present ? withLocal(picture, daemon, localNow) : daemon;
}

QString StateWords::localTrouble(const QList<ApiProblem> &problems)
{
    const ApiProblem &first = problems.first();
    if (problems.size() == 1) {
        const bool told = first.advice.isEmpty() || first.message.contains(first.advice);
        return tr("%1 on this machine: %2")
            .arg(first.name, told ? first.message : first.message + u". "_s + first.advice);
    }
    QStringList names;
    for (const ApiProblem &problem : problems)
        names += problem.name;
    names.removeDuplicates();
    return tr("%n repositories on this machine need you: %1", nullptr, static_cast<int>(names.size()))
        .arg(names.join(u", "_s));
}

/// Trouble here comes first, and a pause is said of whom it holds: a person who reads "Paused" edits on.
StateSummary StateWords::withLocal(const DaemonPicture &picture, StateSummary daemon, const QDateTime &localNow)
{
    const LocalPicture &local = picture.local;
    if (!local.problems.isEmpty()) {
        const bool quiet = daemon.state == TrayState::Idle || daemon.state == TrayState::Working;
        const QString here = localTrouble(local.problems);
        return {TrayState::Attention, tr("Needs you"), quiet ? here : here + u"; "_s + daemon.sentence};
    }
    if (local.isPaused(localNow)) {
        if (daemon.state == TrayState::Paused)
            return daemon;
        const QDateTime &until = local.pause->until;
        const QString here = until.isValid() ? tr("This machine is paused until %1").arg(moment(until, localNow))
                                             : tr("This machine is paused until you resume");
        const bool calm = daemon.state == TrayState::Idle || daemon.state == TrayState::Working;
        return {calm ? TrayState::Paused : daemon.state, calm ? tr("Paused") : daemon.title,
                here + u"; "_s + daemon.sentence};
    }
    if (daemon.state == TrayState::Paused)
        return {TrayState::Working, tr("Only the daemon is paused"),
                tr("This machine's checkouts are committed; the daemon: %1").arg(daemon.sentence)};
    return daemon;
}

StateSummary StateWords::ofDaemon(const DaemonPicture &picture, const QDateTime &localNow)
{
    if (picture.link == LinkState::Offline || !picture.loaded)
        return offline(picture, localNow);
    const QString &state = picture.status.state;
    if (state == u"attention"_s || picture.status.counts.attention > 0)
        return attention(picture);
    if (state == u"paused"_s || picture.status.pause)
        return paused(picture, localNow);
    if (state == u"idle"_s && !heldBack(picture.status).isEmpty()) // what is old then is no alarm
        return {TrayState::Paused, tr("Waiting"), heldBack(picture.status)};
    if (state == u"idle"_s)
        return idle(picture, picture.daemonNow(localNow));
    return working(picture);
}

StateSummary StateWords::offline(const DaemonPicture &picture, const QDateTime &localNow)
{
    if (picture.link != LinkState::Offline)
        return {TrayState::Offline, tr("Connecting"), tr("Asking the daemon at %1…").arg(picture.address)};
    const ErrorKind kind = picture.linkError.kind;
    const bool isTokenless = kind == ErrorKind::AuthFailed && !picture.tokenTrouble.isEmpty();
    if (isTokenless)
        return {TrayState::Offline, tr("Offline"),
                tr("The daemon at %1 wants a token, and %2").arg(picture.address, picture.tokenTrouble)};
    const QString words = kind == ErrorKind::PermissionDenied
        ? tr("The daemon at %1 does not let this token watch: it lacks the scope \"monitor\"")
        : kind == ErrorKind::AuthFailed ? tr("The daemon at %1 does not accept this user's token")
        : kind == ErrorKind::TlsFailed
        ? tr("%1 shows a certificate that is not the expected one (api_certificate_sha256)")
        : tr("No daemon answers at %1");
    QString sentence = words.arg(picture.address);
    if (picture.lastHeard.isValid())
        sentence += tr(", last heard %1").arg(age(picture.lastHeard, localNow));
    return {TrayState::Offline, tr("Offline"), sentence};
}

StateSummary StateWords::attention(const DaemonPicture &picture)
{
    const ApiStatus &status = picture.status;
    const int count = static_cast<int>(std::max<qint64>(status.counts.attention, status.attention.size()));
    StateSummary summary{TrayState::Attention, tr("Needs you"), tr("%n repositories need you", nullptr, count)};
    if (status.attention.size() == 1)
        summary.sentence = u"%1: %2"_s.arg(status.attention.first().name, status.attention.first().message);
    else if (count == 0)
        summary.sentence = status.notes.isEmpty() ? tr("The daemon asks for you") : status.notes.first();
    return summary;
}

StateSummary StateWords::paused(const DaemonPicture &picture, const QDateTime &localNow)
{
    const ApiPause pause = picture.status.pause.value_or(ApiPause{});
    QString sentence = pause.until.isValid() ? tr("Paused until %1").arg(moment(pause.until, localNow))
                                             : tr("Paused until you resume");
    if (!pause.reason.isEmpty())
        sentence += u": "_s + pause.reason;
    return {TrayState::Paused, tr("Paused"), sentence};
}

StateSummary StateWords::working(const DaemonPicture &picture)
{
    const ApiStatus &status = picture.status;
    if (status.state == u"starting"_s)
        return {TrayState::Working, tr("Starting"), tr("The daemon is starting")};
    if (status.state == u"stopping"_s)
        return {TrayState::Working, tr("Stopping"), tr("The daemon finishes what it is doing and stops")};
    if (status.cycle.running && status.cycle.total > 0)
        return {TrayState::Working, tr("Working"),
                tr("%1 of %2 repositories looked at in this sweep").arg(status.cycle.done).arg(status.cycle.total)};
    return {TrayState::Working, tr("Working"), tr("Committing and synchronising")};
}

StateSummary StateWords::idle(const DaemonPicture &picture, const QDateTime &now)
{
    const int total = static_cast<int>(picture.repos.size());
    if (total == 0)
        return {TrayState::Idle, tr("Nothing to do"), tr("No repositories are watched yet")};
    const Tally sum = tally(picture.repos);
    if (sum.safe == 0 && sum.other == total)
        return {TrayState::Working, tr("Waiting"), tr("%n repositories have not been looked at yet", nullptr, total)};
    const QString checked = age(sum.oldest, now);
    if (sum.oldest.isValid() && sum.oldest.secsTo(now) > evidenceLimit(picture.status.cycle))
        return {TrayState::Attention, tr("No recent check"),
                tr("The last check was %1; the daemon has not looked at every repository since").arg(checked)};
    if (sum.safe == total)
        return {TrayState::Idle, tr("All is safe"),
                tr("All %n repositories are safe on the hub, checked %1", nullptr, total).arg(checked)};
    QStringList parts;
    if (sum.safe > 0)
        parts += tr("%1 of %2 repositories are safe on the hub, checked %3").arg(sum.safe).arg(total).arg(checked);
    if (sum.unpushed > 0)
        parts += tr("%n wait to be pushed", nullptr, sum.unpushed);
    if (sum.withoutHub > 0)
        parts += tr("%n are committed here only, without a hub", nullptr, sum.withoutHub);
    if (sum.paused > 0)
        parts += tr("%n are paused", nullptr, sum.paused);
    if (sum.other > 0)
        parts += tr("%n were skipped", nullptr, sum.other);
    for (const ApiHold &hold : picture.status.holds)
        parts += hold.text;
    return {TrayState::Idle, sum.unpushed > 0 ? tr("Nearly there") : tr("Idle"), parts.join(u"; "_s)};
}

} // namespace AutoCommit
