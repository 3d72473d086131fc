#include "app/parity.h"

#include "app/format.h"
#include "core/base/cleantext.h"
#include "core/service/parity.h"
#include "core/service/recorder.h"
#include "core/store/historyreader.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

bool isFine(const Parity &parity)
{
    return parity.state == u"same"_s || parity.state == u"single"_s;
}

QString standing(const RepoHead &head)
{
    QStringList parts;
    if (head.ahead > 0)
        parts += u"%1 to push"_s.arg(head.ahead);
    if (head.behind > 0)
        parts += u"%1 behind"_s.arg(head.behind);
    return parts.join(u", "_s);
}

} // namespace

int showParity(const OverviewCommand &command, Session &session)
{
    const Terminal &terminal = session.terminal;
    HistoryReader reader(historyOptions(session.paths, session.loaded.settings).location, session.clock);
    const auto heads = reader.heads();
    if (!heads)
        return reportError(terminal, heads.error());
    const Timestamp now = wallTime(session.clock);
    const QList<Parity> all = parityOf(*heads, now, reportMaxAge, session.loaded.settings.hubAliases);
    const int exitCode = std::ranges::all_of(all, isFine) ? ExitDone : ExitAttention;
    if (command.json) {
        QJsonArray rows;
        for (const Parity &parity : all)
            rows += parityJson(parity, session.paths);
        terminal.out(QString::fromUtf8(QJsonDocument(QJsonObject{{u"items"_s, rows}}).toJson()));
        return exitCode;
    }
    Table table({u"REPOSITORY"_s, u"STATE"_s, u"HOST"_s, u"BRANCH"_s, u"HEAD"_s, u""_s, u"REPORTED"_s});
    for (const Parity &parity : all) {
        for (const RepoHead &head : parity.hosts) {
            const bool first = &head == &parity.hosts.first();
            table.add({first ? cleanLine(session.paths.abbreviateHome(parity.origin)) : QString(),
                       first ? parity.state : QString(), cleanLine(head.host), cleanLine(head.branch),
                       head.head.left(10), standing(head), ageText(head.reportedAt, now)},
                      isFine(parity) ? Colour::Plain : Colour::Yellow);
        }
    }
    if (table.isEmpty())
        terminal.errLine(u"no host has reported a repository with a hub yet"_s);
    else
        terminal.out(table.text(terminal));
    return exitCode;
}

} // namespace AutoCommit
