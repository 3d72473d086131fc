#include "core/base/log.h"

#include "core/base/cleantext.h"
#include "core/base/repeats.h"

#include <QDir>
#include <QFileInfo>

#include <spdlog/logger.h>
#include <spdlog/sinks/rotating_file_sink.h>

#include <atomic>
#include <mutex>

#include <sys/stat.h>

namespace AutoCommit {

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(logConfig, "ac.config", QtWarningMsg)
Q_LOGGING_CATEGORY(logGit, "ac.git", QtWarningMsg)
Q_LOGGING_CATEGORY(logModel, "ac.model", QtWarningMsg)
Q_LOGGING_CATEGORY(logPipeline, "ac.pipeline", QtWarningMsg)
Q_LOGGING_CATEGORY(logPrivacy, "ac.privacy", QtWarningMsg)
Q_LOGGING_CATEGORY(logRecovery, "ac.recovery", QtWarningMsg)
Q_LOGGING_CATEGORY(logService, "ac.service", QtWarningMsg)
Q_LOGGING_CATEGORY(logStore, "ac.store", QtWarningMsg)
Q_LOGGING_CATEGORY(logSync, "ac.sync", QtWarningMsg)

struct LogFile::Sink
{
    QString path;
    std::once_flag opened;
    std::mutex lock;
    Repeats repeats; ///< guarded by the lock
    std::shared_ptr<spdlog::logger> logger; ///< null when the file cannot be written: logging never stops the work

    void write(QtMsgType type, const char *category, const QByteArray &text);
    void open()
    {
        try {
            QDir().mkpath(QFileInfo(path).path());
            spdlog::file_event_handlers handlers;
            handlers.after_open = [](const spdlog::filename_t &name, std::FILE *) { ::chmod(name.c_str(), 0600); };
            auto file = std::make_shared<spdlog::sinks::rotating_file_sink_mt>(path.toStdString(), 10U << 20, 10, false,
                                                                               handlers);
            logger = std::make_shared<spdlog::logger>("auto-commit", std::move(file));
            logger->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %L %v");
            logger->set_level(spdlog::level::trace);
            logger->flush_on(spdlog::level::trace); // whoever asks for more than warnings follows the file
        } catch (const spdlog::spdlog_ex &) {
            logger.reset();
        }
    }
};

namespace {

std::atomic<void *> currentSink = nullptr; // qInstallMessageHandler takes a plain function, so the state is here

spdlog::level::level_enum levelOf(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return spdlog::level::debug;
    case QtInfoMsg:
        return spdlog::level::info;
    case QtWarningMsg:
        return spdlog::level::warn;
    case QtCriticalMsg:
        return spdlog::level::err;
    case QtFatalMsg:
        break;
    }
    return spdlog::level::critical;
}

QString rulesFor(const QString &level, QString rules)
{
    QString text;
    if (level == u"debug"_s || level == u"info"_s)
        text += u"ac.*.info=true\n"_s;
    if (level == u"debug"_s)
        text += u"ac.*.debug=true\n"_s;
    if (level == u"critical"_s)
        text += u"ac.*.warning=false\n"_s;
    return text + rules.replace(u';', u'\n');
}

} // namespace

/// Who asks for debugging gets every line.
void LogFile::Sink::write(QtMsgType type, const char *category, const QByteArray &text)
{
    int times = 1;
    if (type != QtDebugMsg) {
        const std::lock_guard guard(lock);
        const auto taken = repeats.take(category + (": " + text), std::chrono::steady_clock::now());
        if (!taken)
            return;
        times = *taken;
    }
    if (times > 1)
        logger->log(levelOf(type), "{}: {} ({} more times)", category, text.constData(), times);
    else
        logger->log(levelOf(type), "{}: {}", category, text.constData());
}

LogFile::LogFile(const QString &path, const QString &level, const QString &rules)
    : m_sink(std::make_unique<Sink>())
{
    m_sink->path = path;
    QLoggingCategory::setFilterRules(rulesFor(level, rules));
    currentSink = m_sink.get();
    qInstallMessageHandler(&LogFile::handle);
}

LogFile::~LogFile()
{
    qInstallMessageHandler(nullptr);
    currentSink = nullptr;
}

void LogFile::handle(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    auto *sink = static_cast<Sink *>(currentSink.load());
    if (!sink)
        return;
    std::call_once(sink->opened, [sink] { sink->open(); });
    if (sink->logger)
        sink->write(type, context.category, cleanLine(message, 2000).toUtf8());
}

} // namespace AutoCommit
