#include "core/service/filescan.h"

#include "core/git/addedblobs.h"
#include "core/git/indexfile.h"
#include "core/git/locate.h"
#include "core/privacy/scanstream.h"

#include <QDirIterator>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 pieceSize = 1 << 20;

/// The files below a directory that git tracks or would add, relative to it.
Result<QList<QByteArray>> filesForGit(const GitTools &tools, const RepoLocation &location, const QString &directory,
                                      const CancelToken &cancel)
{
    const Git git(tools, location, cancel);
    const QString below = QDir(location.workTree).relativeFilePath(directory);
    AC_ASSIGN(const QByteArray output,
              git.output(u"git ls-files"_s,
                         {.arguments = {u"ls-files"_s, u"-z"_s, u"--cached"_s, u"--others"_s, u"--exclude-standard"_s,
                                        u"--deduplicate"_s, u"--"_s, below},
                          .outputLimit = 512 << 20}));
    const QByteArray prefix = below == u"."_s ? QByteArray() : QFile::encodeName(below) + '/';
    QList<QByteArray> files;
    for (const QByteArray &path : output.split('\0')) {
        if (path.startsWith(prefix) && path.size() > prefix.size())
            files += path.mid(prefix.size());
    }
    return files;
}

QList<QByteArray> filesBelow(const QString &directory)
{
    QList<QByteArray> files;
    QDirIterator iterator(directory, QDir::Files | QDir::Hidden | QDir::NoSymLinks | QDir::NoDotAndDotDot,
                          QDirIterator::Subdirectories);
    while (iterator.hasNext()) {
        const QString path = QDir(directory).relativeFilePath(iterator.next());
        if (path.startsWith(".git/"_L1) || path.contains("/.git/"_L1))
            continue;
        files += QFile::encodeName(path);
    }
    std::ranges::sort(files);
    return files;
}

} // namespace

FileScan::FileScan(Gate gate, CancelToken cancel, Progress progress)
    : m_gate(std::move(gate))
    , m_cancel(std::move(cancel))
    , m_progress(std::move(progress))
{ }

Status FileScan::addFile(const QString &file, const QByteArray &path, const QByteArray &shown)
{
    if (m_cancel.isCancelled())
        return Error{ErrorKind::Cancelled, u"cancelled"_s};
    const QFileInfo info(file);
    if (info.isSymLink() || !info.isFile())
        return {};
    QFile content(file);
    if (!content.open(QIODevice::ReadOnly))
        return pass(path, shown, content.errorString());
    ScanStream stream = m_gate.scanner().stream({.path = path});
    while (!content.atEnd()) {
        const QByteArray piece = content.read(pieceSize);
        if (piece.isEmpty())
            return pass(path, shown, content.errorString());
        m_summary.bytes += piece.size();
        stream.feed(piece);
    }
    take(path, shown, stream.finish());
    return {};
}

Status FileScan::addDirectory(const QString &directory, const GitTools &tools, const QByteArray &shown)
{
    const QString root = QFileInfo(directory).canonicalFilePath();
    QList<QByteArray> files;
    if (const Result<RepoLocation> location = locateRepository(root)) {
        AC_ASSIGN(files, filesForGit(tools, *location, root, m_cancel));
    } else {
        files = filesBelow(root);
    }
    for (const QByteArray &path : std::as_const(files))
        AC_TRY(addFile(root + u'/' + QFile::decodeName(path), path, shown.isEmpty() ? path : shown + '/' + path));
    return {};
}

Status FileScan::addStaged(const Git &git)
{
    const Result<QByteArray> head = git.read({u"rev-parse"_s, u"--verify"_s, u"-q"_s, u"HEAD"_s});
    const QByteArray base = head ? head->trimmed() : emptyTree(40); // nothing is committed yet
    AC_ASSIGN(const QByteArray output,
              git.output(u"git diff-index"_s,
                         {.arguments = {u"diff-index"_s, u"--cached"_s, u"--raw"_s, u"-r"_s, u"-z"_s, u"--no-abbrev"_s,
                                        u"--no-renames"_s, u"--diff-filter=d"_s, QString::fromLatin1(base), u"--"_s}}));
    QList<Blob> blobs;
    const QList<QByteArray> fields = output.split('\0');
    for (qsizetype i = 0; i + 1 < fields.size(); i += 2) {
        const QList<QByteArray> parts = fields[i].split(' ');
        if (parts.value(1) != "160000")
            blobs.append({.path = fields[i + 1], .name = parts.value(3)});
    }
    return addBlobs(git, blobs);
}

Status FileScan::addRange(const Git &git, const QString &range)
{
    if (range.startsWith(u'-'))
        return Error{ErrorKind::Usage, u"\"%1\" is not a range of commits"_s.arg(range)};
    const Result<AddedToHistory> added = addedToHistory(git, {range});
    if (!added)
        return Error{ErrorKind::Usage, u"\"%1\" is not a range of commits here"_s.arg(range), added.error().detail};
    QList<Blob> blobs;
    for (const AddedBlob &blob : added->blobs)
        blobs.append({.path = blob.path, .name = blob.name});
    for (const AddedMessage &message : added->messages)
        addContent("message of commit " + message.commit.left(12), message.text);
    return addBlobs(git, blobs);
}

void FileScan::addContent(const QByteArray &path, QByteArrayView content)
{
    m_summary.bytes += content.size();
    take(path, path, m_gate.scanner().scan(content, {.path = path}));
}

Status FileScan::addBlobs(const Git &git, const QList<Blob> &blobs)
{
    QList<QByteArray> names;
    for (const Blob &blob : blobs)
        names += blob.name;
    std::optional<ScanStream> stream;
    return readBlobs(git, names, [&](qsizetype index, QByteArrayView piece) {
        const QByteArray &path = blobs[index].path;
        if (!stream)
            stream.emplace(m_gate.scanner().stream({.path = path}));
        m_summary.bytes += piece.size();
        if (!piece.isEmpty()) {
            stream->feed(piece);
            return;
        }
        take(path, path, stream->finish());
        stream.reset();
    });
}

/// Its name is judged all the same.
Status FileScan::pass(const QByteArray &path, const QByteArray &shown, const QString &why)
{
    m_summary.unread.append({.path = m_gate.shownPath(shown), .why = why});
    take(path, shown, {});
    return {};
}

void FileScan::take(const QByteArray &path, const QByteArray &shown, Findings findings)
{
    ++m_summary.files;
    PathJudgement name = m_names.judge(path);
    if (!findings.isEmpty() || name.blocks())
        m_summary.told.append(
            {.path = m_gate.shownPath(shown), .findings = std::move(findings), .name = std::move(name)});
    if (m_progress)
        m_progress(m_summary);
}

} // namespace AutoCommit
