#include "core/stages/stages.h"

#include "core/release/manifest.h"
#include "core/stages/tags.h"

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

class VersionDetect final : public Stage
{
public:
    StageId id() const override { return StageId::VersionDetect; }

    Result<Next> run(RepoContext &repo) const override
    {
        for (const ReportedCommit &commit : repo.commits)
            for (const QByteArray &path : commit.paths)
                if (isManifest(path))
                    AC_TRY(compare(repo, commit, path));
        if (!repo.options.dryRun)
            AC_TRY(settleTags(repo));
        return Next::Continue;
    }

private:
    static Status compare(RepoContext &repo, const ReportedCommit &commit, const QByteArray &path)
    {
        const FileChange *change = find(repo.changes, path);
        if (!change || change->newBlob.isEmpty() || change->newMode == 0160000)
            return {};
        AC_ASSIGN(const auto now, versionIn(repo, path, change->newBlob));
        if (!now)
            return {};
        std::optional<PackageVersion> before;
        if (!change->oldBlob.isEmpty()) {
            AC_ASSIGN(before, versionIn(repo, path, change->oldBlob));
        }
        if (before && before->version == now->version)
            return {};
        repo.versions.append({.manifest = path,
                              .package = now->name,
                              .from = before ? before->version : QString(),
                              .to = now->version,
                              .registry = now->registry,
                              .commit = commit.sha});
        repo.decided(StageId::VersionDetect,
                     u"%1: version %2"_s.arg(QString::fromUtf8(path),
                                             before ? before->version + u" -> "_s + now->version : now->version));
        return {};
    }

    static const FileChange *find(const ChangeSet &changes, const QByteArray &path)
    {
        for (const FileChange &file : changes.files)
            if (file.path == path)
                return &file;
        return nullptr;
    }

    static Result<std::optional<PackageVersion>> versionIn(const RepoContext &repo, const QByteArray &path,
                                                           const QByteArray &blob)
    {
        AC_ASSIGN(const QByteArray content, repo.git.read({u"cat-file"_s, u"blob"_s, QString::fromLatin1(blob)}));
        return readManifest(path, content);
    }
};

} // namespace

StagePtr makeVersionDetect()
{
    return std::make_unique<VersionDetect>();
}

} // namespace AutoCommit
