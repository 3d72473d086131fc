#include "app/commands.h"
#include "app/daemonlink.h"
#include "core/base/cleantext.h"
#include "core/base/pathtext.h"
#include "core/service/recorder.h"
#include "core/store/historyreader.h"

#include <QDateTime>
#include <QFile>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

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

/// An error and the checkout that people know it by; empty where it is about none, or about one nobody remembers.
struct NamedError
{
    ErrorRecord error;
    QString path;
};

Result<QList<NamedError>> named(const Result<QList<ErrorRecord>> &errors, HistoryReader &reader)
{
    AC_TRY(errors);
    QHash<std::pair<QString, QString>, QString> paths;
    if (!errors->isEmpty()) {
        AC_ASSIGN(const QList<RepoRecord> repos, reader.repos());
        for (const RepoRecord &repo : repos)
            paths.insert({repo.host, repo.id}, textFromPath(repo.path));
    }
    QList<NamedError> rows;
    for (const ErrorRecord &error : *errors)
        rows += {error, paths.value({error.host, error.repo})};
    return rows;
}

QJsonObject asJson(const NamedError &row)
{
    const ErrorRecord &error = row.error;
    return {{u"id"_s, error.id},
            {u"host"_s, error.host},
            {u"repo"_s, error.repo},
            {u"path"_s, row.path},
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

void print(const QList<CommitRecord> &commits, const Session &session)
{
    for (const CommitRecord &commit : commits)
        print(commit, session);
}

void print(const QList<NamedError> &same, const QString &who, const Session &session)
{
    const ErrorRecord &error = same.first().error;
    const Terminal &terminal = session.terminal;
    const QString times
        = error.count > 1 ? u", %1 times since %2"_s.arg(error.count).arg(localTime(error.firstSeen)) : QString();
    terminal.outLine(terminal.styled(Colour::Dim, localTime(error.lastSeen)) + u"  "_s
                     + terminal.styled(Colour::Red, error.kind) + u"  "_s
                     + (who.isEmpty() ? QString() : terminal.styled(Colour::Blue, cleanLine(who)) + u": "_s)
                     + cleanLine(error.message) + terminal.styled(Colour::Dim, same.size() == 1 ? times : QString()));
}

/// One server that is away is one cause, however many checkouts wait for it.
void print(const QList<NamedError> &rows, const Session &session)
{
    const auto isSame = [](const NamedError &a, const NamedError &b) {
        return a.error.kind == b.error.kind && a.error.message == b.error.message;
    };
    QList<QList<NamedError>> groups; // in the order of the newest of each
    for (const NamedError &row : rows) {
        const auto group = std::ranges::find_if(groups, [&](const auto &known) { return isSame(known.first(), row); });
        if (group == groups.end())
            groups.append(QList<NamedError>{row});
        else
            group->append(row);
    }
    for (const QList<NamedError> &group : std::as_const(groups)) {
        const auto shown = [&](const NamedError &row) { return session.paths.abbreviateHome(row.path); };
        print(group, group.size() == 1 ? shown(group.first()) : u"%1 repositories"_s.arg(group.size()), session);
        for (const NamedError &row : group.size() > 1 ? group : QList<NamedError>())
            session.terminal.outLine(u"    "_s + session.terminal.styled(Colour::Dim, cleanLine(shown(row))));
    }
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
    print(*found, session);
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
    const auto errors
        = rows<ErrorRecord>(*filter, command.limit, [&](const auto &f) { return reader.standingErrors(f); });
    return show(named(errors, reader), u"errors"_s, u"no errors stand"_s, command, session);
}

} // namespace AutoCommit
