#include "app/gitdiffsource.h"

#include <QCoreApplication>
#include <QDir>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype diffLimit = 8 << 20;

struct DiffWords
{
    Q_DECLARE_TR_FUNCTIONS(AutoCommit::DiffWords)
};

bool isObjectName(const QString &sha)
{
    return (sha.size() == 40 || sha.size() == 64)
        && std::ranges::all_of(sha, [](QChar c) { return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f'); });
}

Result<QByteArray> readDiff(const GitTools &tools, const CancelToken &cancel, const QString &path, const QString &sha)
{
    AC_ASSIGN(const RepoLocation location, locateRepository(path));
    // No filter and no external diff of the repository's configuration runs for a look.
    const GitCall call{.arguments = {u"diff-tree"_s, u"--patch"_s, u"--root"_s, u"-r"_s, u"-M"_s, u"--no-commit-id"_s,
                                     u"--no-ext-diff"_s, u"--no-textconv"_s, u"--no-color"_s, sha},
                       .outputLimit = diffLimit};
    return Git(tools, location, cancel).output(DiffWords::tr("reading the commit"), call);
}

} // namespace

GitDiffSource::GitDiffSource(const GitTools &tools, const Paths &paths, QString thisHost, WorkLane &lane,
                             CancelToken cancel)
    : m_tools(tools)
    , m_paths(paths)
    , m_thisHost(std::move(thisHost))
    , m_lane(lane)
    , m_cancel(std::move(cancel))
{ }

void GitDiffSource::diff(const ApiCommit &commit, const QString &path, const QString &host, QObject *context,
                         std::function<void(const Result<QByteArray> &)> answer)
{
    const QString folder = m_paths.expandHome(path);
    const auto refuse = [&](const QString &why) {
        const Error error{ErrorKind::NotARepository, why, {}};
        QMetaObject::invokeMethod(
            context, [answer, error] { answer(error); }, Qt::QueuedConnection);
    };
    if (host.compare(m_thisHost, Qt::CaseInsensitive) != 0)
        return refuse(
            DiffWords::tr("The checkout is on %1; only changes of checkouts on this machine can be shown here.")
                .arg(host));
    if (!isObjectName(commit.sha) || folder.isEmpty() || !QDir(folder).exists())
        return refuse(DiffWords::tr("The checkout is not where the daemon saw it: %1").arg(path));
    m_lane.run(
        context,
        [tools = m_tools, cancel = m_cancel, folder, sha = commit.sha] { return readDiff(tools, cancel, folder, sha); },
        answer);
}

} // namespace AutoCommit
