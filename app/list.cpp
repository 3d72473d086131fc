#include "app/commands.h"
#include "app/daemonlink.h"
#include "core/base/cleantext.h"
#include "core/base/pathtext.h"
#include "core/service/recorder.h"
#include "core/store/historyreader.h"

#include <QDateTime>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QString localTime(Timestamp time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count()).toString(u"yyyy-MM-dd HH:mm"_s);
}

/// "2h", "3d", "2026-01-31", "2026-01-31T10:00".
Result<Timestamp> parseSince(const QString &text, const Clock &clock)
{
    static const QMap<QChar, qint64> units{{u'm', 60}, {u'h', 3600}, {u'd', 86400}, {u'w', 604800}};
    bool number = false;
    const qint64 count = text.chopped(text.isEmpty() ? 0 : 1).toLongLong(&number);
    if (number && !text.isEmpty() && units.contains(text.back()) && count >= 0 && count < 1'000'000)
        return wallTime(clock) - std::chrono::seconds(count * units.value(text.back()));
    const QDateTime moment = QDateTime::fromString(text, Qt::ISODate);
    if (!moment.isValid())
        return Error{ErrorKind::Usage, u"--since takes 30m, 2h, 3d, 1w or 2026-01-31, not \"%1\""_s.arg(text)};
    return Timestamp(std::chrono::milliseconds(moment.toMSecsSinceEpoch()));
}

Result<HistoryFilter> filterOf(const ListCommand &command, const Session &session)
{
    HistoryFilter filter;
    if (!command.since.isEmpty()) {
        AC_ASSIGN(const Timestamp since, parseSince(command.since, session.clock));
        filter.since = since;
    }
    if (!command.repo.isEmpty()) {
        AC_ASSIGN(const RepoLocation location, checkoutAt(command.repo, session));
        filter.repo = repoIdFor(QFile::encodeName(location.commonDir));
    }
    return filter;
}

/// As many pages as the limit needs.
template <typename T, typename Fetch> Result<QList<T>> rows(HistoryFilter filter, int limit, const Fetch &fetch)
{
    QList<T> all;
    do {
        filter.limit = std::min<int>(HistoryFilter::maxLimit, limit - static_cast<int>(all.size()));
        AC_ASSIGN(Page<T> page, fetch(filter));
        all += page.items;
        filter.cursor = page.next;
    } while (!filter.cursor.isEmpty() && all.size() < limit);
    return all;
}

QJsonObject asJson(const CommitRecord &commit)
{
    QJsonArray paths;
    for (const QByteArray &path : commit.paths)
        paths += textFromPath(path);
    return {{u"at"_s, isoText(commit.committedAt)},
            {u"host"_s, commit.host},
            {u"path"_s, textFromPath(commit.path)},
            {u"branch"_s, commit.branch},
            {u"sha"_s, commit.sha},
            {u"subject"_s, commit.subject},
            {u"body"_s, commit.body},
            {u"source"_s, messageSourceName(commit.source)},
            {u"pushed"_s, commit.pushedAt.has_value()},
            {u"paths"_s, paths}};
}

QJsonObject asJson(const ErrorRecord &error)
{
    return {{u"id"_s, error.id},
            {u"host"_s, error.host},
            {u"repo"_s, error.repo},
            {u"kind"_s, error.kind},
            {u"message"_s, error.message},
            {u"first_seen"_s, isoText(error.firstSeen)},
            {u"last_seen"_s, isoText(error.lastSeen)},
            {u"count"_s, error.count}};
}

void print(const CommitRecord &commit, const Session &session)
{
    const Terminal &terminal = session.terminal;
    terminal.outLine(terminal.styled(Colour::Dim, localTime(commit.committedAt)) + u"  "_s
                     + terminal.styled(Colour::Yellow, commit.sha.left(7)) + u"  "_s
                     + terminal.styled(Colour::Blue, session.paths.abbreviateHome(QFile::decodeName(commit.path)))
                     + u"  "_s + cleanLine(commit.subject));
}

void print(const ErrorRecord &error, const Session &session)
{
    const Terminal &terminal = session.terminal;
    const QString times
        = error.count > 1 ? u", %1 times since %2"_s.arg(error.count).arg(localTime(error.firstSeen)) : QString();
    terminal.outLine(terminal.styled(Colour::Dim, localTime(error.lastSeen)) + u"  "_s
                     + terminal.styled(Colour::Red, error.kind) + u"  "_s + cleanLine(error.message)
                     + terminal.styled(Colour::Dim, times));
}

template <typename T>
int show(const Result<QList<T>> &found, const QString &name, const QString &none, const ListCommand &command,
         const Session &session)
{
    if (!found)
        return reportError(session.terminal, found.error());
    if (command.json) {
        QJsonArray array;
        for (const T &row : *found)
            array += asJson(row);
        session.terminal.out(QString::fromUtf8(QJsonDocument(QJsonObject{{name, array}}).toJson()));
        return ExitDone;
    }
    for (const T &row : *found)
        print(row, session);
    if (found->isEmpty())
        session.terminal.errLine(none);
    return ExitDone;
}

} // namespace

int runList(const ListCommand &command, Session &session)
{
    const Result<HistoryFilter> filter = filterOf(command, session);
    if (!filter)
        return reportError(session.terminal, filter.error());
    HistoryReader reader(historyOptions(session.paths, session.loaded.settings).location, session.clock);
    if (command.what == ListCommand::What::History)
        return show(rows<CommitRecord>(*filter, command.limit, [&](const auto &f) { return reader.commits(f); }),
                    u"commits"_s, u"no commits recorded"_s, command, session);
    return show(rows<ErrorRecord>(*filter, command.limit, [&](const auto &f) { return reader.standingErrors(f); }),
                u"errors"_s, u"no errors stand"_s, command, session);
}

} // namespace AutoCommit
