#include "core/stages/stages.h"

#include "core/base/cleantext.h"
#include "core/release/manifest.h"
#include "core/stages/committree.h"
#include "core/stages/synchronise.h"

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
        if (repo.settings.tagVersions && !repo.options.dryRun)
            AC_TRY(tagVersions(repo));
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

    /// Only what the hub has is tagged: before that a rebase may still make another commit of it. A repository with one
    /// version has tags like v1.2.0 (never signed: that could ask somebody for a passphrase); where several manifests
    /// moved at once, none speaks for all.
    static Status tagVersions(RepoContext &repo)
    {
        QStringList versions;
        for (const VersionChange &change : std::as_const(repo.versions))
            versions += change.to;
        versions.removeDuplicates();
        if (versions.size() != 1 || repo.needsPush)
            return {};
        const QString name = versions.first().startsWith(u'v') ? versions.first() : u'v' + versions.first();
        const VersionChange &change = repo.versions.first();
        const QString text = change.package.isEmpty() ? name : change.package + u' ' + change.to;
        AC_ASSIGN(const ProcessOutput made,
                  repo.git.call({.arguments = {u"tag"_s, u"-a"_s, u"--no-sign"_s, u"-m"_s, text, name,
                                               QString::fromLatin1(change.commit)},
                                 .access = GitAccess::Write,
                                 .environment = identityOf(repo.settings),
                                 .holdsLock = true}));
        if (!made.succeeded()) {
            repo.decided(StageId::VersionDetect, u"not tagged %1: %2"_s.arg(name, cleanLine(made.errors)));
            return {};
        }
        repo.decided(StageId::VersionDetect, u"tagged %1"_s.arg(name));
        if (!repo.pushed)
            return {};
        AC_ASSIGN(const std::optional<Upstream> upstream, findUpstream(repo.config, repo.status.branch, repo.settings));
        return upstream ? Hub(repo.git, *upstream, repo.hubs, wallNanoseconds(repo)).pushTag(name.toUtf8()) : Status();
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
