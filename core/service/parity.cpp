#include "core/service/parity.h"

#include "core/git/remoteurl.h"

#include <QJsonArray>
#include <QMap>
#include <QSet>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QStringList namesOf(const QList<RepoHead> &heads, auto fits)
{
    QStringList names;
    for (const RepoHead &head : heads) {
        if (fits(head) && !names.contains(head.host))
            names += head.host;
    }
    return names;
}

template <typename Projection> bool allEqual(const QList<RepoHead> &heads, Projection projection)
{
    return std::ranges::adjacent_find(heads, std::ranges::not_equal_to(), projection) == heads.end();
}

void judge(Parity &parity, Timestamp now, std::chrono::milliseconds maxAge)
{
    const QList<RepoHead> &heads = parity.hosts;
    const QStringList ahead = namesOf(heads, [](const RepoHead &head) { return head.ahead > 0; });
    const bool forked
        = std::ranges::any_of(heads, [](const RepoHead &head) { return head.ahead > 0 && head.behind > 0; });
    const QStringList old = namesOf(heads, [&](const RepoHead &head) { return now - head.reportedAt > maxAge; });
    const auto set = [&](const QString &state, const QString &note = {}) {
        parity.state = state;
        parity.note = note;
    };
    if (heads.size() == 1)
        set(u"single"_s);
    else if (!old.isEmpty())
        set(u"stale"_s, u"no recent word from %1"_s.arg(old.join(u", "_s)));
    else if (!allEqual(heads, &RepoHead::branch))
        set(u"branch-mismatch"_s, u"not every checkout is on the same branch"_s);
    else if (forked || ahead.size() > 1)
        set(u"diverged"_s, u"commits of their own: %1"_s.arg(ahead.join(u", "_s)));
    else if (allEqual(heads, &RepoHead::head))
        set(u"same"_s);
    else if (!ahead.isEmpty())
        set(u"behind"_s, u"%1 has commits that are not pushed yet"_s.arg(ahead.first()));
    else
        set(u"behind"_s, u"not every checkout has the newest commits"_s);
}

} // namespace

QList<Parity> parityOf(const QList<RepoHead> &heads, Timestamp now, std::chrono::milliseconds maxAge,
                       const QStringList &hubAliases)
{
    QMap<QString, Parity> byOrigin;
    for (const RepoHead &head : heads) {
        if (head.origin.isEmpty())
            continue;
        const QString origin = normalisedUrl(head.origin, hubAliases);
        Parity &parity = byOrigin[origin];
        parity.origin = origin;
        parity.hosts.append(head);
    }
    for (Parity &parity : byOrigin)
        judge(parity, now, maxAge);
    return byOrigin.values();
}

QJsonObject parityJson(const Parity &parity, const Paths &paths)
{
    QJsonArray hosts;
    for (const RepoHead &head : parity.hosts) {
        hosts.append(QJsonObject{
            {u"host"_s, head.host},
            {u"repo"_s, head.repo},
            {u"branch"_s, head.branch},
            {u"head"_s, head.head},
            {u"ahead"_s, head.ahead},
            {u"behind"_s, head.behind},
            {u"reported_at"_s, isoText(head.reportedAt)},
        });
    }
    return {
        {u"origin"_s, paths.abbreviateHome(parity.origin)},
        {u"name"_s, parity.origin.section(u'/', -1)},
        {u"state"_s, parity.state},
        {u"note"_s, parity.note},
        {u"hosts"_s, hosts},
    };
}

} // namespace AutoCommit
