#include "core/engine/scopehabit.h"
#include "core/engine/typing.h"
#include "core/stages/stages.h"

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

class Analyze final : public ChangeStage
{
public:
    StageId id() const override { return StageId::Analyze; }

    Result<Next> apply(ChangeContext &change) const override
    {
        if (change.plan.isEmpty())
            return Next::Continue;
        AC_ASSIGN(const Typist typist, Typist::make(change.history));
        for (PlannedCommit &planned : change.plan) {
            const TypeVerdict verdict = typist.classify(change.changes, planned.files);
            planned.type = verdict.name();
            planned.scope = QString::fromUtf8(usualScope(change.changes, planned.files, change.history));
            const double sure = verdict.probability[static_cast<std::size_t>(verdict.type)];
            change.decided(id(),
                           u"%1 files: %2, %3 % sure"_s.arg(planned.files.size())
                               .arg(planned.type)
                               .arg(static_cast<int>(100 * sure)));
        }
        return Next::Continue;
    }
};

} // namespace

ChangeStagePtr makeAnalyze()
{
    return std::make_unique<Analyze>();
}

} // namespace AutoCommit
