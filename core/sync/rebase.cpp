#include "core/sync/rebase.h"

#include "core/base/cleantext.h"
#include "core/git/giterrors.h"

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QString text(const QByteArray &name)
{
    return QString::fromLatin1(name);
}

/// The parts of a commit object that a replay keeps.
struct Original
{
    QByteArray tree;
    QList<QByteArray> parents;
    QByteArray authorName;
    QByteArray authorEmail;
    QByteArray authorDate; ///< "1700000000 +0100"
    QByteArray message;
};

Original parseCommit(const QByteArray &raw)
{
    Original commit;
    const qsizetype end = raw.indexOf("\n\n");
    for (const QByteArray &line : raw.left(end).split('\n')) {
        if (line.startsWith("tree "))
            commit.tree = line.mid(5);
        else if (line.startsWith("parent "))
            commit.parents += line.mid(7);
        else if (line.startsWith("author ")) {
            const qsizetype open = line.indexOf('<');
            const qsizetype close = line.indexOf("> ", open);
            commit.authorName = line.mid(7, open - 8);
            commit.authorEmail = line.mid(open + 1, close - open - 1);
            commit.authorDate = line.mid(close + 2);
        }
    }
    commit.message = end < 0 ? QByteArray() : raw.mid(end + 2);
    return commit;
}

Result<QByteArray> writeCommit(const Git &git, const QByteArray &tree, const QByteArray &parent,
                               const Original *original, bool sign)
{
    QStringList arguments{u"commit-tree"_s, text(tree)};
    if (!parent.isEmpty())
        arguments += {u"-p"_s, text(parent)};
    if (sign)
        arguments += u"-S"_s;
    arguments += {u"-F"_s, u"-"_s};
    QList<QByteArray> environment;
    if (original) {
        environment = {"GIT_AUTHOR_NAME=" + original->authorName, "GIT_AUTHOR_EMAIL=" + original->authorEmail,
                       "GIT_AUTHOR_DATE=@" + original->authorDate};
    }
    AC_ASSIGN(const QByteArray name,
              git.output(u"git commit-tree"_s,
                         {.arguments = arguments,
                          .access = GitAccess::Write,
                          .input = original ? original->message : QByteArray("merge base\n"),
                          .environment = environment,
                          .holdsLock = true}));
    return name.trimmed();
}

} // namespace

/// git 2.39's merge-tree takes no merge base: so both
/// sides become throw-away commits on a common throw-away parent that has it.
Result<QByteArray> mergeTrees(const Git &git, const QByteArray &base, const QByteArray &theirs, const QByteArray &mine)
{
    AC_ASSIGN(const QByteArray parent, writeCommit(git, base, {}, nullptr, false));
    AC_ASSIGN(const QByteArray left, writeCommit(git, theirs, parent, nullptr, false));
    AC_ASSIGN(const QByteArray right, writeCommit(git, mine, parent, nullptr, false));
    AC_ASSIGN(const ProcessOutput merged,
              git.call({.arguments = {u"merge-tree"_s, u"--write-tree"_s, u"--name-only"_s, u"-z"_s, u"--no-messages"_s,
                                      text(left), text(right)},
                        .access = GitAccess::Write,
                        .holdsLock = true}));
    const QList<QByteArray> parts = merged.output.split('\0');
    if (merged.succeeded())
        return parts.value(0).trimmed();
    if (merged.signal == 0 && merged.exitCode == 1) {
        QStringList files;
        for (const QByteArray &path : parts.sliced(1))
            if (!path.isEmpty())
                files += displayPath(path);
        return Error{ErrorKind::Conflict, u"both sides changed %1"_s.arg(files.join(u", "_s))};
    }
    return classifyGitFailure(u"git merge-tree"_s, merged);
}

Result<Rebased> rebaseInMemory(const Git &git, const QByteArray &base, const QByteArray &tip, const QByteArray &onto,
                               bool sign, int limit)
{
    AC_ASSIGN(const QByteArray listed,
              git.read({u"rev-list"_s, u"--reverse"_s, u"--topo-order"_s, text(base + ".." + tip)}));
    const QList<QByteArray> commits = listed.trimmed().split('\n');
    if (commits.size() > limit)
        return Error{ErrorKind::Conflict,
                     u"%1 local commits would have to be replayed; that many are left to you"_s.arg(commits.size())};
    Rebased result{.tip = onto};
    QByteArray &at = result.tip;
    for (const QByteArray &name : commits) {
        AC_ASSIGN(const QByteArray raw, git.read({u"cat-file"_s, u"commit"_s, text(name)}));
        const Original original = parseCommit(raw);
        if (original.parents.size() != 1)
            return Error{
                ErrorKind::Conflict,
                u"the local commits contain a merge (%1); replaying it is left to you"_s.arg(text(name.left(12)))};
        AC_ASSIGN(const QByteArray baseTree, git.read({u"rev-parse"_s, text(original.parents[0] + "^{tree}")}));
        AC_ASSIGN(const QByteArray ontoTree, git.read({u"rev-parse"_s, text(at + "^{tree}")}));
        AC_ASSIGN(const QByteArray tree, mergeTrees(git, baseTree.trimmed(), ontoTree.trimmed(), original.tree));
        if (tree == ontoTree.trimmed()) { // the hub has the same change already
            result.renamed.insert(name, {});
            continue;
        }
        AC_ASSIGN(at, writeCommit(git, tree, at, &original, sign));
        result.renamed.insert(name, at);
    }
    return result;
}

} // namespace AutoCommit
