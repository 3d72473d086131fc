#include "core/pipeline/modelwait.h"

#include <QDateTime>
#include <QFile>
#include <QSaveFile>

#include <algorithm>

namespace AutoCommit {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Longer than any pause between two runs of one wait; cycles of a day are allowed.
constexpr auto forgottenAfter = std::chrono::hours(25);

struct Kept
{
    ModelWait::Time since;
    ModelWait::Time touched;
};

ModelWait::Time now(const Clock &clock)
{
    return std::chrono::floor<std::chrono::milliseconds>(clock.wall());
}

/// "since touched", milliseconds of the epoch.
std::optional<Kept> readWait(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QList<QByteArray> fields = file.readLine(100).simplified().split(' ');
    bool isSince = false;
    bool isTouched = false;
    const qint64 since = fields.value(0).toLongLong(&isSince);
    const qint64 touched = fields.value(1).toLongLong(&isTouched);
    if (!isSince || !isTouched)
        return std::nullopt;
    return Kept{ModelWait::Time(std::chrono::milliseconds(since)), ModelWait::Time(std::chrono::milliseconds(touched))};
}

QString timeOfDay(ModelWait::Time time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count()).toString(u"HH:mm"_s);
}

} // namespace

ModelWait::ModelWait(QString file, std::chrono::seconds limit, const Clock &clock)
    : m_file(std::move(file))
    , m_limit(limit)
    , m_clock(clock)
    , m_since(now(clock))
{
    // A clock that was set back, or a file from the future, is no reason to wait longer.
    if (const auto kept = readWait(m_file);
        kept && kept->touched <= m_since && kept->since <= kept->touched && m_since - kept->touched < forgottenAfter)
        m_since = kept->since;
}

std::chrono::milliseconds ModelWait::left() const
{
    return std::max<std::chrono::milliseconds>(0ms, m_since + m_limit - now(m_clock));
}

std::chrono::seconds ModelWait::patience(std::chrono::seconds usual) const
{
    constexpr std::chrono::seconds moment{30};
    return std::min(usual, std::max(moment, std::chrono::duration_cast<std::chrono::seconds>(left())));
}

std::optional<Error> ModelWait::putOff(const Error &why) const
{
    const Time moment = now(m_clock);
    QSaveFile file(m_file);
    const QByteArray text = QByteArray::number(qint64{m_since.time_since_epoch().count()}) + ' '
        + QByteArray::number(qint64{moment.time_since_epoch().count()}) + '\n';
    const bool kept = file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit();
    if (!kept || left() <= 0ms)
        return std::nullopt;
    return Error{ErrorKind::ModelUnavailable,
                 u"waits for the model server since %1 and is committed without it at %2: %3"_s.arg(
                     timeOfDay(m_since), timeOfDay(m_since + m_limit), why.message),
                 why.detail};
}

void ModelWait::end() const
{
    QFile::remove(m_file);
}

} // namespace AutoCommit
