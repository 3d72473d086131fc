#include "core/message/facts.h"

namespace AutoCommit::Wording {

Facts factsOf(const Evidence &evidence)
{
    Facts facts;
    addReleaseFacts(evidence, facts);
    addDependencyFacts(evidence, facts);
    addPathFacts(evidence, facts);
    addNewFileFacts(evidence, facts);
    addBehaviourFacts(evidence, facts);
    addIntentFacts(evidence, facts);
    addOptionFacts(evidence, facts);
    addFlagFacts(evidence, facts);
    addSymbolFacts(evidence, facts);
    addMemberFacts(evidence, facts);
    addRenameFacts(evidence, facts);
    addValueFacts(evidence, facts);
    addLogicFacts(evidence, facts);
    addAssignmentFacts(evidence, facts);
    addMarkupFacts(evidence, facts);
    addAnnotationFacts(evidence, facts);
    addReorderFacts(evidence, facts);
    addStatementFacts(evidence, facts);
    addCallFacts(evidence, facts);
    addThemeFacts(evidence, facts);
    addConfigFacts(evidence, facts);
    addTestFacts(evidence, facts);
    addDocsFacts(evidence, facts);
    addFormatFacts(evidence, facts);
    addCommentFacts(evidence, facts);
    addImportFacts(evidence, facts);
    addVagueFacts(evidence, facts);
    addFallbackFacts(evidence, facts);
    return facts;
}

} // namespace AutoCommit::Wording
