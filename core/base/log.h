#pragma once

#include <QLoggingCategory>
#include <QString>

#include <memory>

namespace AutoCommit {

/// One category per folder. `AUTO_COMMIT_LOG=ac.git.debug=true` is passed on as Qt's filter rules. Log lines are for
/// people; facts for programs go to the activity log. Never a diff, a secret or a token in either.
Q_DECLARE_LOGGING_CATEGORY(logConfig)
Q_DECLARE_LOGGING_CATEGORY(logGit)
Q_DECLARE_LOGGING_CATEGORY(logModel)
Q_DECLARE_LOGGING_CATEGORY(logPipeline)
Q_DECLARE_LOGGING_CATEGORY(logPrivacy)
Q_DECLARE_LOGGING_CATEGORY(logRecovery)
Q_DECLARE_LOGGING_CATEGORY(logService)
Q_DECLARE_LOGGING_CATEGORY(logStore)
Q_DECLARE_LOGGING_CATEGORY(logSync)

/// While it lives, every qCDebug/qCWarning of the program goes to a rotating file (10 files of 10 MiB, mode 0600),
/// which is created with the first line. Control characters are stripped, and of a line that comes again and again only
/// some are written (Repeats). One at a time; any thread may log.
class LogFile
{
public:
    /// `level` is one of debug, info, warning, critical; `rules` are Qt's filter rules separated by ';' or newlines.
    LogFile(const QString &path, const QString &level, const QString &rules);
    ~LogFile();
    LogFile(const LogFile &) = delete;
    LogFile &operator=(const LogFile &) = delete;

private:
    struct Sink;
    static void handle(QtMsgType type, const QMessageLogContext &context, const QString &message);

    std::unique_ptr<Sink> m_sink;
};

} // namespace AutoCommit
