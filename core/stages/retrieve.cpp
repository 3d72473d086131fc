#include "core/engine/grouping.h"
#include "core/engine/historybuilder.h"
#include "core/model/readme.h"
#include "core/stages/stages.h"

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
        repo.branch = QString::fromUtf8(repo.status.branch);
        repo.readme = [&repo] { return readme(repo); };
        const HistoryLimits limits;
        HistoryBuilder builder(limits);
        if (!repo.status.head.isEmpty()) {
            AC_TRY(readCommits(repo, limits, builder));
            if (needsPastDiffs(repo.changes)) // the dearest part by far
                AC_TRY(readDiffs(repo, limits, builder));
        }
        repo.history = builder.finish();
        repo.style = learnStyle(repo.history.commits);
        repo.decided(id(), u"%1 earlier commits read"_s.arg(repo.history.commits.size()));
        return Next::Continue;
    }

private:
    static Status readCommits(const RepoContext &repo, const HistoryLimits &limits, HistoryBuilder &builder)
    {
        const QStringList arguments{u"log"_s,
                                    u"-n"_s,
                                    QString::number(limits.commits),
                                    u"--no-merges"_s,
                                    u"--no-renames"_s,
                                    u"--raw"_s,
                                    u"-z"_s,
                                    u"--format=%x01%H%x00%at %ct %T%x00%s%x00"_s,
                                    u"HEAD"_s,
                                    u"--"_s};
        constexpr qsizetype enough = 16 << 20;
        return stream(repo, arguments, enough, [&](const QByteArray &piece) { builder.addLog(piece); });
    }

    static Status readDiffs(const RepoContext &repo, const HistoryLimits &limits, HistoryBuilder &builder)
    {
        const QStringList arguments{u"log"_s,
                                    u"-n"_s,
                                    QString::number(limits.diffCommits),
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
        constexpr qsizetype enough = 4 << 20; // usual for 60 commits is 0.2 to 1 MiB
        return stream(repo, arguments, enough, [&](const QByteArray &piece) {
            if (builder.wantsPatch())
                builder.addPatch(piece);
        });
    }

    /// As HEAD has it: what is being edited may be half a sentence.
    static QByteArray readme(const RepoContext &repo)
    {
        QByteArray names;
        const QStringList usual = readmeNames();
        for (const QString &name : usual)
            names += "HEAD:" + name.toUtf8() + '\n';
        const auto found = repo.git.read({u"cat-file"_s, u"--batch-check=%(objecttype) %(objectname)"_s}, names);
        const QList<QByteArray> lines = found ? found->split('\n') : QList<QByteArray>();
        for (const QByteArray &line : lines) { // "blob NAME", or "HEAD:README missing"
            if (!line.startsWith("blob "))
                continue;
            const auto content = repo.git.read({u"cat-file"_s, u"blob"_s, QString::fromLatin1(line.mid(5).trimmed())});
            return content ? *content : QByteArray();
        }
        return {};
    }

    /// History is a help, not a need: a history that cannot be read whole (a missing object, an endless diff) serves as
    /// far as it came.
    static Status stream(const RepoContext &repo, const QStringList &arguments, qsizetype limit,
                         const std::function<void(const QByteArray &)> &take)
    {
        const Result<ProcessOutput> read
            = repo.git.call({.arguments = arguments, .onOutput = take, .outputLimit = limit});
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
