#include "core/model/modelrun.h"

namespace AutoCommit {

namespace {

/// Concerns this one question; the next may do better.
bool isOfTheQuestion(ErrorKind kind)
{
    return kind == ErrorKind::ModelRefused || kind == ErrorKind::ContextOverflow;
}

} // namespace

void ModelRun::note(const Error &error)
{
    if (!m_remarks.contains(error.message))
        m_remarks.append(error.message);
    if (!isOfTheQuestion(error.kind))
        m_gaveUp = error;
}

std::optional<ModelGroups> ModelRun::groups(const GroupQuestion &question)
{
    if (!mayAsk())
        return std::nullopt;
    Result<ModelGroups> groups = m_writer.refineGroups(question, m_terms);
    if (groups)
        return *std::move(groups);
    note(groups.error());
    return std::nullopt;
}

std::vector<std::optional<ModelMessage>> ModelRun::messages(const std::vector<MessageQuestion> &questions)
{
    std::vector<ModelNotes> notes(questions.size());
    for (std::size_t i = 0; i < questions.size() && mayAsk(); ++i) {
        Result<ModelNotes> taken = m_writer.analyze(questions[i], m_terms);
        if (taken)
            notes[i] = *std::move(taken);
        else
            note(taken.error());
    }
    std::vector<std::optional<ModelMessage>> messages(questions.size());
    QStringList before;
    for (std::size_t i = 0; i < questions.size() && mayAsk(); ++i) {
        MessageQuestion question = questions[i];
        question.rules.recentSubjects = before + question.rules.recentSubjects;
        Result<ModelMessage> message = m_writer.format(question, notes[i], m_terms);
        if (!message) {
            note(message.error());
        } else if (message->text) {
            before.prepend(message->text->header());
            messages[i] = *std::move(message);
        }
    }
    return messages;
}

} // namespace AutoCommit
