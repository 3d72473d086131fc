#include "core/stages/untold.h"

#include "core/base/pathtext.h"
#include "core/git/ancestry.h"
#include "core/git/landingnotes.h"

#include <QJsonObject>

#include <ranges>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

QJsonObject noted(const ReportedCommit &commit, Clock::Wall now)
{
    QJsonObject object = commitJson(commit);
    object.insert(u"model"_s, commit.model);
    object.insert(u"why"_s, QJsonArray::fromStringList(commit.why));
    object.insert(u"at"_s, qint64{floor<milliseconds>(now).time_since_epoch().count()});
    return object;
}

ReportedCommit fromNote(const QJsonObject &object)
{
    ReportedCommit commit{.sha = object.value("sha"_L1).toString().toLatin1(),
                          .subject = object.value("subject"_L1).toString(),
                          .body = object.value("body"_L1).toString(),
                          .source = messageSourceFromName(object.value("source"_L1).toString()),
                          .model = object.value("model"_L1).toString()};
    const QJsonArray paths = object.value("paths"_L1).toArray();
    for (const auto &path : paths)
        commit.paths += pathFromText(path.toString());
    const QJsonArray why = object.value("why"_L1).toArray();
    for (const auto &reason : why)
        commit.why += reason.toString();
    if (const qint64 at = object.value("at"_L1).toInteger())
        commit.madeAt = Clock::Wall(milliseconds(at));
    return commit;
}

Status note(RepoContext &repo, const LandingNote &landing)
{
    AC_ASSIGN(const QString file,
              LandingNotes(repo.git.location()).write(landing, repo.clock.wall().time_since_epoch().count()));
    repo.notes += file;
    return {};
}

} // namespace

Status noteCommits(RepoContext &repo, const QList<ReportedCommit> &commits, const QByteArray &tip)
{
    QJsonArray list;
    for (const ReportedCommit &commit : commits)
        list += noted(commit, repo.clock.wall());
    return note(repo, {.tip = tip, .commits = list, .renamed = {}});
}

Status noteRebase(RepoContext &repo, const Rebased &target)
{
    if (target.renamed.isEmpty())
        return {};
    return note(repo, {.tip = target.tip, .commits = {}, .renamed = target.renamed});
}

Status readUntold(RepoContext &repo)
{
    const QList<LandingNote> notes = LandingNotes(repo.git.location()).read();
    for (const LandingNote &landing : std::views::reverse(notes)) {
        const bool rebasedSince = repo.renamed.contains(landing.tip);
        AC_ASSIGN(const bool landed, rebasedSince ? Result<bool>(true) : isInHistoryOf(repo.git, "HEAD", landing.tip));
        if (!landed) {
            // Another branch may have it: its person switched since.
            AC_ASSIGN(const bool gone, isOnNoBranch(repo.git, landing.tip));
            if (gone)
                LandingNotes::forget({landing.file});
            continue;
        }
        repo.notes += landing.file;
        for (auto it = landing.renamed.cbegin(); it != landing.renamed.cend(); ++it)
            repo.renamed.insert(it.key(), repo.renamed.value(it.value(), it.value()));
        for (const auto &entry : std::views::reverse(landing.commits)) {
            ReportedCommit commit = fromNote(entry.toObject());
            commit.sha = repo.renamed.value(commit.sha, commit.sha);
            if (!commit.sha.isEmpty())
                repo.untold.prepend(commit);
        }
    }
    return {};
}

} // namespace AutoCommit
