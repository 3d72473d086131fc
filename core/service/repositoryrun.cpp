#include "core/service/repositoryrun.h"

#include "core/base/pathtext.h"
#include "core/service/pauses.h"

#include <QDir>
#include <QFileInfo>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// A dry run must not change a byte of the repository: its index and the objects it makes go to a scratch directory,
/// which reads the repository's own objects through an alternate.
Status useScratch(RepoContext &repo)
{
    repo.scratch = std::make_unique<QTemporaryDir>(QDir::tempPath() + u"/auto-commit-XXXXXX"_s);
    const QString objects = repo.scratch->path() + u"/objects"_s;
    if (!repo.scratch->isValid() || !QDir().mkpath(objects))
        return Error{ErrorKind::IoError, u"%1: cannot create a scratch directory"_s.arg(QDir::tempPath())};
    repo.git.setEnvironment(
        {"GIT_OBJECT_DIRECTORY=" + QFile::encodeName(objects),
         "GIT_ALTERNATE_OBJECT_DIRECTORIES=" + QFile::encodeName(repo.git.location().commonDir + u"/objects"_s)});
    return {};
}

RunReport failure(const QString &path, const Error &error)
{
    return {.path = path, .state = RunState::Failed, .reason = error.message, .error = error};
}

RepoContext makeContext(const RepoLocation &location, const RunParts &parts, const CancelToken &cancel)
{
    RepoContext repo({.clock = parts.clock,
                      .cancel = cancel,
                      .models = parts.models,
                      .keepAnswers = !parts.options.dryRun,
                      .waitFile = parts.options.dryRun ? QString() : location.stateDir() + u"/waits-for-model"_s,
                      .repository = QFileInfo(location.workTree).fileName(),
                      .settings = parts.settings.settings},
                     Git(parts.tools, location, cancel), parts.settings);
    repo.options = parts.options;
    repo.salt = parts.salt;
    repo.hubs = parts.hubs;
    repo.recovery = parts.recovery;
    return repo;
}

} // namespace

RunReport runRepository(const QString &path, const RunParts &parts, const CancelToken &cancel,
                        const StageObserver &observer)
{
    const Result<RepoLocation> location = locateRepository(path);
    if (!location)
        return failure(path, location.error());
    RepoContext repo = makeContext(*location, parts, cancel);
    if (parts.options.dryRun) {
        if (const Status ready = useScratch(repo); !ready)
            return failure(location->workTree, ready.error());
    }
    RunReport report = runStory(parts.story, repo, observer);
    if (parts.pauses && parts.pauses->hasHeld(repoIdFor(QFile::encodeName(location->commonDir))))
        report.state = RunState::Skipped;
    return report;
}

Entered surveyRepository(const QString &path, const RunParts &parts, const CancelToken &cancel,
                         const StageObserver &observer)
{
    const Result<RepoLocation> location = locateRepository(path);
    if (!location)
        return {.report = failure(path, location.error())};
    RepoContext repo = makeContext(*location, parts, cancel);
    return enterStory(parts.story, repo, observer);
}

} // namespace AutoCommit
