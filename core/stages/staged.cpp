#include "core/stages/changereader.h"
#include "core/stages/checkoutconfig.h"
#include "core/stages/stages.h"

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// The user's own staged change, for a message only. Runs also inside `git commit`, which holds its locks then and may
/// use an index of its own.
class Staged final : public Stage
{
public:
    explicit Staged(QString index)
        : m_index(std::move(index))
    { }

    StageId id() const override { return StageId::Discover; }

    Result<Next> run(RepoContext &repo) const override
    {
        AC_ASSIGN(repo.config, RepoConfig::read(repo.git));
        AC_ASSIGN(repo.settings, repo.loaded.forCheckout(repo.git.location().workTree, repo.config.ownSettings()));
        if (repo.config.value(u"extensions.objectformat"_s) == u"sha256"_s)
            repo.nameLength = 64;
        applyCheckoutConfig(repo);
        const Result<QByteArray> head = repo.git.read({u"rev-parse"_s, u"--verify"_s, u"-q"_s, u"HEAD"_s});
        repo.status.head = head ? head->trimmed() : QByteArray();
        AC_ASSIGN(repo.changes.files,
                  readChange(repo, m_index.isEmpty() ? repo.git.location().gitDir + u"/index"_s : m_index));
        return repo.changes.files.isEmpty() ? Next::Finish : Next::Continue;
    }

private:
    QString m_index;
};

} // namespace

StagePtr makeStaged(const QString &index)
{
    return std::make_unique<Staged>(index);
}

} // namespace AutoCommit
