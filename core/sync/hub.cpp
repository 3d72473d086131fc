#include "core/sync/hub.h"

#include "core/git/giterrors.h"
#include "core/git/stalelocks.h"
#include "core/sync/localhub.h"

#include <QDir>
#include <QFileInfo>
#include <QUrl>

namespace AutoCommit {

using namespace Qt::StringLiterals;

namespace {

/// A hub that says something, be it an error about this one repository, is there for the others.
bool isReached(const Result<ProcessOutput> &answer)
{
    return answer ? !isNoConnection(*answer) : answer.error().kind != ErrorKind::Timeout;
}

} // namespace

Hub::Hub(const Git &git, const Upstream &upstream, HubConnections *connections, qint64 now)
    : m_git(git)
    , m_upstream(upstream)
    , m_connections(connections)
    , m_now(now)
{ }

Result<ProcessOutput> Hub::talk(const QStringList &arguments, bool journaled) const
{
    const Journal journal(m_git.location());
    if (journaled)
        AC_TRY(journal.write({.act = JournalEntry::Act::Network, .startedAt = m_now}));
    auto answer = connect(arguments);
    if (journaled && answer && answer->signal == 0)
        journal.clear();
    else if (journaled) // it was killed: its ref locks are ours only as long as the entry tells
        (void)clearLocks(m_git, {}, m_now).ok();
    return answer;
}

Result<ProcessOutput> Hub::connect(const QStringList &arguments) const
{
    const bool shared = m_connections && !m_upstream.host.isEmpty();
    QByteArray ssh = m_upstream.sshCommand;
    if (shared) {
        AC_TRY(m_connections->enter(m_upstream.host, m_git.cancel()));
        ssh += m_connections->sshOptions();
    }
    auto answer
        = m_git.call({.arguments = arguments,
                      .access = GitAccess::Network,
                      .environment = {"GIT_ALLOW_PROTOCOL=" + m_upstream.transports, "GIT_SSH_COMMAND=" + ssh}});
    if (shared)
        m_connections->leave(m_upstream.host, isReached(answer));
    return answer;
}

/// Somebody's fetch that died leaves a lock on the very ref that ours has to move.
Status Hub::clearTrackingRef() const
{
    const QString ref = QString::fromUtf8(m_upstream.trackingRef);
    const bool locked = QFileInfo::exists(m_git.location().commonDir + u'/' + ref + u".lock"_s);
    return locked ? clearLocks(m_git, m_upstream.trackingRef, m_now) : Status();
}

Status Hub::fetch() const
{
    AC_TRY(clearTrackingRef());
    const QString refspec = QString::fromUtf8(m_upstream.hubRef + ':' + m_upstream.trackingRef);
    AC_ASSIGN(const ProcessOutput answer,
              talk({u"fetch"_s, u"--no-tags"_s, u"--no-recurse-submodules"_s, u"--no-write-fetch-head"_s,
                    u"--progress"_s, u"--upload-pack=git-upload-pack"_s, m_upstream.remote, refspec},
                   true));
    if (answer.succeeded())
        return {};
    Error error = classifyGitFailure(u"fetch from "_s + m_upstream.remote, answer);
    if (error.kind == ErrorKind::NonFastForward || error.detail.contains("[rejected]"_L1)) {
        return Error{
            ErrorKind::HistoryRewritten,
            u"the history of %1 on %2 was rewritten; compare the two before you take it over: `git fetch %2`, then `git log --left-right HEAD...@{u}`"_s
                .arg(QString::fromUtf8(m_upstream.hubRef.mid(11)), m_upstream.remote),
            error.detail};
    }
    return error.kind == ErrorKind::UpstreamGone ? gone() : error;
}

Error Hub::gone() const
{
    const QString branch = QString::fromUtf8(m_upstream.hubRef.mid(11));
    return {ErrorKind::UpstreamGone,
            u"branch %1 is gone on the hub (%2), so nothing is pushed; `git push %2 HEAD:%1` brings it back"_s.arg(
                branch, m_upstream.remote)};
}

Status Hub::push(const QByteArray &localRef) const
{
    return pushTo(localRef, m_upstream.hubRef);
}

Result<QByteArray> Hub::keep(const QByteArray &commit, const QByteArray &ref) const
{
    const Status kept = pushTo(commit, ref);
    if (kept)
        return ref;
    if (kept.error().kind != ErrorKind::NonFastForward)
        return kept.error();
    const QByteArray other = ref + '-' + commit.left(10);
    AC_TRY(pushTo(commit, other));
    return other;
}

Status Hub::pushTo(const QByteArray &from, const QByteArray &hubRef) const
{
    const QString refspec = QString::fromUtf8(from + ':' + hubRef);
    AC_ASSIGN(const ProcessOutput answer,
              talk({u"push"_s, u"--porcelain"_s, u"--progress"_s, u"--receive-pack=git-receive-pack"_s,
                    m_upstream.remote, refspec},
                   true));
    if (answer.succeeded())
        return {};
    ProcessOutput told = answer;
    told.errors = answer.errors + '\n' + answer.output; // the reason of a rejection is in the porcelain lines
    Error error = classifyGitFailure(u"push to "_s + m_upstream.remote, told);
    if (error.kind == ErrorKind::HubLocked && told.errors.contains("but expected"))
        error.kind = ErrorKind::NonFastForward; // another push came first while this one was under way
    return error;
}

std::optional<QByteArray> Hub::headOnDisk() const
{
    if (m_upstream.rewritten || protocolOf(m_upstream.url) != u"file"_s)
        return std::nullopt;
    const QString path = m_upstream.url.startsWith("file://"_L1) ? QUrl(m_upstream.url).path() : m_upstream.url;
    return localHubTip(QDir(m_git.location().workTree).absoluteFilePath(path), m_upstream.hubRef);
}

Result<QByteArray> Hub::head() const
{
    if (const std::optional<QByteArray> tip = headOnDisk())
        return *tip;
    AC_ASSIGN(const ProcessOutput answer,
              talk({u"ls-remote"_s, u"--heads"_s, // so that the hub does not list tags, of which there may be thousands
                    u"--upload-pack=git-upload-pack"_s, m_upstream.remote, QString::fromUtf8(m_upstream.hubRef)},
                   false));
    if (!answer.succeeded())
        return classifyGitFailure(u"asking "_s + m_upstream.remote, answer);
    for (const QByteArray &line : answer.output.split('\n'))
        if (line.endsWith('\t' + m_upstream.hubRef))
            return line.left(line.indexOf('\t'));
    return QByteArray();
}

} // namespace AutoCommit
