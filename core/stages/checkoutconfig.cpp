#include "core/stages/checkoutconfig.h"

#include "core/base/log.h"
#include "core/git/alternates.h"
#include "core/sync/upstream.h"

#include <QDir>
#include <QFileInfo>

namespace AutoCommit {

using namespace Qt::StringLiterals;

namespace {

/// SAFETY row 71: whoever deletes or prunes the lender takes our commits' objects with it.
Status checkAlternates(const RepoContext &repo)
{
    const QStringList lenders = borrowedObjects(repo.git.location());
    for (const QString &lender : lenders) {
        bool trusted = false;
        for (const QString &directory : repo.settings.trustedAlternates) {
            const QString root = QFileInfo(directory).canonicalFilePath();
            trusted = trusted || (!root.isEmpty() && (lender == root || lender.startsWith(root + u'/')));
        }
        if (!trusted)
            return Error{
                ErrorKind::Untrusted,
                u"it borrows objects from %1 (objects/info/alternates) and would lose commits with them; copy "
                "them (git repack -a -d, then remove that file), or name the directory in trusted_alternates"_s.arg(
                    lender)};
    }
    return {};
}

} // namespace

void applyCheckoutConfig(RepoContext &repo)
{
    repo.git.setOverrides(repo.config.overrides(repo.settings.trustedFilters));
    const auto promisors = promisorEnvironment(repo.config, repo.settings);
    if (promisors)
        repo.git.addEnvironment(*promisors);
    else
        repo.decided(StageId::Survey, u"what this partial clone lacks is not fetched: "_s + promisors.error().message);
}

Status readCheckoutConfig(RepoContext &repo)
{
    if (!repo.config.names().isEmpty())
        return {};
    AC_ASSIGN(repo.config, RepoConfig::read(repo.git));
    QStringList passedOver;
    AC_ASSIGN(repo.settings,
              repo.loaded.forCheckout(repo.git.location().workTree, repo.config.ownSettings(), &passedOver));
    for (const QString &warning : passedOver) { // "pussh = false" must not pass for "push = false"
        repo.warn(StageId::Survey, warning);
        qCWarning(logConfig).noquote() << repo.git.location().workTree << warning;
    }
    const QString workTree = repo.config.value(u"core.worktree"_s);
    const QString resolved = QFileInfo(QDir(repo.git.location().gitDir).absoluteFilePath(workTree)).canonicalFilePath();
    if (!workTree.isEmpty() && resolved != repo.git.location().workTree)
        return Error{ErrorKind::Untrusted, u"core.worktree points to %1, not to this checkout"_s.arg(workTree)};
    if (const QString ignored = ignoredSshCommand(repo.config); !ignored.isEmpty())
        repo.warn(StageId::Survey, ignored);
    AC_TRY(checkAlternates(repo));
    if (repo.config.value(u"extensions.objectformat"_s) == u"sha256"_s)
        repo.nameLength = 64;
    applyCheckoutConfig(repo);
    repo.git.setTimeouts(repo.settings.hookTimeout, repo.settings.networkTimeout);
    return {};
}

} // namespace AutoCommit
