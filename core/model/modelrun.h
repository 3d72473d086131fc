#pragma once

#include "core/model/modelwriter.h"

#include <vector>

namespace AutoCommit {

/// Asks for one run over one repository. Once the models have proved out of reach, or a person has to mend something,
/// nobody is asked again in this run: the built-in engine does the rest, and the run stays in time. For one thread.
class ModelRun
{
public:
    ModelRun(ModelWriter &writer, ModelTerms terms)
        : m_writer(writer)
        , m_terms(std::move(terms))
    { }

    /// The models' groups; none: keep your own.
    std::optional<ModelGroups> groups(const GroupQuestion &question);

    /// A message for each question, or none: the built-in one stands. All notes are taken before the first message is
    /// written, and no message repeats the subject of one before it.
    std::vector<std::optional<ModelMessage>> messages(const std::vector<MessageQuestion> &questions);

    /// Did the caller's token end it? Then what came back is not a reason to commit anything.
    bool wasCancelled() const { return m_terms.cancel.isCancelled(); }
    /// Why models were not asked, or not to the end; for the trace that people read.
    const QStringList &remarks() const { return m_remarks; }
    /// Of the error that ended the asking.
    const std::optional<Error> &gaveUp() const { return m_gaveUp; }

private:
    bool mayAsk() const { return !m_gaveUp && !wasCancelled(); }
    void note(const Error &error);

    ModelWriter &m_writer;
    ModelTerms m_terms;
    QStringList m_remarks;
    std::optional<Error> m_gaveUp;
};

} // namespace AutoCommit
