#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <chrono>

namespace AutoCommit {

/// One time a model was asked to get a repository going again. Written before it is asked, and again with what came of
/// it: who is killed in between has used up a try all the same.
struct RecoveryAttempt
{
    enum class State { Asked, Ended };

    State state = State::Asked;
    QString commonDir; ///< names the repository
    QByteArray fingerprint; ///< failureFingerprint()
    QString kind; ///< errorKindName()
    QByteArray promptHash;
    QString plan; ///< in words; empty when there was none that could be read
    QString outcome; ///< in words
    std::chrono::sys_time<std::chrono::milliseconds> at{}; ///< wall clock
};

/// Where attempts are kept across runs and programs. Any thread.
class RecoveryMemory
{
public:
    virtual ~RecoveryMemory() = default;

    /// Those of one repository in the last 30 days.
    virtual Result<QList<RecoveryAttempt>> attempts(const QString &commonDir) = 0;
    /// Durable when it answers success. Who gets an error does not ask.
    virtual Status record(const RecoveryAttempt &attempt) = 0;
};

/// Why no model may be asked now; empty: one may. At most one an hour and three a day for a repository, and never twice
/// about the same failure in the same state (SAFETY section 6). Pure.
QString whyNotAsked(const QList<RecoveryAttempt> &attempts, const QByteArray &fingerprint,
                    std::chrono::sys_time<std::chrono::milliseconds> now);

} // namespace AutoCommit
