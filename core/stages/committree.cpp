#include "core/stages/committree.h"

#include "core/base/cleantext.h"
#include "core/base/log.h"
#include "core/git/giterrors.h"
#include "core/stages/signing.h"

#include <QFile>
#include <QHash>
#include <QSet>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QByteArray messageText(const PlannedCommit &planned, const QString &trailer)
{
    QString text = planned.subject + u'\n';
    if (!planned.body.isEmpty())
        text += u'\n' + planned.body.trimmed() + u'\n';
    if (!trailer.isEmpty())
        text += u'\n' + cleanLine(trailer) + u'\n';
    return text.toUtf8();
}

QSet<QByteArray> pathsOf(const PlannedCommit &planned, const ChangeSet &changes)
{
    QSet<QByteArray> paths;
    for (const qsizetype file : planned.files) {
        paths.insert(changes.files[file].path);
        if (!changes.files[file].oldPath.isEmpty())
            paths.insert(changes.files[file].oldPath);
    }
    return paths;
}

} // namespace

CommitMaker::CommitMaker(RepoContext &repo)
    : m_repo(repo)
    , m_index(repo.git, repo.indexPath(u"index.commit"_s), repo.nameLength)
    , m_hooks(repo.git, repo.config.hooksDir(repo.git.location()))
    , m_tip(repo.status.head)
{ }

Status CommitMaker::prepare()
{
    AC_TRY(checkSigning());
    const History &history = m_repo.history;
    if (!m_tip.isEmpty() && !history.newestTree.isEmpty() && history.commits.first().id == m_tip) {
        m_parentDate = history.newestCommitted;
        m_tipTree = history.newestTree;
    } else if (!m_tip.isEmpty()) { // a merge, which the history leaves out
        AC_ASSIGN(const QByteArray facts,
                  m_repo.git.read({u"log"_s, u"-1"_s, u"--format=%ct %T"_s, QString::fromLatin1(m_tip)}));
        m_parentDate = facts.split(' ').value(0).toLongLong();
        m_tipTree = facts.split(' ').value(1).trimmed();
    }
    const bool isReady = m_repo.commitIndexAt == m_tip;
    m_repo.commitIndexAt.reset(); // the first commit changes it
    return isReady ? Status() : m_index.readTree(m_tip);
}

bool CommitMaker::runsHooks() const
{
    const QStringList names{u"pre-commit"_s, u"prepare-commit-msg"_s, u"commit-msg"_s, u"post-commit"_s};
    return std::ranges::any_of(names, [this](const QString &name) { return m_hooks.has(name); });
}

Status CommitMaker::checkSigning()
{
    m_sign = m_repo.config.isTrue(u"commit.gpgsign"_s);
    if (!m_sign)
        return {};
    const Status usable = probeSigning(m_repo.git, m_repo.config);
    return usable ? usable : goOnUnsigned(usable.error());
}

/// Where the settings allow that.
Status CommitMaker::goOnUnsigned(const Error &error)
{
    const bool isAboutTheKey = error.kind == ErrorKind::SigningFailed || error.kind == ErrorKind::Untrusted;
    if (!isAboutTheKey || m_repo.settings.onSigningUnavailable != u"unsigned"_s)
        return error;
    m_repo.decided(StageId::Commit, u"not signed: "_s + error.message);
    m_sign = false;
    return {};
}

Status CommitMaker::stage(const PlannedCommit &planned)
{
    const QSet<QByteArray> paths = pathsOf(planned, m_repo.changes);
    QList<IndexEntry> entries;
    for (const IndexEntry &entry : m_repo.snapshot)
        if (paths.contains(entry.path))
            entries += entry;
    m_landed += entries;
    if (!isWholeSnapshot())
        return m_index.set(entries);
    // The index of the capture has this commit's tree already, and a copy costs less than asking git for it.
    QFile::remove(m_index.path());
    if (QFile::copy(m_repo.indexPath(u"index.capture"_s), m_index.path()))
        return {};
    AC_TRY(m_index.readTree(m_tip));
    return m_index.set(entries);
}

/// With this commit everything that was captured is committed, as it was captured.
bool CommitMaker::isWholeSnapshot() const
{
    return m_landed.size() == m_repo.snapshot.size() && m_landed.size() == m_repo.inCaptureIndex
        && !m_hooks.has(u"pre-commit"_s);
}

Result<QByteArray> CommitMaker::make(PlannedCommit &planned)
{
    AC_TRY(stage(planned));
    AC_ASSIGN(const QByteArray plannedTree, m_index.writeTree());
    if (plannedTree == m_tipTree)
        return QByteArray();
    AC_ASSIGN(const QByteArray tree, hookedTree(planned, plannedTree));
    AC_ASSIGN(const QByteArray message, hookedMessage(planned));
    AC_ASSIGN(m_tip, commitTree(tree, message));
    m_tipTree = tree;
    const QString text = cleanText(message).trimmed();
    planned.subject = text.section(u'\n', 0, 0);
    planned.body = text.section(u'\n', 1).trimmed();
    return m_tip;
}

/// pre-commit sees the private index. It may restage the files of this commit (a formatter does); what it brings in
/// from elsewhere was neither looked at nor asked for.
Result<QByteArray> CommitMaker::hookedTree(const PlannedCommit &planned, const QByteArray &plannedTree)
{
    if (!m_hooks.has(u"pre-commit"_s))
        return plannedTree;
    AC_TRY(m_hooks.run(u"pre-commit"_s, {}, m_index.environment()));
    AC_ASSIGN(const QByteArray tree, m_index.writeTree());
    if (tree == plannedTree)
        return tree;
    AC_ASSIGN(const QList<IndexEntry> changed, m_index.differences(plannedTree));
    const QSet<QByteArray> mine = pathsOf(planned, m_repo.changes);
    for (const IndexEntry &entry : changed) {
        if (!mine.contains(entry.path))
            return Error{
                ErrorKind::HookChangedCommit,
                u"the pre-commit hook added %1 to a commit it does not belong to"_s.arg(displayPath(entry.path))};
        if (entry.mode == 0)
            continue;
        AC_ASSIGN(const QByteArray blob, m_repo.git.read({u"cat-file"_s, u"blob"_s, QString::fromLatin1(entry.blob)}));
        if (const ContentVerdict verdict = m_repo.gate.judge(entry.path, blob); !verdict.findings.isEmpty())
            return Error{ErrorKind::HookChangedCommit,
                         u"the pre-commit hook put a secret into %1: %2"_s.arg(
                             displayPath(entry.path), Gate::describe(verdict.findings.first()))};
    }
    for (IndexEntry &landed : m_landed)
        for (const IndexEntry &entry : changed)
            if (entry.path == landed.path)
                landed = entry;
    return tree;
}

/// prepare-commit-msg and commit-msg get the message in a file, as git hands it to them.
Result<QByteArray> CommitMaker::hookedMessage(const PlannedCommit &planned)
{
    const QByteArray message = messageText(planned, m_repo.settings.commitTrailer);
    if (!m_hooks.has(u"prepare-commit-msg"_s) && !m_hooks.has(u"commit-msg"_s))
        return message;
    const QString path = m_repo.git.location().stateDir() + u"/COMMIT_EDITMSG"_s;
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(message) != message.size())
        return Error{ErrorKind::IoError, u"%1: %2"_s.arg(path, file.errorString())};
    file.close();
    AC_TRY(m_hooks.run(u"prepare-commit-msg"_s, {path, u"message"_s}, m_index.environment()));
    AC_TRY(m_hooks.run(u"commit-msg"_s, {path}, m_index.environment()));
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorKind::HookChangedCommit, u"a hook removed the commit message"_s};
    const QByteArray edited = file.read(1 << 20);
    file.close();
    file.remove();
    if (edited.trimmed().isEmpty())
        return Error{ErrorKind::HookRejected, u"a hook emptied the commit message"_s};
    if (std::ranges::any_of(m_repo.gate.scanner().scan(edited), &Finding::blocks))
        return Error{ErrorKind::HookRejected, u"a hook put a secret into the commit message; nothing was committed"_s};
    return cleanText(edited).toUtf8();
}

QList<QByteArray> identityOf(const Settings &settings)
{
    QList<QByteArray> environment;
    if (!settings.userName.isEmpty())
        for (const char *name : {"GIT_AUTHOR_NAME=", "GIT_COMMITTER_NAME="})
            environment += name + settings.userName.toUtf8();
    if (!settings.userEmail.isEmpty())
        for (const char *name : {"GIT_AUTHOR_EMAIL=", "GIT_COMMITTER_EMAIL="})
            environment += name + settings.userEmail.toUtf8();
    return environment;
}

QList<QByteArray> CommitMaker::identity() const
{
    QList<QByteArray> environment = identityOf(m_repo.settings);
    // A clock that jumped back must not make a commit older than its parent.
    const qint64 now = std::chrono::duration_cast<std::chrono::seconds>(m_repo.clock.wall().time_since_epoch()).count();
    if (now < m_parentDate)
        for (const char *name : {"GIT_AUTHOR_DATE=@", "GIT_COMMITTER_DATE=@"})
            environment += name + QByteArray::number(m_parentDate);
    return environment;
}

Result<QByteArray> CommitMaker::commitTree(const QByteArray &tree, const QByteArray &message)
{
    QStringList arguments{u"commit-tree"_s, QString::fromLatin1(tree)};
    if (!m_tip.isEmpty())
        arguments += {u"-p"_s, QString::fromLatin1(m_tip)};
    if (m_sign) {
        const QString key = m_repo.config.value(u"user.signingkey"_s);
        arguments += key.isEmpty() ? u"-S"_s : u"-S"_s + key;
    }
    arguments += {u"-F"_s, u"-"_s};
    const Result<QByteArray> commit = m_repo.git.output(u"git commit-tree"_s,
                                                        {.arguments = arguments,
                                                         .access = GitAccess::Write,
                                                         .input = message,
                                                         .environment = identity(),
                                                         .holdsLock = true});
    if (commit)
        return commit->trimmed();
    if (!m_sign)
        return commit.error();
    AC_TRY(goOnUnsigned(commit.error())); // ssh keys are not probed before
    return commitTree(tree, message);
}

Landing CommitMaker::landing(const QList<QByteArray> &made) const
{
    QHash<QByteArray, IndexEntry> before;
    for (const IndexEntry &entry : m_repo.before)
        before.insert(entry.path, entry);
    const auto commits = std::ranges::count_if(made, [](const QByteArray &name) { return !name.isEmpty(); });
    Landing landing{.ref = m_repo.status.branchRef(),
                    .from = m_repo.status.head,
                    .to = m_tip,
                    .indexAtStatus = m_repo.indexStamp,
                    .reflogMessage = commits == 1 ? u"commit: "_s + m_repo.plan.first().subject
                                                  : u"auto-commit: %1 commits"_s.arg(commits),
                    .nameLength = m_repo.nameLength};
    for (const IndexEntry &entry : m_landed)
        landing.before += before.value(entry.path, {.path = entry.path});
    return landing;
}

void CommitMaker::afterwards()
{
    if (const Status ran = m_hooks.run(u"post-commit"_s, {}, {}); !ran)
        qCWarning(logPipeline) << m_repo.git.location().workTree << ran.error().message;
    QFile::remove(m_index.path());
    QFile::remove(m_repo.indexPath(u"index.capture"_s));
}

} // namespace AutoCommit
