#include "core/stages/inspection.h"

#include "core/base/cleantext.h"

#include <QCryptographicHash>
#include <QFile>

#include <algorithm>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype pieceSize = 256 << 10;

/// git's name for a blob: the hash over "blob <size>\0" and the content.
class BlobHash
{
public:
    BlobHash(const RepoContext &repo, qint64 size)
        : m_hash(repo.nameLength == 64 ? QCryptographicHash::Sha256 : QCryptographicHash::Sha1)
    {
        m_hash.addData("blob " + QByteArray::number(size) + '\0');
    }
    void addData(const QByteArray &piece) { m_hash.addData(piece); }
    QByteArray name() const { return m_hash.result().toHex(); }

private:
    QCryptographicHash m_hash;
};

Error changed()
{
    return {ErrorKind::FileChanged, u"it changed while it was read"_s};
}

QByteArray linkText(const QByteArray &absolute, qint64 size)
{
    QByteArray text(static_cast<qsizetype>(size) + 1, '\0');
    const auto length = ::readlink(absolute.constData(), text.data(), static_cast<size_t>(text.size()));
    text.truncate(std::max<qsizetype>(0, length));
    return text;
}

} // namespace

Result<Inspection> inspectFile(const RepoContext &repo, const QByteArray &path, const FileStamp &stamp)
{
    const QByteArray absolute = repo.absolute(path);
    if (stamp.isSymlink()) {
        const QByteArray text = linkText(absolute, stamp.size);
        BlobHash hash(repo, text.size());
        hash.addData(text);
        return Inspection{.blob = hash.name(), .verdict = repo.gate.judge(path, text)};
    }
    QFile file;
    const int fd = ::open(absolute.constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    struct stat info
    { };
    if (fd < 0 || !file.open(fd, QIODevice::ReadOnly | QIODevice::Unbuffered, QFile::AutoCloseHandle)
        || ::fstat(fd, &info) != 0 || !S_ISREG(info.st_mode))
        return changed();
    BlobHash hash(repo, stamp.size);
    ContentJudge judge = repo.gate.judge(path);
    qint64 total = 0;
    for (QByteArray piece = file.read(pieceSize); !piece.isEmpty(); piece = file.read(pieceSize)) {
        total += piece.size();
        if (total > stamp.size)
            return changed();
        hash.addData(piece);
        judge.feed(piece);
    }
    if (total != stamp.size)
        return changed();
    return Inspection{.blob = hash.name(), .verdict = judge.finish()};
}

namespace {

Result<ContentVerdict> verdictOnHead(const RepoContext &repo, const QByteArray &path, const QByteArray &headBlob)
{
    if (headBlob.isEmpty() || headBlob.count('0') == headBlob.size())
        return ContentVerdict();
    AC_ASSIGN(const QByteArray content, repo.git.read({u"cat-file"_s, u"blob"_s, QString::fromLatin1(headBlob)}));
    return repo.gate.judge(path, content);
}

QString whoAllows(const Finding &finding)
{
    return finding.allowance == Allowance::Inline ? u"a comment on its line"_s
                                                  : u"this repository's .gitleaks.toml or .gitleaksignore"_s;
}

bool holds(const Findings &findings, const Finding &finding)
{
    return std::ranges::any_of(findings, [&](const Finding &old) { return old.fingerprint == finding.fingerprint; });
}

} // namespace

Result<QStringList> newlyAllowed(const RepoContext &repo, const QByteArray &path, const ContentVerdict &verdict,
                                 const QByteArray &headBlob)
{
    const auto byRepository = [](const Finding &finding) {
        return finding.allowance == Allowance::Inline || finding.allowance == Allowance::RepositoryPolicy;
    };
    if (std::ranges::none_of(verdict.allowed, byRepository))
        return QStringList();
    AC_ASSIGN(const ContentVerdict known, verdictOnHead(repo, path, headBlob));
    QStringList told;
    for (const Finding &finding : verdict.allowed)
        if (byRepository(finding) && !holds(known.allowed, finding) && !holds(known.findings, finding))
            told
                += u"%1: %2, and %3 lets it pass"_s.arg(displayPath(path), Gate::describe(finding), whoAllows(finding));
    return told;
}

Result<std::optional<Exclusion>> objectionTo(const RepoContext &repo, const QByteArray &path,
                                             const ContentVerdict &verdict, const QByteArray &headBlob)
{
    if (verdict.good())
        return std::optional<Exclusion>();
    AC_ASSIGN(const ContentVerdict known, verdictOnHead(repo, path, headBlob));
    if (verdict.conflictLine > 0 && known.conflictLine == 0)
        return std::optional(
            Exclusion{path, u"conflict-markers"_s,
                      u"it holds conflict markers (line %1); resolve them first"_s.arg(verdict.conflictLine)});
    for (const Finding &finding : verdict.findings) {
        if (!holds(known.findings, finding))
            return std::optional(
                Exclusion{path, u"secret:"_s + QString::fromLatin1(finding.rule), Gate::describe(finding)});
    }
    return std::optional<Exclusion>();
}

} // namespace AutoCommit
