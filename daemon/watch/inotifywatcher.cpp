#include "core/store/storefiles.h"
#include "daemon/watch/watcher.h"

#include <QHash>
#include <QSocketNotifier>

#include <array>
#include <cerrno>

#include <sys/inotify.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr quint32 fileEvents = IN_CREATE | IN_DELETE | IN_MODIFY | IN_CLOSE_WRITE | IN_MOVED_FROM | IN_MOVED_TO
    | IN_ATTRIB | IN_ONLYDIR | IN_DONT_FOLLOW | IN_EXCL_UNLINK;
constexpr quint32 gitEvents = IN_CREATE | IN_DELETE | IN_MOVED_TO | IN_ONLYDIR | IN_DONT_FOLLOW;

bool isRemote(const QByteArray &path)
{
    struct statfs info
    { };
    return ::statfs(path.constData(), &info) == 0 && isNetworkFilesystemType(static_cast<quint64>(info.f_type));
}

class InotifyWatcher final : public Watcher
{
public:
    explicit InotifyWatcher(qint64 maxDirectories)
        : m_maxDirectories(maxDirectories)
        , m_fd(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC))
    {
        if (m_fd < 0) {
            m_note = u"file events are not available here (%1)"_s.arg(qt_error_string(errno));
            return;
        }
        m_notifier = std::make_unique<QSocketNotifier>(m_fd, QSocketNotifier::Read);
        connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] { drain(); });
    }

    ~InotifyWatcher() override
    {
        m_notifier.reset();
        if (m_fd >= 0)
            ::close(m_fd);
    }

    bool watch(const QString &repo, const WatchPlan &plan) override
    {
        if (!works())
            return false;
        const QSet<int> before = m_ofRepo.take(repo).watches;
        Repo now{.watches = {}, .ignored = plan.ignored};
        const bool complete = addAll(repo, plan, now);
        for (const int old : before)
            if (!now.watches.contains(old))
                remove(old);
        if (!complete) {
            for (const int added : std::as_const(now.watches))
                remove(added);
            return false;
        }
        m_ofRepo.insert(repo, now);
        return true;
    }

    void forget(const QString &repo) override
    {
        for (const int old : m_ofRepo.take(repo).watches)
            remove(old);
    }

    void drain() override
    {
        alignas(inotify_event) std::array<char, 64 * 1024> buffer;
        while (m_fd >= 0) {
            const auto size = ::read(m_fd, buffer.data(), buffer.size());
            if (size <= 0)
                return;
            for (const char *at = buffer.data(); at < buffer.data() + size;) {
                const auto *event = reinterpret_cast<const inotify_event *>(at);
                take(*event);
                at += sizeof(inotify_event) + event->len;
            }
        }
    }

    bool works() const override { return m_fd >= 0; }
    qint64 directories() const override { return m_watches.size(); }
    QString note() const override { return m_note; }

private:
    struct Watch
    {
        QString repo; ///< shared with all of the repository's
        QByteArray path;
        bool isGitDir = false;
    };
    struct Repo
    {
        QSet<int> watches;
        QSet<QByteArray> ignored;
    };

    bool addAll(const QString &repo, const WatchPlan &plan, Repo &to)
    {
        if (!plan.directories.isEmpty() && isRemote(plan.directories.first())) {
            m_note = u"network file systems do not tell about the changes of other machines; they are swept"_s;
            return false;
        }
        for (const QByteArray &path : plan.directories)
            if (!add(repo, path, false, to))
                return false;
        return std::ranges::all_of(plan.gitDirs, [&](const QByteArray &path) { return add(repo, path, true, to); });
    }

    /// True also for a directory that is gone by now.
    bool add(const QString &repo, const QByteArray &path, bool isGitDir, Repo &to)
    {
        if (m_watches.size() >= m_maxDirectories) {
            m_note = u"more than %1 directories; the other repositories are swept only"_s.arg(m_maxDirectories);
            return false;
        }
        const int watch = ::inotify_add_watch(m_fd, path.constData(), isGitDir ? gitEvents : fileEvents);
        if (watch >= 0) {
            to.watches.insert(watch);
            m_watches.insert(watch, {.repo = repo, .path = path, .isGitDir = isGitDir});
            return true;
        }
        if (errno != ENOSPC && errno != ENOMEM)
            return true; // what cannot be read cannot be committed either, and says so there
        m_note
            = u"the system's limit of watched directories is reached (sysctl fs.inotify.max_user_watches); the other "
              u"repositories are swept only"_s;
        return false;
    }

    void remove(int watch)
    {
        if (m_watches.remove(watch))
            ::inotify_rm_watch(m_fd, watch);
    }

    void take(const inotify_event &event)
    {
        if (event.mask & IN_Q_OVERFLOW) {
            Q_EMIT overflowed();
            return;
        }
        const auto found = m_watches.constFind(event.wd);
        if (found == m_watches.constEnd())
            return;
        const Watch watch = *found;
        if (event.mask & IN_IGNORED) {
            m_watches.remove(event.wd);
            m_ofRepo[watch.repo].watches.remove(event.wd);
            return;
        }
        const QByteArray name = event.len > 0 ? QByteArray(event.name) : QByteArray();
        if (watch.isGitDir ? isTellingGitFile(name) : name != ".git")
            tell(event.mask, watch, name);
    }

    void tell(quint32 mask, const Watch &watch, const QByteArray &name)
    {
        const bool isDirectory = mask & IN_ISDIR;
        if (!watch.isGitDir && isDirectory) {
            const QByteArray path = watch.path + '/' + name;
            if (m_ofRepo[watch.repo].ignored.contains(path))
                return;
            if (mask & (IN_CREATE | IN_MOVED_TO))
                add(watch.repo, path, false, m_ofRepo[watch.repo]);
        }
        if ((isDirectory && !(mask & IN_ATTRIB)) || name == ".gitignore")
            Q_EMIT structureChanged(watch.repo);
        Q_EMIT changed(watch.repo);
    }

    const qint64 m_maxDirectories;
    const int m_fd;
    std::unique_ptr<QSocketNotifier> m_notifier;
    QHash<int, Watch> m_watches;
    QHash<QString, Repo> m_ofRepo;
    QString m_note;
};

} // namespace

std::unique_ptr<Watcher> makeWatcher(qint64 maxDirectories)
{
    return std::make_unique<InotifyWatcher>(maxDirectories);
}

} // namespace AutoCommit
