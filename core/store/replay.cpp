#include "core/store/replay.h"

#include "core/store/activityevents.h"
#include "core/store/database.h"

#include <QScopeGuard>

#include <algorithm>
#include <utility>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 replayOverlap = 65'536;
constexpr qsizetype replayBatch = 2000;

Status applyBatch(Database &database, const QList<QJsonObject> &events)
{
    return database.transaction(Durability::Ordinary, [&]() -> Status {
        for (const QJsonObject &event : events)
            AC_TRY(applyActivity(database, event));
        return {};
    });
}

} // namespace

QString positionKey(const QString &host, const ActivityLog &log)
{
    return host + u':' + log.path();
}

Result<LogPosition> storedPosition(Database &database, const QString &key)
{
    LogPosition position;
    AC_TRY(database.each(u"SELECT inode, position FROM activity_position WHERE log = ?"_s, {key}, [&](const Row &row) {
        position = {.inode = static_cast<quint64>(row.number(0)), .end = row.number(1)};
    }));
    return position;
}

Status storePosition(Database &database, const QString &key, const LogPosition &position)
{
    AC_TRY(database.run(u"INSERT INTO activity_position (log, inode, position) VALUES (?, ?, ?)"
                        " ON CONFLICT (log) DO UPDATE SET inode = excluded.inode, position = excluded.position"_s,
                        {key, static_cast<qint64>(position.inode), position.end}));
    return {};
}

Result<Replayed> replayActivity(Database &database, const QString &host, const ActivityLog &log)
{
    AC_ASSIGN(LogPosition from, storedPosition(database, positionKey(host, log)));
    const LogPosition end = log.end();
    if (end.inode == 0 || from == end)
        return Replayed{};
    from.end = std::max<qint64>(0, from.end - replayOverlap);
    return replayActivity(database, host, log, from);
}

Result<Replayed> replayActivity(Database &database, const QString &host, const ActivityLog &log,
                                const LogPosition &from)
{
    AC_TRY(database.setBulk(true));
    const auto ordinaryAgain = qScopeGuard([&] { static_cast<void>(database.setBulk(false)); });
    Replayed replayed;
    QList<QJsonObject> batch;
    Status applied;
    const auto reached = log.read(from, [&](const QJsonObject &event) {
        batch.append(event);
        ++replayed.events;
        if (batch.size() == replayBatch)
            applied = applyBatch(database, std::exchange(batch, {}));
        return applied;
    });
    AC_TRY(applied);
    AC_TRY(applyBatch(database, batch));
    if (reached)
        AC_TRY(database.transaction(Durability::Ordinary,
                                    [&] { return storePosition(database, positionKey(host, log), *reached); }));
    else
        replayed.logProblem = reached.error();
    return replayed;
}

} // namespace AutoCommit
