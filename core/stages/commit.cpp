#include "core/stages/stages.h"

#include "core/base/cleantext.h"
#include "core/git/giterrors.h"
#include "core/git/hooks.h"
#include "core/git/landing.h"
#include "core/stages/committree.h"
#include "core/stages/hookecho.h"
#include "core/stages/untold.h"

#include <QHash>
#include <QSet>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// The commits of one run, made one on top of the other and landed together: a kill leaves all of them or none.
class Commit final : public Stage
{
public:
    StageId id() const override { return StageId::Commit; }

    Result<Next> run(RepoContext &repo) const override
    {
        if (repo.plan.isEmpty())
            return Next::Continue;
        if (repo.options.dryRun) {
            report(repo, reported(repo, {}));
            return Next::Continue;
        }
        CommitMaker maker(repo);
        std::optional<HookEcho> echo;
        if (maker.runsHooks())
            AC_TRY(echo.emplace(repo).check());
        AC_TRY(maker.prepare());
        QList<QByteArray> made;
        for (PlannedCommit &planned : repo.plan) {
            AC_ASSIGN(const QByteArray commit, maker.make(planned));
            made += commit;
        }
        if (maker.tip() == repo.status.head)
            return Next::Continue; // every change was already there
        const QList<ReportedCommit> commits = reported(repo, made);
        AC_TRY(noteCommits(repo, commits, maker.tip()));
        AC_TRY(land(repo.git, maker.landing(made), repo.clock.wall().time_since_epoch().count()));
        repo.head = maker.tip();
        report(repo, commits);
        maker.afterwards();
        if (echo)
            echo->ended();
        return Next::Continue;
    }

private:
    /// A commit that came out empty (its change was already there) has no name and is not reported.
    static QList<ReportedCommit> reported(const RepoContext &repo, const QList<QByteArray> &made)
    {
        QList<ReportedCommit> commits;
        for (qsizetype i = 0; i < repo.plan.size(); ++i) {
            const PlannedCommit &planned = repo.plan[i];
            if (!repo.options.dryRun && made[i].isEmpty())
                continue;
            ReportedCommit commit{.sha = made.value(i),
                                  .subject = planned.subject,
                                  .body = planned.body,
                                  .source = planned.source,
                                  .model = planned.model,
                                  .why = planned.why};
            for (const qsizetype file : planned.files) {
                const FileChange &change = repo.changes.files[file];
                if (!change.oldPath.isEmpty())
                    commit.paths += change.oldPath;
                commit.paths += change.path;
            }
            commits += commit;
        }
        return commits;
    }

    static void report(RepoContext &repo, const QList<ReportedCommit> &commits)
    {
        for (const ReportedCommit &commit : commits)
            repo.decided(StageId::Commit,
                         u"%1 %2 (%3 files)"_s.arg(QString::fromLatin1(commit.sha.left(10)), commit.subject)
                             .arg(commit.paths.size()));
        repo.commits += commits;
    }
};

} // namespace

StagePtr makeCommit()
{
    return std::make_unique<Commit>();
}

} // namespace AutoCommit
