#pragma once

#include "core/base/cancel.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/change/changeset.h"
#include "core/inference/inferenceclient.h"
#include "core/privacy/secretscanner.h"
#include "core/wording/messagerules.h"

#include <functional>
#include <memory>

namespace AutoCommit {

/// How long, how urgently and with whose scanner one run may ask models.
struct ModelTerms
{
    const SecretScanner &scanner; ///< of the checkout; nothing leaves the process that it has not seen
    Clock::Monotonic until; ///< nothing is waited for beyond this
    CancelToken cancel{};
    Clock::Monotonic waitUntil{}; ///< on_no_model = wait: a server that is down is asked again until then
    RequestClass requestClass = RequestClass::Batch;
};

/// What an answer took.
struct ModelCost
{
    int calls = 0; ///< questions put to a model, answered or not
    int requests = 0; ///< HTTP requests of those that were answered
    int promptTokens = 0; ///< as far as servers tell
    int cachedTokens = 0; ///< part of promptTokens
    int completionTokens = 0;
    std::chrono::milliseconds waited{0};
    std::chrono::milliseconds worked{0};

    ModelCost &operator+=(const ModelCost &other);
};

struct MessageQuestion
{
    const ChangeSet &change;
    QList<qsizetype> files{}; ///< of `change`, those that make up the commit
    MessageRules rules{}; ///< see modelstyle.h; pathWords, evidence, promptWords and containsSecret are filled in here
    QString branch{};
    QString likelyType{}; ///< what the built-in engine thinks; a hint
    QString likelyScope{};
    QString background{}; ///< about the repository, see background.h; no more than the limit is shown

    static constexpr qsizetype backgroundLimit = 800; ///< characters
};

/// What the reasoning model noted. No text: it was not asked, or said nothing of use.
struct ModelNotes
{
    QString text{};
    ModelCost cost{};
};

struct ModelMessage
{
    std::optional<CommitText> text{}; ///< none: no model was asked, the built-in message says as much
    bool repaired = false; ///< `llm-repaired` rather than `llm`
    QString model{}; ///< that wrote it, as we name it
    QStringList rejections{}; ///< names of why earlier answers were refused
    ModelCost cost{}; ///< with that of the notes
};

struct GroupQuestion
{
    const ChangeSet &change;
    QList<QList<qsizetype>> groups; ///< of files; never split, only put together
};

struct ModelGroups
{
    QList<QList<qsizetype>> groups{}; ///< every file of the question exactly once
    QStringList why{}; ///< one for each, perhaps empty
    ModelCost cost{};
};

/// A failure, told in words that may leave the process, and the form of the answer.
struct RecoveryQuestion
{
    RedactedText facts{};
    RedactedText schema{};
    std::function<bool(const QString &)> isPlan{}; ///< the answer needs no second model
};

struct ModelPlan
{
    QString text{}; ///< to be read by who trusts nothing in it
    ModelCost cost{};
};

/// Groups and words commits by asking models. All functions block, run on any thread, several at once, and return 50 ms
/// after a cancel. Errors, all of which leave the caller with the built-in engine: Cancelled; Timeout (`until` has
/// come); ModelUnavailable; ContextOverflow; ModelRefused (answers came, none of them could be used); AuthFailed and
/// Config (a person has to look).
class ModelWriter
{
public:
    virtual ~ModelWriter() = default;

    /// Which groups make one commit. Asked only where there is a choice: 2 to 12 groups that are not all of different
    /// plain kinds; otherwise they come back as they were, at no cost.
    virtual Result<ModelGroups> refineGroups(const GroupQuestion &question, const ModelTerms &terms) = 0;

    /// The reasoning model's notes, where they are worth a call (see effortFor()). Errors are only those that make
    /// format() pointless, too.
    virtual Result<ModelNotes> analyze(const MessageQuestion &question, const ModelTerms &terms) = 0;

    /// The message. All analyze() of a run should come before the first format(): the models share a graphics card.
    virtual Result<ModelMessage> format(const MessageQuestion &question, const ModelNotes &notes,
                                        const ModelTerms &terms)
        = 0;

    /// A plan of recovery in two phases: the recovery model diagnoses, the instruct model puts that into the form. One
    /// that answers in the form at once spares the second. Of class Recovery.
    virtual Result<ModelPlan> planRecovery(const RecoveryQuestion &question, const ModelTerms &terms) = 0;

    /// analyze() and format().
    Result<ModelMessage> describe(const MessageQuestion &question, const ModelTerms &terms);

    /// Of everything asked so far.
    virtual ModelCost spent() const = 0;
};

/// The models as the server names them. One may be empty or both the same: then one model does both, in one call.
struct ModelNames
{
    QString reasoning;
    QString instruct;
    QString recovery{}; ///< diagnoses failures; where the servers do not have it, `reasoning` does
};

/// Client and clock have to outlive it.
std::unique_ptr<ModelWriter> makeModelWriter(InferenceClient &client, const ModelNames &names, const Clock &clock);

} // namespace AutoCommit
