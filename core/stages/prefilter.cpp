#include "core/stages/stages.h"

#include "core/base/cleantext.h"
#include "core/pipeline/checkoutgate.h"
#include "core/stages/candidates.h"
#include "core/stages/capture.h"
#include "core/stages/filterattributes.h"
#include "core/stages/inspection.h"
#include "core/stages/renamehalves.h"
#include "core/stages/submodules.h"

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

class PreFilter final : public Stage
{
public:
    StageId id() const override { return StageId::PreFilter; }

    Result<Next> run(RepoContext &repo) const override
    {
        if (repo.status.isClean())
            return Next::Continue;
        repo.gate = checkoutGate(repo.settings, repo.git.location().workTree, repo.salt);
        QList<Candidate> candidates = chooseCandidates(repo);
        AC_TRY(dropUnusableFilters(repo, candidates));
        AC_TRY(waitUntilQuiet(repo, candidates));
        AC_ASSIGN(QList<Inspected> passed, inspectAll(repo, candidates));
        AC_TRY(holdRenameHalves(repo, passed));
        AC_ASSIGN(const QList<IndexEntry> pointers, submodulePointers(repo));
        AC_TRY(captureSnapshot(repo, passed, pointers));
        for (const Exclusion &entry : repo.excluded)
            repo.decided(id(), u"left out %1: %2"_s.arg(displayPath(entry.path), entry.reason));
        return Next::Continue;
    }

private:
    static Result<QList<Inspected>> inspectAll(RepoContext &repo, const QList<Candidate> &candidates)
    {
        QList<Inspected> passed;
        for (const Candidate &candidate : candidates) {
            if (candidate.deleted) {
                passed.append({.file = candidate});
                continue;
            }
            const Result<Inspection> inspection = inspectFile(repo, candidate.path, candidate.stamp);
            if (!inspection) {
                repo.exclude(candidate.path, u"being-written"_s,
                             u"it changed while it was read; the next run takes it"_s);
                continue;
            }
            AC_ASSIGN(const auto objection, objectionTo(repo, candidate.path, inspection->verdict, candidate.headBlob));
            if (objection) {
                repo.excluded += *objection;
                continue;
            }
            AC_ASSIGN(const QStringList allowed,
                      newlyAllowed(repo, candidate.path, inspection->verdict, candidate.headBlob));
            for (const QString &text : allowed)
                repo.warn(StageId::PreFilter, text);
            passed.append({.file = candidate, .blob = inspection->blob});
        }
        return passed;
    }
};

} // namespace

StagePtr makePreFilter()
{
    return std::make_unique<PreFilter>();
}

} // namespace AutoCommit
