#include "core/service/pauses.h"

#include "core/base/log.h"
#include "core/base/pathtext.h"
#include "core/pipeline/repocontext.h"
#include "core/store/historyreader.h"

#include <QDateTime>
#include <QFile>

#include <algorithm>

namespace AutoCommit {

using namespace Qt::StringLiterals;

namespace {

QString untilText(Timestamp until)
{
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(until.time_since_epoch().count());
    return local.toString(u"yyyy-MM-dd HH:mm"_s);
}

} // namespace

bool stands(const PauseRecord &pause, Timestamp now)
{
    return !pause.until || *pause.until > now;
}

QString pausedText(const PauseRecord &pause, const QString &name)
{
    const bool all = pause.repo.isEmpty();
    QString text = all ? u"everything is paused"_s : u"paused"_s;
    if (pause.until)
        text += u" until "_s + untilText(*pause.until);
    if (!pause.reason.isEmpty())
        text += u" ("_s + pause.reason + u')';
    return text + u"; to go on: commits resume"_s + (all || name.isEmpty() ? QString() : u' ' + name);
}

class Pauses::Gate final : public Stage
{
public:
    explicit Gate(const Pauses &pauses)
        : m_pauses(pauses)
    { }

    StageId id() const override { return StageId::Survey; }

    Result<Next> run(RepoContext &repo) const override
    {
        const RepoLocation &location = repo.git.location();
        const QString name = repoIdFor(QFile::encodeName(location.commonDir));
        const auto pause = m_pauses.of(name);
        if (!pause)
            return Next::Continue;
        repo.reason = pausedText(*pause, location.workTree);
        repo.decided(id(), repo.reason);
        const std::lock_guard guard(m_pauses.m_mutex);
        m_pauses.m_held.insert(name);
        return Next::Finish;
    }

private:
    const Pauses &m_pauses;
};

Pauses::Pauses(StoreOptions history, const Clock &clock)
    : m_history(std::move(history))
    , m_clock(clock)
{ }

QList<PauseRecord> Pauses::read() const
{
    if (!m_history.location.contains("://"_L1) && !QFile::exists(m_history.location))
        return {};
    auto pauses = HistoryReader(m_history.location, m_clock).pauses(m_history.host);
    if (!pauses) {
        qCWarning(logStore) << "history: pauses:" << pauses.error().message;
        return {};
    }
    pauses->removeIf([now = wallTime(m_clock)](const PauseRecord &pause) { return !stands(pause, now); });
    return *pauses;
}

std::optional<PauseRecord> Pauses::of(const QString &repo) const
{
    std::call_once(m_once, [this] { m_standing = read(); });
    const QList<PauseRecord> &standing = m_standing; // a mutable list's end() would detach it, in every thread at once
    for (const QString &wanted : {repo, QString()}) {
        const auto found = std::ranges::find(standing, wanted, &PauseRecord::repo);
        if (found != standing.end())
            return *found;
    }
    return std::nullopt;
}

StagePtr Pauses::makeGate() const
{
    return std::make_unique<Gate>(*this);
}

bool Pauses::hasHeld(const QString &repo) const
{
    const std::lock_guard guard(m_mutex);
    return m_held.contains(repo);
}

} // namespace AutoCommit
