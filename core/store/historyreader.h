#pragma once

#include "core/store/historyqueries.h"
#include "core/store/storetarget.h"

#include "core/base/clock.h"

#include <QString>

#include <memory>

namespace AutoCommit {

/// Reads the history over a connection of its own that cannot write. Belongs to the thread that first asks it
/// something; may live beside a Store of the same or another program. Opens when first asked. With SQLite it never
/// blocks a writer and no writer blocks it, and it notices when the file was replaced.
/// No database yet is an empty history; one of an older version is answered with ErrorKind::Database (whoever writes
/// brings it up to date), a damaged one with DatabaseDamaged (whoever writes repairs it).
class HistoryReader final : public HistoryQueries
{
public:
    /// `location` as in StoreOptions.
    HistoryReader(QString location, const Clock &clock);
    ~HistoryReader() override;
    Q_DISABLE_COPY_MOVE(HistoryReader)

    /// Reads the whole SQLite file. DatabaseDamaged: call Store::check() to have it repaired.
    Status checkIntegrity();

protected:
    Result<Database *> connection() override;
    bool recoverFrom(const Error &error) override;

private:
    struct State;
    Status openSqlite(const QString &file);
    Status openEmpty(StoreTarget target);
    Status openServer();

    const QString m_location;
    const Clock &m_clock;
    std::unique_ptr<State> m_state;
};

} // namespace AutoCommit
