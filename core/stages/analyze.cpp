#include "core/engine/scopehabit.h"
#include "core/engine/typing.h"
#include "core/stages/stages.h"

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

class Analyze final : public Stage
{
public:
    StageId id() const override { return StageId::Analyze; }

    Result<Next> run(RepoContext &repo) const override
    {
        if (repo.plan.isEmpty())
            return Next::Continue;
        AC_ASSIGN(const Typist typist, Typist::make(repo.history));
        for (PlannedCommit &planned : repo.plan) {
            const TypeVerdict verdict = typist.classify(repo.changes, planned.files);
            planned.type = verdict.name();
            planned.scope = QString::fromUtf8(usualScope(repo.changes, planned.files, repo.history));
            const double sure = verdict.probability[static_cast<std::size_t>(verdict.type)];
            repo.decided(id(),
                         u"%1 files: %2, %3 % sure"_s.arg(planned.files.size())
                             .arg(planned.type)
                             .arg(static_cast<int>(100 * sure)));
        }
        return Next::Continue;
    }
};

} // namespace

StagePtr makeAnalyze()
{
    return std::make_unique<Analyze>();
}

} // namespace AutoCommit
