#include "core/doctor/repochecks.h"

#include "core/base/diskspace.h"
#include "core/doctor/hookcheck.h"
#include "core/git/repoconfig.h"
#include "core/git/stalelocks.h"
#include "core/git/statusparser.h"
#include "core/stages/signing.h"
#include "core/sync/hub.h"
#include "core/sync/upstream.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr qint64 littleSpace = 1LL << 30; // less than this and a fetch of a big change may fill the disk
constexpr auto hubPatience = 20s;

class RepositoryCheckup
{
public:
    RepositoryCheckup(const RepoLocation &location, const DoctorParts &parts)
        : m_git(parts.tools, location, parts.cancel)
        , m_parts(parts)
    { }

    QList<Check> run()
    {
        if (!readConfig() || !readStatus())
            return m_checks;
        checkBranch();
        checkOperation();
        checkLocks();
        checkIdentity();
        checkSigning();
        m_checks += checkHooks(m_config.hooksDir(m_git.location()), m_parts.tools.environment);
        checkFilters();
        checkNames();
        checkSpace();
        checkUpstream();
        for (Check &check : m_checks)
            check.repo = m_git.location().workTree;
        return m_checks;
    }

private:
    void add(const char *id, const QString &title, CheckState state, const QString &message, const QString &advice = {})
    {
        m_checks += Check{
            .id = QString::fromLatin1(id), .title = title, .state = state, .message = message, .advice = advice};
    }

    bool readConfig()
    {
        const QString title = u"Configuration"_s;
        Result<RepoConfig> config = RepoConfig::read(m_git);
        QStringList ignored;
        Result<Settings> settings = config
            ? m_parts.loaded.forCheckout(m_git.location().workTree, config->ownSettings(), &ignored)
            : Result<Settings>(config.error());
        if (!settings) {
            m_checks
                += failed({.id = u"config"_s, .title = title, .repo = m_git.location().workTree}, settings.error());
            return false;
        }
        m_config = *std::move(config);
        m_settings = *std::move(settings);
        m_git.setOverrides(m_config.overrides(m_settings.trustedFilters));
        if (const auto promisors = promisorEnvironment(m_config, m_settings))
            m_git.addEnvironment(*promisors);
        m_git.setTimeouts(m_settings.hookTimeout, hubPatience);
        if (ignored.isEmpty())
            add("config", title, CheckState::Ok, u"its settings are fine"_s);
        else
            add("config", title, CheckState::Warn, ignored.join(u"; "_s),
                u"correct them, put them into your own configuration with `commits config set`, or remove them"_s);
        return true;
    }

    bool readStatus()
    {
        const Result<QByteArray> output = m_git.read(statusArguments());
        Result<RepoStatus> status = output ? parseStatus(*output) : Result<RepoStatus>(output.error());
        if (!status) {
            m_checks += failed({.id = u"status"_s, .title = u"git status"_s, .repo = m_git.location().workTree},
                               status.error());
            return false;
        }
        m_status = *std::move(status);
        return true;
    }

    void checkBranch()
    {
        const QString title = u"Branch"_s;
        const QString branch = QString::fromUtf8(m_status.branch);
        if (m_status.isDetached())
            add("branch", title, CheckState::Fail, u"HEAD is detached, so nothing is committed"_s,
                u"git switch <branch>"_s);
        else if (!m_settings.gitBranch.isEmpty() && m_settings.gitBranch != branch)
            add("branch", title, CheckState::Warn,
                u"%1 is checked out, and only %2 is committed here"_s.arg(branch, m_settings.gitBranch),
                u"git switch %1, or change the setting git_branch"_s.arg(m_settings.gitBranch));
        else
            add("branch", title, CheckState::Ok, branch);
    }

    void checkOperation()
    {
        const bool unmerged = std::ranges::any_of(
            m_status.entries, [](const StatusEntry &entry) { return entry.kind == StatusEntry::Kind::Unmerged; });
        const QString operation = operationInProgress(m_git.location());
        if (!operation.isEmpty())
            add("operation", u"Unfinished operation"_s, CheckState::Fail, u"a %1 is in progress"_s.arg(operation),
                u"finish it, or git %1 --abort"_s.arg(operation));
        else if (unmerged)
            add("operation", u"Unfinished operation"_s, CheckState::Fail, u"there are unmerged paths"_s,
                u"resolve them, then git add them"_s);
        else
            add("operation", u"Unfinished operation"_s, CheckState::Ok, u"none"_s);
    }

    void checkLocks()
    {
        const QStringList locks = presentLocks(m_git.location(), QString::fromUtf8(m_status.branchRef()));
        const GitActivity activity = GitActivity::of(m_git.location());
        const qint64 now = m_parts.clock.wall().time_since_epoch().count();
        bool found = false;
        for (const QString &lock : locks) {
            const LockVerdict verdict
                = judgeLock(lock, m_git.location(), Journal(m_git.location()).read(), activity, now);
            found = true;
            if (verdict == LockVerdict::Suspicious)
                add("lock", u"Lock files"_s, CheckState::Fail,
                    u"%1 was left behind, perhaps in the middle of a checkout or merge"_s.arg(lock),
                    u"look at git status; when the work tree is as you want it, remove the file"_s);
            else if (verdict == LockVerdict::Fresh)
                add("lock", u"Lock files"_s, CheckState::Warn, u"%1 exists: a git command is at work"_s.arg(lock),
                    u"if none is, wait ten minutes: then it is set aside"_s);
            else
                add("lock", u"Lock files"_s, CheckState::Ok, u"%1 is stale; the next run sets it aside"_s.arg(lock));
        }
        if (!found)
            add("lock", u"Lock files"_s, CheckState::Ok, u"none"_s);
    }

    void checkIdentity()
    {
        const QString title = u"Name and e-mail for commits"_s;
        const QString name = m_settings.userName.isEmpty() ? m_config.value(u"user.name"_s) : m_settings.userName;
        const QString email = m_settings.userEmail.isEmpty() ? m_config.value(u"user.email"_s) : m_settings.userEmail;
        if (name.isEmpty() || email.isEmpty())
            add("identity", title, CheckState::Fail,
                u"git does not know %1"_s.arg(name.isEmpty() ? u"your name"_s : u"your e-mail address"_s),
                u"git config --global user.name \"Your Name\"; git config --global user.email you@example.org"_s);
        else
            add("identity", title, CheckState::Ok, u"%1 <%2>"_s.arg(name, email));
    }

    void checkSigning()
    {
        const QString title = u"Signing"_s;
        if (!m_config.isTrue(u"commit.gpgsign"_s))
            return add("signing", title, CheckState::Skipped, u"commits are not signed here"_s);
        if (const Status usable = probeSigning(m_git, m_config); !usable)
            return add("signing", title, CheckState::Fail, usable.error().message,
                       u"unlock the key in its agent, or set on_signing_unavailable"_s);
        add("signing", title, CheckState::Ok, u"the key signs without asking"_s);
    }

    void checkFilters()
    {
        const QStringList usable = m_config.usableFilters(m_settings.trustedFilters);
        QStringList refused;
        for (const QString &name : m_config.names()) {
            if (!name.startsWith("filter."_L1) || !name.endsWith(".clean"_L1))
                continue;
            const QString filter = name.sliced(7).chopped(6);
            if (!usable.contains(filter))
                refused += filter;
        }
        if (refused.isEmpty())
            return add("filters", u"Filters"_s, CheckState::Ok, usable.isEmpty() ? u"none"_s : usable.join(u", "_s));
        add("filters", u"Filters"_s, CheckState::Warn,
            u"defined by the repository's own files and therefore not run: %1"_s.arg(refused.join(u", "_s)),
            u"their files are left out; if you trust them: commits config add trusted_filters %1"_s.arg(
                refused.first()));
    }

    /// Names that are one file on a Mac and two on Linux.
    void checkNames()
    {
        const Result<QByteArray> listed = m_git.read({u"ls-files"_s, u"-z"_s});
        if (!listed)
            return;
        QMap<QString, QByteArray> seen;
        QStringList clashes;
        for (const QByteArray &path : listed->split('\0')) {
            const QString folded = QString::fromUtf8(path).normalized(QString::NormalizationForm_C).toCaseFolded();
            const auto other = seen.constFind(folded);
            if (!path.isEmpty() && other != seen.constEnd() && *other != path)
                clashes += QString::fromUtf8(*other) + u" and "_s + QString::fromUtf8(path);
            seen.insert(folded, path);
        }
        if (clashes.isEmpty())
            return add("names", u"File names"_s, CheckState::Ok, u"none differ only in case"_s);
        add("names", u"File names"_s, CheckState::Warn,
            u"one file on a Mac, two here: %1"_s.arg(clashes.mid(0, 3).join(u"; "_s)), u"rename one of each"_s);
    }

    void checkSpace()
    {
        const QString &where = m_git.location().gitDir;
        const std::optional<DiskSpace> disk = diskSpace(where);
        if (!disk)
            return add("disk", u"Disk"_s, CheckState::Skipped, u"the system does not tell"_s);
        const QString text = u"%1 MiB free for %2"_s.arg(disk->available >> 20).arg(where);
        if (disk->readOnly)
            add("disk", u"Disk"_s, CheckState::Fail, u"%1 is on a read-only file system"_s.arg(where));
        else if (disk->available < littleSpace)
            add("disk", u"Disk"_s, CheckState::Warn, text, u"make room before git has to"_s);
        else
            add("disk", u"Disk"_s, CheckState::Ok, text);
    }

    void checkUpstream()
    {
        const QString title = u"Upstream"_s;
        if (m_status.isDetached())
            return;
        const Result<std::optional<Upstream>> upstream = findUpstream(m_config, m_status.branch, m_settings);
        if (!upstream)
            return add("upstream", title, CheckState::Fail, upstream.error().message);
        if (!*upstream)
            return add(
                "upstream", title, CheckState::Warn,
                u"branch %1 has none, so its commits stay on this machine"_s.arg(QString::fromUtf8(m_status.branch)),
                u"git push -u origin %1"_s.arg(QString::fromUtf8(m_status.branch)));
        add("upstream", title, CheckState::Ok, QString::fromUtf8(m_status.upstream));
        askHub(**upstream);
    }

    void askHub(const Upstream &upstream)
    {
        const QString title = u"Hub"_s;
        if (!m_parts.network)
            return add("hub", title, CheckState::Skipped, u"not asked"_s);
        const Result<QByteArray> head
            = Hub(m_git, upstream, nullptr, m_parts.clock.wall().time_since_epoch().count()).head();
        if (!head)
            return add("hub", title, CheckState::Fail, head.error().message);
        if (head->isEmpty())
            return add("hub", title, CheckState::Warn, u"it answers, but does not have the branch"_s,
                       u"git push -u %1 %2"_s.arg(upstream.remote, QString::fromUtf8(m_status.branch)));
        add("hub", title, CheckState::Ok, u"answers without asking for anything"_s);
    }

    Git m_git;
    const DoctorParts &m_parts;
    RepoConfig m_config;
    Settings m_settings;
    RepoStatus m_status;
    QList<Check> m_checks;
};

} // namespace

QList<Check> checkRepository(const QString &path, const DoctorParts &parts)
{
    const Result<RepoLocation> location = locateRepository(path);
    if (!location)
        return {failed({.id = u"checkout"_s, .title = u"Checkout"_s, .repo = path}, location.error())};
    return RepositoryCheckup(*location, parts).run();
}

} // namespace AutoCommit
