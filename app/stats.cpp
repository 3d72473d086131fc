#include "app/stats.h"

#include "app/daemonlink.h"
#include "core/service/recorder.h"
#include "core/service/recordshapes.h"
#include "core/store/historyreader.h"

#include <QFileInfo>
#include <QJsonDocument>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QChar shade(qint64 commits, qint64 most)
{
    static constexpr QStringView shades = u"·░▒▓█";
    if (commits <= 0 || most <= 0)
        return shades[0];
    return shades[1 + std::min<qint64>(3, (commits - 1) * 4 / most)];
}

void print(const Statistics &statistics, const QHash<QString, QString> &names, const Session &session)
{
    const Terminal &terminal = session.terminal;
    terminal.outLine(u"%1 commits, %2 of them not pushed"_s.arg(statistics.commits).arg(statistics.unpushed));
    terminal.outLine();
    terminal.out(activityChart(statistics.perDay, terminal.width()));
    if (statistics.bySource.isEmpty())
        return;
    terminal.outLine();
    for (const auto &[source, commits] : statistics.bySource)
        terminal.outLine(u"  %1 %2"_s.arg(messageSourceName(source).leftJustified(14)).arg(commits));
    terminal.outLine();
    for (const RepoCommitCount &repo : statistics.byRepo.first(std::min<qsizetype>(10, statistics.byRepo.size())))
        terminal.outLine(
            u"  %1 %2"_s.arg(QString::number(repo.commits).rightJustified(6), names.value(repo.repo, repo.repo)));
}

} // namespace

QString activityChart(const QList<std::pair<QDate, qint64>> &perDay, int width)
{
    if (perDay.isEmpty())
        return {};
    const auto weeks = std::max<qsizetype>(1, (width - 6) / 2);
    const QDate last = perDay.last().first;
    const QDate firstMonday = last.addDays(1 - last.dayOfWeek() - 7 * (weeks - 1));
    QHash<QDate, qint64> commits;
    qint64 most = 0;
    for (const auto &[day, count] : perDay) {
        commits.insert(day, count);
        if (day >= firstMonday)
            most = std::max(most, count);
    }
    const QDate begin = std::max(firstMonday, perDay.first().first.addDays(1 - perDay.first().first.dayOfWeek()));
    static constexpr std::array<QStringView, 7> names{u"Mon", u"", u"Wed", u"", u"Fri", u"", u"Sun"};
    QString chart;
    for (int weekday = 0; weekday < 7; ++weekday) {
        QString line = names[static_cast<std::size_t>(weekday)].toString().leftJustified(5);
        for (QDate day = begin.addDays(weekday); day <= last; day = day.addDays(7))
            line += QString(shade(commits.value(day), most)) + u' ';
        chart += line.trimmed().isEmpty() ? u"\n"_s : line.chopped(line.endsWith(u' ') ? 1 : 0) + u'\n';
    }
    return chart;
}

int showStats(const OverviewCommand &command, Session &session)
{
    const StoreOptions options = historyOptions(session.paths, session.loaded.settings);
    StatisticsFilter filter{.now = wallTime(session.clock),
                            .days = command.days,
                            .zone = QTimeZone::systemTimeZone(),
                            .host = options.host};
    if (!command.repo.isEmpty()) {
        const Result<NamedRepo> repo = namedRepo(command.repo, session);
        if (!repo)
            return reportError(session.terminal, repo.error());
        filter.repo = repo->id;
    }
    HistoryReader reader(options.location, session.clock);
    const auto statistics = reader.statistics(filter);
    const auto repos = reader.repos(options.host);
    if (!statistics || !repos)
        return reportError(session.terminal, !statistics ? statistics.error() : repos.error());
    QHash<QString, QString> names;
    for (const RepoRecord &repo : *repos)
        names.insert(repo.id, session.paths.abbreviateHome(QString::fromUtf8(repo.path)));
    if (command.json) {
        const auto nameOf = [&](const QString &id) { return lastPart(names.value(id)); };
        const QJsonObject object = RecordShapes(session.paths).statistics(*statistics, nameOf);
        session.terminal.out(QString::fromUtf8(QJsonDocument(object).toJson()));
        return ExitDone;
    }
    print(*statistics, names, session);
    return ExitDone;
}

} // namespace AutoCommit
