#pragma once

#include "core/model/asker.h"
#include "core/wording/ladder.h"

namespace AutoCommit {

/// Gets one message out of the models, in as few calls as it takes: the instruct model by schema; the same again with
/// the reason its answer was refused; the other model in plain words. For one message.
class Formatter
{
public:
    Formatter(Asker &asker, const ModelNames &names, const MessageQuestion &question, const ModelNotes &notes,
              const ModelTerms &terms);

    Result<ModelMessage> run();

private:
    struct Answer
    {
        QString text;
        LadderResult judged;
    };

    Result<Answer> askBySchema();
    Result<Answer> askAgain(const Answer &refused);
    Result<Answer> askPlainly();
    Result<Answer> judged(Result<ChatReply> reply, const QString &model);
    QList<ChatMessage> firstMessages(int tokens) const;
    bool accept(Result<Answer> &answer);
    Result<ModelMessage> finished();

    Asker &m_asker;
    ModelNames m_names;
    const MessageQuestion &m_question;
    const ModelNotes &m_notes;
    const ModelTerms &m_terms;
    ChangeSet m_masked;
    MessageRules m_rules;
    ModelMessage m_message;
    std::optional<CommitText> m_weak; ///< valid, if nothing better comes
    std::optional<Error> m_lastError;
};

} // namespace AutoCommit
