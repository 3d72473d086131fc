#include "core/model/modelwriter.h"

#include "core/model/analyst.h"
#include "core/model/effort.h"
#include "core/model/formatter.h"
#include "core/model/grouper.h"
#include "core/model/healer.h"

namespace AutoCommit {

namespace {

class ModelWriterOfTwo final : public ModelWriter
{
public:
    ModelWriterOfTwo(InferenceClient &client, const ModelNames &names, const Clock &clock)
        : m_asker(client, clock)
        , m_names{names.reasoning.isEmpty() ? names.instruct : names.reasoning,
                  names.instruct.isEmpty() ? names.reasoning : names.instruct, names.recovery}
    { }

    Result<ModelGroups> refineGroups(const GroupQuestion &question, const ModelTerms &terms) override
    {
        if (isWorthAsking(question))
            return askForGroups(m_asker, m_names.reasoning, question, terms);
        return ModelGroups{.groups = question.groups, .why = QStringList(question.groups.size())};
    }

    Result<ModelNotes> analyze(const MessageQuestion &question, const ModelTerms &terms) override
    {
        return takeNotes(m_asker, m_names, question, terms);
    }

    Result<ModelMessage> format(const MessageQuestion &question, const ModelNotes &notes,
                                const ModelTerms &terms) override
    {
        if (effortFor(question.change, question.files) == Effort::None)
            return ModelMessage{};
        return Formatter(m_asker, m_names, question, notes, terms).run();
    }

    Result<ModelPlan> planRecovery(const RecoveryQuestion &question, const ModelTerms &terms) override
    {
        return askForPlan(m_asker, m_names, question, terms);
    }

    ModelCost spent() const override { return m_asker.spent(); }

private:
    Asker m_asker;
    ModelNames m_names;
};

} // namespace

Result<ModelMessage> ModelWriter::describe(const MessageQuestion &question, const ModelTerms &terms)
{
    AC_ASSIGN(const ModelNotes notes, analyze(question, terms));
    return format(question, notes, terms);
}

std::unique_ptr<ModelWriter> makeModelWriter(InferenceClient &client, const ModelNames &names, const Clock &clock)
{
    return std::make_unique<ModelWriterOfTwo>(client, names, clock);
}

} // namespace AutoCommit
