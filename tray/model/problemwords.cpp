#include "tray/model/problemwords.h"

#include <array>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

struct KindWord
{
    QLatin1StringView kind;
    const char *words;
};

constexpr std::array kindWords{
    KindWord{"auth-failed"_L1, QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "The hub does not let this machine in")},
    KindWord{"host-key"_L1,
             QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "The hub shows another host key than before")},
    KindWord{"tls-failed"_L1,
             QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "The connection to the hub cannot be trusted")},
    KindWord{"unreachable"_L1, QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "The hub cannot be reached")},
    KindWord{"hub-not-found"_L1,
             QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "The hub does not know this repository")},
    KindWord{"no-upstream"_L1,
             QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "The branch has no counterpart on the hub")},
    KindWord{"upstream-gone"_L1, QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "The branch was deleted on the hub")},
    KindWord{"non-fast-forward"_L1,
             QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "The hub has commits that are not here")},
    KindWord{"protected-branch"_L1, QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "The hub protects this branch")},
    KindWord{"rejected-by-hub"_L1, QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "The hub refused the commits")},
    KindWord{"rejected-secret"_L1,
             QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "The hub found a secret in the commits")},
    KindWord{"rejected-size"_L1,
             QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "The hub refused a file because of its size")},
    KindWord{"hub-locked"_L1, QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "The hub is locked at the moment")},
    KindWord{"hub-disk-full"_L1, QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "The hub has no space left")},
    KindWord{"not-verified"_L1, QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "The hub does not show what was pushed")},
    KindWord{"conflict"_L1, QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "Two hosts changed the same lines")},
    KindWord{"history-rewritten"_L1,
             QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "The history on the hub was rewritten")},
    KindWord{"would-overwrite"_L1,
             QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "Incoming commits would overwrite files")},
    KindWord{"hook-rejected"_L1,
             QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "A hook of the repository refused the commit")},
    KindWord{"hook-changed-commit"_L1,
             QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "A hook changed what was to be committed")},
    KindWord{"signing-failed"_L1, QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "The commit could not be signed")},
    KindWord{"lfs-missing"_L1,
             QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "Large files need git-lfs, which is not there")},
    KindWord{"no-identity"_L1,
             QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "Git does not know your name and address")},
    KindWord{"operation-in-progress"_L1,
             QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "A merge or rebase waits to be finished")},
    KindWord{"unmerged-paths"_L1, QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "There are unresolved conflicts")},
    KindWord{"detached-head"_L1, QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "No branch is checked out")},
    KindWord{"unborn-branch"_L1, QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "The branch has no commit yet")},
    KindWord{"bulk-hold"_L1, QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "A very large change is held back")},
    KindWord{"untrusted"_L1,
             QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "The repository wants to run a program nobody approved")},
    KindWord{"dubious-ownership"_L1,
             QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "The files belong to somebody else")},
    KindWord{"stale-lock"_L1, QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "A lock was left behind")},
    KindWord{"lock-held"_L1, QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "Another git is at work")},
    KindWord{"index-corrupt"_L1,
             QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "The index of the repository is damaged")},
    KindWord{"object-corrupt"_L1,
             QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "An object of the repository is damaged")},
    KindWord{"object-missing"_L1,
             QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "An object of the repository is missing")},
    KindWord{"disk-full"_L1, QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "The disk is full")},
    KindWord{"read-only"_L1, QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "The file system cannot be written to")},
    KindWord{"permission-denied"_L1,
             QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "A file may not be read or written")},
    KindWord{"out-of-resources"_L1,
             QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "The machine has run out of resources")},
    KindWord{"model-unavailable"_L1, QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "The model does not answer")},
    KindWord{"secret-held"_L1, QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "A secret is held back")},
    KindWord{"staged-held"_L1, QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "Staged files wait for their user")},
    KindWord{"left-alone"_L1, QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "A repository was left alone")},
    KindWord{"config"_L1, QT_TRANSLATE_NOOP("AutoCommit::ProblemWords", "A setting is wrong")},
};

} // namespace

QString ProblemWords::title(const QString &kind)
{
    for (const KindWord &word : kindWords)
        if (kind == word.kind)
            return tr(word.words);
    QString plain = kind;
    plain.replace(u'-', u' ');
    return plain.isEmpty() ? tr("Something went wrong") : plain.left(1).toUpper() + plain.mid(1);
}

} // namespace AutoCommit
