#include "core/git/ancestry.h"

namespace AutoCommit {

using namespace Qt::StringLiterals;

Result<bool> isInHistoryOf(const Git &git, const QByteArray &tip, const QByteArray &commit)
{
    if (tip.isEmpty() || commit.isEmpty())
        return false;
    AC_ASSIGN(const ProcessOutput answer,
              git.call({.arguments
                        = {u"merge-base"_s, u"--is-ancestor"_s, QString::fromLatin1(commit), QString::fromUtf8(tip)}}));
    return answer.succeeded();
}

Result<bool> isOnNoBranch(const Git &git, const QByteArray &commit)
{
    if (commit.isEmpty())
        return true;
    AC_ASSIGN(const ProcessOutput holders,
              git.call({.arguments = {u"for-each-ref"_s, u"--count=1"_s, u"--contains="_s + QString::fromLatin1(commit),
                                      u"refs/heads"_s}}));
    return holders.succeeded() && holders.output.trimmed().isEmpty();
}

} // namespace AutoCommit
