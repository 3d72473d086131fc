#include "core/git/indexfile.h"

#include <QFile>
#include <QSet>

namespace AutoCommit {

using namespace Qt::StringLiterals;

IndexFile::IndexFile(const Git &git, QString path, qsizetype nameLength, QList<QByteArray> environment)
    : m_git(git)
    , m_path(std::move(path))
    , m_nameLength(nameLength)
    , m_environment(std::move(environment))
{ }

QList<QByteArray> IndexFile::environment() const
{
    return m_environment + QList<QByteArray>{"GIT_INDEX_FILE=" + QFile::encodeName(m_path)};
}

GitCall IndexFile::writing(const QStringList &arguments, const QByteArray &input) const
{
    return {.arguments = arguments,
            .access = GitAccess::Write,
            .input = input,
            .environment = environment(),
            .holdsLock = true,
            .durableIndex = m_path == m_git.location().gitDir + u"/index"_s};
}

Status IndexFile::readTree(const QByteArray &treeish) const
{
    const QString source = treeish.isEmpty() ? u"--empty"_s : QString::fromLatin1(treeish);
    AC_TRY(m_git.output(u"git read-tree"_s, writing({u"read-tree"_s, source})));
    return {};
}

Status IndexFile::set(const QList<IndexEntry> &entries) const
{
    if (entries.isEmpty())
        return {};
    QByteArray input; // "mode SP object SP stage TAB path NUL"; mode 0 removes
    const QByteArray nobody(m_nameLength, '0');
    for (const IndexEntry &entry : entries) {
        input += QByteArray::number(entry.mode, 8) + ' ' + (entry.blob.isEmpty() ? nobody : entry.blob) + " 0\t"
            + entry.path;
        input += '\0';
    }
    AC_TRY(m_git.output(u"git update-index"_s, writing({u"update-index"_s, u"-z"_s, u"--index-info"_s}, input)));
    return {};
}

Result<ProcessOutput> IndexFile::add(const QList<QByteArray> &paths) const
{
    return m_git.call(writing({u"add"_s, u"--ignore-errors"_s, u"--pathspec-from-file=-"_s, u"--pathspec-file-nul"_s},
                              joinNul(paths)));
}

Status IndexFile::resetPaths(const QByteArray &treeish, const QList<QByteArray> &paths) const
{
    AC_TRY(m_git.output(u"git reset"_s,
                        writing({u"reset"_s, u"-q"_s, u"--refresh"_s, u"--pathspec-from-file=-"_s,
                                 u"--pathspec-file-nul"_s, QString::fromLatin1(treeish)},
                                joinNul(paths))));
    return {};
}

Result<QByteArray> IndexFile::writeTree() const
{
    AC_ASSIGN(const QByteArray tree, m_git.output(u"git write-tree"_s, writing({u"write-tree"_s})));
    return tree.trimmed();
}

Result<QList<IndexEntry>> IndexFile::entries(const QList<QByteArray> &paths) const
{
    // ls-files takes paths as arguments only, whose bytes and number are limited: list all and pick.
    AC_ASSIGN(const QByteArray output,
              m_git.output(u"git ls-files"_s,
                           {.arguments = {u"ls-files"_s, u"-s"_s, u"-z"_s}, .environment = environment()}));
    const QSet<QByteArray> wanted(paths.begin(), paths.end());
    QList<IndexEntry> found;
    for (const QByteArray &line : output.split('\0')) { // "mode object stage TAB path"
        const qsizetype tab = line.indexOf('\t');
        const QByteArray path = line.mid(tab + 1);
        if (tab < 0 || !wanted.contains(path))
            continue;
        const QList<QByteArray> fields = line.left(tab).split(' ');
        found.append({.path = path, .mode = fields.value(0).toUInt(nullptr, 8), .blob = fields.value(1)});
    }
    return found;
}

Result<QList<IndexEntry>> IndexFile::differences(const QByteArray &treeish) const
{
    AC_ASSIGN(const QByteArray output,
              m_git.output(u"git diff-index"_s,
                           {.arguments
                            = {u"diff-index"_s, u"--cached"_s, u"--raw"_s, u"-r"_s, u"-z"_s, u"--no-renames"_s,
                               u"--no-abbrev"_s, u"--ignore-submodules=none"_s, QString::fromLatin1(treeish), u"--"_s},
                            .environment = environment()}));
    QList<IndexEntry> found;
    const QList<QByteArray> parts = output.split('\0');
    for (qsizetype i = 0; i + 1 < parts.size(); i += 2) { // ":old new oldsha newsha status NUL path NUL"
        const QList<QByteArray> fields = parts[i].mid(1).split(' ');
        const bool absent = fields.value(4) == "D";
        found.append({.path = parts[i + 1],
                      .mode = absent ? 0 : fields.value(1).toUInt(nullptr, 8),
                      .blob = absent ? QByteArray() : fields.value(3)});
    }
    return found;
}

QByteArray emptyTree(qsizetype nameLength)
{
    return nameLength == 64 ? "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321"
                            : "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
}

QByteArray joinNul(const QList<QByteArray> &paths)
{
    QByteArray joined;
    for (const QByteArray &path : paths) {
        joined += path;
        joined += '\0';
    }
    return joined;
}

} // namespace AutoCommit
