#include "daemon/run/commitverifier.h"

#include "core/git/git.h"
#include "core/git/remoteurl.h"

#include <QMultiHash>
#include <QSet>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr int longestLook = 20'000; // commits of a branch; 14 days of every machine are far fewer

/// Of one branch as the hub has it, the newest first; empty: there is no such branch, or it cannot be read.
QSet<QByteArray> commitsOf(const Git &git, const QString &remote, const QString &branch)
{
    const QString wanted = u"refs/remotes/%1/%2"_s.arg(remote, branch);
    const auto refs
        = git.read({u"for-each-ref"_s, u"--format=%(objectname) %(refname)"_s, u"refs/remotes/"_s + remote});
    if (!refs)
        return {};
    QByteArray tip;
    for (const QByteArray &line : refs->split('\n'))
        if (const qsizetype blank = line.indexOf(' '); blank > 0 && line.mid(blank + 1) == wanted.toUtf8())
            tip = line.left(blank);
    if (tip.isEmpty())
        return {};
    const auto commits = git.read({u"rev-list"_s, u"--max-count=%1"_s.arg(longestLook), QString::fromLatin1(tip)});
    if (!commits)
        return {};
    const QByteArrayList names = commits->split('\n');
    return QSet<QByteArray>(names.cbegin(), names.cend());
}

bool isFit(const HubView &view)
{
    return !view.remote.isEmpty() && !view.remote.startsWith(u'-') && !view.remote.contains(u'*');
}

} // namespace

QList<CommitRecord> seenOnHub(const QList<CommitRecord> &told, const QList<HubView> &views,
                              const QStringList &hubAliases, const GitTools &tools, const CancelToken &cancel)
{
    QList<CommitRecord> seen;
    QMultiHash<QString, CommitRecord> byOrigin;
    for (const CommitRecord &commit : told)
        if (!commit.origin.isEmpty())
            byOrigin.insert(normalisedUrl(commit.origin, hubAliases), commit);
    for (const HubView &view : views) {
        const QList<CommitRecord> ofThisHub = byOrigin.values(normalisedUrl(view.origin, hubAliases));
        const bool concerns = !ofThisHub.isEmpty();
        const auto location = concerns && isFit(view) && !cancel.isCancelled()
            ? locateRepository(view.workTree)
            : Result<RepoLocation>(Error{ErrorKind::NotARepository, {}});
        if (!location)
            continue;
        const Git git(tools, *location, cancel);
        QMap<QString, QSet<QByteArray>> branches;
        for (const CommitRecord &commit : ofThisHub) {
            if (!branches.contains(commit.branch))
                branches.insert(commit.branch, commitsOf(git, view.remote, commit.branch));
            if (branches[commit.branch].contains(commit.sha.toLatin1()))
                seen.append(commit);
        }
    }
    return seen;
}

} // namespace AutoCommit
