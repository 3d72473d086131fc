#include "core/stages/checkoutconfig.h"

#include <QDir>
#include <QFileInfo>

namespace AutoCommit {

using namespace Qt::StringLiterals;

Status readCheckoutConfig(RepoContext &repo)
{
    if (!repo.config.names().isEmpty())
        return {};
    AC_ASSIGN(repo.config, RepoConfig::read(repo.git));
    QStringList ignored;
    AC_ASSIGN(repo.settings,
              repo.loaded.forCheckout(repo.git.location().workTree, repo.config.ownSettings(), &ignored));
    for (const QString &name : ignored)
        repo.decided(StageId::Survey, u"git config %1 is not something a repository may set; ignored"_s.arg(name));
    const QString workTree = repo.config.value(u"core.worktree"_s);
    const QString resolved = QFileInfo(QDir(repo.git.location().gitDir).absoluteFilePath(workTree)).canonicalFilePath();
    if (!workTree.isEmpty() && resolved != repo.git.location().workTree)
        return Error{ErrorKind::Untrusted, u"core.worktree points to %1, not to this checkout"_s.arg(workTree)};
    if (repo.config.value(u"extensions.objectformat"_s) == u"sha256"_s)
        repo.nameLength = 64;
    repo.git.setOverrides(repo.config.overrides(repo.settings.trustedFilters));
    repo.git.setTimeouts(repo.settings.hookTimeout, repo.settings.networkTimeout);
    return {};
}

} // namespace AutoCommit
