#include "core/recovery/rehearsal.h"

#include "core/git/filestamp.h"
#include "core/git/indexfile.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <unistd.h>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 maxBytes = 256LL << 20;
constexpr int maxPathsRehearsed = 20000;

Status writeFile(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (QDir().mkpath(QFileInfo(path).path()) && file.open(QIODevice::WriteOnly)
        && file.write(content) == content.size() && file.flush())
        return {};
    return Error{ErrorKind::IoError, u"%1 cannot be written"_s.arg(path)};
}

/// A file or a link; anything else is not copied.
void copyOver(const QByteArray &from, const QByteArray &to)
{
    const FileStamp there = FileStamp::of(from);
    const QString target = QFile::decodeName(to);
    QDir().mkpath(QFileInfo(target).path());
    if (there.isSymlink()) {
        QByteArray link(4096, '\0');
        const ssize_t length = ::readlink(from.constData(), link.data(), static_cast<std::size_t>(link.size()));
        if (length > 0)
            (void)::symlink(link.left(length).constData(), to.constData());
    } else if (there.isRegular()) {
        QFile::copy(QFile::decodeName(from), target);
    }
}

/// Copies of programs that were killed; this user's alone, and none that may still be in use.
void removeLeftOver()
{
    const QDateTime old = QDateTime::currentDateTime().addSecs(-3600);
    const QFileInfoList found
        = QDir(QDir::tempPath()).entryInfoList({u"auto-commit-rehearsal-*"_s}, QDir::Dirs | QDir::NoSymLinks);
    for (const QFileInfo &directory : found)
        if (directory.ownerId() == ::geteuid() && directory.lastModified() < old)
            QDir(directory.filePath()).removeRecursively();
}

} // namespace

Result<std::unique_ptr<Rehearsal>> Rehearsal::make(const Git &original, const Of &of)
{
    removeLeftOver();
    std::unique_ptr<Rehearsal> rehearsal(new Rehearsal(original));
    if (!rehearsal->m_directory.isValid())
        return Error{ErrorKind::IoError, u"a directory for the rehearsal cannot be made"_s};
    AC_TRY(rehearsal->checkSize(of));
    AC_TRY(rehearsal->layOut(of));
    return rehearsal;
}

Status Rehearsal::checkSize(const Of &of) const
{
    AC_ASSIGN(const QByteArray list,
              m_original.read({u"ls-tree"_s, u"-r"_s, u"-l"_s, u"-z"_s, QString::fromLatin1(of.head)}));
    qint64 bytes = 0;
    const QList<QByteArray> entries = list.split('\0');
    for (const QByteArray &entry : entries)
        bytes += entry.left(entry.indexOf('\t')).simplified().split(' ').value(3).toLongLong();
    if (entries.size() > maxPathsRehearsed || bytes > maxBytes)
        return Error{ErrorKind::OutOfResources, u"the checkout is too large to rehearse on a copy"_s};
    return {};
}

Status Rehearsal::layOut(const Of &of)
{
    const QString top = QFileInfo(m_directory.path()).canonicalFilePath() + u"/checkout"_s;
    const QString dir = top + u"/.git"_s;
    const QString common = m_original.location().commonDir;
    const bool sha256 = of.nameLength == 64;
    const QByteArray config = sha256
        ? QByteArray("[core]\n\trepositoryformatversion = 1\n\tbare = false\n[extensions]\n\tobjectformat = sha256\n")
        : QByteArray("[core]\n\trepositoryformatversion = 0\n\tbare = false\n");
    AC_TRY(writeFile(dir + u"/config"_s, config));
    AC_TRY(writeFile(dir + u"/HEAD"_s, "ref: " + of.branchRef + '\n'));
    AC_TRY(writeFile(dir + u"/objects/info/alternates"_s, QFile::encodeName(common + u"/objects"_s) + '\n'));
    AC_TRY(writeFile(dir + u'/' + QFile::decodeName(of.branchRef), of.head + '\n'));
    if (!of.trackingRef.isEmpty()) {
        AC_ASSIGN(const QByteArray at,
                  m_original.read({u"rev-parse"_s, u"--verify"_s, u"-q"_s, QString::fromUtf8(of.trackingRef)}));
        AC_TRY(writeFile(dir + u'/' + QFile::decodeName(of.trackingRef), at.trimmed() + '\n'));
    }
    if (QFile::exists(common + u"/shallow"_s))
        QFile::copy(common + u"/shallow"_s, dir + u"/shallow"_s);
    QDir().mkpath(dir + u"/refs/heads"_s);
    QDir().mkpath(dir + u"/auto-commit"_s);
    AC_ASSIGN(RepoLocation location, locateRepository(top));
    m_git = std::make_unique<Git>(m_original.at(location));
    m_git->setOverrides(of.settings);
    AC_TRY(m_git->output(u"rehearsal"_s,
                         {.arguments = {u"read-tree"_s, u"-m"_s, u"-u"_s, QString::fromLatin1(emptyTree(of.nameLength)),
                                        QString::fromLatin1(of.head)},
                          .access = GitAccess::Write}));
    return {};
}

Status Rehearsal::mirror(const QList<QByteArray> &paths)
{
    const QByteArray from = QFile::encodeName(m_original.location().workTree) + '/';
    const QByteArray to = QFile::encodeName(m_git->location().workTree) + '/';
    const auto bring = [&](const QByteArray &path) {
        if (!FileStamp::of(to + path).exists && FileStamp::of(from + path).exists
            && !FileStamp::of(from + path).isDirectory())
            copyOver(from + path, to + path);
    };
    for (const QByteArray &path : paths) {
        for (qsizetype slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1))
            bring(path.left(slash));
        bring(path);
        if (FileStamp::of(from + path).isDirectory())
            for (const QByteArray &name : namesIn(from + path))
                bring(path + '/' + name);
    }
    return {};
}

} // namespace AutoCommit
