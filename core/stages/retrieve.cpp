#include "core/stages/stages.h"

#include "core/engine/historybuilder.h"

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

class Retrieve final : public Stage
{
public:
    StageId id() const override { return StageId::Retrieve; }

    Result<Next> run(RepoContext &repo) const override
    {
        if (repo.changes.files.isEmpty())
            return Next::Continue;
        HistoryBuilder builder;
        if (!repo.status.head.isEmpty()) {
            AC_TRY(readCommits(repo, builder));
            if (repo.changes.files.size() > 1) // word statistics only serve to tell files apart
                AC_TRY(readDiffs(repo, builder));
        }
        repo.history = builder.finish();
        repo.style = learnStyle(repo.history.commits);
        repo.decided(id(), u"%1 earlier commits read"_s.arg(repo.history.commits.size()));
        return Next::Continue;
    }

private:
    static Status readCommits(const RepoContext &repo, HistoryBuilder &builder)
    {
        const QStringList arguments{u"log"_s,          u"-n"_s,    u"1500"_s, u"--no-merges"_s,
                                    u"--no-renames"_s, u"--raw"_s, u"-z"_s,   u"--format=%x01%H%x00%at%x00%s%x00"_s,
                                    u"HEAD"_s,         u"--"_s};
        return stream(repo, arguments, [&](const QByteArray &piece) { builder.addLog(piece); });
    }

    static Status readDiffs(const RepoContext &repo, HistoryBuilder &builder)
    {
        const QStringList arguments{u"log"_s,
                                    u"-n"_s,
                                    u"300"_s,
                                    u"--no-merges"_s,
                                    u"--no-renames"_s,
                                    u"-p"_s,
                                    u"-U0"_s,
                                    u"--no-color"_s,
                                    u"--no-ext-diff"_s,
                                    u"--no-textconv"_s,
                                    u"--src-prefix=a/"_s,
                                    u"--dst-prefix=b/"_s,
                                    u"--format=%x01%H"_s,
                                    u"HEAD"_s,
                                    u"--"_s};
        return stream(repo, arguments, [&](const QByteArray &piece) {
            if (builder.wantsPatch())
                builder.addPatch(piece);
        });
    }

    /// History is a help, not a need: a history that cannot be read whole (a missing object, an endless diff) serves as
    /// far as it came.
    static Status stream(const RepoContext &repo, const QStringList &arguments,
                         const std::function<void(const QByteArray &)> &take)
    {
        const Result<ProcessOutput> read
            = repo.git.call({.arguments = arguments, .onOutput = take, .outputLimit = 64 << 20});
        if (!read && read.error().kind == ErrorKind::Cancelled)
            return read.error();
        return {};
    }
};

} // namespace

StagePtr makeRetrieve()
{
    return std::make_unique<Retrieve>();
}

} // namespace AutoCommit
