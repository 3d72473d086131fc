#include "core/service/recoveryhistory.h"

#include "core/base/pathtext.h"
#include "core/store/historyreader.h"
#include "core/store/store.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

class RecoveryHistory final : public RecoveryMemory
{
public:
    RecoveryHistory(StoreOptions history, const Clock &clock)
        : m_history(std::move(history))
        , m_clock(clock)
    { }

    Result<QList<RecoveryAttempt>> attempts(const QString &commonDir) override
    {
        HistoryReader reader(m_history.location, m_clock);
        const QString repo = repoIdFor(QFile::encodeName(commonDir));
        HistoryFilter filter{.since = wallTime(m_clock) - std::chrono::days(30), .limit = HistoryFilter::maxLimit};
        QList<RecoveryAttempt> found;
        do {
            AC_ASSIGN(const Page<AuditRecord> page, reader.audit(filter));
            for (const AuditRecord &row : page.items)
                if (row.who == u"recovery"_s && row.target == repo && row.from == m_history.host)
                    found += attemptOf(row, commonDir);
            filter.cursor = page.next;
        } while (!filter.cursor.isEmpty());
        return found;
    }

    Status record(const RecoveryAttempt &attempt) override
    {
        const QJsonObject detail{{u"fingerprint"_s, QString::fromLatin1(attempt.fingerprint)},
                                 {u"kind"_s, attempt.kind},
                                 {u"prompt_sha256"_s, QString::fromLatin1(attempt.promptHash)},
                                 {u"plan"_s, attempt.plan},
                                 {u"outcome"_s, attempt.outcome}};
        Store store(m_history, m_clock);
        AC_TRY(store.open());
        return store.recordAudit({.at = attempt.at,
                                  .who = u"recovery"_s,
                                  .what = attempt.state == RecoveryAttempt::State::Asked ? u"asked"_s : u"ended"_s,
                                  .target = repoIdFor(QFile::encodeName(attempt.commonDir)),
                                  .from = m_history.host,
                                  .detail = QString::fromUtf8(QJsonDocument(detail).toJson(QJsonDocument::Compact))});
    }

private:
    static RecoveryAttempt attemptOf(const AuditRecord &row, const QString &commonDir)
    {
        const QJsonObject detail = QJsonDocument::fromJson(row.detail.toUtf8()).object();
        return {.state = row.what == u"asked"_s ? RecoveryAttempt::State::Asked : RecoveryAttempt::State::Ended,
                .commonDir = commonDir,
                .fingerprint = detail.value("fingerprint"_L1).toString().toLatin1(),
                .kind = detail.value("kind"_L1).toString(),
                .promptHash = detail.value("prompt_sha256"_L1).toString().toLatin1(),
                .plan = detail.value("plan"_L1).toString(),
                .outcome = detail.value("outcome"_L1).toString(),
                .at = row.at};
    }

    const StoreOptions m_history;
    const Clock &m_clock;
};

} // namespace

std::unique_ptr<RecoveryMemory> makeRecoveryHistory(const StoreOptions &history, const Clock &clock)
{
    return std::make_unique<RecoveryHistory>(history, clock);
}

} // namespace AutoCommit
