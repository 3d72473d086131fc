#pragma once

#include "core/config/autostart.h"
#include "core/service/daemonregistry.h"
#include "core/store/historyreader.h"
#include "tests/support/temprepo.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

namespace AutoCommit::Testing {

using namespace Qt::StringLiterals;

/// The real program as a daemon over real repositories, and the commands of its user; for tests to inherit from.
class DaemonLab
{
protected:
    static constexpr int patience = 60'000; // ms; a loaded machine is slow

    std::unique_ptr<World> m_world;
    std::unique_ptr<QProcess> m_daemon;
    QMap<QString, QString> m_more; ///< of the environment

    QProcessEnvironment environment() const
    {
        QProcessEnvironment variables = m_world->environment();
        variables.insert(u"AUTO_COMMIT_COORDINATOR_URL"_s, QString());
        variables.insert(u"AUTO_COMMIT_SETTLE_SECONDS"_s, u"1"_s);
        variables.insert(u"AUTO_COMMIT_API_PORT"_s, u"0"_s);
        for (auto more = m_more.cbegin(); more != m_more.cend(); ++more)
            variables.insert(more.key(), more.value());
        return variables;
    }

    QString code() const { return m_world->path(u"code"_s); }
    Paths paths() const { return Paths(m_world->environment()); }
    DaemonRegistry registry() const { return DaemonRegistry(paths()); }

    void start(const QString &interval = u"1h"_s)
    {
        m_daemon = std::make_unique<QProcess>();
        m_daemon->setProcessEnvironment(environment());
        m_daemon->setWorkingDirectory(m_world->path());
        m_daemon->start(QStringLiteral(AC_COMMITS_PROGRAM), {u"start"_s, interval, u"-R"_s, code(), u"--foreground"_s});
        QVERIFY(m_daemon->waitForStarted());
        QTRY_VERIFY_WITH_TIMEOUT(!registry().running()->isEmpty() && registry().running()->first().port > 0, patience);
    }

    QJsonObject repoNamed(const QString &name) const
    {
        const QByteArray text = commits({u"repos"_s, u"--json"_s}).out.toUtf8();
        for (const auto &row : QJsonDocument::fromJson(text).object()[u"repos"_s].toArray())
            if (row[u"name"_s] == name)
                return row.toObject();
        return {};
    }

    struct Outcome
    {
        int exitCode = -1;
        QString out;
        QString err;
    };

    Outcome commits(const QStringList &arguments) const
    {
        QProcess process;
        process.setProcessEnvironment(environment());
        process.setWorkingDirectory(m_world->path());
        process.start(QStringLiteral(AC_COMMITS_PROGRAM), arguments);
        process.waitForFinished(patience);
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
                QString::fromUtf8(process.readAllStandardError())};
    }

    bool isCommitted(const TempRepo &repo, const QByteArray &file) const
    {
        return m_world->gitExit(repo.path(), {u"cat-file"_s, u"-e"_s, u"HEAD:"_s + QString::fromUtf8(file)}) == 0;
    }

    /// A cycle that began after this call has ended: whatever was going to happen, has.
    qint64 cyclesSoFar() const
    {
        const SystemClock clock;
        HistoryReader reader(paths().database(), clock);
        const auto cycles = reader.cycles({.limit = 1});
        return cycles && !cycles->items.isEmpty() ? cycles->items.first().id : 0;
    }

    void begin()
    {
        m_world = std::make_unique<World>();
        m_more.clear();
        QDir().mkpath(code());
    }

    void end()
    {
        if (m_daemon && m_daemon->state() == QProcess::Running) {
            m_daemon->terminate();
            m_daemon->waitForFinished(patience);
        }
        m_daemon.reset();
    }
};

} // namespace AutoCommit::Testing
