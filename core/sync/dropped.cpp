#include "core/sync/dropped.h"

#include "core/git/ancestry.h"

#include <QSet>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QList<QByteArray> linesOf(const ProcessOutput &output)
{
    QList<QByteArray> lines = output.output.split('\n');
    lines.removeIf([](const QByteArray &line) { return line.isEmpty(); });
    return output.succeeded() ? lines : QList<QByteArray>();
}

/// What the hub's branch had at any time that the log tells of, and does not have now.
Result<QSet<QByteArray>> droppedFrom(const Git &git, const QString &trackingRef)
{
    AC_ASSIGN(const ProcessOutput log, git.call({.arguments = {u"rev-list"_s, u"--walk-reflogs"_s, trackingRef}}));
    const QList<QByteArray> tips = linesOf(log);
    const QSet<QByteArray> different(tips.begin(), tips.end());
    if (different.isEmpty())
        return QSet<QByteArray>();
    QByteArray input;
    for (const QByteArray &tip : different)
        input += tip + '\n';
    input += '^' + trackingRef.toUtf8() + '\n';
    AC_ASSIGN(const ProcessOutput listed,
              git.call({.arguments = {u"rev-list"_s, u"--ignore-missing"_s, u"--stdin"_s}, .input = input}));
    const QList<QByteArray> dropped = linesOf(listed);
    return QSet<QByteArray>(dropped.begin(), dropped.end());
}

} // namespace

Status checkNothingDropped(const Git &git, const Upstream &upstream, const QByteArray &head)
{
    const QString trackingRef = QString::fromUtf8(upstream.trackingRef);
    AC_ASSIGN(const QSet<QByteArray> dropped, droppedFrom(git, trackingRef));
    if (dropped.isEmpty())
        return {};
    AC_ASSIGN(const ProcessOutput listed,
              git.call({.arguments
                        = {u"rev-list"_s, u"--topo-order"_s, QString::fromLatin1(head), u"--not"_s, trackingRef}}));
    QList<QByteArray> here = linesOf(listed);
    here.removeIf([&](const QByteArray &commit) { return !dropped.contains(commit); });
    if (here.isEmpty())
        return {};
    AC_ASSIGN(const bool ahead, isInHistoryOf(git, head, upstream.trackingRef));
    const QString branch = QString::fromUtf8(upstream.hubRef.mid(11));
    const QString hubs = trackingRef.mid(13);
    const QString follow = here.first() == head
        ? u"git reset --keep "_s + hubs
        : u"git rebase --onto %1 %2"_s.arg(hubs, QString::fromLatin1(here.first().left(12)));
    const QString keep = ahead ? u"git push %1 HEAD:%2"_s.arg(upstream.remote, branch) : u"git rebase "_s + hubs;
    return Error{
        ErrorKind::HistoryRewritten,
        u"the history of %1 on %2 was rewritten: %3 not there any more, and nothing was rebased or pushed. `%4` goes with the hub, `%5` puts it back"_s
            .arg(branch, upstream.remote,
                 here.size() == 1 ? u"commit %1 is"_s.arg(QString::fromLatin1(here.first().left(12)))
                                  : u"%1 commits (%2 the newest) are"_s.arg(here.size())
                                        .arg(QString::fromLatin1(here.first().left(12))),
                 follow, keep)};
}

} // namespace AutoCommit
