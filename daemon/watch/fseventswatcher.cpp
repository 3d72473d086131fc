#include "daemon/watch/watcher.h"

#include <QHash>
#include <QTimer>

#include <algorithm>

#include <CoreServices/CoreServices.h>

namespace AutoCommit {

namespace {

/// One stream over the tops of all repositories: FSEvents watches whole trees, so nothing has to be listed.
class FsEventsWatcher final : public Watcher
{
public:
    FsEventsWatcher()
        : m_queue(::dispatch_queue_create("auto-commit.fsevents", DISPATCH_QUEUE_SERIAL))
    {
        m_restart.setSingleShot(true);
        m_restart.setInterval(0);
        connect(&m_restart, &QTimer::timeout, this, [this] { start(); });
    }

    ~FsEventsWatcher() override
    {
        end();
        ::dispatch_release(m_queue);
    }

    bool watch(const QString &repo, const WatchPlan &plan) override
    {
        Repo now{.tops = {}, .ignored = plan.ignored, .gitDirs = plan.gitDirs};
        for (const QByteArray &directory : plan.directories)
            if (now.tops.isEmpty() || !directory.startsWith(now.tops.last() + '/'))
                now.tops += directory;
        if (!m_repos.contains(repo) || m_repos[repo].tops != now.tops)
            m_restart.start();
        m_repos.insert(repo, now);
        return true;
    }

    void forget(const QString &repo) override
    {
        if (m_repos.remove(repo))
            m_restart.start();
    }

    void drain() override
    {
        if (m_stream)
            ::FSEventStreamFlushAsync(m_stream);
    }

    bool works() const override { return true; }
    qint64 directories() const override { return m_repos.size(); }
    QString note() const override { return {}; }

private:
    struct Repo
    {
        QList<QByteArray> tops;
        QSet<QByteArray> ignored;
        QList<QByteArray> gitDirs;
    };

    static void onEvents(ConstFSEventStreamRef, void *self, size_t count, void *paths,
                         const FSEventStreamEventFlags *flags, const FSEventStreamEventId *)
    {
        auto *watcher = static_cast<FsEventsWatcher *>(self);
        QList<QByteArray> list;
        bool lost = false;
        for (size_t i = 0; i < count; ++i) {
            list += static_cast<char **>(paths)[i];
            lost = lost || (flags[i] & kFSEventStreamEventFlagMustScanSubDirs) != 0;
        }
        QMetaObject::invokeMethod(
            watcher, [watcher, list, lost] { watcher->take(list, lost); }, Qt::QueuedConnection);
    }

    void take(const QList<QByteArray> &paths, bool lost)
    {
        if (lost)
            Q_EMIT overflowed();
        for (const QByteArray &path : paths)
            for (auto repo = m_repos.cbegin(); repo != m_repos.cend(); ++repo)
                if (concerns(path, *repo)) {
                    if (path.endsWith("/.gitignore"))
                        Q_EMIT structureChanged(repo.key());
                    Q_EMIT changed(repo.key());
                }
    }

    static bool concerns(const QByteArray &path, const Repo &repo)
    {
        const qsizetype slash = path.lastIndexOf('/');
        if (repo.gitDirs.contains(path.left(slash)))
            return isTellingGitFile(QByteArrayView(path).sliced(slash + 1));
        const bool inside
            = std::ranges::any_of(repo.tops, [&](const QByteArray &top) { return path.startsWith(top + '/'); });
        if (!inside || path.contains("/.git/") || path.endsWith("/.git"))
            return false;
        return std::ranges::none_of(repo.ignored,
                                    [&](const QByteArray &dir) { return path == dir || path.startsWith(dir + '/'); });
    }

    void start()
    {
        end();
        CFMutableArrayRef paths = ::CFArrayCreateMutable(nullptr, 0, &kCFTypeArrayCallBacks);
        for (const Repo &repo : std::as_const(m_repos))
            for (const QByteArray &top : repo.tops + repo.gitDirs) {
                CFStringRef text = ::CFStringCreateWithFileSystemRepresentation(nullptr, top.constData());
                ::CFArrayAppendValue(paths, text);
                ::CFRelease(text);
            }
        FSEventStreamContext context{0, this, nullptr, nullptr, nullptr};
        if (::CFArrayGetCount(paths) > 0)
            m_stream = ::FSEventStreamCreate(nullptr, &onEvents, &context, paths, kFSEventStreamEventIdSinceNow, 0.5,
                                             kFSEventStreamCreateFlagFileEvents | kFSEventStreamCreateFlagNoDefer);
        ::CFRelease(paths);
        if (m_stream) {
            ::FSEventStreamSetDispatchQueue(m_stream, m_queue);
            ::FSEventStreamStart(m_stream);
        }
    }

    void end()
    {
        if (!m_stream)
            return;
        ::FSEventStreamStop(m_stream);
        ::FSEventStreamInvalidate(m_stream);
        ::FSEventStreamRelease(m_stream);
        m_stream = nullptr;
        ::dispatch_sync_f(m_queue, nullptr, [](void *) {}); // no callback is under way any more
    }

    dispatch_queue_t m_queue;
    FSEventStreamRef m_stream = nullptr;
    QHash<QString, Repo> m_repos;
    QTimer m_restart;
};

} // namespace

std::unique_ptr<Watcher> makeWatcher(qint64)
{
    return std::make_unique<FsEventsWatcher>();
}

} // namespace AutoCommit
