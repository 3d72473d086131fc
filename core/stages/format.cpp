#include "core/stages/stages.h"

#include "core/base/cleantext.h"
#include "core/message/message.h"

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// The message in the repository's own style. The built-in engine writes every one of them here; where a model wrote
/// one, it stands as the fallback.
class Format final : public Stage
{
public:
    StageId id() const override { return StageId::Format; }

    Result<Next> run(RepoContext &repo) const override
    {
        for (PlannedCommit &planned : repo.plan) {
            const CommitMessage message = describe(
                {.changes = repo.changes, .files = planned.files, .type = planned.type, .scope = planned.scope},
                repo.style);
            planned.subject = redacted(repo, message.subject);
            planned.body = repo.settings.messageBody == u"never"_s ? QString() : redacted(repo, message.body);
            planned.source = MessageSource::BuiltIn;
        }
        return Next::Continue;
    }

private:
    /// The message is text that leaves the machine, too.
    static QString redacted(const RepoContext &repo, const QString &text)
    {
        return repo.gate.scanner().redact(text.toUtf8()).text();
    }
};

} // namespace

StagePtr makeFormat()
{
    return std::make_unique<Format>();
}

} // namespace AutoCommit
