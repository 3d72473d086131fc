#include "core/recovery/repoledger.h"

#include "core/base/cleantext.h"
#include "core/git/refupdate.h"

#include <QFile>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype maxFiles = 200000;

Status stampAll(const QByteArray &top, const QByteArray &directory, QMap<QByteArray, FileStamp> &files)
{
    for (const QByteArray &name : namesIn(top + '/' + directory)) {
        if (name == ".git")
            continue; // of this checkout: refs and index; of a nested one: not ours
        const QByteArray path = directory + name;
        const FileStamp stamp = FileStamp::of(top + '/' + path);
        if (stamp.isDirectory()) {
            AC_TRY(stampAll(top, path + '/', files));
            continue;
        }
        files.insert(path, stamp);
        if (files.size() > maxFiles)
            return Error{ErrorKind::OutOfResources, u"there are too many files here to watch over"_s};
    }
    return {};
}

/// The first key whose value differs, or that only one of them has, and that is not in `allowed`.
template <typename Value>
QByteArray firstDifference(const QMap<QByteArray, Value> &before, const QMap<QByteArray, Value> &after,
                           const QSet<QByteArray> &allowed)
{
    for (auto it = before.begin(); it != before.end(); ++it) {
        const auto found = after.constFind(it.key());
        if (!allowed.contains(it.key()) && (found == after.constEnd() || *found != *it))
            return it.key();
    }
    for (auto it = after.begin(); it != after.end(); ++it)
        if (!allowed.contains(it.key()) && !before.contains(it.key()))
            return it.key();
    return {};
}

} // namespace

Result<RepoLedger> RepoLedger::take(const Git &git)
{
    RepoLedger ledger;
    ledger.head = symbolicHead(git.location());
    AC_ASSIGN(const QByteArray refs, git.read({u"for-each-ref"_s, u"--format=%(objectname) %(refname)"_s}));
    for (const QByteArray &line : refs.split('\n'))
        if (const qsizetype blank = line.indexOf(' '); blank > 0)
            ledger.refs.insert(line.mid(blank + 1), line.left(blank));
    AC_ASSIGN(const QByteArray index, git.read({u"ls-files"_s, u"-s"_s, u"-z"_s}));
    for (const QByteArray &entry : index.split('\0'))
        if (const qsizetype tab = entry.indexOf('\t'); tab > 0)
            ledger.index[entry.mid(tab + 1)] += entry.left(tab) + ';';
    AC_TRY(stampAll(QFile::encodeName(git.location().workTree), {}, ledger.files));
    return ledger;
}

QString firstSurprise(const RepoLedger &before, const RepoLedger &after, const MayChange &allowed)
{
    if (before.head != after.head)
        return u"another branch was checked out"_s;
    if (const QByteArray ref = firstDifference(before.refs, after.refs, allowed.refs); !ref.isEmpty())
        return u"%1 moved"_s.arg(displayPath(ref));
    if (const QByteArray path = firstDifference(before.index, after.index, allowed.paths); !path.isEmpty())
        return u"the index entry of %1 changed"_s.arg(displayPath(path));
    if (const QByteArray path = firstDifference(before.files, after.files, allowed.paths); !path.isEmpty())
        return u"%1 changed"_s.arg(displayPath(path));
    return {};
}

} // namespace AutoCommit
