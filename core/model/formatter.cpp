#include "core/model/formatter.h"

#include "core/model/answerschemas.h"
#include "core/model/messagecheck.h"
#include "core/model/prompts.h"
#include "core/model/questiontext.h"
#include "core/wording/thinking.h"

namespace AutoCommit {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostCalls = 3; ///< for one message, the notes included
constexpr int answerTokens = 320;
constexpr int diffTokensBesideNotes = 1500;

/// Would asking another model, or the same once more, help?
bool endsTheTry(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Cancelled:
    case ErrorKind::Timeout:
    case ErrorKind::AuthFailed:
    case ErrorKind::Internal:
        return true;
    default:
        return false;
    }
}

} // namespace

Formatter::Formatter(Asker &asker, const ModelNames &names, const MessageQuestion &question, const ModelNotes &notes,
                     const ModelTerms &terms)
    : m_asker(asker)
    , m_names(names)
    , m_question(question)
    , m_notes(notes)
    , m_terms(terms)
    , m_masked(maskedPart(question.change, question.files, terms.scanner))
    , m_rules(rulesForAnswers(question, terms.scanner))
{ }

Result<ModelMessage> Formatter::run()
{
    const int before = m_notes.cost.calls > 0 ? 1 : 0; // many for a change in parts are one step, too
    Result<Answer> answer = askBySchema();
    if (accept(answer))
        return finished();
    if (answer && before + m_message.cost.calls < mostCalls) {
        answer = askAgain(*answer);
        if (accept(answer))
            return finished();
    }
    const bool worthIt = !m_weak && (!m_lastError || m_names.reasoning != m_names.instruct);
    if (worthIt && before + m_message.cost.calls < mostCalls) {
        answer = askPlainly();
        if (accept(answer))
            return finished();
    }
    return finished();
}

/// True when there is nothing left to ask for.
bool Formatter::accept(Result<Answer> &answer)
{
    m_lastError.reset();
    if (!answer) {
        m_lastError = answer.error();
        return endsTheTry(answer.error().kind);
    }
    const LadderResult &judged = answer->judged;
    if (!judged.message) {
        m_message.rejections.append(rejectionName(judged.rejection));
        return false;
    }
    if (judged.weak && !m_weak && m_message.rejections.isEmpty()) {
        m_weak = judged.message;
        answer->judged.rejection = Rejection::Generic; // what to say when asking once more
        return false;
    }
    m_message.text = judged.message;
    m_message.repaired = judged.repaired || !m_message.rejections.isEmpty();
    return true;
}

Result<ModelMessage> Formatter::finished()
{
    if (!m_message.text)
        m_message.text = m_weak;
    m_message.cost += m_notes.cost;
    if (m_message.text)
        return m_message;
    if (m_lastError)
        return *m_lastError;
    return Error{ErrorKind::ModelRefused,
                 u"the models gave no usable message: "_s + m_message.rejections.join(", "_L1)};
}

QList<ChatMessage> Formatter::firstMessages(int tokens) const
{
    PromptParts parts{.instructions = formatInstructions(m_rules.style),
                      .before = repositoryBlock(m_question, m_terms.scanner) + hintBlock(m_question, m_terms.scanner)};
    if (!m_notes.text.isEmpty()) {
        parts.before += RedactedText("Notes of somebody who has read all of the change:\n")
            + dataBlock(m_notes.text, m_terms.scanner);
        parts.diffTokens = diffTokensBesideNotes;
    }
    parts.reminder = RedactedText(messageReminder);
    return fittedMessages(parts, m_masked, tokens, m_terms.scanner);
}

Result<Formatter::Answer> Formatter::askBySchema()
{
    const QuestionShape shape{.model = m_names.instruct,
                              .schema = messageSchema(m_rules, m_terms.scanner),
                              .temperature = 0.15,
                              .maxTokens = answerTokens};
    return judged(m_asker.ask(
                      shape, [this](int tokens) { return firstMessages(tokens); }, m_terms, m_message.cost),
                  m_names.instruct);
}

Result<Formatter::Answer> Formatter::askAgain(const Answer &refused)
{
    const QuestionShape shape{.model = m_names.instruct,
                              .schema = messageSchema(m_rules, m_terms.scanner),
                              .temperature = 0.4,
                              .maxTokens = 2 * answerTokens};
    const QString said = withoutThinking(refused.text).text.trimmed().left(500);
    const QString reason = u"Rejected: %1. Write it again. Only the JSON object."_s.arg(
        rejectionSentence(refused.judged.rejection, m_rules));
    const auto build = [&](int tokens) {
        QList<ChatMessage> messages = firstMessages(tokens - 400);
        if (!messages.isEmpty()) {
            messages.append({ChatMessage::Role::Assistant, safeText(said.isEmpty() ? u"{}"_s : said, m_terms.scanner)});
            messages.append({ChatMessage::Role::User, safeText(reason, m_terms.scanner)});
        }
        return messages;
    };
    return judged(m_asker.ask(shape, build, m_terms, m_message.cost), m_names.instruct);
}

Result<Formatter::Answer> Formatter::askPlainly()
{
    const QuestionShape shape{.model = m_names.reasoning, .temperature = 0.4, .maxTokens = 4 * answerTokens};
    const auto build = [this](int tokens) {
        QList<ChatMessage> messages = firstMessages(tokens - 60);
        if (!messages.isEmpty())
            messages.last().content
                += RedactedText("\nIf you cannot write JSON, write the first line alone, and nothing else.");
        return messages;
    };
    return judged(m_asker.ask(shape, build, m_terms, m_message.cost), m_names.reasoning);
}

Result<Formatter::Answer> Formatter::judged(Result<ChatReply> reply, const QString &model)
{
    if (!reply)
        return std::move(reply).error();
    m_message.model = model.isEmpty() ? reply->model : model;
    return Answer{reply->text, judgeAnswer(reply->text, m_rules, reply->finish == FinishReason::Length)};
}

} // namespace AutoCommit
