#include "core/sync/movejudge.h"

#include <QFile>

#include <sys/stat.h>
#include <unistd.h>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// The mode that git would store for what is there.
quint32 modeOf(const FileStamp &there)
{
    if (there.isSymlink())
        return 0120000;
    return (there.mode & S_IXUSR) != 0 ? 0100755 : 0100644;
}

QByteArray linkTarget(const QByteArray &absolute, qint64 size)
{
    QByteArray text(static_cast<qsizetype>(size) + 1, '\0');
    const auto length = ::readlink(absolute.constData(), text.data(), static_cast<size_t>(text.size()));
    text.truncate(std::max<qsizetype>(0, length));
    return text;
}

} // namespace

MoveJudge::MoveJudge(const Git &git, const QList<MovedPath> &moved, bool goalIsTo)
    : m_git(git)
    , m_moved(moved)
    , m_goalIsTo(goalIsTo)
{
    for (const MovedPath &entry : moved)
        m_names.insert(entry.path);
}

Status MoveJudge::readTree()
{
    QList<QByteArray> together;
    for (const MovedPath &entry : std::as_const(m_moved)) {
        const FileStamp there = stampInWorkTree(m_git, entry.path);
        if (there.isRegular() && !entry.path.contains('\n') && !entry.path.startsWith('"')) {
            together += entry.path;
        } else if (there.isRegular() || there.isSymlink()) {
            AC_ASSIGN(const QByteArray blob, hashAlone(entry.path, there));
            m_blobs.insert(entry.path, blob);
        }
    }
    if (together.isEmpty())
        return {};
    AC_ASSIGN(const QByteArray output, m_git.read({u"hash-object"_s, u"--stdin-paths"_s}, together.join('\n') + '\n'));
    const QList<QByteArray> blobs = output.trimmed().split('\n');
    for (qsizetype i = 0; i < std::min(together.size(), blobs.size()); ++i)
        m_blobs.insert(together[i], blobs[i]);
    return {};
}

/// Links, and the names that --stdin-paths cannot take: as bytes, without filters.
Result<QByteArray> MoveJudge::hashAlone(const QByteArray &path, const FileStamp &there) const
{
    QByteArray content;
    if (there.isSymlink()) {
        content = linkTarget(inWorkTree(m_git, path), there.size);
    } else {
        QFile file(QFile::decodeName(inWorkTree(m_git, path)));
        if (!file.open(QIODevice::ReadOnly))
            return Error{ErrorKind::IoError, u"a file with an unusual name cannot be read"_s};
        content = file.readAll();
    }
    AC_ASSIGN(const QByteArray name, m_git.read({u"hash-object"_s, u"--stdin"_s}, content));
    return name.trimmed();
}

Result<MoveJudge::Content> MoveJudge::judge(const MovedPath &entry) const
{
    const FileStamp there = stampInWorkTree(m_git, entry.path);
    const quint32 goalMode = m_goalIsTo ? entry.toMode : entry.fromMode;
    if (!there.exists)
        return goalMode == 0 ? Content::Goal : Content::Ours;
    if (there.isDirectory()) {
        if (!isFileMode(goalMode))
            return Content::Goal;
        const QByteArray foreign
            = firstForeign(m_git, entry.path, [this](const QByteArray &path) { return m_names.contains(path); });
        return foreign.isEmpty() ? Content::Ours : Content::Users;
    }
    if (!there.isRegular() && !there.isSymlink())
        return Content::Users;
    return judgeFile(entry, there);
}

Result<MoveJudge::Content> MoveJudge::judgeFile(const MovedPath &entry, const FileStamp &there) const
{
    const quint32 mode = modeOf(there);
    const quint32 goalMode = m_goalIsTo ? entry.toMode : entry.fromMode;
    const quint32 otherMode = m_goalIsTo ? entry.fromMode : entry.toMode;
    const QByteArray blob = m_blobs.value(entry.path);
    const auto is = [&](quint32 endMode, const QByteArray &endBlob) {
        return isFileMode(endMode) && blob == endBlob && (mode == 0120000) == (endMode == 0120000);
    };
    const bool goal = is(goalMode, m_goalIsTo ? entry.toBlob : entry.fromBlob);
    const bool other = is(otherMode, m_goalIsTo ? entry.fromBlob : entry.toBlob);
    if (goal && (mode == goalMode || !other || mode != otherMode))
        return Content::Goal; // with a mode of neither end: the user's chmod is an edit like any other
    if (goal || other || there.size == 0)
        return Content::Ours;
    if (!there.isRegular())
        return Content::Users;
    AC_ASSIGN(const bool ofTo, isBeginningOf(entry.path, entry.toMode, entry.toBlob));
    if (ofTo)
        return Content::Ours;
    AC_ASSIGN(const bool ofFrom, isBeginningOf(entry.path, entry.fromMode, entry.fromBlob)); // the healing was killed
    return ofFrom ? Content::Ours : Content::Users;
}

Result<bool> MoveJudge::isAtGoal(const MovedPath &entry) const
{
    AC_ASSIGN(const Content content, judge(entry));
    if (content == Content::Goal)
        return true;
    const quint32 goalMode = m_goalIsTo ? entry.toMode : entry.fromMode;
    if (!isFileMode(goalMode) || !stampInWorkTree(m_git, entry.path).isRegular())
        return false;
    AC_ASSIGN(const QByteArray target, filtered(entry.path, m_goalIsTo ? entry.toBlob : entry.fromBlob));
    QFile file(QFile::decodeName(inWorkTree(m_git, entry.path)));
    return file.open(QIODevice::ReadOnly) && target == file.readAll();
}

/// As git writes it into the work tree.
Result<QByteArray> MoveJudge::filtered(const QByteArray &path, const QByteArray &blob) const
{
    return m_git.read(
        {u"cat-file"_s, u"--filters"_s, u"--path="_s + QString::fromUtf8(path), QString::fromLatin1(blob)});
}

/// A file that was being written when the process died holds the beginning of what it was to hold.
Result<bool> MoveJudge::isBeginningOf(const QByteArray &path, quint32 mode, const QByteArray &blob) const
{
    if (!isFileMode(mode))
        return false;
    AC_ASSIGN(const QByteArray target, filtered(path, blob));
    QFile file(QFile::decodeName(inWorkTree(m_git, path)));
    return file.open(QIODevice::ReadOnly) && target.startsWith(file.readAll());
}

} // namespace AutoCommit
