#pragma once

#include "core/store/activitylog.h"
#include "core/store/store.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

namespace AutoCommit::Testing {

/// A clock wound by hand; sleeping on it passes its time at once.
class HandClock final : public Clock
{
public:
    Wall wall() const override { return m_wall; }
    Monotonic monotonic() const override { return m_monotonic; }
    void sleepFor(std::chrono::milliseconds time) const override { pass(time); }

    void pass(std::chrono::milliseconds time) const
    {
        m_wall += time;
        m_monotonic += time;
    }
    Timestamp now() const { return wallTime(*this); }

private:
    mutable Wall m_wall = std::chrono::sys_days{std::chrono::year{2026} / 8 / 22} + std::chrono::hours(10);
    mutable Monotonic m_monotonic{std::chrono::hours(1)};
};

/// A folder with the files of one history; in memory where the system has such a place, because hundreds of them are
/// made and nothing here depends on a real disk.
class StoreFolder
{
public:
    QString path() const { return m_folder.path(); }
    QString file(const QString &name = QStringLiteral("auto_commit.db")) const { return m_folder.filePath(name); }
    QString log() const { return m_folder.filePath(QStringLiteral("activity.jsonl")); }
    StoreOptions options() const
    {
        return {.location = file(),
                .activityLog = log(),
                .host = QStringLiteral("apricot"),
                .busyTimeout = std::chrono::milliseconds(200)};
    }
    QStringList setAside() const
    {
        return QDir(m_folder.path())
            .entryList({QStringLiteral("*.corrupt-*")}, QDir::Files)
            .filter(QRegularExpression(QStringLiteral("Z(-\\d+)?$")));
    }

private:
    static QString place()
    {
        const QFileInfo memory(QStringLiteral("/dev/shm"));
        return (memory.isWritable() ? memory.filePath() : QDir::tempPath()) + QStringLiteral("/ac-store-XXXXXX");
    }

    QTemporaryDir m_folder{place()};
};

/// Commits that look like commits, the same for the same seed.
class CommitMaker
{
public:
    explicit CommitMaker(quint32 seed, Timestamp start)
        : m_random(seed)
        , m_time(start)
    { }

    CommitRecord next(const QString &repo = QStringLiteral("aaaaaaaaaaaaaaaaaaaa"))
    {
        static const QStringList subjects{QStringLiteral("fix: read the last line of a log without a line end"),
                                          QStringLiteral("feat(parser): accept empty hunks"),
                                          QStringLiteral("Say which file could not be opened"),
                                          QStringLiteral("docs: name the port in the example")};
        m_time += std::chrono::milliseconds(m_random.bounded(3) * 1000); // equal moments happen
        CommitRecord commit{.host = QStringLiteral("apricot"),
                            .repo = repo,
                            .origin = QStringLiteral("forge.example/me/tool"),
                            .path = "/home/me/code/tool",
                            .branch = QStringLiteral("main"),
                            .sha = hex(40),
                            .parent = hex(40),
                            .subject = subjects[m_random.bounded(subjects.size())],
                            .body = m_random.bounded(2) == 0 ? QString() : QStringLiteral("Because it was wrong."),
                            .authoredAt = m_time,
                            .committedAt = m_time,
                            .source = static_cast<MessageSource>(m_random.bounded(3)),
                            .model = QStringLiteral("ministral-3b-instruct")};
        for (int i = m_random.bounded(4); i >= 0; --i)
            commit.paths.append("src/" + hex(6).toLatin1() + ".cpp");
        commit.pathCount = commit.paths.size();
        return commit;
    }

    QList<CommitRecord> some(int count)
    {
        QList<CommitRecord> commits;
        for (int i = 0; i < count; ++i)
            commits.append(next());
        return commits;
    }

    QString hex(int digits)
    {
        QString text;
        for (int i = 0; i < digits; ++i)
            text += QString::number(m_random.bounded(16), 16);
        return text;
    }

private:
    QRandomGenerator m_random;
    Timestamp m_time;
};

/// Every page of a list, put together.
template <typename Fetch> auto allPages(HistoryFilter filter, const Fetch &fetch)
{
    auto all = decltype(fetch(filter)->items)();
    do {
        const auto page = fetch(filter);
        if (!page) {
            QTest::qFail(qPrintable(page.error().message + page.error().detail), __FILE__, __LINE__);
            return all;
        }
        all += page->items;
        filter.cursor = page->next;
    } while (!filter.cursor.isEmpty());
    return all;
}

inline QSet<QString> shasIn(HistoryQueries &history)
{
    QSet<QString> shas;
    const auto commits = allPages({.limit = 1000}, [&](const HistoryFilter &f) { return history.commits(f); });
    for (const CommitRecord &commit : commits)
        shas += commit.sha;
    return shas;
}

inline QSet<QString> shasOf(const QList<CommitRecord> &commits)
{
    QSet<QString> shas;
    for (const CommitRecord &commit : commits)
        shas += commit.sha;
    return shas;
}

} // namespace AutoCommit::Testing

/// Fails with the words of the error.
#define AC_VERIFY(result)                                                                                              \
    do {                                                                                                               \
        const auto &acVerified = (result);                                                                             \
        QVERIFY2(acVerified.ok(),                                                                                      \
                 acVerified.ok()                                                                                       \
                     ? ""                                                                                              \
                     : qPrintable(acVerified.error().message + QLatin1Char(' ') + acVerified.error().detail));         \
    } while (false)
