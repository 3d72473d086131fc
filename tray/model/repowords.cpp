#include "tray/model/repowords.h"

#include <array>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

struct StageWord
{
    QLatin1StringView stage;
    const char *words;
};

constexpr std::array stageWords{
    StageWord{"prefilter"_L1, QT_TRANSLATE_NOOP("AutoCommit::RepoWords", "searching for secrets")},
    StageWord{"discover"_L1, QT_TRANSLATE_NOOP("AutoCommit::RepoWords", "reading the change")},
    StageWord{"retrieve"_L1, QT_TRANSLATE_NOOP("AutoCommit::RepoWords", "reading the history")},
    StageWord{"group"_L1, QT_TRANSLATE_NOOP("AutoCommit::RepoWords", "sorting files into commits")},
    StageWord{"analyze"_L1, QT_TRANSLATE_NOOP("AutoCommit::RepoWords", "understanding the change")},
    StageWord{"format"_L1, QT_TRANSLATE_NOOP("AutoCommit::RepoWords", "writing the message")},
    StageWord{"commit"_L1, QT_TRANSLATE_NOOP("AutoCommit::RepoWords", "committing")},
    StageWord{"pull"_L1, QT_TRANSLATE_NOOP("AutoCommit::RepoWords", "fetching from the hub")},
    StageWord{"push"_L1, QT_TRANSLATE_NOOP("AutoCommit::RepoWords", "pushing to the hub")},
    StageWord{"recover"_L1, QT_TRANSLATE_NOOP("AutoCommit::RepoWords", "recovering")},
};

} // namespace

RepoBadge RepoWords::badge(const ApiRepo &repo)
{
    if (repo.error || repo.state == u"failed"_s)
        return RepoBadge::Trouble;
    if (repo.pause)
        return RepoBadge::Paused;
    if (!repo.lookedAt.isValid())
        return repo.running ? RepoBadge::Working : RepoBadge::Unknown;
    if (repo.needsPush || (repo.ahead > 0 && !repo.upstream.isEmpty()))
        return RepoBadge::Unpushed;
    if (repo.state == u"skipped"_s || repo.state == u"waiting"_s || repo.state == u"planned"_s || repo.state.isEmpty())
        return RepoBadge::Skipped;
    if (repo.upstream.isEmpty())
        return RepoBadge::LocalOnly;
    return repo.running ? RepoBadge::Working : RepoBadge::Safe;
}

QString RepoWords::label(const ApiRepo &repo)
{
    switch (badge(repo)) {
    case RepoBadge::Safe:
        return tr("Safe on the hub");
    case RepoBadge::Working:
        return tr("Working");
    case RepoBadge::Unpushed:
        return repo.ahead > 0 ? tr("%n commits to push", nullptr, static_cast<int>(repo.ahead)) : tr("To be pushed");
    case RepoBadge::LocalOnly:
        return repo.head.isEmpty() ? tr("No commit yet") : tr("Committed, no hub");
    case RepoBadge::Paused:
        return tr("Paused");
    case RepoBadge::Skipped:
        return tr("Skipped");
    case RepoBadge::Trouble:
        return tr("Needs you");
    case RepoBadge::Unknown:
    case RepoBadge::Stale:
        break;
    }
    return tr("Not looked at yet");
}

QString RepoWords::explanation(const ApiRepo &repo)
{
    if (repo.error)
        return repo.error->message;
    if (repo.running)
        return stageName(repo.stage);
    if (repo.pause)
        return repo.pause->reason;
    if (!repo.reason.isEmpty())
        return repo.reason;
    return repo.excluded > 0 ? tr("%n files left out on purpose", nullptr, static_cast<int>(repo.excluded)) : QString();
}

QString RepoWords::stageName(const QString &stage)
{
    for (const StageWord &word : stageWords)
        if (stage == word.stage)
            return tr(word.words);
    return stage;
}

} // namespace AutoCommit
