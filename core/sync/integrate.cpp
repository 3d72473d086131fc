#include "core/sync/integrate.h"

#include "core/sync/treemove.h"

namespace AutoCommit {

using namespace Qt::StringLiterals;

Result<Divergence> measureDivergence(const Git &git, const QByteArray &head, const QByteArray &trackingRef)
{
    Divergence result;
    AC_ASSIGN(const QByteArray hub, git.read({u"rev-parse"_s, u"--verify"_s, u"-q"_s, QString::fromUtf8(trackingRef)}));
    result.hub = hub.trimmed();
    if (result.hub == head) {
        result.base = head;
        return result;
    }
    AC_ASSIGN(
        const QByteArray counts,
        git.read({u"rev-list"_s, u"--left-right"_s, u"--count"_s, QString::fromLatin1(head + "..." + result.hub)}));
    const QList<QByteArray> fields = counts.trimmed().split('\t');
    result.ahead = fields.value(0).toInt();
    result.behind = fields.value(1).toInt();
    AC_ASSIGN(const ProcessOutput base,
              git.call({.arguments = {u"merge-base"_s, QString::fromLatin1(head), QString::fromLatin1(result.hub)}}));
    result.base = base.output.trimmed();
    return result;
}

Result<Rebased> integrate(const Git &git, const QByteArray &branchRef, const QByteArray &head,
                          const Divergence &divergence, bool sign, qint64 now, const BeforeMove &beforeMove)
{
    if (divergence.behind == 0)
        return Rebased{.tip = head};
    if (divergence.base.isEmpty())
        return Error{ErrorKind::Conflict, u"the branch here and the one on the hub have no commit in common"_s};
    Rebased target{.tip = divergence.hub};
    if (divergence.ahead > 0) {
        AC_ASSIGN(target, rebaseInMemory(git, divergence.base, head, divergence.hub, sign));
    }
    if (beforeMove)
        AC_TRY(beforeMove(target));
    AC_TRY(moveTree(git, {.ref = branchRef, .from = head, .to = target.tip, .nameLength = head.size()}, now));
    return target;
}

} // namespace AutoCommit
